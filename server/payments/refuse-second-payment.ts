/** A transfer that may still be found pays: whoever pays another way meanwhile must have been told and want it all the same. */
import { ProblemError } from './problem-error.ts';
import type { AttemptRecord } from './records.ts';

export const isWatched = (attempts: readonly AttemptRecord[]): boolean => attempts.some(({ status }) => status === 'watched');

/** Throws `payment_processing` naming `acknowledge`. */
export function refuseSecondPayment(attempts: readonly AttemptRecord[], acknowledge: boolean): void {
  if (isWatched(attempts) && !acknowledge) throw new ProblemError('payment_processing', { field: 'acknowledge' });
}
