/** Writes down a spending call before it is made (the law, 4). What is not written here must not be sent. */
import { ContestedClaim } from '../contested-claim.ts';
import { isInFlight } from '../facts.ts';
import { newId } from '../model/ids.ts';
import { ProblemError } from '../model/problem-error.ts';
import type { AttemptRecord, IntentRecord, PaymentRecord } from '../model/records.ts';
import type { NewIntent } from '../new-intent.ts';
import { takeClaim } from '../take-claim.ts';
import { takesLateMoney } from '../takes-late-money.ts';
import { leaseMs } from './attempt.ts';
import { isDoubtful } from './evidence-status.ts';
import { type StepParts, step } from './update-payment.ts';

/**
 * Throws `payment_expired` where time ran out before the first call of this attempt, and `payment_processing` where the
 * attempt is no longer the one in flight, or money has come meanwhile. A later call of the same attempt only finishes what was begun in
 * time, unless it is the first that takes money. Where another sum is due than it is to take, since a discount turned out to be none, it throws why.
 * What the call spends is claimed in the same commit: see `take-claim.ts` for what that throws.
 * @throws {ContestedClaim}
 */
export async function commitIntent(
  parts: StepParts,
  paymentId: string,
  attemptId: string,
  wanted: NewIntent,
): Promise<IntentRecord> {
  const { claim, late = false, spends = false, returns = false, fences = false, due, ...call } = wanted;
  const committed = await step<IntentRecord | null>(parts, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    if (!attempt || !(returns ? mayReturn(payment, attempt) : mayCall(payment, attempt, { late, fences })))
      throw new ProblemError('payment_processing');
    const earlier = await tx.intents(attemptId);
    if (!late && !returns && !fences && (spends || earlier.length === 0)) {
      if (payment.expiresAt <= now) throw new ProblemError('payment_expired');
      if (payment.amountPaid > 0 || (await isDoubtful(payment, tx))) throw new ProblemError('payment_processing');
    }
    if (due !== undefined && due !== payment.amount - payment.discount)
      throw new ProblemError(payment.problem?.code ?? 'payment_processing', payment.problem ?? {});
    const data = { attemptId, operation: call.operation, upstream: call.upstream };
    if (claim && (await takeClaim(tx, { ...claim, paymentId, attemptId }, now)) === 'contested') {
      return { result: null, audit: { type: 'claim.contested', data } };
    }
    const intent: IntentRecord = {
      ...call,
      id: newId('int'),
      attemptId,
      paymentId,
      status: 'intended',
      createdAt: now,
      endedAt: null,
    };
    await tx.insertIntent(intent);
    await tx.updateAttempt({ ...attempt, leaseUntil: Math.max(attempt.leaseUntil, now + leaseMs) });
    return { result: intent, audit: { type: 'intent.committed', data: { ...data, intentId: intent.id } } };
  });
  if (!committed) throw new ContestedClaim();
  return committed;
}

const mayCall = (payment: PaymentRecord, attempt: AttemptRecord, { late, fences }: { late: boolean; fences: boolean }): boolean =>
  attempt.status === 'processing' && (fences || isInFlight(payment, attempt) || (late && takesLateMoney(payment)));

const mayReturn = (payment: PaymentRecord, { status }: AttemptRecord): boolean =>
  payment.status === 'refunding' && status === 'refunding';
