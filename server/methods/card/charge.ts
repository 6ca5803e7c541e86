/**
 * Charges a confirmed card: makes the receipt, compares it with what was requested, has it paid and reads what came of it. An
 * attempt has one receipt. Each call is recorded before it is made, and made once.
 */
import type { Receipt } from '../../clients/payme/types.ts';
import { OperatorNotice } from '../../payments/model/errors.ts';
import type { Outcome } from '../../payments/model/ports.ts';
import type { Decline } from '../../payments/model/records.ts';
import type { CardAccount } from './account.ts';
import { callPayme, isDecline, toProblem } from './call-payme.ts';
import type { CardSession, PaymeCall, PayNotes, StoredCard } from './card-session.ts';
import { fetchReceipt, findReceipts, interpretReceipt, matchesRequest, newReceipt, type ReceiptReader } from './receipt.ts';

export async function payReceipt(session: CardSession, card: StoredCard): Promise<Outcome> {
  const { deps, account } = session;
  const discount = await deps.redeemDiscount(session.payment.id);
  if (discount.kind === 'declined') return discount;
  const made = await makeReceipt(session);
  if ('kind' in made) return made;
  const { client } = account;
  const intent = await session.recordIntent('charge', { operation: 'receipts.pay', notes: { receipt: made.id } });
  const payer = card.phone ? { payer: { phone: card.phone } } : {};
  const paid = await callPayme(deps.observer, 'receipts.pay', () =>
    client.receiptsPay({ id: made.id, token: card.token, ...payer }),
  );
  if (paid.kind === 'fault') {
    if (paid.fault !== 'not_sent') return { kind: 'unknown' };
    return { kind: 'declined', decline: { code: 'provider_unavailable' } };
  }
  if (paid.kind === 'ok' || !isDecline(paid)) return fetchReceipt(session, made.id, null);
  const decline = toProblem(paid);
  const notes: PayNotes = { receipt: made.id, declined: decline.code };
  await deps.store.updateIntent({ ...intent, notes });
  // No call may be in flight any more when the customer is invited to try again, so the receipt is voided first.
  return fetchReceipt(session, made.id, () => voidReceipt(session, made.id, decline));
}

/** The receipt, or the outcome if there is none that may be paid. In that case nothing can have been charged. */
async function makeReceipt(session: CardSession): Promise<Receipt | Outcome> {
  const { deps, account, payment, attempt } = session;
  const requested = newReceipt(payment, attempt, account.settings);
  const intent = await session.recordIntent('charge', { operation: 'receipts.create', notes: {} });
  const made = await callPayme(deps.observer, 'receipts.create', () => account.client.receiptsCreate(requested));
  if (made.kind === 'refused') return { kind: 'declined', decline: toProblem(made, 'provider_unavailable') };
  let receipt = made.kind === 'ok' ? made.result : undefined;
  if (made.kind === 'fault' && made.fault !== 'not_sent') {
    const found = await findReceipts(deps, account, attempt, intent.createdAt);
    // Two receipts of one call would be Payme's mistake, and we could not know which of them is ours.
    if (found?.length === 1) receipt = found[0];
  }
  if (!receipt) return { kind: 'declined', decline: { code: 'provider_unavailable' } };
  if (matchesRequest(receipt, requested, attempt) && (await claimReceipt(session, receipt))) return receipt;
  // It is never paid, because it would take something else than the customer was shown.
  deps.observer.failure('payme', new OperatorNotice(`a receipt of attempt ${attempt.id} is not what was asked for`));
  return { kind: 'declined', decline: { code: 'provider_unavailable' } };
}

/**
 * False if another attempt has claimed a receipt with this id. To pay under that id would charge this card for the other attempt.
 */
function claimReceipt({ deps, account, payment, attempt }: CardSession, { id }: Receipt): Promise<boolean> {
  const claimant = { paymentId: payment.id, attemptId: attempt.id, claimedAt: deps.clock.now() };
  return deps.store.claim({ account: account.upstream, key: `receipt:${id}`, ...claimant, status: 'active', contested: false });
}

export interface VoidReceiptDeps extends ReceiptReader {
  account: CardAccount;
  recordIntent(kind: 'safeguard', call: PaymeCall): Promise<unknown>;
}

/**
 * Makes sure that a receipt can never be paid any more: cancels it and reads it once more. Until then a call to pay it may still
 * arrive, and "try again" could charge twice.
 * @param decline What the customer reads once it is proven that nothing was taken.
 */
export async function voidReceipt(
  { deps: { observer }, account, recordIntent }: VoidReceiptDeps,
  id: string,
  decline: Decline,
): Promise<Outcome> {
  const { client, upstream } = account;
  await recordIntent('safeguard', { operation: 'receipts.cancel', notes: { receipt: id } });
  const canceled = await callPayme(observer, 'receipts.cancel', () => client.receiptsCancel({ id }));
  if (canceled.kind === 'fault') return { kind: 'unknown' };
  const read = await callPayme(observer, 'receipts.get', () => client.receiptsGet({ id }));
  if (read.kind !== 'ok') return { kind: 'unknown' };
  const outcome = interpretReceipt(read.result, upstream, decline.code);
  if (outcome === 'unpaid') {
    return canceled.kind === 'refused'
      ? { kind: 'needs_review', why: 'a receipt that Payme does not cancel' }
      : { kind: 'unknown' };
  }
  // The whole decline, with its field, instead of its code alone.
  if (outcome.kind === 'declined' && outcome.decline.code === decline.code) return { kind: 'declined', decline };
  return outcome;
}
