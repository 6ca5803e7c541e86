/**
 * Refunds. `startRefund` returns the whole payment by the payment service and makes no upstream call: the attempts that paid become
 * `refunding`, and the reconciler has their methods return the money. `settleRefund` stores what became of that. So a crash at any
 * point loses nothing. `recordRefundByHand` records money that a person has returned themselves.
 */
import type { RefundPayment } from '#contract/operate';
import { endRefund, nextCheckIn, toRefunding } from './attempts/attempt.ts';
import { statusAfterReview } from './attempts/decide.ts';
import { type Money, payingSum, readMoney } from './attempts/evidence-status.ts';
import { assertDidNotDeclarePaid, assertVersion, invalid, refuse } from './attempts/refusals.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { ProblemError } from './model/errors.ts';
import { hashBearer, newId } from './model/ids.ts';
import type { Actor, RefundRecord } from './model/operator-records.ts';
import { amountToSucceed, can, hasPaid, transition } from './model/payment-state.ts';
import type { MethodPort, RefundOutcome } from './model/ports.ts';
import type { AttemptRecord, EvidenceRecord, PaymentRecord } from './model/records.ts';

export interface RefundRequest {
  /** The merchant's server by default. */
  by?: Actor;
  note?: string;
  /** The version that whoever asks has seen; null if it does not matter. */
  seen?: number | null;
}

/**
 * Throws `refund_unsupported` if some of the money came by a method that cannot return it, and `payment_processing` if nothing
 * is paid. A second time it does nothing.
 */
export const startRefund = (
  deps: UnitOfWork,
  methods: readonly MethodPort[],
  paymentId: string,
  { by, note = '', seen = null }: RefundRequest,
): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    if (payment.status === 'refunding' || payment.status === 'refunded') return { result: undefined };
    if (seen !== null) assertVersion(payment, seen);
    if (!can(payment.status, 'refund')) throw new ProblemError('payment_processing');
    const money = await readMoney(payment, tx);
    const { evidence } = money;
    const refundable = (method: string) => methods.some((port) => port.method === method && port.refund);
    // Money that a person has to assign first may belong to another payment.
    if (evidence.length === 0 || evidence.some(({ method, counted }) => !counted || !refundable(method)))
      throw new ProblemError('refund_unsupported');
    const paidBy = new Set(evidence.map(({ attemptId }) => attemptId));
    const all = (await tx.attempts(payment.id)).filter(hasPaid).filter(({ id }) => paidBy.has(id));
    if (all.length !== paidBy.size) throw new ProblemError('refund_unsupported');
    if (all.some(({ status }) => status === 'refunding')) throw new ProblemError('payment_processing');
    // What was returned before, by us or by the service on its own, must not be returned, or recorded, once more.
    const upstream = money.refunds.filter(({ how }) => how === 'upstream');
    const gone = new Set(upstream.filter(({ status }) => status === 'done').map(({ attemptId }) => attemptId));
    const attempts = all.filter(({ id, status }) => status === 'paid' && !gone.has(id));
    if (attempts.length === 0) throw refuse('all of the money was returned already');
    // The service returns whole attempts, so some of it would go back twice.
    if (money.refunds.some(({ how, status }) => how === 'by_hand' && status === 'done'))
      throw refuse('a part was returned by hand already: return the rest by hand too');
    const requestedBy = by ?? (`merchant:${payment.merchantId}` as const);
    for (const attempt of attempts) {
      await tx.updateAttempt(toRefunding(attempt, now));
      const own = evidence.filter(({ attemptId }) => attemptId === attempt.id);
      const amount = own.reduce((sum, row) => sum + row.amount, 0);
      const running = { attemptId: attempt.id, amount, how: 'upstream', status: 'running', note } as const;
      // A refund whose outcome is in doubt is tried again: it stays one refund, or its money would seem to be returned twice.
      const inDoubt = upstream.find(({ attemptId, status }) => attemptId === attempt.id && status === 'needs_review');
      if (inDoubt) await tx.updateRefund({ ...inDoubt, ...running, requestedBy, endedAt: null });
      else await tx.insertRefund({ ...newRefund(payment, requestedBy, now), ...running });
    }
    return {
      result: undefined,
      patch: { status: transition(payment.status, 'refund'), decidedBy: requestedBy },
      audit: { type: 'payment.refund', data: { by: requestedBy, attempts: attempts.map(({ id }) => id) } },
    };
  });

/** What every refund has at first. */
export const newRefund = ({ id, merchantId, currency }: PaymentRecord, by: Actor, now: number) => ({
  id: newId('ref'),
  paymentId: id,
  merchantId,
  attemptId: null as string | null,
  currency,
  requestedBy: by,
  reference: null as string | null,
  requestedAt: now,
  endedAt: null as number | null,
});

/**
 * Records that a person has returned some of the money, or only what was too much.
 * @throws {ProblemError} `payment_processing` while a refund is in flight, `refund_too_much` if less is left, `invalid_request` for
 * another currency, and `decision_refused` for money of a card that Payme can still return, and for money that the same person
 * declared to be paid. `once`: as in `Acts.refund`.
 */
