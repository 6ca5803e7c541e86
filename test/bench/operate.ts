/**
 * Measures the operator's interface with a thousand payments and with very many, on each engine: queue, each kind of search, one
 * payment, an export of a day, lists. Times must not grow with the number. `npx node test/bench/operate.ts --many 1000000`; by default
 * 100,000. SQLite's file lies in memory where the system allows it. Everything is removed afterwards.
 */
import { parseArgs } from 'node:util';
import { createPostbackMatching } from '../../server/methods/wallet/match-postback.ts';
import { buildOperateApp } from '../../server/operate-app.ts';
import { createActs } from '../../server/payments/acts.ts';
import { createChangeNotifier, createUnitOfWork } from '../../server/payments/change-feed.ts';
import { hashKey, newOperatorKey } from '../../server/payments/model/access-keys.ts';
import type { ListFilter } from '../../server/payments/model/operator-reads.ts';
import { createPayments } from '../../server/payments/payments.ts';
import { createSealer } from '../../server/payments/sealer.ts';
import { createMetrics } from '../../server/plugins/metrics.ts';
import { openStore } from '../../server/storage/store.ts';
import { createWebhookLog } from '../../server/webhooks/webhook-log.ts';
import { engines, type TestDatabase } from '../support/engines.ts';
import { databaseInMemory } from './bench-run.ts';
import { createdAt, fillWithPayments, idOf, numberOf, spacingMs } from './fill-with-payments.ts';

const { values } = parseArgs({ options: { many: { type: 'string', default: '100000' }, engine: { type: 'string' } } });
const repeats = 15;
/** How a question ends that an operator of one merchant asks. */
const own = ' (of the own merchant)';

for (const engine of engines) {
  if (values.engine && values.engine !== engine.name) continue;
  if (engine.skip) process.stdout.write(`${engine.name}: ${engine.skip}\n`);
  else for (const count of [1_000, Number(values.many)]) await measure(engine.name, await databaseInMemory(engine), count);
}

async function measure(name: string, { url, drop }: TestDatabase, count: number): Promise<void> {
  const store = await openStore(url);
  const started = performance.now();
  const now = Date.now();
  try {
    await fillWithPayments(url, count, now);
    const filled = (performance.now() - started) / 1000;
    process.stdout.write(
      `\n${name}, ${count} payments (filled in ${filled.toFixed(0)} s): median and longest of ${repeats}, in ms\n`,
    );
    const key = newOperatorKey();
    const ownKey = newOperatorKey();
    const clock = { now: () => now };
    const sealer = createSealer(Buffer.alloc(32, 7));
    const failure = (_where: string, cause: unknown) => process.stderr.write(`${String(cause)}\n`);
    const observer = { upstreamCall: () => undefined, attempt: () => undefined, webhook: () => undefined, failure };
    const merchant = (id: string) => ({ id, name: id, test: true, allowedOrigins: [] });
    const payments = createPayments({ store, clock, methods: [], changes: createChangeNotifier(), merchant, observer });
    const unit = createUnitOfWork({ store, clock, changes: createChangeNotifier(), observer });
    const settleAttempt = payments.settleAttempt;
    const app = buildOperateApp({
      config: { trustProxy: false, logLevel: 'error' },
      operators: () => [
        { name: 'all', keyHash: hashKey(key), role: 'read', scopes: [] },
        { name: 'own', keyHash: hashKey(ownKey), role: 'read', scopes: [], merchants: ['shop-3'] },
      ],
      merchantIds: () => [],
      links: { merchants: new Map(), publicUrl: new URL('http://127.0.0.1') },
      store,
      clock,
      sealer,
      payments,
      recover: async () => undefined,
      acts: createActs({ ...unit, methods: [], merchant, payments, settleAttempt }),
      postbacks: createPostbackMatching({ ...unit, account: () => null, merchantIds: () => [] }),
      webhooks: createWebhookLog({
        endpoints: () => [],
        store,
        clock,
        sender: { wake: () => undefined, sendNow: async () => null },
      }),
      metrics: createMetrics({ backlog: () => store.backlog() }),
    });
    const ask = async (path: string, by: string): Promise<string> => {
      const answer = await app.inject({ url: `/operate/${path}`, headers: { authorization: `Bearer ${by}` } });
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.statusCode} ${answer.body}`);
      return answer.body;
    };
    const report = async (what: string, once: (round: number) => Promise<string>): Promise<void> => {
      const times: number[] = [];
      let found = '';
      for (let round = 0; round < repeats; round += 1) {
        const begun = performance.now();
        found = await once(round);
        times.push(performance.now() - begun);
      }
      times.sort((one, other) => one - other);
      const median = (times[Math.floor(repeats / 2)] ?? 0).toFixed(1).padStart(8);
      process.stdout.write(`${median} ${(times.at(-1) ?? 0).toFixed(1).padStart(8)}  ${what}  (${found})\n`);
    };
    for (const [what, path] of Object.entries(questions(count, now)))
      await report(what, async (round) => size(await ask(path(round), what.endsWith(own) ? ownKey : key)));
    for (const [what, filter] of Object.entries(merchantLists(count, now)))
      await report(
        `merchant's list, ${what}`,
        async (round) => `${(await payments.list('shop-0', { limit: 20, ...filter(round) })).length} found`,
      );
    await app.close();
  } finally {
    await store.close();
    await drop();
  }
}

