/** kill −9 of the BFF while a code is being used, and a restart: the payment ends paid, and the code was used once. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import type { CreatedPayment, Payment } from '../../server/contract/index.ts';
import { createServerProcesses, listening, type ServerProcesses } from '../support/server-process.ts';

let paycodes: PayCodesSimulator;
let processes: ServerProcesses;
before(async () => {
  paycodes = await createPayCodesSimulator();
  processes = createServerProcesses({ url: paycodes.url, key: paycodes.key });
});
after(async () => {
  processes.end();
  await paycodes.close();
});

const json = { 'content-type': 'application/json' };
const uses = (code: string) => paycodes.ledger().uses.filter((use) => use.code === code).length;
const called = (code: string) => paycodes.ledger().calls.some((call) => call.method === 'use_code' && call.code === code);

async function killed(code: string, when: 'before' | 'after'): Promise<Payment> {
  const database = { DATABASE_URL: `sqlite:${join(processes.folder, `${code}.db`)}` };
  const merchant = { authorization: `Bearer ${processes.apiKey}` };
  const fault = { op: 'use_code', when, kind: 'timeout' };
  await fetch(`${paycodes.url}/_/faults`, { method: 'POST', headers: json, body: JSON.stringify(fault) });

  const first = processes.run(database);
  const address = await listening(first);
  const created = await fetch(`${address}/v1/payments`, {
    method: 'POST',
    headers: { ...merchant, ...json, 'idempotency-key': code },
    body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: code, label: 'c' }),
  });
  const { payment, clientSecret } = (await created.json()) as CreatedPayment;
  const submit = fetch(`${address}/checkout/pay-code`, {
    method: 'POST',
    headers: { ...json, authorization: `Bearer ${clientSecret}` },
    body: JSON.stringify({ code }),
  });
  const cut = assert.rejects(submit);
  while (!called(code)) await new Promise(setImmediate);
  first.kill('SIGKILL');
  await Promise.all([once(first, 'close'), cut]);
  assert.equal(uses(code), when === 'after' ? 1 : 0, 'it was killed at the wrong moment');

  const second = await listening(processes.run(database));
  for (;;) {
    const read = (await (await fetch(`${second}/v1/payments/${payment.id}`, { headers: merchant })).json()) as Payment;
    if (read.status !== 'processing') return read;
  }
}

describe('a BFF that is killed while it waits for the answer of use_code', () => {
  it('finds after its restart that the code was used, and the payment is paid', async () => {
    const payment = await killed('GOOD0001', 'after');
    assert.deepEqual([payment.status, payment.amountPaid, uses('GOOD0001')], ['succeeded', 2500, 1]);
  });

  it('uses the code after its restart where the first call had not arrived', async () => {
    const payment = await killed('GOOD0002', 'before');
    assert.deepEqual([payment.status, payment.amountPaid, uses('GOOD0002')], ['succeeded', 2500, 1]);
  });
});
