/** Two people of the demo end a payment together: what one accepts above the merchant's threshold, the other confirms. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { ActResult, QueuePage } from '#contract/operate';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { waitFor } from '../support/wait-for.ts';
import { shopper } from './shopper.ts';

let demo: Demo;
const { buy } = shopper(() => demo);
before(async () => {
  demo = await startDemo({ portBase: 0 });
});
after(() => demo.close());

const { anna, ben } = demoKeys.operators;
/** A call of the operators' interface, as the demo prints its address and keys. */
async function operate<Body>(key: string, path: string, body?: object): Promise<{ status: number; body: Body }> {
  const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) };
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
  const answer = await fetch(new URL(`/operate${path}`, demo.urls.operate), init);
  return { status: answer.status, body: (await answer.json()) as Body };
}

/** An order of so much, of which half has come. */
async function underpaid(amount: number, transactionNumber: string) {
  const purchase = await buy({ amount, currency: 'MMK' });
  await purchase.ask('wallet', { walletType: 'wavepay' });
  const { view } = await purchase.ask('wallet/transaction', { transactionNumber });
  await waitFor(async () => (await purchase.view()).status === 'underpaid');
  const { body } = await operate<{ payment: { id: string; version: number } }>(anna, `/payments/${view.reference}`);
  return { purchase, ...body.payment };
}
const note = 'the rest was paid in cash';

it('an act above the threshold is requested by one person and done by another', async () => {
  const { purchase, id, version } = await underpaid(2_000_000, '1000000006');
  const requested = await operate<ActResult>(anna, `/payments/${id}/accept`, { note, version });
  assert.deepEqual([requested.status, requested.body.approval?.status], [202, 'pending']);
  assert.equal((await purchase.view()).status, 'underpaid');
  const { items } = (await operate<QueuePage>(ben, '/queue?kind=approval')).body;
  const approval = items.find(({ paymentId }) => paymentId === id)?.id;
  assert.equal(approval, requested.body.approval?.id);
  assert.equal((await operate(anna, `/approvals/${approval}/confirm`, { note })).status, 409);
  assert.equal((await operate(ben, `/approvals/${approval}/confirm`, { note })).status, 200);
  assert.equal((await purchase.view()).status, 'succeeded');
});

it('an act below it is done at once', async () => {
  const { purchase, id, version } = await underpaid(600_000, '1000000106');
  assert.equal((await operate(ben, `/payments/${id}/accept`, { note, version })).status, 200);
  assert.equal((await purchase.view()).status, 'succeeded');
});
