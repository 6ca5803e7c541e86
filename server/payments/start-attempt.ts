/** Opens an attempt that waits for the customer: the payment becomes `awaiting_customer` and shows what to do. */
import type { NextAction, PaymentMethod } from '#contract';
import { endAttempt } from './end-attempt.ts';
import { transition } from './machine.ts';
import { newAttempt } from './new-attempt.ts';
import { ProblemError } from './problem-error.ts';
import type { AttemptRecord } from './records.ts';
import { refuseSecondPayment } from './refuse-second-payment.ts';
import { refuseUnlessOpen } from './refuse-unless-open.ts';
import { refuseWhileWatched } from './refuse-while-watched.ts';
import { type StepParts, step } from './step.ts';

export interface LiveAttempt {
  method: PaymentMethod;
  action: NextAction;
  acknowledge?: boolean;
  /** Whether what was shown before is this very thing: the first answer stands, since money may be on its way by it. */
  same(action: NextAction): boolean;
}

/** Nobody starts so many times in earnest, and each start costs a call upstream. */
const mostStarts = 30;

/** Throws `payment_processing`, `payment_expired`, `method_unavailable` or `too_many_attempts`; then nothing was changed. */
export function startAttempt(parts: StepParts, paymentId: string, wanted: LiveAttempt): Promise<AttemptRecord> {
  return step(parts, paymentId, async (payment, tx, now) => {
    refuseUnlessOpen(payment, now);
    if (!payment.methods.includes(wanted.method)) throw new ProblemError('method_unavailable');
    const earlier = await tx.attempts(paymentId);
    const live = earlier.find(({ status }) => status === 'live');
    const shown = earlier.filter(({ action }) => action !== null && wanted.same(action)).at(-1);
    if (live && live === shown) return { result: live };
    if (!shown) refuseSecondPayment(earlier, wanted.acknowledge ?? false);
    refuseWhileWatched(earlier);
    if (earlier.length >= mostStarts) throw new ProblemError('too_many_attempts');
    if (live) await endAttempt(tx, live, 'abandoned', now);
    const attempt = newAttempt(paymentId, wanted.method, 'live', now, earlier, { action: shown?.action ?? wanted.action });
    await tx.insertAttempt(attempt);
    const from = live ? transition(payment.status, 'abandon') : payment.status;
    return {
      result: attempt,
      patch: { status: transition(from, 'start'), attemptId: attempt.id, problem: null },
      audit: { type: 'attempt.started', data: { attemptId: attempt.id, method: wanted.method } },
    };
  });
}
