/** Writes down a spending call before it is made (the law, 4). What is not written here must not be sent. */

import { newId } from '../model/ids.ts';
import type { IntentCall, NewIntent } from '../model/outcome.ts';
import { acceptsLateEvidence, isInFlight } from '../model/payment-state.ts';
import { ProblemError } from '../model/problem-error.ts';
import type { AttemptRecord, ClaimRecord, IntentRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { leaseMs } from './attempt.ts';
import { hasUnassignedEvidence } from './evidence-status.ts';
import { type PaymentChange, type UnitOfWork, updatePayment } from './update-payment.ts';

/**
 * Throws `payment_expired` where time ran out before the first call of this attempt, and `payment_processing` where the
 * attempt is no longer the one in flight, or money has come meanwhile. A later call of the same attempt only finishes what was begun in
 * time, unless it is the first that takes money. Where another sum is due than it is to take, since a discount turned out to be none, it throws why.
 * What the call spends is claimed in the same commit: see `take-claim.ts` for what that throws.
 * @throws {DuplicateClaimError}
 */
export async function recordIntent(
  parts: UnitOfWork,
  paymentId: string,
  attemptId: string,
  wanted: NewIntent,
): Promise<IntentRecord> {
  const committed = await updatePayment<IntentRecord | null>(parts, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    if (!attempt || !mayBeMade(wanted.kind, payment, attempt)) throw new ProblemError('payment_processing');
    const first = wanted.kind === 'preparation' && (await tx.intents(attemptId)).length === 0;
    if (first || wanted.kind === 'charge') {
      if (payment.expiresAt <= now) throw new ProblemError('payment_expired');
      if (payment.amountPaid > 0 || (await hasUnassignedEvidence(payment, tx))) throw new ProblemError('payment_processing');
    }
    if (wanted.kind === 'charge' && wanted.amountDue !== payment.amount - payment.discount)
      throw new ProblemError(payment.problem?.code ?? 'payment_processing', payment.problem ?? {});
    if (wanted.kind === 'submitted_transfer') {
      const claim = { ...wanted.claim, paymentId, attemptId };
      if ((await takeClaim(tx, claim, now)) === 'contested') {
        const data = { attemptId, operation: wanted.operation, upstream: wanted.upstream };
        return { result: null, audit: { type: 'claim.contested', data } };
      }
    }
    await tx.updateAttempt({ ...attempt, leaseUntil: Math.max(attempt.leaseUntil, now + leaseMs) });
    return insertIntent(tx, attempt, wanted, now);
  });
  if (!committed) throw new DuplicateClaimError();
  return committed;
}

function mayBeMade(kind: NewIntent['kind'], payment: PaymentRecord, attempt: AttemptRecord): boolean {
  if (kind === 'refund') return payment.status === 'refunding' && attempt.status === 'refunding';
  if (attempt.status !== 'processing') return false;
  if (kind === 'safeguard' || isInFlight(payment, attempt)) return true;
  return kind === 'submitted_transfer' && acceptsLateEvidence(payment);
}

/**
 * Writes down a call beside a payment, one that moves no money and is made once at most, e.g. the SMS with the receipt. Null where an earlier
 * one has had its effect, or may have had it.
 */
/** The note of an intent whose call is known to have had no effect: then it may be made again. */
export const noEffect = { outcome: 'none' } as const;

export function recordSideEffectOnce(
  parts: UnitOfWork,
  paymentId: string,
  attemptId: string,
  call: IntentCall,
): Promise<IntentRecord | null> {
  return updatePayment<IntentRecord | null>(parts, paymentId, async (_payment, tx, now) => {
    const earlier = (await tx.intents(attemptId)).filter(({ operation }) => operation === call.operation);
    if (earlier.some(({ notes }) => notes.outcome !== noEffect.outcome)) return { result: null };
    return insertIntent(tx, { id: attemptId, paymentId }, call, now);
  });
}

/**
 * Inserts the row of a call that is about to be made. Returns the row together with its audit event: the update in which this runs has to
 * write both, so no call can be recorded without a trace.
 */
export async function insertIntent(
  tx: Queries,
  { id: attemptId, paymentId }: Pick<AttemptRecord, 'id' | 'paymentId'>,
  { operation, upstream, naturalKey, notes }: IntentCall,
  now: number,
): Promise<{ result: IntentRecord; audit: PaymentChange['audit'] }> {
  const intent: IntentRecord = {
    id: newId('int'),
    attemptId,
    paymentId,
    operation,
    upstream,
    naturalKey,
    notes,
    status: 'intended',
    createdAt: now,
    endedAt: null,
  };
  await tx.insertIntent(intent);
  return { result: intent, audit: { type: 'intent.committed', data: { attemptId, operation, upstream, intentId: intent.id } } };
}

/** Says for one attempt that a thing which can pay once is its own; the row decides who was first. */
/**
 * Answers `taken`, or `contested` where another payment holds it: that is written down, and nothing may be sent. Throws
 * `number_taken` where it has paid, and `number_checking` where this payment holds it already.
 */
export async function takeClaim(
  tx: Queries,
  wanted: Pick<ClaimRecord, 'account' | 'thing' | 'paymentId' | 'attemptId'>,
  now: number,
): Promise<'taken' | 'contested'> {
  if (await tx.claim({ ...wanted, status: 'held', contested: false, claimedAt: now })) return 'taken';
  const standing = await tx.claimOf(wanted.account, wanted.thing);
  if (!standing) throw new Error('a claim that stands in the way must exist');
  if (standing.status === 'paid') throw new ProblemError('number_taken', { field: 'transactionNumber' });
  if (standing.paymentId === wanted.paymentId) throw new ProblemError('number_checking', { field: 'transactionNumber' });
  await tx.updateClaim({ ...standing, contested: true });
  return 'contested';
}

/** What would be spent is claimed by another payment too: nothing was sent, and a person has to look. */
export class DuplicateClaimError extends Error {
  override readonly name = 'ContestedClaim';
}

/** Puts away what an attempt in flight has to know from now on, e.g. the token of its card. */
/** Throws `payment_processing` where the attempt is no longer in flight. */
export function storeSecret(
  parts: UnitOfWork,
  paymentId: string,
  attemptId: string,
  kept: Pick<AttemptRecord, 'sealed'> & Partial<Pick<AttemptRecord, 'tail'>>,
): Promise<AttemptRecord> {
  return updatePayment(parts, paymentId, async (_payment, tx) => {
    const attempt = await tx.attempt(attemptId);
    if (attempt?.status !== 'processing') throw new ProblemError('payment_processing');
    const changed = { ...attempt, ...kept };
    await tx.updateAttempt(changed);
    return { result: changed };
  });
}
