/**
 * The merchant gives a payment back. Nothing is called here: the attempts that paid become `refunding`, and the reconciler has their method
 * do it and follows it to its end, through whatever crash.
 */

import { nextCheckIn } from './attempts/check-schedule.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import type { RefundOutcome } from './model/outcome.ts';
import { confirmedAmountDue, hasPaid, transition } from './model/payment-state.ts';
import type { MethodPort } from './model/ports.ts';
import { ProblemError } from './model/problem-error.ts';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';

/** Throws `refund_unsupported` where some of the money came by a method that cannot; `payment_processing` where nothing is paid. Twice is fine. */
export const startRefund = (parts: UnitOfWork, methods: readonly MethodPort[], paymentId: string): Promise<void> =>
  updatePayment<void>(parts, paymentId, async (payment, tx, now) => {
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

/**
 * Writes down what became of money on its way back, and moves the payment when the last of its attempts is decided. As in `conclude.ts`, `calls` is
 * how many calls of the attempt the speaker knows of: where more are written down, "it stays" is no longer proven.
 */
export const settleRefund = (
  parts: UnitOfWork,
  paymentId: string,
  attemptId: string,
  heard: RefundOutcome,
  calls: number,
): Promise<void> =>
  updatePayment<void>(parts, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    if (attempt?.status !== 'refunding' || payment.status !== 'refunding') return { result: undefined };
    const intents = await tx.intents(attemptId);
    const said: RefundOutcome = heard.kind === 'kept' && intents.length > calls ? { kind: 'unknown' } : heard;
    const unknownSince = attempt.unknownSince ?? now;
    const delay = said.kind === 'unknown' ? nextCheckIn(now - unknownSince, attempt.checks) : null;
    if (delay !== null) {
      await tx.updateAttempt({ ...attempt, unknownSince, nextCheckAt: now + delay, leaseUntil: 0 });
      return { result: undefined };
    }
    for (const intent of intents) {
      if (intent.status !== 'closed') await tx.updateIntent({ ...intent, status: 'closed', endedAt: now });
    }
    const end: AttemptRecord['status'] = said.kind === 'returned' ? 'refunded' : 'paid';
    await tx.updateAttempt({ ...attempt, status: end, nextCheckAt: null, leaseUntil: 0 });
    const why = 'why' in said ? said.why : said.kind === 'unknown' ? 'no upstream answer within the whole schedule' : null;
    const audit = { type: `refund.${said.kind === 'unknown' ? 'review' : said.kind}`, data: { attemptId, ...(why && { why }) } };
    const status = decide(payment, said, await tx.attempts(paymentId));
    return { result: undefined, patch: { status }, audit };
  });

/** `attempts`: as they stand now. Part of the money back and part of it kept is for a person. */
function decide({ status, ...payment }: PaymentRecord, said: RefundOutcome, attempts: AttemptRecord[]): PaymentRecord['status'] {
  if (said.kind === 'unknown' || said.kind === 'review') return transition(status, 'review');
  if (attempts.some((attempt) => attempt.status === 'refunding')) return status;
  const returned = attempts.some((attempt) => attempt.status === 'refunded');
  const kept = attempts.some((attempt) => attempt.status === 'paid');
  if (returned) return transition(status, kept ? 'review' : 'refund_done');
  return transition(status, payment.amountPaid >= confirmedAmountDue(payment) ? 'refund_refused' : 'refund_refused_short');
}
