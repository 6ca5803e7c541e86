/** Which other payment has paid the order of this one: two payments of one order can both be paid, where one of them was over and its money came late. */
import type { Queries } from './model/ports.ts';
import type { PaymentRecord } from './model/records.ts';

const paid: ReadonlySet<PaymentRecord['status']> = new Set(['succeeded', 'refunding']);

/** The id of that payment; null where there is none. */
export async function orderPaidBy(tx: Queries, { id, merchantId, orderId }: PaymentRecord): Promise<string | null> {
  const [oldest, ...others] = await tx.paymentsOfOrder(merchantId, orderId);
  if (!oldest || others.length === 0) return null;
  // Two that are paid at the same moment must not both miss the other. The oldest stands for the order: who holds it sees what all others
  // have committed, and it waits for none of them, so nobody waits in a circle.
  await tx.holdPayment(oldest.id);
  const all = await tx.paymentsOfOrder(merchantId, orderId);
  return all.find((other) => other.id !== id && paid.has(other.status))?.id ?? null;
}
