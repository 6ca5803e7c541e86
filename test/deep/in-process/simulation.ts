/**
 * One schedule in one process: customers, people who decide, faults and crashes of a seed; then a day without faults; then the checks.
 * The same plan gives the same run, event by event.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { calmDown } from '../calm-down.ts';
import type { Breach, RunContext } from '../context.ts';
import { createCrowd, shownCodes } from '../crowd.ts';
import { live, type Persona } from '../customer.ts';
import { readBooks } from '../ledger.ts';
import { createMerchant } from '../merchant.ts';
import { apiKey } from '../merchants-file.ts';
import { createOperators } from '../operators.ts';
import { judge } from '../oracle.ts';
import { createCourier } from '../postback-courier.ts';
import { createRandom } from '../random.ts';
import { readDesk } from '../read-desk.ts';
import { createAgent } from '../request-bff.ts';
import { createStoryReader, type StoryReader } from '../story-reader.ts';
import { createWebhookHost } from '../webhook-receiver.ts';
import { createCores, type Ground, webhookOrigin } from './cores.ts';
import { disturb } from './disturb.ts';
import { createLazyTime } from './lazy-time.ts';
import { createRecord, type ScheduleRecord } from './record.ts';
import { openServices, origins } from './services.ts';
import { createStepChecks } from './step-checks.ts';
import { watchDatabases } from './virtual-database.ts';
import { cut, setHost } from './virtual-network.ts';
import { reseed } from './virtual-random.ts';
import { leap, type Owner, runAs, simulate, virtualNow } from './virtual-time.ts';

/** All that happens follows from it. What is left out changes nothing else, so a plan can be made smaller. */
export interface Plan {
  seed: string;
  /** By number. */
  customers: readonly number[];
  /** How many people decide about payments. */
  operators: number;
  /** After which boundary (a call sent or served, a commit begun or done) the core crashes. */
  crashes: readonly number[];
  /** The faults of calls that may happen, by their keys; null: all that the seed draws. */
  faults: readonly string[] | null;
  /** Other disturbances: clocks, a restart, a webhook host that is down, forged postbacks. */
  others: readonly ('clock' | 'jump' | 'restart' | 'webhooks' | 'forgeries')[];
  /** Traits that all customers get. */
  persona?: Partial<Persona>;
  /** The factor by which unsigned amounts of postbacks are too high; random by default. */
  unsignedTimes?: number;
}

export interface Outcome extends StoryReader {
  plan: Plan;
  breaches: Breach[];
  counts: ScheduleRecord['counts'];
  /** The faults that happened: key and kind. */
  faults: ReadonlyMap<string, string>;
}

/** Real milliseconds of `test/deep` in which customers arrive. */
const arrivalMs = 600;
const dayMs = 86_400_000;

export async function simulateSchedule(plan: Plan, ground: Ground): Promise<Outcome> {
  reseed(plan.seed);
  // Each schedule begins at the same time of day, in whichever state the last one has left the clock.
  leap(dayMs + (dayMs - (virtualNow() % dayMs)) + 8 * 3_600_000);
  const world: Owner = { kind: 'world', dead: false, skew: 0 };
  let check: (() => void) | undefined;
  try {
    return await simulate(
      runAs(world, () =>
        run(plan, ground, world, (after) => {
          check = after;
        }),
      ),
      () => check?.(),
    );
  } finally {
    world.dead = true;
  }
}

