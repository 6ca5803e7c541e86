/** What stands in the way of an attempt that waits for the customer: asked before anything is spent for it, and again in its commit. */
import type { NextAction, PaymentMethod } from '#contract';
import { ProblemError } from './problem-error.ts';
import type { AttemptRecord, PaymentRecord } from './records.ts';
import { refuseSecondPayment } from './refuse-second-payment.ts';
import { refuseUnlessOpen } from './refuse-unless-open.ts';
import { refuseWhileWatched } from './refuse-while-watched.ts';

export interface Start {
  method: PaymentMethod;
  /** The customer knows of a transfer that is still looked for. */
  acknowledge?: boolean;
  /** Whether what was shown before is this very thing: the first answer stands, since money may be on its way by it. */
  same(action: NextAction): boolean;
}

/** Nobody starts so many times in earnest, and each start costs a call upstream. */
const mostStarts = 30;

/**
 * Answers the attempt that has shown this very thing before, if there is one.
 * Throws `payment_processing`, `payment_expired`, `method_unavailable` or `too_many_attempts`.
 */
export function refuseStart(
  payment: PaymentRecord,
  earlier: readonly AttemptRecord[],
  { method, acknowledge = false, same }: Start,
  now: number,
): AttemptRecord | undefined {
  refuseUnlessOpen(payment, now);
  if (!payment.methods.includes(method)) throw new ProblemError('method_unavailable');
  const shown = earlier.filter(({ action }) => action !== null && same(action)).at(-1);
  if (shown?.status === 'live') return shown;
  if (!shown) refuseSecondPayment(earlier, acknowledge);
  refuseWhileWatched(earlier);
  if (earlier.length >= mostStarts) throw new ProblemError('too_many_attempts');
  return shown;
}
