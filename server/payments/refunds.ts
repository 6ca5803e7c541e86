/**
 * Refunds of a whole payment. `startRefund` makes no upstream call: the attempts that paid become `refunding`, and the
 * reconciler has their methods return the money. `settleRefund` stores what became of that. So a crash at any point loses
 * nothing.
 */
import { endRefund, nextCheckIn, toRefunding } from './attempts/attempt.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { ProblemError } from './model/errors.ts';
import { confirmedAmountDue, hasPaid, transition } from './model/payment-state.ts';
import type { MethodPort, RefundOutcome } from './model/ports.ts';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';

/**
 * Throws `refund_unsupported` if some of the money came by a method that cannot return it, and `payment_processing` if nothing
 * is paid. A second time it does nothing.
 */
export const startRefund = (deps: UnitOfWork, methods: readonly MethodPort[], paymentId: string): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    if (payment.status === 'refunding' || payment.status === 'refunded') return { result: undefined };
    if (payment.status !== 'succeeded' && payment.status !== 'underpaid') throw new ProblemError('payment_processing');
    const evidence = await tx.evidence(payment.id);
    const refundable = (method: string) => methods.some((port) => port.method === method && port.refund);
    // Money that a person has to assign first may belong to another payment.
    if (evidence.length === 0 || evidence.some(({ method, counted }) => !counted || !refundable(method)))
      throw new ProblemError('refund_unsupported');
    const paidBy = new Set(evidence.map(({ attemptId }) => attemptId));
    const attempts = (await tx.attempts(payment.id)).filter(hasPaid).filter(({ id }) => paidBy.has(id));
    if (attempts.length !== paidBy.size) throw new ProblemError('refund_unsupported');
    for (const attempt of attempts) await tx.updateAttempt(toRefunding(attempt, now));
    return {
      result: undefined,
      patch: { status: transition(payment.status, 'refund') },
      audit: { type: 'payment.refund', data: { attempts: attempts.map(({ id }) => id) } },
    };
  });

/**
 * Stores what became of the refund of one attempt, and moves the payment when the last of its attempts is decided.
 * @param calls Of how many recorded calls of the attempt the outcome speaks, as in `settleAttempt`: if there are more, "the
 * money stays with the merchant" is not proven.
 */
export const settleRefund = (
  deps: UnitOfWork,
  paymentId: string,
  attemptId: string,
  reported: RefundOutcome,
  calls: number,
): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    if (attempt?.status !== 'refunding' || payment.status !== 'refunding') return { result: undefined };
    const intents = await tx.intents(attemptId);
    const outcome: RefundOutcome = reported.kind === 'kept' && intents.length > calls ? { kind: 'unknown' } : reported;
    const unknownSince = attempt.unknownSince ?? now;
    const delay = outcome.kind === 'unknown' ? nextCheckIn(now - unknownSince, attempt.checks) : null;
    if (delay !== null) {
      await tx.updateAttempt({ ...attempt, unknownSince, nextCheckAt: now + delay, leaseUntil: 0 });
      return { result: undefined };
    }
    for (const intent of intents) {
      if (intent.status !== 'closed') await tx.updateIntent({ ...intent, status: 'closed', endedAt: now });
    }
    await tx.updateAttempt(endRefund(attempt, outcome.kind === 'returned' ? 'refunded' : 'paid'));
    const scheduleOver = outcome.kind === 'unknown' ? 'no upstream answer within the whole schedule' : null;
    const why = 'why' in outcome ? outcome.why : scheduleOver;
    const type = `refund.${outcome.kind === 'unknown' ? 'needs_review' : outcome.kind}`;
    const status = statusAfterRefund(payment, outcome, await tx.attempts(paymentId));
    return { result: undefined, patch: { status }, audit: { type, data: { attemptId, ...(why && { why }) } } };
  });

/** @param attempts All attempts as they are now. If part of the money is returned and part is kept, a person has to decide. */
function statusAfterRefund(payment: PaymentRecord, outcome: RefundOutcome, attempts: AttemptRecord[]): PaymentRecord['status'] {
  const { status } = payment;
  if (outcome.kind === 'unknown' || outcome.kind === 'needs_review') return transition(status, 'review');
  if (attempts.some((attempt) => attempt.status === 'refunding')) return status;
  const returned = attempts.some((attempt) => attempt.status === 'refunded');
  const kept = attempts.some((attempt) => attempt.status === 'paid');
  if (returned) return transition(status, kept ? 'review' : 'refund_done');
  return transition(status, payment.amountPaid >= confirmedAmountDue(payment) ? 'refund_declined' : 'refund_declined_short');
}
