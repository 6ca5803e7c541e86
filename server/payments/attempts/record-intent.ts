/**
 * Records a call before it is made: its intent row, its audit event and its claim are committed in one transaction. A call
 * that is not recorded here must not be made.
 */

import { ProblemError } from '../model/errors.ts';
import { newId } from '../model/ids.ts';
import { acceptsLateEvidence, isInFlight } from '../model/payment-state.ts';
import type { IntentCall, NewIntent } from '../model/ports.ts';
import type {
  AttemptFields,
  AttemptInFlight,
  AttemptRecord,
  ClaimRecord,
  IntentRecord,
  PaymentRecord,
} from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { assertVerified } from './admission.ts';
import { leaseMs } from './attempt-session.ts';
import { hasUnassignedEvidence } from './evidence-status.ts';
import { type PaymentChange, type UnitOfWork, updatePayment } from './update-payment.ts';

/** Another payment claims the same transfer: nothing was sent, and a person has to look. */
export class DuplicateClaimError extends Error {
  override readonly name = 'DuplicateClaimError';
}

/**
 * Records a call of an attempt. What must be true for it depends on its kind: see `NewIntent`. Each recorded call renews the
 * lease of the attempt.
 *
 * Throws `payment_processing` if the attempt may not make this call (any more) or money has come meanwhile, and
 * `payment_expired` if the time is over. If the amount of a charge is no longer what is due (a discount was dropped
 * meanwhile), throws the payment's own problem. For a submitted transfer it throws `transaction_number_used`, `number_checking` or
 * DuplicateClaimError.
 */
export async function recordIntent(
  deps: UnitOfWork,
  paymentId: string,
  attemptId: string,
  wanted: NewIntent,
): Promise<IntentRecord> {
  const intent = await updatePayment<IntentRecord | null>(deps, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    if (!attempt || !mayBeMade(wanted.kind, payment, attempt)) throw new ProblemError('payment_processing');
    if (wanted.kind !== 'safeguard' && wanted.kind !== 'refund') await assertVerified(tx);
    // A later preparation only finishes what was begun in time.
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
  // Thrown only now, because the contested claim has to be committed.
  if (!intent) throw new DuplicateClaimError();
  return intent;
}

function mayBeMade(kind: NewIntent['kind'], payment: PaymentRecord, attempt: AttemptRecord): boolean {
  if (kind === 'refund') return payment.status === 'refunding' && attempt.status === 'refunding';
  if (attempt.status !== 'processing') return false;
  if (kind === 'safeguard' || isInFlight(payment, attempt)) return true;
  return kind === 'submitted_transfer' && acceptsLateEvidence(payment);
}

/**
 * Claims for one attempt something that can pay only once. The claim's row decides who was first.
 * @returns `contested` if another payment has the claim: that is stored, and nothing may be sent.
 * @throws ProblemError `transaction_number_used` if it has paid already, `number_checking` if this payment has the claim itself.
 */
async function takeClaim(
  tx: Queries,
  wanted: Pick<ClaimRecord, 'account' | 'key' | 'paymentId' | 'attemptId'>,
  now: number,
): Promise<'claimed' | 'contested'> {
  if (await tx.claim({ ...wanted, status: 'active', contested: false, claimedAt: now })) return 'claimed';
  const existing = await tx.claimOf(wanted.account, wanted.key);
  if (!existing) throw new Error('a claim that could not be taken must exist');
  if (existing.status === 'paid') throw new ProblemError('transaction_number_used', { field: 'transactionNumber' });
  if (existing.paymentId === wanted.paymentId) throw new ProblemError('number_checking', { field: 'transactionNumber' });
  await tx.updateClaim({ ...existing, contested: true });
  return 'contested';
}

/** The note of an intent whose call certainly had no effect, so it may be made again. */
export const noEffect = { outcome: 'none' } as const;

/**
 * Records a call that moves no money and is made at most once, e.g. the SMS with the receipt.
 * @returns Null if an earlier such call has had its effect, or may have had it: then the call must not be made.
 */
export function recordSideEffectOnce(
  deps: UnitOfWork,
  paymentId: string,
  attemptId: string,
  call: IntentCall,
): Promise<IntentRecord | null> {
  return updatePayment<IntentRecord | null>(deps, paymentId, async (_payment, tx, now) => {
    const earlier = (await tx.intents(attemptId)).filter(({ operation }) => operation === call.operation);
    if (earlier.some(({ notes }) => notes.outcome !== noEffect.outcome)) return { result: null };
    return insertIntent(tx, { id: attemptId, paymentId }, call, now);
  });
}

/**
 * Inserts the row of a call that is about to be made. Returns it together with its audit event, which the surrounding update
 * has to write: so no call is recorded without a trace.
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

/**
 * Stores what an attempt in flight needs from now on, e.g. the token of its card. Throws `payment_processing` if it is not in
 * flight.
 */
export function storeSecret(
  deps: UnitOfWork,
  paymentId: string,
  attemptId: string,
  secret: Pick<AttemptFields, 'sealed'> & Partial<Pick<AttemptFields, 'lastCharacters'>>,
): Promise<AttemptInFlight> {
  return updatePayment(deps, paymentId, async (_payment, tx) => {
    const attempt = await tx.attempt(attemptId);
    if (attempt?.status !== 'processing') throw new ProblemError('payment_processing');
    const changed = { ...attempt, ...secret };
    await tx.updateAttempt(changed);
    return { result: changed };
  });
}
