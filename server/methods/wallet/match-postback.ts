/**
 * An operator decides about a transaction of a postback that belongs to no payment: matches it to one, by which its money counts,
 * or dismisses it. The postback is the proof; the person only says whose money it is, and never where a rule of money forbids it.
 */

import type { MatchPostback } from '#contract/operate';
import { lastCharacters, newAttemptInFlight } from '../../payments/attempts/attempt.ts';
import { settlement } from '../../payments/attempts/settle-attempt.ts';
import { type PaymentUpdate, type UnitOfWork, updatePayment } from '../../payments/attempts/update-payment.ts';
import { ProblemError } from '../../payments/model/errors.ts';
import type { Actor, PostbackItemRecord } from '../../payments/model/operator-records.ts';
import type { AttemptContext } from '../../payments/model/payment-state.ts';
import type { EvidenceInput } from '../../payments/model/ports.ts';
import type { AttemptRecord, PaymentRecord } from '../../payments/model/records.ts';
import type { Queries } from '../../payments/model/store.ts';
import type { WalletAccount } from './account.ts';
import { retryUnmatched } from './postbacks.ts';

export interface MatchDeps extends UnitOfWork {
  /** Null for a merchant that does not sell by wallet. */
  account(merchantId: string): Pick<WalletAccount, 'id' | 'upstream'> | null;
  /** The ids of all merchants, to know who shares an account. */
  merchantIds(): readonly string[];
  /** Above this amount a second person has to confirm what one types in, in minor units; null if never. */
  secondPersonAbove?(merchantId: string, currency: string): number | null;
}

/** Who decides. `merchants`: for which merchants they may act; null for all. */
export interface Decider {
  by: Actor;
  merchants: readonly string[] | null;
}

/**
 * The money of the transaction counts for the payment from now on, in one commit with the item.
 * @returns The id of the payment.
 * @throws {ProblemError} `not_found`; `transaction_number_used` if the transaction was
 * matched, dismissed or has paid before; `number_checking` if another payment waits for the answer to this number;
 * `invalid_request` (422) for money or a wallet that is not the payment's
 */
export async function matchPostback(
  deps: MatchDeps,
  itemId: string,
  { by, merchants, ...request }: MatchPostback & Decider,
): Promise<string> {
  const found = await readItem(deps, itemId, { by, merchants });
  const known = await deps.store.payment(request.paymentId);
  const account = known && mayActFor(merchants, known.merchantId) ? deps.account(known.merchantId) : null;
  if (!known || !account) throw new ProblemError('not_found', { field: 'paymentId' });
  if (account.id !== found.account) throw refuse('paymentId', 'the postback came to an account that is not of this merchant');
  await updatePayment<void>(deps, known.id, async (payment, tx, now) => {
    const item = await openItem(tx, itemId);
    const money = moneyOf(item, payment, request);
    assertOnePersonMay(deps, payment, item, money.amount);
    const attempt = await attemptFor(item, { payment, tx, now });
    const upstreamId = await evidenceId(tx, item, attempt);
    const matched = { status: 'matched', paymentId: payment.id, matchedBy: by, note: request.note, matchedAt: now } as const;
    if (!(await tx.matchPostbackItem({ ...item, ...matched }))) throw decided(await tx.postbackItem(itemId));
    if (await tx.evidenceOf(account.upstream, upstreamId)) throw new ProblemError('transaction_number_used');
    await claimNumber(tx, item, attempt, now);
    const evidence: EvidenceInput = { ...money, upstream: account.upstream, upstreamId };
    const calls = (await tx.intents(attempt.id)).length;
    const update = await settlement({ kind: 'paid', evidence }, { payment, attempt, tx, now }, calls);
    return withReason(update, { postbackItem: item.id, matchedBy: by, note: request.note });
  });
  retryUnmatched(deps.store);
  return known.id;
}

