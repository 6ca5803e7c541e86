/** Opens an attempt that waits for the customer: the payment becomes `awaiting_customer` and shows what to do. */
import type { NextAction } from '#contract';
import { refuseStart, type Start } from './attempts/admission.ts';
import { newAttempt } from './attempts/attempt.ts';
import { type StepParts, step } from './attempts/update-payment.ts';
import { endAttempt } from './end-attempt.ts';
import { transition } from './model/payment-state.ts';
import { ProblemError } from './model/problem-error.ts';
import type { AttemptRecord } from './model/records.ts';

export interface LiveAttempt extends Start {
  action: NextAction;
  /** What the customer is asked for by it, in minor units, where it asks for a sum. */
  due?: number;
}

/** Throws what `refuseStart` does, and `payment_processing` where another sum is due by now; then nothing was changed. */
export function startAttempt(parts: StepParts, paymentId: string, wanted: LiveAttempt): Promise<AttemptRecord> {
  return step(parts, paymentId, async (payment, tx, now) => {
    const earlier = await tx.attempts(paymentId);
    const shown = await refuseStart(tx, payment, earlier, wanted, now);
    const live = earlier.find(({ status }) => status === 'live');
    if (live && live === shown) return { result: live };
    if (wanted.due !== undefined && wanted.due !== payment.amount - payment.discount)
      throw new ProblemError('payment_processing');
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
