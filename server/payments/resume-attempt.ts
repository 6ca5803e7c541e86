/** The customer has done what a live attempt asked for, and it goes on: nobody else may move the payment until it is concluded. */
import type { NextAction, PaymentMethod, ProblemCode } from '#contract';
import { inFlight } from './attempts/attempt.ts';
import { type StepParts, step } from './attempts/update-payment.ts';
import { transition } from './model/payment-state.ts';
import { ProblemError } from './model/problem-error.ts';
import type { AttemptRecord, Refusal } from './model/records.ts';
import { refuseUnlessOpen } from './refuse-unless-open.ts';

export interface Resumption {
  method: PaymentMethod;
  /** What it must be waiting for. */
  action: NextAction['kind'];
  /** What is thrown where nothing of the kind waits any more. */
  gone?: ProblemCode;
  /** A reason not to go on. */
  guard?(attempt: AttemptRecord, now: number): Refusal | null;
}

/** Throws `payment_processing`, `payment_expired`, `gone` where nothing of the kind waits, by default `method_unavailable`, or what the guard says. */
export function resumeAttempt(parts: StepParts, paymentId: string, wanted: Resumption): Promise<AttemptRecord> {
  return step(parts, paymentId, async (payment, tx, now) => {
    refuseUnlessOpen(payment, now);
    const live = payment.attemptId ? await tx.attempt(payment.attemptId) : null;
    if (live?.status !== 'live' || live.method !== wanted.method || live.action?.kind !== wanted.action)
      throw new ProblemError(wanted.gone ?? 'method_unavailable');
    const refusal = wanted.guard?.(live, now);
    if (refusal) throw new ProblemError(refusal.code, refusal);
    const attempt: AttemptRecord = { ...live, status: 'processing', ...inFlight(now) };
    await tx.updateAttempt(attempt);
    return {
      result: attempt,
      patch: { status: transition(payment.status, 'submit'), problem: null },
      audit: { type: 'attempt.resumed', data: { attemptId: attempt.id, method: wanted.method } },
    };
  });
}
