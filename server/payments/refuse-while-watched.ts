/** What was shown to the customer may pay any moment: they have to leave it first, which makes sure that it cannot. */
import { ProblemError } from './model/problem-error.ts';
import type { AttemptRecord } from './model/records.ts';

/** Throws `payment_processing`. */
export function refuseWhileWatched(attempts: readonly AttemptRecord[]): void {
  if (attempts.some(({ status, nextCheckAt }) => status === 'live' && nextCheckAt !== null))
    throw new ProblemError('payment_processing');
}
