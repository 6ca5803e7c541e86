/**
 * Runs light traffic for a long time against the built server on SQLite and watches the process and its memory. Prints a line per
 * minute and a verdict. `npm run build`, then `npm run soak -- --minutes 30 --rate 20` (requests a second).
 */
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { PaymentView } from '../../server/contract/index.ts';
import { engines } from '../support/engines.ts';
import { createBench, memoryOf } from './built-server.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '30' }, rate: { type: 'string', default: '20' } },
});
const minutes = Number(values.minutes);
const rate = Number(values.rate);
if (!(minutes > 0 && rate > 0)) throw new Error('--minutes and --rate: expected numbers above 0.');

/** Requests of one customer: create, read, long poll, pay, read by the shop. */
const requestsPerCustomer = 5;

const sqlite = engines.find(({ name }) => name === 'sqlite');
if (!sqlite) throw new Error('SQLite is gone.');
const database = await sqlite.create();
const bench = await createBench();
const { ask, child, create, pool, read } = await bench.start(database.url, 50);
const errors = new Map<string, number>();
let requests = 0;
let customers = 0;
let paid = 0;
let ended: string | null = null;
child.on('exit', (code, signal) => {
  ended = `ended by ${signal ?? `exit code ${code}`}`;
});

async function count<T>(request: Promise<T>): Promise<T> {
  requests += 1;
  return request;
}

let codes: string[] = [];
async function customer(): Promise<void> {
  customers += 1;
  const order = `order-${customers}`;
  if (codes.length === 0) codes = await bench.freshCodes(100);
  const code = codes.pop();
  const { payment, clientSecret } = await count(create(order));
  const { version } = await count(ask<PaymentView>(clientSecret, 'GET', '/checkout'));
  // A long poll during the payment, like the widget's.
  const [view] = await Promise.all([
    count(ask<PaymentView>(clientSecret, 'POST', '/checkout/pay-code', { code })),
    count(ask<PaymentView>(clientSecret, 'GET', `/checkout?since=${version}&wait=5`)),
  ]);
  if (view.status === 'succeeded') paid += 1;
  await count(read(payment.id));
}

const firstMemory = memoryOf(child);
const start = performance.now();
const print = () => {
  const wrong = [...errors].map(([what, times]) => `${times} × ${what}`).join('; ') || 'none';
  process.stdout.write(
    `${((performance.now() - start) / 60_000).toFixed(1)} min: ${requests} requests, ${paid} of ${customers} paid, errors: ${wrong}, ` +
      `${memoryOf(child) ?? '–'} MB (${firstMemory} at first), ${ended ?? 'lives'}\n`,
  );
};
const everyMinute = setInterval(print, 60_000);
while (ended === null && performance.now() - start < minutes * 60_000) {
  customer().catch((cause: unknown) => {
    const what = cause instanceof Error ? cause.message : String(cause);
    errors.set(what, (errors.get(what) ?? 0) + 1);
  });
  await pause((1_000 * requestsPerCustomer) / rate);
}
clearInterval(everyMinute);
if (ended === null) await pause(6_000);
print();
const isWell = ended === null && errors.size === 0;
process.stdout.write(isWell ? 'well\n' : 'not well\n');
child.removeAllListeners('exit');
await pool.close();
await bench.end();
await database.drop();
process.exitCode = isWell ? 0 : 1;
