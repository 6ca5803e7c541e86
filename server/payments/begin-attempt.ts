/** Opens an attempt: the payment becomes `processing` and nobody else may try until this attempt is concluded. */
import type { PaymentMethod } from '#contract';
import { transition } from './machine.ts';
import { newId } from './new-id.ts';
import { ProblemError } from './problem-error.ts';
import type { AttemptRecord, PaymentRecord, Refusal } from './records.ts';
import { type StepParts, step } from './step.ts';

/** Longer than all deadlines of one submission together: while it runs, the reconciler keeps its hands off. */
const leaseMs = 60_000;

export interface NewAttempt {
  method: PaymentMethod;
  tail: string | null;
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
    const refusal = wanted.guard?.(await tx.attempts(paymentId), now);
    if (refusal) throw new ProblemError(refusal.code, refusal);
    const id = newId('att');
    const attempt: AttemptRecord = {
      id,
      paymentId,
      method: wanted.method,
      status: 'processing',
      sealed: wanted.seal?.(id) ?? null,
      tail: wanted.tail,
      problem: null,
      startedAt: now,
      endedAt: null,
      unknownSince: null,
      checks: 0,
      nextCheckAt: now,
      leaseUntil: now + leaseMs,
    };
    await tx.insertAttempt(attempt);
    const status = transition(payment.status, 'submit');
    return {
      result: attempt,
      patch: { status, attemptId: id, problem: null },
      audit: { type: 'attempt.begun', data: { attemptId: id, method: wanted.method } },
    };
  });
}

function refuseUnlessOpen(payment: PaymentRecord, now: number): void {
  switch (payment.status) {
    case 'open':
    case 'awaiting_customer':
      if (payment.expiresAt <= now) throw new ProblemError('payment_expired');
      return;
    case 'canceled':
    case 'expired':
      throw new ProblemError('payment_expired');
    default:
      throw new ProblemError('payment_processing');
  }
}
