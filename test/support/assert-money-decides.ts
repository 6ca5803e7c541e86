/**
 * Asserts that the sum of the evidence decides a payment's status, whatever is shown or in flight. Holds after every step of
 * every test.
 */
import assert from 'node:assert/strict';
import type { Store } from '../../server/payments/model/store.ts';

export async function assertMoneyDecides(store: Pick<Store, 'snapshot'>, paymentId: string): Promise<void> {
  // The payment may change meanwhile, so everything that is compared must be of one version.
  const { payment, evidence } = await store.snapshot(async (tx) => ({
    payment: (await tx.payment(paymentId)) ?? assert.fail('no such payment'),
    evidence: await tx.evidence(paymentId),
  }));
  const { status, amount, discount, discountCode, amountPaid } = payment;
  const counted = evidence.filter((row) => row.counted);
  const sum = counted.reduce((total, row) => total + row.amount, 0);
  assert.equal(amountPaid, sum, 'what is paid is the sum of what is proven');
  if (evidence.length > 0)
    assert.ok(!['open', 'awaiting_customer', 'canceled', 'expired'].includes(status), `money, and the payment is ${status}`);
  // A discount counts after its code was used.
  const due = discountCode === null || discountCode.status === 'redeemed' ? amount - discount : amount;
  if (counted.length > 0 && sum >= due)
    assert.ok(!['processing', 'underpaid'].includes(status), `all is paid, and the payment is ${status}`);
}