/** No payment gets this money. @throws {ProblemError} as `matchPostback` */
export async function dismissPostback(
  deps: MatchDeps,
  itemId: string,
  { note, ...decider }: { note: string } & Decider,
): Promise<PostbackItemRecord> {
  const item = await readItem(deps, itemId, decider);
  const dismissed = { ...item, status: 'dismissed', matchedBy: decider.by, note, matchedAt: deps.clock.now() } as const;
  if (!(await deps.store.matchPostbackItem(dismissed))) throw decided(await deps.store.postbackItem(itemId));
  retryUnmatched(deps.store);
  return dismissed;
}

/** Both, bound to their dependencies, and whom a decision concerns. */
export const createPostbackMatching = (deps: MatchDeps) => ({
  match: (itemId: string, request: MatchPostback & Decider) => matchPostback(deps, itemId, request),
  dismiss: (itemId: string, request: { note: string } & Decider) => dismissPostback(deps, itemId, request),
  /** The merchants whose postbacks come to the same account as this one's, and itself. */
  sharers(merchantId: string): readonly string[] {
    const account = deps.account(merchantId)?.id;
    return account === undefined ? [merchantId] : sharersOf(deps, account);
  },
});

const sharersOf = ({ merchantIds, account }: MatchDeps, accountId: string): string[] =>
  merchantIds().filter((id) => account(id)?.id === accountId);

const mayActFor = (merchants: readonly string[] | null, merchantId: string): boolean =>
  merchants === null || merchants.includes(merchantId);

/**
 * The item, if it may be decided by this person. Whose money it is cannot be told from an account that merchants share, so nobody
 * who acts for some of them only sees it, or may take it for theirs.
 */
async function readItem(deps: MatchDeps, itemId: string, { merchants }: Decider): Promise<PostbackItemRecord> {
  const item = await deps.store.postbackItem(itemId);
  const concerned = item ? [item.merchantId, ...sharersOf(deps, item.account)] : [];
  if (!item || !concerned.every((id) => mayActFor(merchants, id))) throw new ProblemError('not_found');
  if (item.status !== 'unmatched') throw decided(item);
  return item;
}

async function openItem(tx: Queries, itemId: string): Promise<PostbackItemRecord> {
  const item = await tx.postbackItem(itemId);
  if (item?.status !== 'unmatched') throw decided(item);
  return item;
}

const refuse = (field: string, detail: string): ProblemError =>
  new ProblemError('invalid_request', { status: 422, field, detail });

const decided = (item: PostbackItemRecord | null): ProblemError =>
  new ProblemError('transaction_number_used', {
    detail: item?.paymentId ? `it is matched to payment ${item.paymentId}` : 'a person has dismissed it',
  });

/** What the transaction paid. An amount that the signature does not cover is believed only from a person. */
function moneyOf(
  item: PostbackItemRecord,
  payment: PaymentRecord,
  { amount, currency }: Pick<MatchPostback, 'amount' | 'currency'>,
): Pick<EvidenceInput, 'amount' | 'currency' | 'reportedBy'> {
  const signed = item.signedAmount && item.amount !== null && item.currency !== null;
  if (!signed && (amount === undefined || currency === undefined))
    throw refuse(
      amount === undefined ? 'amount' : 'currency',
      "the postback does not prove it: add amount and currency from Paykassma's cabinet",
    );
  if (signed && ((amount ?? item.amount) !== item.amount || (currency ?? item.currency) !== item.currency))
    throw refuse('amount', `the signed postback says ${item.amount} ${item.currency}`);
  const money = signed
    ? { amount: item.amount ?? 0, currency: item.currency ?? '' }
    : { amount: amount ?? 0, currency: currency ?? '', reportedBy: 'operator' as const };
  if (money.currency !== payment.currency) throw refuse('currency', `the payment is in ${payment.currency}`);
  return money;
}

/** A typed amount is one person's word, so it has the same limit as a decision. Resolving the payment asks a second person. */
function assertOnePersonMay(deps: MatchDeps, payment: PaymentRecord, item: PostbackItemRecord, amount: number): void {
  const limit = deps.secondPersonAbove?.(payment.merchantId, payment.currency) ?? null;
  if (item.signedAmount || limit === null || amount <= limit) return;
  const detail =
    'the postback does not prove this amount, and a second person has to confirm it: resolve the payment as paid instead';
  throw new ProblemError('decision_refused', { field: 'amount', detail });
}

