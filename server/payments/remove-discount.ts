/** The customer takes a discount off again. */

import { type StepParts, step } from './attempts/update-payment.ts';
import { endAttempt } from './end-attempt.ts';
import { ProblemError } from './model/problem-error.ts';

/** The customer takes it off, while it is not used. Throws `discount_taken` where it is, or may be; without one it does nothing. */
export function removeDiscount(parts: StepParts, paymentId: string): Promise<void> {
  return step<void>(parts, paymentId, async (payment, tx, now) => {
    const { discountCode } = payment;
    if (!discountCode) return { result: undefined };
    if (payment.status !== 'open') throw new ProblemError('payment_processing');
    if (discountCode.state !== 'held') throw new ProblemError('discount_taken');
    const attempt = await tx.attempt(discountCode.attemptId);
    if (attempt) await endAttempt(tx, attempt, 'abandoned', now);
    const audit = { type: 'discount.removed', data: { attemptId: discountCode.attemptId } };
    return { result: undefined, patch: { discount: 0, discountCode: null, problem: null }, audit };
  });
}
