/**
 * The goals of `npm run bench`, and for each why it is not reached where it is not, and what would reach it. Whoever changes what is
 * said there to be the reason changes the reason.
 */

export interface Goal {
  /** By which a measurement names it. */
  id: string;
  what: string;
  limit: { atLeast: number } | { atMost: number };
  unit: '×' | 'bytes' | 's' | 'ms' | '% of a core' | 'a second' | '';
  /** Printed where the goal is missed. */
  why: string;
}

const createWhy =
  'Creating a payment is four commits on the path: the Idempotency-Key, the payment with its audit event, the end of the key, the client ' +
  'secret. Each waits for the disk alone. Would reach it: concurrent steps that share one sync of the disk (group commit), and the client secret in the ' +
  'commit of the payment.';
const checkoutWhy =
  'A read of the checkout of an open payment is four queries: the payment of the client secret, the payment with its attempts, a second payment of the customer, and the ' +
  'hold after a restore. They, their rows and their text, which Kysely makes anew each time, are half of the processor time. Would reach it: ' +
  'one query for all, statements that are compiled once, and the hold from memory.';
const payWhy =
  'A payment is some thirty queries in fifteen commits, and the execution of queries is the largest part of the profile on SQLite (45 %). Would reach it: ' +
  'fewer commits, as in the line of the commits, and statements that are compiled once.';
const pollsWhy =
  'Each request that waits reads its payment from the database every second, because another process reports no changes. Would reach it: ' +
  'LISTEN on a direct connection, with one query a second for all payments that are waited for where there is none.';
const rowsWhy =
  'A tenth above the goal is the noise of a machine that others use. What is worse by more, and in each run, reads more rows the more there are, and lacks an index ' +
  'for what it sorts or counts by.';
const readyWhy =
  'The checkout reads the payment and fetches the loader, the element and its style sheet in steps, and the bare form is one page and one ' +
  'script. Would reach it: `modulepreload` of all chunks of the first screen, and one chunk for what the first screen needs.';
const blockingWhy =
  'The code of the first screen is evaluated and drawn in one task. Would reach it: less code before the first form, and what is not seen at first ' +
  'in tasks of its own.';
const bytesWhy = (what: string) => `${what} Would reach it: ky and the texts of later screens in later chunks.`;

const engineNames = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const;
type EngineName = keyof typeof engineNames;

/** A goal for each engine: both have the same queries, and so the same reason. */
const perEngine = (of: (engine: EngineName, name: string) => Goal): Goal[] =>
  (Object.keys(engineNames) as EngineName[]).map((engine) => of(engine, engineNames[engine]));

/** Of the lower bound of Adyen's card component, in times a bare Lit form, measured on 29 November 2026 on a machine with the Internet. */
export const adyenLowerBound = 1.76;