/**
 * The attempt that the transaction belongs to: the one that it names, or whose number it is, also by a person's word. Else one of the payment's attempts
 * that showed where to transfer to by this wallet, and for which nothing was submitted. An attempt with another number keeps
 * waiting for that, and the transaction gets an attempt of its own.
 */
async function attemptFor(
  item: PostbackItemRecord,
  { payment, tx, now }: Omit<AttemptContext, 'attempt'>,
): Promise<AttemptRecord> {
  const earlier = await tx.attempts(payment.id);
  const shown = earlier.filter(({ action }) => action?.kind === 'transfer' && action.walletType === item.wallet);
  const last = shown.at(-1);
  if (!last) throw refuse('paymentId', 'the payment has shown nobody where to transfer to by this wallet');
  const number = item.transactionId?.toUpperCase();
  const claim = number === undefined ? null : await tx.claimOf(item.account, item.itemKey);
  const own =
    shown.find(({ id }) => id === item.customTransactionId) ??
    shown.find(({ submittedReference }) => number !== undefined && submittedReference?.toUpperCase() === number) ??
    shown.find(({ id }) => id === claim?.attemptId) ??
    shown.findLast(({ submittedReference }) => submittedReference === null);
  if (own) return own;
  const origin = { paymentId: payment.id, method: 'wallet', earlier } as const;
  const attempt = newAttemptInFlight(
    origin,
    {
      action: last.action,
      submittedReference: item.transactionId,
      lastCharacters: item.transactionId === null ? null : lastCharacters(item.transactionId) || null,
    },
    now,
  );
  await tx.insertAttempt(attempt);
  return attempt;
}

/**
 * The id under which the money is stored. It is that of the attempt, as in an answer of Paykassma about this attempt, so that an
 * answer that comes later counts nothing twice. If the attempt has been paid before, this is another transfer, unless it names the
 * attempt or its number: then its money is stored already.
 */
async function evidenceId(tx: Queries, item: PostbackItemRecord, attempt: AttemptRecord): Promise<string> {
  const evidence = (await tx.evidence(attempt.paymentId)).filter(({ attemptId }) => attemptId === attempt.id);
  const number = item.transactionId?.toUpperCase();
  const isSame =
    item.customTransactionId === attempt.id || (number !== undefined && attempt.submittedReference?.toUpperCase() === number);
  if (evidence.length === 0 || (isSame && evidence.some(({ upstreamId }) => upstreamId === attempt.id))) return attempt.id;
  return item.itemKey;
}

/** The number has paid from now on, so that no customer can submit it as theirs. */
async function claimNumber(tx: Queries, item: PostbackItemRecord, attempt: AttemptRecord, now: number): Promise<void> {
  if (item.transactionId === null) return;
  const { account, itemKey: key } = item;
  const { id: attemptId, paymentId } = attempt;
  if (await tx.claim({ account, key, paymentId, attemptId, status: 'paid', contested: false, claimedAt: now })) return;
  const existing = await tx.claimOf(account, key);
  if (existing?.status === 'paid') {
    const evidence = await tx.evidence(paymentId);
    const isKnown = existing.paymentId !== paymentId || evidence.some((row) => row.attemptId === existing.attemptId);
    if (isKnown) throw new ProblemError('transaction_number_used', { detail: `it has paid ${existing.paymentId}` });
    // Only a person's word about this payment named the same number: the postback is the proof of it.
    return;
  }
  if (existing && existing.paymentId !== paymentId)
    throw new ProblemError('number_checking', { detail: `payment ${existing.paymentId} waits for the answer to this number` });
  // Another payment may have submitted this number after the claim, which is then contested. The person has found that the money is
  // this payment's, so that is settled.
  if (existing) await tx.updateClaim({ ...existing, status: 'paid', contested: false });
}

/** The history says who has matched the money, and why. */
function withReason<T>(update: PaymentUpdate<T>, reason: Record<string, unknown>): PaymentUpdate<void> {
  if (!update.audit) throw new ProblemError('transaction_number_used');
  return { ...update, result: undefined, audit: { ...update.audit, data: { ...update.audit.data, ...reason } } };
}
