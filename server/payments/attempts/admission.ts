/** What stands in the way of an attempt that waits for the customer: asked before anything is spent for it, and again in its commit. */
import type { NextAction, PaymentMethod } from '#contract';
import type { Queries } from '../model/ports.ts';
import { ProblemError } from '../model/problem-error.ts';
import type { AttemptRecord, PaymentRecord } from '../model/records.ts';
import { refuseSecondPayment } from '../refuse-second-payment.ts';
import { refuseUnlessOpen } from '../refuse-unless-open.ts';
import { refuseWhileWatched } from '../refuse-while-watched.ts';

export interface Start {
  method: PaymentMethod;
  /** The customer knows of money that may still come, and pays all the same. */
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
export async function refuseStart(
  reads: Pick<Queries, 'paymentsOfOrder' | 'attempts'>,
  payment: PaymentRecord,
  earlier: readonly AttemptRecord[],
  { method, acknowledge = false, same }: Start,
  now: number,
): Promise<AttemptRecord | undefined> {
  refuseUnlessOpen(payment, now);
  if (!payment.methods.includes(method)) throw new ProblemError('method_unavailable');
  const shown = earlier.filter(({ action }) => action !== null && same(action)).at(-1);
  if (shown?.status === 'live') return shown;
  if (!shown) await refuseSecondPayment(reads, payment, earlier, acknowledge, now);
  refuseWhileWatched(earlier);
  if (earlier.length >= mostStarts) throw new ProblemError('too_many_attempts');
  return shown;
}
