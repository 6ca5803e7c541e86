/**
 * How fast the built server is, on each engine: start, reads, whole payments, memory. Prints one line per engine and judges
 * nothing. Run `npm run build` first, then `node test/bench/server.ts`. PayCodes is simulated in this process.
 */
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { createPayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import type { CreatedPayment, PaymentView } from '../../server/contract/index.ts';
import { engines } from '../support/engines.ts';
import { createServerProcesses, listening } from '../support/server-process.ts';

const atOnce = 8;
const reads = 1_000;
const payments = 100;

const simulator = await createPayCodesSimulator();
const processes = createServerProcesses({ url: simulator.url, key: simulator.key });
try {
  for (const engine of engines) {
    if (engine.skip) process.stdout.write(`${engine.name}: ${engine.skip}\n`);
    else await measure(engine);
  }
} finally {
  processes.end();
  await simulator.close();
}

async function measure(engine: (typeof engines)[number]): Promise<void> {
  const database = await engine.create();
  const codes = await freshCodes(payments + 1);
  const started = performance.now();
  const child = processes.run({ DATABASE_URL: database.url }, ['dist/server/main.js']);
  const address = await listening(child);
  const pool = new Pool(address, { connections: atOnce });
  await ask(pool, '', 'GET', '/readyz');
  const ready = performance.now() - started;

  const { clientSecret } = await create(pool, 'warm');
  const readRate = await perSecond(reads, () => ask(pool, clientSecret, 'GET', '/checkout'));
  const slow: unknown[] = [];
  const payRate = await perSecond(payments, async (n) => {
    const { clientSecret: secret } = await create(pool, `order-${n}`);
    const view = await ask<PaymentView>(pool, secret, 'POST', '/checkout/pay-code', { code: codes[n] });
    if (view.status !== 'succeeded') slow.push(view.nextAction);
  });
  if (slow.length > 0) throw new Error(`${slow.length} payments were not paid at once: ${JSON.stringify(slow[0])}`);
  const memory = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
  process.stdout.write(
    `${engine.name}: ready after ${Math.round(ready)} ms, ${readRate} GET /checkout per second, ` +
      `${payRate} payments (create and pay) per second, ${Math.round(Number(memory) / 1024)} MB afterwards\n`,
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

function create(pool: Pool, orderId: string): Promise<CreatedPayment> {
  return ask(pool, processes.apiKey, 'POST', '/v1/payments', { amount: 2500, currency: 'PLN', orderId, label: 'bench' });
}

async function ask<T>(pool: Pool, bearer: string, method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
  const answer = await pool.request({
    method,
    path,
    headers: {
      ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
      ...(body ? { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const told = await answer.body.json();
  if (answer.statusCode > 299) throw new Error(`${method} ${path} answered ${answer.statusCode}`);
  return told as T;
}

async function freshCodes(count: number): Promise<string[]> {
  const params = { rule_slug: 'demo-enter', number_of_codes: count, creator: 'bench' };
  const answer = await fetch(simulator.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${simulator.key}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: '1', method: 'generate_code_list', params }),
  });
  return ((await answer.json()) as { result: { codes: string[] } }).result.codes;
}
