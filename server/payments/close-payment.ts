/** The ways a payment is left without money: the customer abandons an attempt, somebody cancels, its time runs out. */

import { dropReservedDiscount, endOpenAttempts } from './attempts/attempt.ts';
import { type PaymentUpdate, type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { can, type PaymentEvent, transition } from './model/payment-state.ts';
import { ProblemError } from './model/problem-error.ts';
import type { PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';

/**
 * Back to choosing. Throws `payment_processing` while a call is in flight; without a live attempt it does nothing. One that is watched could still
 * be paid by what was shown: it becomes `processing`, and its method makes sure that it cannot before anything else may begin.
 */
export const abandon = (parts: UnitOfWork, paymentId: string): Promise<void> =>
  updatePayment<void>(parts, paymentId, async (payment, tx, now) => {
    if (!can(payment.status, 'abandon')) return stay(payment, ['open', 'canceled', 'expired']);
    const live = payment.attemptId ? await tx.attempt(payment.attemptId) : null;
    if (live?.status !== 'live' || live.nextCheckAt === null) return leave(payment, 'abandon', tx, now);
    await tx.updateAttempt({ ...live, status: 'processing', nextCheckAt: now, leaseUntil: 0 });
    return {
      result: undefined,
      patch: { status: transition(payment.status, 'submit'), problem: null },
      audit: { type: 'attempt.leaving', data: { attemptId: live.id } },
    };
  });

/** Ends it for good. Throws `payment_processing` while money may be moving or has moved. Canceling twice is fine. */
export const cancel = (parts: UnitOfWork, paymentId: string): Promise<void> =>
  updatePayment<void>(parts, paymentId, async (payment, tx, now) =>
    can(payment.status, 'cancel') ? leave(payment, 'cancel', tx, now) : stay(payment, ['canceled', 'expired']),
  );

/** Its time is over. Never throws for a payment that cannot expire any more: somebody was faster. */
export const expire = (parts: UnitOfWork, paymentId: string): Promise<void> =>
  updatePayment<void>(parts, paymentId, async (payment, tx, now) =>
    can(payment.status, 'expire') && payment.expiresAt <= now ? leave(payment, 'expire', tx, now) : { result: undefined },
  );

async function leave(payment: PaymentRecord, event: PaymentEvent, tx: Queries, now: number): Promise<PaymentUpdate<void>> {
  await endOpenAttempts(payment, tx, now);
  const forgotten = event === 'abandon' ? {} : await dropReservedDiscount(payment, tx, now);
  return {
    result: undefined,
    patch: { status: transition(payment.status, event), ...forgotten, ...(event === 'abandon' ? { problem: null } : {}) },
    audit: { type: `payment.${event}` },
  };
}

function stay(payment: PaymentRecord, fine: PaymentRecord['status'][]): PaymentUpdate<void> {
  if (!fine.includes(payment.status)) throw new ProblemError('payment_processing');
  return { result: undefined };
}
