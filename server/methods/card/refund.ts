/** Gives the money of a receipt back: cancels it, and follows it from 21 to 50. Cancelling may be repeated: a receipt is cancelled once. */
import type { RefundOutcome } from '../../payments/model/outcome.ts';
import type { Unsettled } from '../../payments/model/ports.ts';
import { tellMissing } from '../missing-merchant.ts';
import { askPayme } from './call-payme.ts';
import type { CardAccount, CardParts } from './card-parts.ts';
import { paymeIntent } from './card-session.ts';
import { lookAtReceipt } from './look-at-receipt.ts';

const mostRefundCancels = 5;

export async function refund(parts: CardParts, account: CardAccount | null, unsettled: Unsettled): Promise<RefundOutcome> {
  const { attempt, intents } = unsettled;
  const id = intents.filter(({ operation }) => operation === 'receipts.pay').at(-1)?.notes.receipt;
  if (id === undefined) return { kind: 'review', why: 'a card payment without its receipt' };
  if (!account) {
    tellMissing(parts.observer, unsettled.payment.merchantId, 'the cashbox');
    return { kind: 'unknown' };
  }
  const { observer } = parts;
  const { client } = account;

  const look = await lookAtReceipt({ parts, account }, id);
  if (!look?.over) return { kind: 'unknown' };
  if (look.receipt.state === 50) return { kind: 'returned' };
  const earlier = intents.filter(({ notes }) => notes.refund !== undefined).length;
  if (earlier >= mostRefundCancels) return { kind: 'review', why: 'a paid receipt that Payme does not cancel' };

  await unsettled.commitIntent({
    ...paymeIntent(attempt.id, 'receipts.cancel', { receipt: id, refund: String(earlier + 1) }),
    returns: true,
  });
  const canceled = await askPayme(observer, 'receipts.cancel', () => client.receiptsCancel({ id }));
  // 21 so far: followed until it is 50, and that is read.
  if (canceled.kind !== 'refused') return { kind: 'unknown' };
  // It says no: what the receipt is now is what counts.
  const after = await askPayme(observer, 'receipts.get', () => client.receiptsGet({ id }));
  if (after.kind !== 'ok') return { kind: 'unknown' };
  if (after.result.state === 50) return { kind: 'returned' };
  return after.result.state === 4 ? { kind: 'kept', why: `payme ${canceled.code}` } : { kind: 'unknown' };
}
