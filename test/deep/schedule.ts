/**
 * Runs one schedule: customers, faults and disturbances of a seed, with real processes and a real database; then the calm phase
 * and the checks.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createBff } from './bff.ts';
import { calmDown } from './calm-down.ts';
import type { Breach, RunContext } from './context.ts';
import { createCrowd, shownCodes } from './crowd.ts';
import { live, type Persona } from './customer.ts';
import { createScheduleDatabase, type EngineName } from './database.ts';
import { disturb } from './disturbances.ts';
import { readBooks } from './ledger.ts';
import { measurePace } from './machine-pace.ts';
import { createMerchant } from './merchant.ts';
import { apiKey, merchantsFile } from './merchants-file.ts';
import { createOperators } from './operators.ts';
import { judge } from './oracle.ts';
import { createPostbackCourier } from './postback-courier.ts';
import { createRandom } from './random.ts';
import { readDesk } from './read-desk.ts';
import { createAgent } from './request-bff.ts';
import { createSimulatedTime } from './simulated-time.ts';
import { createStory } from './story.ts';
import { createStoryReader, type StoryReader } from './story-reader.ts';
import { createUpstreams } from './upstreams.ts';
import { createWebhookReceiver } from './webhook-receiver.ts';

export interface ScheduleOptions {
  seed: string;
  engine: EngineName;
  /** More than one only on PostgreSQL. */
  processes: number;
  customers?: number;
  /** Only these customers, by number; the others are left out. */
  only?: readonly number[];
  /** Traits that all customers get. */
  persona?: Partial<Persona>;
  /** The factor by which unsigned amounts of postbacks are too high; random by default. */
  unsignedTimes?: number;
  kills?: number;
  cuts?: number;
  upstreamFaults?: boolean;
  others?: boolean;
  /** How many people decide about payments; two or three by default. */
  operators?: number;
  /** The entry of the processes; the bundle by default. */
  entry?: readonly string[];
  env?: Record<string, string>;
}

export interface ScheduleResult extends StoryReader {
  options: ScheduleOptions;
  breaches: Breach[];
  counts: RunContext['counts'];
  tookMs: number;
}

const speed = 20;
/** Real milliseconds in which customers arrive, and the longest time of the last on a slow machine. */
const arrivalMs = 3_000;
const mostMs = 90_000;
/** About how many requests a customer makes, for planning the disturbances. */
const requestsEach = 9;

export async function runSchedule(options: ScheduleOptions): Promise<ScheduleResult> {
  const began = performance.now();
  const { seed, engine, processes, upstreamFaults = true, others = true } = options;
  const random = createRandom(seed);
  const { customers: many = random.fork('customers').between(28, 40), kills = 4, cuts = engine === 'postgres' ? 7 : 4 } = options;
  const pace = await measurePace();
  const time = createSimulatedTime(Math.max(2, Math.round(speed / pace)));
  const story = createStory(time.now);
  const breaches: Breach[] = [];
  const breach: RunContext['breach'] = (rule, about, text) => {
    // One breach of a kind is enough for a payment.
    if (about !== null && breaches.some((one) => one.rule === rule && one.about === about)) return;
    breaches.push({ rule, about, text });
    story.add(about, `BREACH, ${rule}: ${text}`);
  };
  const counts: RunContext['counts'] = {
    payments: 0,
    acts: 0,
    requests: 0,
    kills: 0,
    stops: 0,
    databaseCuts: 0,
    failovers: 0,
    socketCuts: 0,
    faults: 0,
    postbacks: 0,
    webhooks: 0,
  };
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-deep-'));
  const database = await createScheduleDatabase(engine, time);
  const agent = createAgent();
  const courier = await createPostbackCourier(random.fork('postbacks'), upstreamFaults);
  const webhooks = await createWebhookReceiver({
    now: time.now,
    random: random.fork('webhooks'),
    faults: upstreamFaults,
    breach,
    onReceived({ type, sequence, payment }) {
      counts.webhooks += 1;
      story.add(payment.id, `webhook ${sequence}: ${type}, ${payment.amountPaid} of ${payment.due}`);
    },
  });

  const crowd = createCrowd({ random, ...options, customers: many });
  const upstreams = await createUpstreams({
    time,
    random: random.fork('upstreams'),
    faults: upstreamFaults,
    postbackUrl: courier.url,
    unsignedTimes: options.unsignedTimes,
    subjectOf: ({ about }) => crowd.subjectOf(about.code ?? about.order ?? about.label ?? ''),
    seen: (call) => {
      if (call.fault) counts.faults += 1;
    },
  });
  const customers = await crowd.gather(upstreams);

  const file = join(folder, 'merchants.json');
  writeFileSync(file, JSON.stringify(merchantsFile(upstreams.origins, webhooks, pace)));
  const bff = createBff({
    count: processes,
    time,
    pauses: Math.max(1, Math.round(6 / pace)),
    entry: options.entry ?? ['dist/server/main.js'],
    env: {
      PUBLIC_URL: 'http://localhost:4400',
      DATABASE_URL: database.url,
      SEALING_KEY: '11'.repeat(32),
      MERCHANTS_FILE: file,
      LOG_LEVEL: 'info',
      ANSWERS_DIR: join(folder, 'answers'),
      ...options.env,
    },
    log: (text) => story.add(null, text),
    breach: (text) => breach('service', null, text),
  });
  let over = false;
  const context: RunContext = {
    time,
    random: random.fork('ways'),
    story,
    bff,
    upstreams,
    apiKey,
    breach,
    over: () => over,
    counts,
  };
  const merchant = createMerchant(context, agent);
  courier.open(context, agent);
  const money = () => readBooks(upstreams, courier, shownCodes(customers)).money;
  const dice = random.fork('operators');
  const operators = createOperators({
    context,
    agent,
    random: dice,
    many: options.operators ?? dice.between(2, 3),
    money,
  });
  try {
    await Promise.all(Array.from({ length: processes }, (_, slot) => bff.start(slot)));
    const visits = customers.map(async (customer) => {
      await pause(customer.persona.random.between(0, arrivalMs * pace));
      if (!over) await live(context, merchant, customer);
    });
    const orders = customers.map(({ persona }) => persona.orderId);
    const mischief = disturb({
      context,
      random: random.fork('disturbances'),
      database,
      webhooks,
      merchant,
      processes,
      requests: customers.length * requestsEach,
      kills,
      cuts,
      others,
      orders,
    });
    const work = operators.work();
    await Promise.race([Promise.all(visits), pause(mostMs, undefined, { ref: false })]);
    over = true;
    await Promise.all([...visits, mischief, work]);

    const payments = await calmDown({
      context,
      random: random.fork('calm'),
      database,
      webhooks,
      courier,
      merchant,
      customers,
      processes,
      pace,
      tidyUp: operators.tidyUp,
      money,
    });
    const { record } = operators;
    counts.payments = payments.length;
    counts.acts = record.acts.length + record.confirmations.length;
    const books = readBooks(upstreams, courier, shownCodes(customers));
    const people = { record, ...(await readDesk(context, agent, payments)) };
    const checkouts = customers.flatMap((customer) => customer.checkouts);
    judge({ books, payments, checkouts, webhooks: webhooks.received, breach, people });
    return {
      options: { ...options, customers: many },
      breaches,
      counts,
      tookMs: Math.round(performance.now() - began),
      ...createStoryReader({ story, upstreams, customers, payments, time }),
    };
  } finally {
    await bff.end();
    courier.close();
    webhooks.close();
    await upstreams.close();
    await agent.destroy();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}
