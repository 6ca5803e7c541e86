/**
 * Makes the receipt of an attempt, compares it with what was asked, has it paid with a confirmed card, and reads what came of it. One receipt
 * per attempt; each call is written down before it is made, and made once. Source: HOUSE §5 "Card".
 */
import type { Receipt } from '../../clients/payme/types.ts';
import type { Outcome } from '../../payments/model/outcome.ts';
import type { Refusal } from '../../payments/model/records.ts';
import type { CardAccount } from './account.ts';
import { callPayme, isDecline, toProblem } from './call-payme.ts';
import type { CardSession, StoredCard } from './card-session.ts';
import { fetchReceipt, findReceipts, type ReceiptReader } from './read-receipt.ts';
import { interpretReceipt, matchesRequest, newReceipt } from './receipt.ts';

export async function payReceipt(work: CardSession, card: StoredCard): Promise<Outcome> {
  const { parts, account } = work;
  const discount = await parts.redeemDiscount(work.payment.id);
  if (discount.kind === 'refused') return discount;
  const made = await makeReceipt(work);
  if ('kind' in made) return made;
  const { client } = account;
  const { observer, store } = parts;
  const intent = await work.commit('receipts.pay', { receipt: made.id }, true);
  const payer = card.phone ? { payer: { phone: card.phone } } : {};
  const paid = await callPayme(observer, 'receipts.pay', () => client.receiptsPay({ id: made.id, token: card.token, ...payer }));
  if (paid.kind === 'fault') {
    if (paid.fault !== 'not_sent') return { kind: 'unknown' };
    return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  }
  if (paid.kind === 'ok') return fetchReceipt(work, made.id, null);
  const refusal = toProblem(paid);
  // Nothing may be in flight any more when the customer is told to try again: so the receipt goes first.
  if (!isDecline(paid)) return fetchReceipt(work, made.id, null);
  await store.updateIntent({ ...intent, notes: { ...intent.notes, declined: refusal.code } });
  return fetchReceipt(work, made.id, () => voidReceipt(work, made.id, refusal));
}

/** The receipt, or why there is none that may be paid: then nothing can have been charged. */
async function makeReceipt(work: CardSession): Promise<Receipt | Outcome> {
  const { parts, account, payment, attempt } = work;
  const asked = newReceipt(payment, attempt, account.settings);
  const intent = await work.commit('receipts.create', {}, true);
  const made = await callPayme(parts.observer, 'receipts.create', () => account.client.receiptsCreate(asked));
  if (made.kind === 'refused') return { kind: 'refused', refusal: toProblem(made, 'provider_unavailable') };
  let receipt = made.kind === 'ok' ? made.result : undefined;
  if (made.kind === 'fault' && made.fault !== 'not_sent') {
    const found = await findReceipts(parts, account, attempt, intent.createdAt);
    // Two of one call would be a mistake of theirs; which of them is ours nobody could say.
    if (found?.length === 1) receipt = found[0];
  }
  if (!receipt) return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
  if (matchesRequest(receipt, asked, attempt) && (await isOwn(work, receipt))) return receipt;
  // Never paid: what would be taken is not what the customer was shown.
  parts.observer.failure('payme', new Error(`a receipt of attempt ${attempt.id} is not what was asked for`));
  return { kind: 'refused', refusal: { code: 'provider_unavailable' } };
}

/** No other attempt was ever answered with this id: paid under it, that one's receipt would be charged to this card. */
function isOwn({ parts, account, payment, attempt }: CardSession, { id }: Receipt): Promise<boolean> {
  const whose = { paymentId: payment.id, attemptId: attempt.id, claimedAt: parts.clock.now() };
  return parts.store.claim({ account: account.upstream, thing: `receipt:${id}`, ...whose, status: 'held', contested: false });
}

/**
 * Proves that a receipt can never be paid any more: it is cancelled, and read once more. Until then a call to pay it may be on its way, and
 * "try again" could charge twice.
 */
export interface VoidReceiptDeps extends ReceiptReader {
  account: CardAccount;
  commit(operation: string, notes: Record<string, string>): Promise<unknown>;
}

/** @param refusal What the customer is told where it is proven that nothing was taken. */
export async function voidReceipt({ parts, account, commit }: VoidReceiptDeps, id: string, refusal: Refusal): Promise<Outcome> {
  const { observer } = parts;
  const { client, upstream } = account;
  await commit('receipts.cancel', { receipt: id });
  const canceled = await callPayme(observer, 'receipts.cancel', () => client.receiptsCancel({ id }));
  if (canceled.kind === 'fault') return { kind: 'unknown' };
  const read = await callPayme(observer, 'receipts.get', () => client.receiptsGet({ id }));
  if (read.kind !== 'ok') return { kind: 'unknown' };
  const judged = interpretReceipt(read.result, upstream, refusal.code);
  if (judged === 'unpaid') {
    return canceled.kind === 'refused' ? { kind: 'review', why: 'a receipt that Payme does not cancel' } : { kind: 'unknown' };
  }
  if (judged.kind === 'refused' && judged.refusal.code === refusal.code) return { kind: 'refused', refusal };
  return judged;
}
