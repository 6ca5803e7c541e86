/** Finds and raises what an operator has to look at although the payment's status does not show it. */
import { paymentReference } from '#contract';
import { newId } from '../model/ids.ts';
import type { FlagKind, FlagRecord } from '../model/operator-records.ts';
import { confirmedAmountDue } from '../model/payment-state.ts';
import type { PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';

/** Once per (kind, subject): what is raised again stays as it is, even if a person has closed it. */
export const raiseFlag = (
  tx: Queries,
  { id, merchantId, currency }: Pick<PaymentRecord, 'id' | 'merchantId' | 'currency'>,
  kind: FlagKind,
  { subject, reason, amount = null }: Pick<FlagRecord, 'subject' | 'reason'> & Partial<Pick<FlagRecord, 'amount'>>,
  now: number,
): Promise<boolean> =>
  tx.raiseFlag({
    id: newId('flg'),
    merchantId,
    paymentId: id,
    kind,
    subject,
    reason,
    amount,
    currency: amount === null ? null : currency,
    raisedAt: now,
    closedAt: null,
    closedBy: null,
    note: null,
  });

/** What an operator has to look at, although the status is right: an order that was paid twice, and more money than was due. */
export async function flagMoney(tx: Queries, before: PaymentRecord, after: PaymentRecord, now: number): Promise<void> {
  const { id, orderAlreadyPaidBy } = after;
  if (orderAlreadyPaidBy !== null && before.orderAlreadyPaidBy === null) {
    const reason = `This order had been paid already, by the payment ${paymentReference(orderAlreadyPaidBy)}.`;
    await raiseFlag(tx, after, 'order_paid_twice', { subject: id, reason, amount: after.amountPaid }, now);
  }
  const surplus = after.amountPaid - confirmedAmountDue(after);
  if (surplus > 0 && after.amountPaid > before.amountPaid) {
    const reason = 'More money came than was due.';
    await raiseFlag(tx, after, 'overpaid', { subject: `${id}:${after.amountPaid}`, reason, amount: surplus }, now);
  }
}

/**
 * The id of another payment that has paid the same order; null if none has. Two payments of one order can both be paid if one
 * of them was over and its money came late.
 */
export async function orderPaidBy(tx: Queries, { id, merchantId, orderId }: PaymentRecord): Promise<string | null> {
  const [oldest, ...others] = await tx.paymentsOfOrder(merchantId, orderId);
  if (!oldest || others.length === 0) return null;
  // Two payments that are paid at the same moment must not both miss the other, so each also locks the oldest payment of the order:
  // whoever has that lock reads what all others have committed. The oldest has no second lock to wait for, so none waits in a circle.
  await tx.lockPayment(oldest.id);
  const all = await tx.paymentsOfOrder(merchantId, orderId);
  return all.find((other) => other.id !== id && (other.status === 'succeeded' || other.status === 'refunding'))?.id ?? null;
}
