/** What is done to the processes, their database and their clocks while customers pay: planned by the seed, each at its moment, counted in requests. */
import { setTimeout as pause } from 'node:timers/promises';
import type { ScheduleDatabase } from './database.ts';
import type { Merchant } from './merchant.ts';
import { judgeOrders } from './oracle.ts';
import type { Random } from './random.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';
import type { World } from './world.ts';

export interface DisturbanceParts {
  world: World;
  random: Random;
  database: ScheduleDatabase;
  webhooks: WebhookReceiver;
  merchant: Merchant;
  processes: number;
  /** How many requests the first phase is about to have: each deed waits for one of them, however slow the machine is. */
  requests: number;
  /** How many of each. */
  kills: number;
  cuts: number;
  /** Clocks that differ and jump; rolling restarts; a webhook host that is down for a while. */
  others: boolean;
  orders: readonly string[];
}

/** Resolves when all of it has been done and every process that was taken down is up again, or on its way. */
export async function disturb(parts: DisturbanceParts): Promise<void> {
  const { world, random, database, webhooks, processes, requests, kills, cuts, others } = parts;
  const { bff, counts, story } = world;
  const slot = () => random.between(0, processes - 1);
  /** One that is just coming up is waited for: a kill that hits nobody is none. */
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
      story.tell(null, `${cut} connections to the database are cut`);
    }
    // On SQLite there is none to cut; and a network that fails takes more than one kind of connection with it.
    if (cut === 0 || random.chance(0.3)) {
      const sockets = world.upstreams.cutSockets();
      if (sockets > 0) counts.socketCuts += 1;
      story.tell(null, `${sockets} connections to the services are cut`);
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
      // Ten minutes apart on a database of many; alone on SQLite a clock that is set.
      const ms = processes > 1 ? random.between(-600_000, 600_000) : random.between(-20_000, 20_000);
      const chosen = slot();
      story.tell(null, `the clock of process ${chosen} is ${Math.round(ms / 1000)} s ahead`);
      await bff.skew(chosen, ms);
    });
    plan(1, async () => {
      const ms = random.between(5_000, 30_000);
      story.tell(null, `all clocks jump ${Math.round(ms / 1000)} s`);
      world.time.jump(ms);
      await database.follow(world.time);
      await bff.follow();
    });
    plan(1, async () => {
      story.tell(null, 'the webhook host is down');
      webhooks.down(true);
      await pause(random.between(200, 2_000));
      webhooks.down(false);
    });
  }
  plan(3, async () => {
    const found = await parts.merchant.ofOrder(random.pick(parts.orders));
    if (found) judgeOrders(found, world.breach);
  });

  const running: Promise<void>[] = [];
  for (const { at, run } of deeds.toSorted((one, other) => one.at - other.at)) {
    while (counts.requests < at && !world.over()) await pause(15);
    const deed = run();
    running.push(deed);
    // Customers went sooner than was thought: what is left is done one by one, to what they have begun.
    if (world.over()) await deed;
  }
  await Promise.all(running);
}
