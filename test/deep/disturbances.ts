/** Disturbs processes, database and clocks while customers pay. The seed plans each disturbance after a number of requests. */
import { setTimeout as pause } from 'node:timers/promises';
import type { RunContext } from './context.ts';
import type { ScheduleDatabase } from './database.ts';
import type { Merchant } from './merchant.ts';
import { judgeOrders } from './oracle.ts';
import type { Random } from './random.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

export interface DisturbanceDeps {
  context: RunContext;
  random: Random;
  database: ScheduleDatabase;
  webhooks: WebhookReceiver;
  merchant: Merchant;
  processes: number;
  /**
   * The expected number of requests of the first phase. Each disturbance waits for one of them, so that a slow machine changes
   * nothing.
   */
  requests: number;
  /** How many of each kind. */
  kills: number;
  cuts: number;
  /** Clocks that differ and jump, rolling restarts, a webhook host that is down for a while. */
  others: boolean;
  orders: readonly string[];
}

/** Resolves when all was done and every stopped process runs again or is starting. */
export async function disturb(deps: DisturbanceDeps): Promise<void> {
  const { context, random, database, webhooks, processes, requests, kills, cuts, others } = deps;
  const { bff, counts, story } = context;
  const slot = () => random.between(0, processes - 1);
  /** Waits for a process that is starting, because a kill must hit one. */
  const untilUp = async (chosen: number): Promise<boolean> => {
    const began = performance.now();
    while (!bff.live().some((one) => one.slot === chosen)) {
      if (performance.now() - began > 60_000) return false;
      await pause(20);
    }
    return true;
  };
  const deeds: { at: number; run(): Promise<void> }[] = [];
  const plan = (many: number, run: () => Promise<void>) => {
    for (let nth = 0; nth < many; nth += 1) deeds.push({ at: random.between(Math.round(requests / 20), requests), run });
  };

  plan(kills, async () => {
    const chosen = slot();
    if (!(await untilUp(chosen))) return;
    counts.kills += 1;
    bff.kill(chosen);
    await pause(random.between(20, 400));
    await bff.start(chosen);
  });
  plan(cuts, async () => {
    const cut = await database.cut();
    if (cut > 0) {
      counts.databaseCuts += 1;
      story.add(null, `${cut} connections to the database are cut`);
    }
    // SQLite has no connections to cut; and a failing network cuts more than one kind of connection.
    if (cut === 0 || random.chance(0.3)) {
      const sockets = context.upstreams.cutSockets();
      if (sockets > 0) counts.socketCuts += 1;
      story.add(null, `${sockets} connections to the services are cut`);
    }
  });
  if (others) {
    plan(1, async () => {
      for (let rolling = 0; rolling < processes; rolling += 1) {
        if (!(await untilUp(rolling))) return;
        counts.stops += 1;
        await bff.stop(rolling);
        await bff.start(rolling);
      }
    });
    plan(2, async () => {
      // Ten minutes of difference between processes on PostgreSQL; on SQLite one clock that is set.
      const ms = processes > 1 ? random.between(-600_000, 600_000) : random.between(-20_000, 20_000);
      const chosen = slot();
      story.add(null, `the clock of process ${chosen} is ${Math.round(ms / 1000)} s ahead`);
      await bff.skew(chosen, ms);
    });
    plan(1, async () => {
      const ms = random.between(200, 2_000);
      story.add(null, `the database fails over, for ${ms} ms it takes no writes`);
      if (await database.failOver(ms)) counts.failovers += 1;
    });
    plan(1, async () => {
      const ms = random.between(5_000, 30_000);
      story.add(null, `all clocks jump ${Math.round(ms / 1000)} s`);
      context.time.jump(ms);
      await database.follow(context.time);
      await bff.follow();
    });
    plan(1, async () => {
      story.add(null, 'the webhook host is down');
      webhooks.down(true);
      await pause(random.between(200, 2_000));
      webhooks.down(false);
    });
  }
  plan(3, async () => {
    const found = await deps.merchant.ofOrder(random.pick(deps.orders));
    if (found) judgeOrders(found, context.breach);
  });

  const running: Promise<void>[] = [];
  for (const { at, run } of deeds.toSorted((one, other) => one.at - other.at)) {
    while (counts.requests < at && !context.over()) await pause(15);
    const deed = run();
    running.push(deed);
    // Customers stopped earlier than planned: the remaining disturbances follow one by one.
    if (context.over()) await deed;
  }
  await Promise.all(running);
}
