/**
 * Reconciles card payments: finds out what became of one whose answer was lost, by which the core then settles it. Refunds are
 * here, too, because they read and cancel the same receipt at Payme. Neither pays.
 */
import type { Outcome, PendingAttempt, RefundOutcome } from '../../payments/model/ports.ts';
import { minuteMs } from '../../payments/model/time.ts';
import { reportMissingOnce } from '../missing-merchant.ts';
import type { CardAccount, CardDeps } from './account.ts';
import { callPayme } from './call-payme.ts';
import { type PaymeIntent, type PayNotes, paymeIntent, readPaymeIntent } from './card-session.ts';
import { type VoidReceiptDeps, voidReceipt } from './charge.ts';
import { interpretReceipt, interpretReceiptState, pollReceipt } from './receipt.ts';

/** How often a receipt must be read at state 0 before it may be cancelled. */
const readingsOfZero = 3;
/**
 * How long to wait after the last of these readings, so that a debit that arrives late is seen before the receipt is cancelled.
 */
const waitAfterReadingsMs = minuteMs;
/** After so many cancels a person has to look. */
const mostCancels = 5;

/**
 * Without a recorded call to pay nothing can have been charged. With one the receipt decides: if it is paid, the attempt is paid;
 * if it stays unpaid, it is voided.
 * @param account Null if the merchants file no longer has the cashbox.
 */
export async function reconcileCard(deps: CardDeps, account: CardAccount | null, pending: PendingAttempt): Promise<Outcome> {
  const { attempt, payment } = pending;
  const intents = pending.intents.map(readPaymeIntent);
  const pay = lastPayIntent(intents);
  if (!pay) return { kind: 'declined', decline: { code: 'provider_unavailable' } };
  const { receipt, declined } = pay.notes;
  if (!account) {
    reportMissingOnce(deps.observer, payment.merchantId, 'the cashbox');
    return { kind: 'unknown' };
  }
  const voiding: VoidReceiptDeps = {
    deps,
    account,
    recordIntent: (kind, call) => pending.recordIntent({ ...paymeIntent(attempt.id, call), kind }),
  };
  const decline = { code: declined ?? 'provider_unavailable' };
  const poll = await pollReceipt(voiding, receipt);
  if (!poll) return { kind: 'unknown' };
  const outcome = poll.over ? interpretReceipt(poll.receipt, account.upstream, decline.code) : interpretReceiptState(poll.state);
  if (outcome !== 'unpaid') return outcome;
  const cancels = intents.filter(({ operation }) => operation === 'receipts.cancel').length;
  if (cancels >= mostCancels) return { kind: 'needs_review', why: 'a receipt that stays unpaid and is not cancelled' };
  // The wait lets a pay call arrive that is still on its way. There is none if Payme has declined the card, and a cancel was sent only
  // after that wait.
  if (declined === undefined && cancels === 0 && !(await staysUnpaid(deps, pay))) return { kind: 'unknown' };
  return voidReceipt(voiding, receipt, decline);
}

type PayIntent = Extract<PaymeIntent, { operation: 'receipts.pay' }>;

const lastPayIntent = (intents: readonly PaymeIntent[]): PayIntent | undefined =>
  intents.filter((intent) => intent.operation === 'receipts.pay').at(-1);

/**
 * Counts one more reading of state 0 in the notes of the intent. True once there were enough readings and the wait after them is
 * over.
 */
async function staysUnpaid({ store, clock }: CardDeps, pay: PayIntent): Promise<boolean> {
  const { zeros = '0', stillSince } = pay.notes;
  const now = clock.now();
  if (stillSince !== undefined) return now - Number(stillSince) > waitAfterReadingsMs;
  const count = Number(zeros) + 1;
  const notes: PayNotes = { ...pay.notes, zeros: String(count), ...(count >= readingsOfZero && { stillSince: String(now) }) };
  await store.updateIntent({ ...pay, notes });
  return false;
}

/**
 * Cancels the paid receipt and follows it from state 21 to 50. The cancel may be repeated, because Payme cancels a receipt only
 * once.
 * @param account Null if the merchants file no longer has the cashbox.
 */
export async function refundCard(deps: CardDeps, account: CardAccount | null, pending: PendingAttempt): Promise<RefundOutcome> {
  const { attempt, payment } = pending;
  const intents = pending.intents.map(readPaymeIntent);
  const id = lastPayIntent(intents)?.notes.receipt;
  if (id === undefined) return { kind: 'needs_review', why: 'a card payment without its receipt' };
  if (!account) {
    reportMissingOnce(deps.observer, payment.merchantId, 'the cashbox');
    return { kind: 'unknown' };
  }
  const { observer } = deps;
  const { client } = account;

  const poll = await pollReceipt({ deps, account }, id);
  if (!poll?.over) return { kind: 'unknown' };
  if (poll.receipt.state === 50) return { kind: 'returned' };
  const earlier = intents.filter(isRefund).length;
  if (earlier >= mostCancels) return { kind: 'needs_review', why: 'a paid receipt that Payme does not cancel' };

  await pending.recordIntent({
    ...paymeIntent(attempt.id, { operation: 'receipts.cancel', notes: { receipt: id, refund: String(earlier + 1) } }),
    kind: 'refund',
  });
  const canceled = await callPayme(observer, 'receipts.cancel', () => client.receiptsCancel({ id }));
  // The receipt is at 21 for now. The next reading finds it at 50.
  if (canceled.kind !== 'refused') return { kind: 'unknown' };
  // Payme refused the cancel, so the receipt itself shows whether the money stays or has been returned before.
  const after = await callPayme(observer, 'receipts.get', () => client.receiptsGet({ id }));
  if (after.kind !== 'ok') return { kind: 'unknown' };
  if (after.result.state === 50) return { kind: 'returned' };
  return after.result.state === 4 ? { kind: 'kept', why: `payme ${canceled.code}` } : { kind: 'unknown' };
}

/** A safeguard cancels a receipt, too, but one that is unpaid. */
const isRefund = ({ operation, notes }: PaymeIntent): boolean => operation === 'receipts.cancel' && notes.refund !== undefined;