export const recordRefundByHand = (
  deps: UnitOfWork,
  paymentId: string,
  { byHand, seen, once }: { byHand: NonNullable<NonNullable<RefundPayment>['byHand']>; seen: number | null; once: string | null },
  by: Actor,
): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    const id = once === null ? newId('ref') : `ref_${hashBearer(`${paymentId}:${by}:${once}`).slice(0, 26)}`;
    // The request was repeated, because its answer was lost.
    if (once !== null && (await tx.refunds(paymentId)).some((refund) => refund.id === id)) return { result: undefined };
    if (seen !== null) assertVersion(payment, seen);
    const { amount, currency, note, reference = null } = byHand;
    if (currency !== payment.currency) throw invalid('byHand.currency', `the payment is in ${payment.currency}`);
    if (payment.status === 'refunding') throw new ProblemError('payment_processing', { detail: 'a refund is in flight' });
    const money = await readMoney(payment, tx);
    await assertDidNotDeclarePaid(payment, by, tx);
    const left = returnableByHand(payment, money);
    if (amount > left) {
      const byService = money.evidence.some((row) => row.method === 'card' && row.counted) && payment.amountPaid > left;
      if (byService && payingSum(payment, money) - returnedSum(money) >= amount)
        throw refuse('the payment service returns the money of a card: refund it there first');
      throw new ProblemError('refund_too_much', { field: 'byHand.amount', detail: `at most ${left} in minor units is left` });
    }
    await tx.insertRefund({
      ...newRefund(payment, by, now),
      id,
      amount,
      how: 'by_hand',
      status: 'done',
      reference,
      note,
      endedAt: now,
    });
    const isAll = returnedSum(money) + amount >= payingSum(payment, money);
    return {
      result: undefined,
      patch: {
        decidedBy: by,
        ...(isAll && can(payment.status, 'returned') && { status: transition(payment.status, 'returned') }),
      },
      audit: { type: 'refund.by_hand', data: { by, amount, note, ...(reference !== null && { reference }) } },
      webhook: 'payment.updated',
    };
  });

/** What was returned, or is on its way back, in minor units. */
const returnedSum = ({ refunds }: Money): number =>
  refunds.reduce((sum, { status, amount }) => (status === 'declined' ? sum : sum + amount), 0);

/** How much a person may still return. Money of a card counts only once Payme has refused to return it. */
export function returnableByHand(payment: PaymentRecord, money: Money): number {
  const declined = new Set(money.refunds.filter(isDeclined).map(({ attemptId }) => attemptId));
  const byService = (row: EvidenceRecord) => row.counted && row.method === 'card' && !declined.has(row.attemptId);
  const ofService = money.evidence.reduce((sum, row) => (byService(row) ? sum + row.amount : sum), 0);
  return Math.max(0, payingSum(payment, money) - ofService - returnedSum(money));
}

const isDeclined = ({ how, status }: RefundRecord): boolean => how === 'upstream' && status === 'declined';

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
    if (attempt?.status !== 'refunding') return { result: undefined };
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
    const running = (await tx.refunds(paymentId)).filter(
      (refund) => refund.attemptId === attemptId && refund.status === 'running',
    );
    for (const refund of running) await tx.updateRefund({ ...refund, status: refundStatus[outcome.kind], endedAt: now });
    const scheduleOver = outcome.kind === 'unknown' ? 'no upstream answer within the whole schedule' : null;
    const why = 'why' in outcome ? outcome.why : scheduleOver;
    const type = `refund.${outcome.kind === 'unknown' ? 'needs_review' : outcome.kind}`;
    const audit = { type, data: { attemptId, ...(why && { why }) } };
    const attempts = await tx.attempts(paymentId);
    if (payment.status === 'refunding')
      return { result: undefined, patch: { status: statusAfterRefund(payment, outcome, attempts) }, audit };
    // Another of its refunds was in doubt already, and the payment waits for a person, unless that one is decided by now.
    const inDoubt = (await tx.refunds(paymentId)).some((refund) => refund.status === 'needs_review');
    const decided = payment.status === 'needs_review' && !inDoubt;
    const patch = decided
      ? await statusAfterReview(payment, tx, now, { open: false, returned: outcome.kind === 'returned' })
      : {};
    return { result: undefined, patch, audit, webhook: 'payment.updated' };
  });

const refundStatus = { returned: 'done', kept: 'declined', unknown: 'needs_review', needs_review: 'needs_review' } as const;

/** @param attempts All attempts as they are now. If part of the money is returned and part is kept, a person has to decide. */
function statusAfterRefund(payment: PaymentRecord, outcome: RefundOutcome, attempts: AttemptRecord[]): PaymentRecord['status'] {
  const { status } = payment;
  if (outcome.kind === 'unknown' || outcome.kind === 'needs_review') return transition(status, 'review');
  if (attempts.some((attempt) => attempt.status === 'refunding')) return status;
  const returned = attempts.some((attempt) => attempt.status === 'refunded');
  const kept = attempts.some((attempt) => attempt.status === 'paid');
  if (returned) return transition(status, kept ? 'review' : 'refund_done');
  return transition(
    status,
    payment.amountPaid - payment.amountRefunded >= amountToSucceed(payment) ? 'refund_declined' : 'refund_declined_short',
  );
}