export const goals: readonly Goal[] = [
  ...perEngine((engine, name) => ({
    id: `checkout-${engine}`,
    what: `\`GET /checkout\` beside \`/healthz\`, ${name}`,
    limit: { atLeast: engine === 'sqlite' ? 0.6 : 0.4 },
    unit: '×',
    why: checkoutWhy,
  })),
  ...perEngine((engine, name) => ({
    id: `create-${engine}`,
    what: `\`POST /v1/payments\` at 32 connections beside \`/healthz\`, ${name}`,
    limit: { atLeast: engine === 'sqlite' ? 0.25 : 0.15 },
    unit: '×',
    why: createWhy,
  })),
  ...perEngine((engine, name) => ({
    id: `pay-${engine}`,
    what: `paid pay codes, from creation to \`succeeded\`, for each second of the server's processor time, ${name}`,
    limit: { atLeast: 300 },
    unit: 'a second',
    why: payWhy,
  })),
  {
    id: 'pay-commits',
    what: 'commits on the path of one paid pay code',
    limit: { atMost: 4 },
    unit: '',
    why:
      'Four create it: the Idempotency-Key, the payment, the end of the key, the client secret. Eleven pay it: the key, three counters of tries, the attempt, its ' +
      'intent, the settlement, the three counters given back, the end of the key. Intent, call and settlement must stay apart. Would reach it: the ' +
      'counters in the commit of the attempt and given back in that of the settlement, and key, payment and client secret in one.',
  },
  ...perEngine((engine, name) => ({
    id: `polls-cpu-${engine}`,
    what: `6,000 requests that wait for a change, ${name}`,
    limit: { atMost: 5 },
    unit: '% of a core',
    why: pollsWhy,
  })),
  {
    id: 'polls-latency',
    what: 'a change by another process is seen, PostgreSQL',
    limit: { atMost: 100 },
    unit: 'ms',
    why: pollsWhy,
  },
  ...perEngine((engine, name) => ({
    id: `rows-${engine}`,
    what: `cost of create, view, pay, queue and search with very many payments beside 1,000, ${name}`,
    limit: { atMost: 1.2 },
    unit: '×',
    why: rowsWhy,
  })),
  ...perEngine((engine, name) => ({
    id: `metrics-${engine}`,
    what: `\`/metrics\` with very many payments, ${name}`,
    limit: { atMost: 5 },
    unit: 'ms',
    why: 'The figures are counted anew at each request. Would reach it: figures that are kept for some seconds, or counted with each change.',
  })),
  ...perEngine((engine, name) => ({
    id: `recovery-${engine}`,
    what: `other attempts settle beside 10,000 unknown ones of a service that never answers, ${name}`,
    limit: { atMost: 30 },
    unit: 's',
    why: 'The attempts of the dead service are found first, and hold the places until their calls time out. Would reach it: fewer places for a service that does not answer.',
  })),
  {
    id: 'cold-start',
    what: 'start of the built server until it is ready',
    limit: { atMost: 0.5 },
    unit: 's',
    why: 'Most of it is the loading of dependencies and the description of the interface. Would reach it: a bundle with its dependencies, a compile cache, and the description on demand.',
  },
  {
    id: 'wire-first',
    what: 'bytes on the wire until a pay code can be typed',
    limit: { atMost: 20_000 },
    unit: 'bytes',
    why: bytesWhy('More than half of it is Lit and ky.'),
  },
  {
    id: 'wire-one',
    what: 'bytes on the wire for the whole life of a payment by pay code',
    limit: { atMost: 25_000 },
    unit: 'bytes',
    why: bytesWhy('The first download is too large by itself, and the later screens come on top.'),
  },
  {
    id: 'wire-all',
    what: 'bytes on the wire for all three methods and one more language',
    limit: { atMost: 38_000 },
    unit: 'bytes',
    why: bytesWhy('The first download is too large by itself; the chunks of methods, later screens and a language come on top.'),
  },
  {
    id: 'wire-loader',
    what: 'bytes on the wire of the script tag alone',
    limit: { atMost: 1_000 },
    unit: 'bytes',
    why: 'The script has the mounting of elements, the fallbacks and the repetition of fetches. Would reach it: fallbacks in a chunk of their own.',
  },
  ...[
    { id: 'window', name: 'the plugin window', shift: 0 },
    { id: 'tag', name: 'the script tag on a page of another origin', shift: 0.02 },
  ].flatMap(({ id, name, shift }): Goal[] => [
    {
      id: `${id}-ready`,
      what: `ready beside a bare Lit form: ${name}`,
      limit: { atMost: 1.15 },
      unit: '×',
      why: readyWhy,
    },
    {
      id: `${id}-adyen`,
      what: `ready beside the lower bound of Adyen's card component, which is ${adyenLowerBound} times a bare Lit form: ${name}`,
      limit: { atMost: 0.6 },
      unit: '×',
      why: readyWhy,
    },
    {
      id: `${id}-blocking`,
      what: `the main thread is blocked until ready: ${name}`,
      limit: { atMost: 20 },
      unit: 'ms',
      why: blockingWhy,
    },
    {
      id: `${id}-shift`,
      what: `layout shift: ${name}`,
      limit: { atMost: shift },
      unit: '',
      why: 'Something takes its place after the first paint. Would reach it: room for it from the beginning.',
    },
  ]),
];
