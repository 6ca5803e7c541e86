/**
 * Measures the built server on each engine: start, reads, whole payments, memory. Prints one line per engine, without limits. Run
 * `npm run build` first, then `npx node test/bench/server.ts`.
 */
import type { PaymentView } from '../../server/contract/index.ts';
import { engines } from '../support/engines.ts';
import { createBench, memoryOf } from './built-server.ts';

const atOnce = 8;
const reads = 1_000;
const payments = 100;

const bench = await createBench();
try {
  for (const engine of engines) {
    if (engine.skip) process.stdout.write(`${engine.name}: ${engine.skip}\n`);
    else await measure(engine);
  }
} finally {
  await bench.end();
}

async function measure(engine: (typeof engines)[number]): Promise<void> {
  const database = await engine.create();
  const codes = await bench.freshCodes(payments + 1);
  const started = performance.now();
  const { ask, child, create, pool } = await bench.start(database.url, atOnce);
  await ask('', 'GET', '/readyz');
  const ready = performance.now() - started;

  const { clientSecret } = await create('warm');
  const readRate = await perSecond(reads, () => ask(clientSecret, 'GET', '/checkout'));
  const slow: unknown[] = [];
  const payRate = await perSecond(payments, async (n) => {
    const { clientSecret: secret } = await create(`order-${n}`);
    const view = await ask<PaymentView>(secret, 'POST', '/checkout/pay-code', { code: codes[n] });
    if (view.status !== 'succeeded') slow.push(view.nextAction);
  });
  if (slow.length > 0) throw new Error(`${slow.length} payments were not paid at once: ${JSON.stringify(slow[0])}`);
  process.stdout.write(
    `${engine.name}: ready after ${Math.round(ready)} ms, ${readRate} GET /checkout per second, ` +
      `${payRate} payments (create and pay) per second, ${memoryOf(child)} MB afterwards\n`,
  );
  await pool.close();
  child.kill('SIGKILL');
  await database.drop();
}

async function perSecond(count: number, work: (n: number) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  let next = 0;
  const one = async () => {
    while (next < count) {
      const n = next;
      next += 1;
      await work(n);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return Math.round((count * 1000) / (performance.now() - started));
}
