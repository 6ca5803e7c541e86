/**
 * What became of an attempt whose answer was lost. Without a call to pay nothing can have been charged. With one the receipt is read:
 * paid is paid; a receipt that stays at 0 is fenced off, but only after three readings of 0 and a minute more, since a debit may be late.
 */
import type { ProblemCode } from '#contract';
import type { Outcome, RefundOutcome } from '../../payments/model/outcome.ts';
import type { PendingAttempt } from '../../payments/model/ports.ts';
import type { IntentRecord } from '../../payments/model/records.ts';
import { reportMissingOnce } from '../missing-merchant.ts';
import type { CardAccount, CardDeps } from './account.ts';
import { callPayme } from './call-payme.ts';
import { paymeCall } from './card-session.ts';
import { type VoidReceiptDeps, voidReceipt } from './charge.ts';
import { pollReceipt } from './read-receipt.ts';
import { interpretReceipt, interpretReceiptState } from './receipt.ts';

const readingsOfZero = 3;
/** After the third: so that a debit which lands within it is always seen before the receipt is cancelled. */
const restMs = 60_000;
const mostCancels = 5;

export async function reconcileCard(parts: CardDeps, account: CardAccount | null, unsettled: PendingAttempt): Promise<Outcome> {
  const { attempt, intents } = unsettled;
  const pay = intents.filter(({ operation }) => operation === 'receipts.pay').at(-1);
  if (!pay) return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  const { receipt } = pay.notes;
  if (receipt === undefined) return { kind: 'review', why: 'a card payment without its receipt' };
  if (!account) {
    reportMissingOnce(parts.observer, unsettled.payment.merchantId, 'the cashbox');
    return { kind: 'unknown' };
  }
  const cancels = intents.filter(({ operation }) => operation === 'receipts.cancel').length;
  const fencing: VoidReceiptDeps = {
    parts,
    account,
    commit: (operation, notes) => unsettled.recordIntent({ ...paymeCall(attempt.id, operation, notes), kind: 'safeguard' }),
  };
  const refusal = { code: (pay.notes.declined as ProblemCode | undefined) ?? ('provider_unavailable' as const) };
  const look = await pollReceipt(fencing, receipt);
  if (!look) return { kind: 'unknown' };
  const judged = look.over ? interpretReceipt(look.receipt, account.upstream, refusal.code) : interpretReceiptState(look.state);
  if (judged !== 'unpaid') return judged;
  if (cancels >= mostCancels) return { kind: 'review', why: 'a receipt that stays unpaid and is not cancelled' };
  // A card that was declined, or a cancel that was sent before: nothing is waited for.
  if (pay.notes.declined === undefined && cancels === 0 && !(await isStill(parts, pay))) return { kind: 'unknown' };
  return voidReceipt(fencing, receipt, refusal);
}

/** Counts one more reading of 0; true when there were enough, long enough ago. */
async function isStill({ store, clock }: CardDeps, pay: IntentRecord): Promise<boolean> {
  const { zeros = '0', stillSince } = pay.notes;
  const now = clock.now();
  if (stillSince !== undefined) return now - Number(stillSince) > restMs;
  const count = Number(zeros) + 1;
  const notes = { ...pay.notes, zeros: String(count), ...(count >= readingsOfZero && { stillSince: String(now) }) };
  await store.updateIntent({ ...pay, notes });
  return false;
}

/** Gives the money of a receipt back: cancels it, and follows it from 21 to 50. Cancelling may be repeated: a receipt is cancelled once. */
const mostRefundCancels = 5;

export async function refundCard(
  parts: CardDeps,
  account: CardAccount | null,
  unsettled: PendingAttempt,
): Promise<RefundOutcome> {
  const { attempt, intents } = unsettled;
  const id = intents.filter(({ operation }) => operation === 'receipts.pay').at(-1)?.notes.receipt;
  if (id === undefined) return { kind: 'review', why: 'a card payment without its receipt' };
  if (!account) {
    reportMissingOnce(parts.observer, unsettled.payment.merchantId, 'the cashbox');
    return { kind: 'unknown' };
  }
  const { observer } = parts;
  const { client } = account;

  const look = await pollReceipt({ parts, account }, id);
  if (!look?.over) return { kind: 'unknown' };
  if (look.receipt.state === 50) return { kind: 'returned' };
  const earlier = intents.filter(({ notes }) => notes.refund !== undefined).length;
  if (earlier >= mostRefundCancels) return { kind: 'review', why: 'a paid receipt that Payme does not cancel' };

  await unsettled.recordIntent({
    ...paymeCall(attempt.id, 'receipts.cancel', { receipt: id, refund: String(earlier + 1) }),
    kind: 'refund',
  });
  const canceled = await callPayme(observer, 'receipts.cancel', () => client.receiptsCancel({ id }));
  // 21 so far: followed until it is 50, and that is read.
  if (canceled.kind !== 'refused') return { kind: 'unknown' };
  // It says no: what the receipt is now is what counts.
  const after = await callPayme(observer, 'receipts.get', () => client.receiptsGet({ id }));
  if (after.kind !== 'ok') return { kind: 'unknown' };
  if (after.result.state === 50) return { kind: 'returned' };
  return after.result.state === 4 ? { kind: 'kept', why: `payme ${canceled.code}` } : { kind: 'unknown' };
}
