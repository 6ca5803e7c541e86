/**
 * Asserts that the sum of the evidence and of people's decisions decides a payment's status, whatever is shown or in flight. Holds after every step of
 * every test.
 */
import assert from 'node:assert/strict';
import type { Store } from '../../server/payments/model/store.ts';

export async function assertMoneyDecides(store: Pick<Store, 'snapshot'>, paymentId: string): Promise<void> {
  // The payment may change meanwhile, so everything that is compared must be of one version.
  const { payment, evidence, decisions, refunds, corrected } = await store.snapshot(async (tx) => ({
    payment: (await tx.payment(paymentId)) ?? assert.fail('no such payment'),
    evidence: await tx.evidence(paymentId),
    decisions: (await tx.decisions(paymentId)).filter(({ supersededAt }) => supersededAt === null),
    corrected: (await tx.decisions(paymentId)).some(({ supersededAt }) => supersededAt !== null),
    refunds: (await tx.refunds(paymentId)).filter(({ status }) => status === 'done'),
  }));
  const { status, amount, discount, discountCode, amountPaid, amountRefunded, acceptedAmount, decidedBy } = payment;
  if (decidedBy === null) assert.equal(decisions.length + refunds.length, 0, 'who decided is noted on the payment');
  const total = (rows: readonly { amount: number }[]) => rows.reduce((soFar, row) => soFar + row.amount, 0);
  const counted = [...evidence.filter((row) => row.counted), ...decisions.filter(({ outcome }) => outcome === 'paid')];
  const returned = decisions.filter(({ outcome }) => outcome === 'returned');
  const sum = total(counted);
  assert.equal(amountPaid, sum + total(returned), 'what is paid is the sum of what is proven or decided');
  assert.equal(amountRefunded, total(refunds) + total(returned), 'what is refunded is the sum of what was returned');
  // A person may find out later that what was returned had never been paid, and the service may return what went back by hand.
  const isTwice = refunds.some(({ how }) => how === 'by_hand') && refunds.some(({ how }) => how === 'upstream');
  if (!corrected && !isTwice) assert.ok(amountRefunded <= amountPaid, 'nothing is returned that was not paid');
  const unassigned = evidence.some((row) => !row.counted && row.disposition === null);
  if (status === 'succeeded' && decisions.length === 0) assert.ok(counted.length > 0, 'a success without any proof');
  if (counted.length > 0 || unassigned)
    assert.ok(!['open', 'awaiting_customer', 'canceled', 'expired'].includes(status), `money, and the payment is ${status}`);
  // A discount counts after its code was used.
  const confirmed = discountCode === null || discountCode.status === 'redeemed' ? amount - discount : amount;
  const due = Math.min(confirmed, acceptedAmount ?? confirmed);
  if (counted.length > 0 && sum - total(refunds) >= due)
    assert.ok(!['processing', 'underpaid'].includes(status), `all is paid, and the payment is ${status}`);
}
