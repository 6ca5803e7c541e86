/** Writes down what became of money on its way back, and moves the payment when the last of its attempts is decided. */
import { nextCheckIn } from './check-schedule.ts';
import { transition } from './machine.ts';
import type { RefundOutcome } from './outcome.ts';
import type { AttemptRecord, PaymentRecord } from './records.ts';
import { type Decision, type StepParts, step } from './step.ts';

export const concludeRefund = (parts: StepParts, paymentId: string, attemptId: string, said: RefundOutcome): Promise<void> =>
  step<void>(parts, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    if (attempt?.status !== 'refunding' || payment.status !== 'refunding') return { result: undefined };
    const unknownSince = attempt.unknownSince ?? now;
    const delay = said.kind === 'unknown' ? nextCheckIn(now - unknownSince, attempt.checks) : null;
    if (delay !== null) {
      await tx.updateAttempt({ ...attempt, unknownSince, nextCheckAt: now + delay, leaseUntil: 0 });
      return { result: undefined };
    }
    for (const intent of await tx.intents(attemptId)) {
      if (intent.status !== 'closed') await tx.updateIntent({ ...intent, status: 'closed', endedAt: now });
    }
    const status: AttemptRecord['status'] = said.kind === 'returned' ? 'refunded' : 'paid';
    await tx.updateAttempt({ ...attempt, status, nextCheckAt: null, leaseUntil: 0 });
    const why = 'why' in said ? said.why : said.kind === 'unknown' ? 'no upstream answer within the whole schedule' : null;
    const audit = { type: `refund.${said.kind === 'unknown' ? 'review' : said.kind}`, data: { attemptId, ...(why && { why }) } };
    return { ...decide(payment, said, await tx.attempts(paymentId)), audit };
  });

/** `attempts`: as they stand now. Part of the money back and part of it kept is for a person. */
function decide(payment: PaymentRecord, said: RefundOutcome, attempts: AttemptRecord[]): Decision<void> {
  const result = undefined;
  if (said.kind === 'unknown' || said.kind === 'review')
    return { result, patch: { status: transition(payment.status, 'review') } };
  if (attempts.some(({ status }) => status === 'refunding')) return { result, patch: {} };
  const returned = attempts.some(({ status }) => status === 'refunded');
  const kept = attempts.some(({ status }) => status === 'paid');
  if (returned && kept) return { result, patch: { status: transition(payment.status, 'review') } };
  if (returned) return { result, patch: { status: transition(payment.status, 'refund_done') } };
  const enough = payment.amountPaid >= payment.amount - payment.discount;
  return { result, patch: { status: transition(payment.status, enough ? 'refund_refused' : 'refund_refused_short') } };
}
