/** Puts away what an attempt in flight has to know from now on, e.g. the token of its card. */

import { type StepParts, step } from './attempts/update-payment.ts';
import { ProblemError } from './model/problem-error.ts';
import type { AttemptRecord } from './model/records.ts';

/** Throws `payment_processing` where the attempt is no longer in flight. */
export function keepSealed(
  parts: StepParts,
  paymentId: string,
  attemptId: string,
  kept: Pick<AttemptRecord, 'sealed'> & Partial<Pick<AttemptRecord, 'tail'>>,
): Promise<AttemptRecord> {
  return step(parts, paymentId, async (_payment, tx) => {
    const attempt = await tx.attempt(attemptId);
    if (attempt?.status !== 'processing') throw new ProblemError('payment_processing');
    const changed = { ...attempt, ...kept };
    await tx.updateAttempt(changed);
    return { result: changed };
  });
}
