/** The ways a payment is left without money: the customer abandons an attempt, somebody cancels, its time runs out. */
import { can, type PaymentEvent, transition } from './machine.ts';
import { ProblemError } from './problem-error.ts';
import type { PaymentRecord } from './records.ts';
import { type Decision, type StepParts, step } from './step.ts';

/** Back to choosing. Throws `payment_processing` while a call is in flight; without a live attempt it does nothing. */
export const abandon = (parts: StepParts, paymentId: string): Promise<void> =>
  step<void>(parts, paymentId, async (payment, tx, now) => {
    if (payment.status !== 'awaiting_customer') return stay(payment, ['open', 'canceled', 'expired']);
    const attempt = payment.attemptId ? await tx.attempt(payment.attemptId) : null;
    if (attempt) await tx.updateAttempt({ ...attempt, status: 'abandoned', sealed: null, endedAt: now });
    return move(payment, 'abandon');
  });

/** Ends it for good. Throws `payment_processing` while money may be moving or has moved. Canceling twice is fine. */
export const cancel = (parts: StepParts, paymentId: string): Promise<void> =>
  step<void>(parts, paymentId, async (payment, tx, now) => {
    if (!can(payment.status, 'cancel')) return stay(payment, ['canceled', 'expired']);
    const attempt = payment.status === 'awaiting_customer' && payment.attemptId ? await tx.attempt(payment.attemptId) : null;
    if (attempt) await tx.updateAttempt({ ...attempt, status: 'abandoned', sealed: null, endedAt: now });
    return move(payment, 'cancel');
  });

/** Its time is over. Never throws for a payment that cannot expire any more: somebody was faster. */
export const expire = (parts: StepParts, paymentId: string): Promise<void> =>
  step<void>(parts, paymentId, async (payment, _tx, now) =>
    can(payment.status, 'expire') && payment.expiresAt <= now ? move(payment, 'expire') : { result: undefined },
  );

const move = (payment: PaymentRecord, event: PaymentEvent): Decision<void> => ({
  result: undefined,
  patch: { status: transition(payment.status, event), ...(event === 'abandon' ? { problem: null } : {}) },
  audit: { type: `payment.${event}` },
});

function stay(payment: PaymentRecord, fine: PaymentRecord['status'][]): Decision<void> {
  if (!fine.includes(payment.status)) throw new ProblemError('payment_processing');
  return { result: undefined };
}
