/** Opens an attempt that calls at once: the payment becomes `processing` and nobody else may try until it is concluded. */
import type { PaymentMethod } from '#contract';
import { endAttempt } from './end-attempt.ts';
import { transition } from './machine.ts';
import { newAttempt } from './new-attempt.ts';
import { ProblemError } from './problem-error.ts';
import type { AttemptRecord, Refusal } from './records.ts';
import { refuseSecondPayment } from './refuse-second-payment.ts';
import { refuseUnlessOpen } from './refuse-unless-open.ts';
import { type StepParts, step } from './step.ts';

export interface NewAttempt {
  method: PaymentMethod;
  tail: string | null;
  /** The customer knows of a transfer that is still looked for. */
  acknowledge?: boolean;
  /** Seals what the method must still know; given the attempt's id, which the seal is bound to. */
  seal?(attemptId: string): string;
  /** A reason not to begin, from what was tried before. */
  guard?(earlier: AttemptRecord[], now: number): Refusal | null;
}

/** Throws `payment_processing`, `payment_expired`, `method_unavailable`, or what the guard says; then nothing was changed. */
export function beginAttempt(parts: StepParts, paymentId: string, wanted: NewAttempt): Promise<AttemptRecord> {
  return step(parts, paymentId, async (payment, tx, now) => {
    refuseUnlessOpen(payment, now);
    if (!payment.methods.includes(wanted.method)) throw new ProblemError('method_unavailable');
    const earlier = await tx.attempts(paymentId);
    refuseSecondPayment(earlier, wanted.acknowledge ?? false);
    const refusal = wanted.guard?.(earlier, now);
    if (refusal) throw new ProblemError(refusal.code, refusal);
    for (const attempt of earlier) if (attempt.status === 'live') await endAttempt(tx, attempt, 'abandoned', now);
    const attempt = newAttempt(paymentId, wanted.method, 'processing', now, earlier, { tail: wanted.tail });
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
