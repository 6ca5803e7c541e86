/** A discount code was found good: so much less is due, and the code is kept, sealed, to be used with the rest. */
import { afterRefusal } from './after-refusal.ts';
import { endAttempt } from './end-attempt.ts';
import { type Facts, isInFlight } from './facts.ts';
import type { Outcome } from './outcome.ts';
import type { Decision } from './step.ts';

export async function holdDiscount(
  { deduction, rule }: Outcome & { kind: 'discount' },
  { payment, attempt, tx, now }: Facts,
): Promise<Decision<void>> {
  if (!isInFlight(payment, attempt) || payment.discountCode) {
    await endAttempt(tx, attempt, 'abandoned', now);
    return { result: undefined, patch: {} };
  }
  await tx.updateAttempt({ ...attempt, status: 'held', endedAt: now, nextCheckAt: null, leaseUntil: 0 });
  const after = await afterRefusal(payment, null, tx, now);
  return {
    result: undefined,
    patch: { ...after, discount: deduction, discountCode: { attemptId: attempt.id, state: 'held', rule, tail: attempt.tail } },
    audit: { type: 'discount.held', data: { attemptId: attempt.id, deduction } },
  };
}
