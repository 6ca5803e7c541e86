/**
 * The merchant gives a payment back. Nothing is called here: the attempts that paid become `refunding`, and the reconciler has their method
 * do it and follows it to its end, through whatever crash.
 */

import { type StepParts, step } from './attempts/update-payment.ts';
import { hasPaid } from './facts.ts';
import { transition } from './model/payment-state.ts';
import type { MethodPort } from './model/ports.ts';
import { ProblemError } from './model/problem-error.ts';

/** Throws `refund_unsupported` where some of the money came by a method that cannot; `payment_processing` where nothing is paid. Twice is fine. */
export const startRefund = (parts: StepParts, methods: readonly MethodPort[], paymentId: string): Promise<void> =>
  step<void>(parts, paymentId, async (payment, tx, now) => {
    if (payment.status === 'refunding' || payment.status === 'refunded') return { result: undefined };
    if (payment.status !== 'succeeded' && payment.status !== 'underpaid') throw new ProblemError('payment_processing');
    const money = await tx.evidence(payment.id);
    const returnable = (method: string) => methods.some((port) => port.method === method && port.refund);
    // Money that a person must place first is in no sum, and cannot be told from the rest by us.
    if (money.length === 0 || money.some(({ method, counted }) => !counted || !returnable(method)))
      throw new ProblemError('refund_unsupported');
    const paid = new Set(money.map(({ attemptId }) => attemptId));
    const attempts = (await tx.attempts(payment.id)).filter((attempt) => paid.has(attempt.id) && hasPaid(attempt));
    if (attempts.length !== paid.size) throw new ProblemError('refund_unsupported');
    for (const attempt of attempts) {
      await tx.updateAttempt({ ...attempt, status: 'refunding', nextCheckAt: now, leaseUntil: 0, unknownSince: null, checks: 0 });
    }
    return {
      result: undefined,
      patch: { status: transition(payment.status, 'refund') },
      audit: { type: 'payment.refund', data: { attempts: attempts.map(({ id }) => id) } },
    };
  });
