/** Puts away what an attempt in flight has to know from now on, e.g. the token of its card. */
import { ProblemError } from './problem-error.ts';
import type { AttemptRecord } from './records.ts';
import { type StepParts, step } from './step.ts';

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
