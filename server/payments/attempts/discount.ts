/** A discount code was found good: so much less is due, and the code is kept, sealed, to be used with the rest. */
import { afterRefusal } from '../after-refusal.ts';
import { endAttempt } from '../end-attempt.ts';
import { type Facts, isInFlight } from '../facts.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Refusal } from '../model/records.ts';
import type { Decision } from './update-payment.ts';

export const lookAfterMs = 30_000;

export async function holdDiscount(
  { deduction, rule }: Outcome & { kind: 'discount' },
  { payment, attempt, tx, now }: Facts,
): Promise<Decision<void>> {
  const left = { type: 'attempt.left', data: { attemptId: attempt.id } };
  if (!isInFlight(payment, attempt)) {
    await endAttempt(tx, attempt, 'abandoned', now);
    return { result: undefined, audit: left };
  }
  if (payment.discountCode) {
    const refusal: Refusal = { code: 'discount_taken', field: 'code' };
    await endAttempt(tx, attempt, 'refused', now, refusal);
    const audit = { type: 'attempt.refused', data: { attemptId: attempt.id, code: refusal.code } };
    return { result: undefined, patch: await afterRefusal(payment, refusal, tx, now), audit };
  }
  const after = await afterRefusal(payment, null, tx, now);
  if (after.status !== 'open') {
    // Its time is over, or money has come: nobody will use it any more.
    await endAttempt(tx, attempt, 'abandoned', now);
    return { result: undefined, patch: after, audit: left };
  }
  // One that takes all of it off is used at once: whoever was to do so may have died, and nothing else can be paid meanwhile.
  const nextCheckAt = deduction >= payment.amount ? now + lookAfterMs : null;
  await tx.updateAttempt({ ...attempt, status: 'held', endedAt: now, nextCheckAt, leaseUntil: 0 });
  return {
    result: undefined,
    patch: { ...after, discount: deduction, discountCode: { attemptId: attempt.id, state: 'held', rule, tail: attempt.tail } },
    audit: { type: 'discount.held', data: { attemptId: attempt.id, deduction } },
  };
}
