/** Stores that an upstream took money and moves the payment accordingly. Evidence of money is accepted in every status. */

import { newId } from '../model/ids.ts';
import { type AttemptContext, amountToSucceed, hasPaid, isLate, transition } from '../model/payment-state.ts';
import type { EvidenceInput } from '../model/ports.ts';
import type { AttemptRecord, ClaimRecord, Decline, EvidenceRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { dropReservedDiscount, endAttempt, endOpenAttempts } from './attempt.ts';
import {
  evidenceEvent,
  keptSum,
  type Money,
  missedEvent,
  movedByEvidence,
  readMoney,
  statusByEvidence,
} from './evidence-status.ts';
import { raiseFlag } from './flags.ts';
import { supersedeDecisions } from './supersede-decisions.ts';
import type { PaymentUpdate } from './update-payment.ts';

/** Evidence and what it came by. `attempt`: null if a discount code pays the whole amount. */
export type EvidenceContext = Omit<AttemptContext, 'attempt'> & Pick<AttemptRecord, 'method'> & { attempt: AttemptRecord | null };

/**
 * @returns The update of the payment; an empty one if this evidence was stored before. Or `doubt`, if only a person can tell
 * what the money pays: then nothing has been stored, and the caller stores `money`, if there is any, as uncounted evidence.
 */
export async function applyEvidence(
  money: EvidenceInput,
  context: EvidenceContext,
): Promise<PaymentUpdate<void> | { doubt: string; money?: EvidenceInput }> {
  const { payment, attempt, tx, now } = context;
  const claims = attempt ? await tx.claimsOfAttempt(attempt.id) : [];
  const doubt = doubtAbout(money, payment, claims);
  if (doubt) return (await corrected(money, await tx.evidenceOf(money.upstream, money.upstreamId), context)) ?? { doubt, money };
  const isNew = await storeEvidence(tx, toEvidenceRecord(money, context, true));
  const stored = (await tx.evidence(payment.id)).find(
    ({ upstream, upstreamId }) => upstream === money.upstream && upstreamId === money.upstreamId,
  );
  if (!stored) return { doubt: 'this money paid another payment' };
  // The same money is reported again. If a person has to decide about it, a second report does not decide it either.
  if (!isNew && stored.disposition === 'void') {
    const reason = 'A person declared that this money never came, and the payment service reports it again.';
    await raiseFlag(tx, payment, 'decision_contradicted', { subject: money.upstreamId, reason, amount: money.amount }, now);
  }
  const correction = isNew ? null : await corrected(money, stored, context);
  if (correction) return correction;
  if (!isNew && (!attempt || hasPaid(attempt) || !stored.counted)) return { result: undefined };
  const contradicts = isNew && (await supersedeDecisions(payment, attempt, money, claims, tx, now));
  if (attempt && !hasPaid(attempt)) await endAttempt(tx, attempt, 'paid', now);
  const status = await statusWithEvidence(await readMoney(payment, tx), context);
  if (status !== 'processing') await endOpenAttempts(payment, tx, now);
  return {
    result: undefined,
    patch: {
      status,
      problem: null,
      // The payment shows the attempt that paid it, even if the customer has started another one since.
      ...(!keepsAttempt(payment, status) && { attemptId: attempt?.id ?? null }),
      paidLate: isLate(payment),
      paidAt: payment.paidAt ?? (status === 'succeeded' ? now : null),
    },
    audit: { type: 'evidence.taken', data: { attemptId: attempt?.id ?? null, ...money, ...(contradicts && { contradicts }) } },
    ...(contradicts && { webhook: 'payment.updated' as const }),
  };
}

function doubtAbout({ currency }: EvidenceInput, payment: PaymentRecord, claims: readonly ClaimRecord[]): string | null {
  if (currency !== payment.currency) return 'paid in another currency';
  return claims.some(({ contested }) => contested) ? 'another payment claims the same' : null;
}

/**
 * What is stored of the money may be what a shop remembered (`recover-from-shop.ts`), and a person may have counted that. The payment
 * service knows better, so its amount and currency replace those that are stored, and a flag says so. The money stays as undecided, or as
 * decided, as it was. Null if the service says nothing new; money that was counted without a person, and whose amount nobody has typed in,
 * came from the service itself.
 */
async function corrected(
  { upstream, upstreamId, amount, currency, reportedBy }: EvidenceInput,
  stored: EvidenceRecord | null,
  { payment, tx, now }: EvidenceContext,
): Promise<PaymentUpdate<void> | null> {
  if (stored?.paymentId !== payment.id || amount <= 0 || reportedBy) return null;
  if (stored.amount === amount && stored.currency === currency) {
    // No change of the payment: whoever has seen it may go on to decide.
    if (stored.reportedBy !== null) await tx.updateEvidence({ ...stored, reportedBy: null });
    return null;
  }
  if (stored.counted && stored.disposition === null && stored.reportedBy === null) return null;
  await tx.updateEvidence({ ...stored, amount, currency, reportedBy: null });
  const before = { amount: stored.amount, currency: stored.currency };
  const kept = keptSum(payment, await readMoney(payment, tx));
  const loss = kept < 0 ? ` More was returned than came: ${-kept} in minor units.` : '';
  const reason = `The payment service reports another amount than was stored (${before.amount} ${before.currency} in minor units): its own is stored now.${loss}`;
  const subject = `${upstreamId}:${amount}:${currency}`;
  await raiseFlag(tx, { ...payment, currency }, 'decision_contradicted', { subject, reason, amount }, now);
  const data = { attemptId: stored.attemptId, upstream, upstreamId, amount, currency, before };
  const patch = stored.counted ? await statusAfterCorrection(payment, tx, now) : undefined;
  return { result: undefined, ...(patch && { patch }), audit: { type: 'evidence.corrected', data }, webhook: 'payment.updated' };
}

/**
 * Less money than a person has counted leaves the status, as where evidence contradicts a decision. More may be enough, or more than was
 * returned: then a person has to look at the payment again.
 */
async function statusAfterCorrection(
  payment: PaymentRecord,
  tx: Queries,
  now: number,
): Promise<Partial<PaymentRecord> | undefined> {
  const money = await readMoney(payment, tx);
  const isPartlyReturned = payment.status === 'refunded' && keptSum(payment, money) > 0;
  const event = isPartlyReturned ? evidenceEvent(payment, money) : missedEvent(payment, money);
  if (!event) return undefined;
  await endOpenAttempts(payment, tx, now);
  return { ...movedByEvidence(payment, event, money, now), paidLate: isLate(payment) };
}

/** Stores money that counts only once a person has decided. `known`: it is stored with this payment already. */
export async function recordUncountedEvidence(
  money: EvidenceInput,
  context: AttemptContext,
): Promise<'new' | 'known' | 'elsewhere'> {
  const { tx, payment, attempt } = context;
  if (await storeEvidence(tx, toEvidenceRecord(money, { ...context, method: attempt.method }, false))) return 'new';
  return (await tx.evidenceOf(money.upstream, money.upstreamId))?.paymentId === payment.id ? 'known' : 'elsewhere';
}

/**
 * What a payment becomes when the attempt it waited for brought no money: `open` again. If other money has come meanwhile, the
 * status follows from that; if the payment's time is over, it expires.
 * @param decline Why the customer has to try again; null if there is nothing to explain.
 */
export async function statusAfterDecline(
  payment: PaymentRecord,
  decline: Decline | null,
  tx: Queries,
  now: number,
): Promise<Partial<PaymentRecord> & Pick<PaymentRecord, 'status'>> {
  const byEvidence = await statusByEvidence(payment, tx, now);
  if (byEvidence) return byEvidence;
  const open = transition(payment.status, 'decline');
  if (payment.expiresAt > now) return { status: open, problem: decline };
  return { status: transition(open, 'expire'), problem: decline, ...(await dropReservedDiscount(payment, tx, now)) };
}

/**
 * Money that a person declared never to have come to its payment belongs to no payment: a shop may have named it for the wrong one, and
 * whoever is named for it next has it. Where nobody knows how much it is, a person may have counted it by its transaction number.
 */
export const isReleased = ({
  disposition,
  counted,
  amount,
}: Pick<EvidenceRecord, 'disposition' | 'counted' | 'amount'>): boolean => disposition === 'void' && !counted && amount > 0;

/** A person has decided that this money has paid, by its own id or as what its attempt brought. */
const isPaidByWord = async (tx: Queries, { upstream, upstreamId, paymentId, attemptId }: EvidenceRecord): Promise<boolean> =>
  (await tx.paidDecisionOf(upstream, upstreamId)) !== null ||
  (await tx.decisions(paymentId)).some(
    (one) => one.outcome === 'paid' && one.supersededAt === null && one.attemptId !== null && one.attemptId === attemptId,
  );

/** False if the money is stored already, with this payment or with another one. */
async function storeEvidence(tx: Queries, evidence: EvidenceRecord): Promise<boolean> {
  if (await tx.insertEvidence(evidence)) return true;
  const { upstream, upstreamId, paymentId, takenAt } = evidence;
  const stored = await tx.evidenceOf(upstream, upstreamId);
  if (!stored || stored.paymentId === paymentId || !isReleased(stored)) return false;
  // Locked, so that nobody reopens what was decided about it there.
  const from = await tx.lockPayment(stored.paymentId);
  const locked = await tx.evidenceOf(upstream, upstreamId);
  if (!from || locked?.paymentId !== from.id || !isReleased(locked) || (await isPaidByWord(tx, locked))) return false;
  await tx.updateEvidence(evidence);
  const { id, merchantId } = from;
  // The audit of one merchant names no payment of another one at the same account.
  const isSameMerchant = (await tx.payment(paymentId))?.merchantId === merchantId;
  const data = { upstreamId, ...(isSameMerchant && { toPaymentId: paymentId }) };
  await tx.insertAudit({ id: newId('aud'), paymentId: id, merchantId, type: 'evidence.given_up', data, at: takenAt });
  return true;
}

const toEvidenceRecord = (
  money: EvidenceInput,
  { payment, attempt, method, now }: EvidenceContext,
  counted: boolean,
): EvidenceRecord => ({
  ...money,
  paymentId: payment.id,
  attemptId: attempt?.id ?? null,
  method,
  takenAt: now,
  counted,
  disposition: null,
  dispositionPaymentId: null,
  reportedBy: money.reportedBy ?? null,
});

/**
 * Enough money decides the payment at once, even while another attempt is in flight: that one is followed to its end, and what
 * it brings is surplus. Too little money waits for the attempt in flight.
 */
async function statusWithEvidence(money: Money, { payment, attempt, tx }: EvidenceContext): Promise<PaymentRecord['status']> {
  const event = evidenceEvent(payment, money) ?? 'paid_unassigned';
  if (event !== 'paid_enough' && payment.status === 'processing' && payment.attemptId !== attempt?.id)
    return transition(payment.status, 'paid_in_flight');
  if (payment.status !== 'needs_review') return transition(payment.status, event);
  // In review, more money answers the operator's question only if too little money was the question.
  const returned = (await tx.attempts(payment.id)).some(({ status }) => status === 'refunding' || status === 'refunded');
  const kept = payment.amountPaid - payment.amountRefunded;
  const enoughBefore = kept > 0 && kept >= amountToSucceed(payment);
  return transition(payment.status, returned || enoughBefore ? 'paid_unassigned' : event);
}

/** A payment that waits for another attempt keeps that one, and a payment that was paid before keeps the attempt that paid it. */
const keepsAttempt = (before: PaymentRecord, status: PaymentRecord['status']): boolean =>
  status === 'processing' || before.status === 'succeeded' || before.status === 'refunding';