async function run(plan: Plan, ground: Ground, world: Owner, afterEachStep: (check: () => void) => void): Promise<Outcome> {
  const random = createRandom(plan.seed);
  const clock = createLazyTime();
  const { time } = clock;
  const { story, breaches, breach, counts } = createRecord(time.now);
  let calm = false;
  const log = (text: string) => story.add(null, text);

  await ground.prepare();
  const checks = createStepChecks(() => cores.database(), breach);
  const restarts = random.fork('restarts');
  const cores = createCores({
    ground,
    world,
    restartAfter: () => restarts.between(10, 200),
    log,
    breach: (text) => breach('service', null, text),
  });
  let boundaries = 0;
  const boundary = (core: Owner): void => {
    if (calm || !cores.isRunning(core)) return;
    boundaries += 1;
    if (plan.crashes.includes(boundaries) && cores.crash(core)) counts.crashes += 1;
  };
  let dirty = false;
  watchDatabases({
    onCommit(core, when) {
      if (when === 'after') dirty = true;
      boundary(core);
    },
  });
  afterEachStep(() => {
    if (!dirty) return;
    dirty = false;
    counts.commits += 1;
    checks.committed();
  });

  const courier = createCourier(random.fork('postbacks'), true);
  setHost(origins.postbacks, async ({ body }) => {
    runAs(world, () => courier.take(body.toString()));
    return { status: 200, type: 'application/json', body: '{"status":"ok"}' };
  });
  const webhooks = createWebhookHost({
    now: time.now,
    random: random.fork('webhooks'),
    faults: true,
    breach,
    onReceived({ type, sequence, payment }) {
      counts.webhooks += 1;
      story.add(payment.id, `webhook ${sequence}: ${type}, ${payment.amountPaid} of ${payment.due}`);
    },
  });
  setHost(webhookOrigin, async ({ headers, body }) => {
    const status = await runAs(world, () => webhooks.receive(body.toString(), headers));
    if (status === null) throw cut();
    return { status, type: 'text/plain', body: '' };
  });

  const crowd = createCrowd({
    random,
    customers: 1 + Math.max(...plan.customers),
    only: plan.customers,
    ...(plan.persona && { persona: plan.persona }),
  });
  const happened = new Map<string, string>();
  const money = () => readBooks(services, courier, shownCodes(customers)).money;
  const spent = new Set(['use_code', 'receipts.pay']);
  const services = await openServices(world, {
    time,
    random: random.fork('upstreams'),
    only: plan.faults && new Set(plan.faults),
    unsignedTimes: plan.unsignedTimes,
    subjectOf: ({ about }) => crowd.subjectOf(about.code ?? about.order ?? about.label ?? ''),
    boundary,
    sent: checks.sent,
    served(call) {
      if (spent.has(call.operation)) checks.served(money());
    },
    faulted(key, kind) {
      counts.faults += 1;
      happened.set(key, kind);
    },
  });
  const customers = await crowd.gather(services);

  let over = false;
  const context: RunContext = {
    time,
    random: random.fork('ways'),
    story,
    bff: { ...cores, follow: () => clock.follow(cores) },
    upstreams: { ...services, origins, cutSockets: () => 0, close: services.end },
    apiKey,
    breach,
    over: () => over,
    counts,
    seen: checks.seen,
  };
  const agent = createAgent();
  const merchant = createMerchant(context, agent);
  courier.open(context, agent);
  const operators = createOperators({
    context,
    agent,
    random: random.fork('operators'),
    many: plan.operators,
    money,
    slower: 4,
    afterwards: 2,
  });

  await cores.start(0);
  await cores.follow();
  const visits = customers.map(async (customer) => {
    await pause(customer.persona.random.between(0, arrivalMs));
    await live(context, merchant, customer);
  });
  const others = disturb(plan, context, webhooks);
  const work = operators.work();
  await Promise.all(visits);
  over = true;
  await Promise.all([work, others]);

  calm = true;
  clock.calm();
  const payments = await calmDown({
    context,
    random: random.fork('calm'),
    database: { follow: async () => undefined },
    webhooks,
    courier,
    merchant,
    customers,
    processes: 1,
    pace: 1,
    tidyUp: operators.tidyUp,
    money,
  });
  const { record } = operators;
  counts.payments = payments.length;
  counts.acts = record.acts.length + record.confirmations.length;
  const books = readBooks(services, courier, shownCodes(customers));
  const people = { record, ...(await readDesk(context, agent, payments)) };
  const checkouts = customers.flatMap((customer) => customer.checkouts);
  judge({ books, payments, checkouts, webhooks: webhooks.received, breach, people });
  await cores.end();
  await services.end();
  return {
    plan,
    breaches,
    counts,
    faults: happened,
    ...createStoryReader({ story, upstreams: context.upstreams, customers, payments, time }),
  };
}
