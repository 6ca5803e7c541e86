/** Opens an attempt that calls at once: the payment becomes `processing` and nobody else may try until it is concluded. */
import type { NextAction, PaymentMethod } from '#contract';
import { endAttempt } from '../end-attempt.ts';
import { transition } from '../model/payment-state.ts';
import { ProblemError } from '../model/problem-error.ts';
import type { AttemptRecord, Refusal } from '../model/records.ts';
import { refuseSecondPayment } from '../refuse-second-payment.ts';
import { refuseUnlessOpen } from '../refuse-unless-open.ts';
import { refuseWhileWatched } from '../refuse-while-watched.ts';
import { newAttempt } from './attempt.ts';
import { type StepParts, step } from './update-payment.ts';

export interface NewAttempt {
  method: PaymentMethod;
  tail: string | null;
  /** The customer knows of money that may still come, and pays all the same. */
  acknowledge?: boolean;
  /** Seals what the method must still know; given the attempt's id, which the seal is bound to. */
  seal?(attemptId: string): string;
  /** Whether what the customer was shown belongs to it: they are asked by it again. */
  keeps?(action: NextAction): boolean;
  /** A reason not to begin, from what was tried before. */
  guard?(earlier: AttemptRecord[], now: number): Refusal | null;
}

/** Throws `payment_processing`, `payment_expired`, `method_unavailable`, or what the guard says; then nothing was changed. */
export function beginAttempt(parts: StepParts, paymentId: string, wanted: NewAttempt): Promise<AttemptRecord> {
  return step(parts, paymentId, async (payment, tx, now) => {
    refuseUnlessOpen(payment, now);
    if (!payment.methods.includes(wanted.method)) throw new ProblemError('method_unavailable');
    const earlier = await tx.attempts(paymentId);
    await refuseSecondPayment(tx, payment, earlier, wanted.acknowledge ?? false, now);
    refuseWhileWatched(earlier);
    const refusal = wanted.guard?.(earlier, now);
    if (refusal) throw new ProblemError(refusal.code, refusal);
    const live = earlier.find(({ status }) => status === 'live');
    if (live) await endAttempt(tx, live, 'abandoned', now);
    const action = live?.action && wanted.keeps?.(live.action) ? live.action : null;
    const attempt = newAttempt(paymentId, wanted.method, 'processing', now, earlier, { tail: wanted.tail, action });
    attempt.sealed = wanted.seal?.(attempt.id) ?? null;
    await tx.insertAttempt(attempt);
    const status = transition(payment.status, 'submit');
    return {
      result: attempt,
      patch: { status, attemptId: attempt.id, problem: null },
      audit: { type: 'attempt.begun', data: { attemptId: attempt.id, method: wanted.method } },
    };
  });
}