/** How much was found, so that nobody measures how fast nothing is. */
function size(answer: string): string {
  if (!answer.startsWith('{')) return `${answer.split('\r\n').length - 2} lines`;
  const { payments, items, timeline, counts } = JSON.parse(answer) as Record<string, unknown[] | undefined>;
  const found = payments ?? items ?? timeline;
  return found ? `${found.length} found` : `${Object.keys(counts ?? {}).length} kinds`;
}

/** Each with another payment in each round. */
function questions(count: number, now: number): Record<string, (round: number) => string> {
  // By wallet, in MMK, and paid.
  const nth = (round: number) => 1 + 30 * ((round * 7_919) % Math.floor(count / 30));
  const dayOf = (n: number) => new Date(createdAt(n, count, now)).toISOString().slice(0, 10);
  const search = (text: (n: number) => string) => (round: number) => `payments?q=${encodeURIComponent(text(nth(round)))}`;
  // The middle of all, and 100 payments before the end, where a list that counts from the beginning would be slow.
  const cursor = (n: number) => Buffer.from(JSON.stringify([createdAt(n, count, now), idOf(n), 0])).toString('base64url');
  return {
    queue: () => 'queue',
    'queue of one kind': () => 'queue?kind=uncounted_money',
    'queue of one merchant': () => 'queue?merchant=shop-3',
    status: () => 'status',
    [`status${own}`]: () => 'status',
    [`queue${own}`]: () => 'queue',
    [`search by a label that others have${own}`]: (round) => `payments?q=customer-${round}`,
    'list, newest': () => 'payments',
    'list, in the middle': () => `payments?after=${cursor(Math.ceil(count / 2))}`,
    'list, near the end': () => `payments?after=${cursor(100)}`,
    'list of a merchant': () => 'payments?merchant=shop-3',
    'list of a rare status': () => 'payments?status=underpaid',
    'list of a merchant and status': () => 'payments?merchant=shop-2&status=expired',
    'list by method and currency': () => 'payments?method=card&currency=UZS',
    'list by a currency that nobody has': () => 'payments?currency=JPY',
    'search by reference': search((n) => idOf(n).slice(4, 12)),
    'search by payment id': search(idOf),
    'search by order': search((n) => `order-${n}`),
    'search by label': search((n) => `customer-${n % 1_000}`),
    'search by receipt': search((n) => `receipt-${n}`),
    'search by transaction number': search(numberOf),
    'search by its last five characters': search((n) => numberOf(n).slice(-5)),
    'search by the end of a card': search((n) => String((n * 7_919) % 10_000).padStart(4, '0')),
    'search by phone': search((n) => `+99890${String(1_000_000 + (n % 1_000_000)).slice(-7)}`),
    'search by the end of a phone': search((n) => `phone:${String(1_000_000 + (n % 1_000_000)).slice(-4)}`),
    'search by amount': search((n) => `${100 + (n % 900)}.00`),
    'search by amount and currency': search((n) => `${100 + (n % 900)}.00 MMK`),
    'search by day': search(dayOf),
    'search by day and status': (round) => `payments?q=${dayOf(nth(round))}&status=underpaid`,
    'search for nothing': search((n) => `nobody ${n}`),
    'one payment': (round) => `payments/${idOf(nth(round))}`,
    [`export of a day of ${Math.round(86_400_000 / spacingMs)} payments`]: () => `export.csv?from=${dayOf(Math.ceil(count / 2))}`,
  };
}

/** What a merchant's server lists. */
function merchantLists(count: number, now: number): Record<string, (round: number) => Partial<ListFilter>> {
  // Of shop-0.
  const nth = (round: number) => 5 + 5 * ((round * 7_919) % Math.floor(count / 5));
  return {
    newest: () => ({}),
    'in the middle': () => ({ after: idOf(5 * Math.floor(count / 10)) }),
    'back from the end': () => ({ before: idOf(5) }),
    'by order': (round) => ({ orderId: `order-${nth(round)}` }),
    'by label': (round) => ({ label: `customer-${nth(round) % 1_000}` }),
    'by reference': (round) => ({ idBeginning: idOf(nth(round)).slice(0, 12) }),
    'by a rare status': () => ({ status: 'needs_review' }),
    'by time': (round) => ({ createdFrom: createdAt(nth(round), count, now), createdTo: now }),
  };
}
