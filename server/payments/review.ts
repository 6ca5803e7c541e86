/**
 * What people decide about a whole payment: to accept too little as enough, and to reopen what was decided wrongly; and to note that
 * a payment service has returned money. `dispose-evidence.ts` is about money that only a person can assign.
 */
import type { AcceptPayment, ReopenPayment } from '#contract/operate';
import { isDisposed, isUnassigned, payingSum, readMoney } from './attempts/evidence-status.ts';
import { raiseFlag } from './attempts/flags.ts';
import { assertVersion, refuse } from './attempts/refusals.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { newId } from './model/ids.ts';
import type { Actor, DecisionRecord } from './model/operator-records.ts';
import { can, transition } from './model/payment-state.ts';
import type { PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';

type Wanted<Outcome extends DecisionRecord['outcome']> = Pick<DecisionRecord, 'amount' | 'note' | 'account' | 'key'> & {
  outcome: Outcome;
};

/** A decision about no attempt. It is not stored yet. */
export const newDecision = (
  { id, merchantId, currency, version }: PaymentRecord,
  wanted: Wanted<'paid' | 'accepted'>,
  by: Actor,
  now: number,
): DecisionRecord => ({
  id: newId('dec'),
  paymentId: id,
  merchantId,
  attemptId: null,
  ...wanted,
  currency,
  decidedBy: by,
  versionSeen: version,
  decidedAt: now,
  supersededBy: null,
  supersededAt: null,
});

/**
 * Accepts what has come as enough. Throws `version_conflict`, and `decision_refused` if nothing has come, or if something about the
 * payment is still to be decided.
 */
export const acceptPayment = (deps: UnitOfWork, paymentId: string, { note, version }: AcceptPayment, by: Actor): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    assertVersion(payment, version);
    if (!can(payment.status, 'accept')) throw refuse(`a payment that is ${payment.status} cannot be accepted as it is`);
    const money = await readMoney(payment, tx);
    const amount = payingSum(payment, money) - payment.amountRefunded;
    if (amount <= 0) throw refuse('nothing has come that could be accepted');
    if (money.evidence.some(isUnassigned)) throw refuse('there is money that is not counted: say first what becomes of it');
    await tx.insertDecision(newDecision(payment, { outcome: 'accepted', amount, note, account: null, key: null }, by, now));
    return {
      result: undefined,
      patch: {
        status: transition(payment.status, 'accept'),
        acceptedAmount: amount,
        decidedBy: by,
        paidAt: payment.paidAt ?? now,
      },
      audit: { type: 'decision.accepted', data: { by, amount, note } },
    };
  });

/**
 * Takes back what people have decided, so that the payment waits for a person again. A taken order does not block that: the payment
 * then stands beside the other one, and a flag says so. Throws `version_conflict`, and `decision_refused` if nobody has decided.
 */
export const reopenPayment = (deps: UnitOfWork, paymentId: string, { note, version }: ReopenPayment, by: Actor): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    assertVersion(payment, version);
    if (!can(payment.status, 'reopen')) throw refuse(`a payment that is ${payment.status} cannot be reopened`);
    const gone = await returnedByService(payment, tx);
    const disposed = (await tx.evidence(paymentId)).filter(isDisposed).filter(({ attemptId }) => !gone.has(attemptId));
    const decisions = payment.decidedBy === null ? [] : await tx.decisions(paymentId);
    const effective = decisions.filter(
      (decision) => decision.supersededAt === null || disposed.some(({ upstreamId }) => upstreamId === decision.supersededBy),
    );
    if (effective.length === 0 && disposed.length === 0) throw refuse('nobody has decided about this payment');
    for (const decision of effective) await tx.updateDecision({ ...decision, supersededBy: 'reopened', supersededAt: now });
    // Also what was declared void or returned: nobody else would ever find it again.
    for (const row of disposed) await tx.updateEvidence({ ...row, counted: false, disposition: null });
    const decided = new Set([...effective, ...disposed].map(({ attemptId }) => attemptId));
    for (const attempt of await tx.attempts(paymentId)) {
      if (decided.has(attempt.id) && !gone.has(attempt.id)) await returnToReview(tx, attempt, now);
    }
    // The order is free since the payment had expired, and another payment may have taken it.
    const late = payment.status === 'expired';
    if (late) await flagOtherPayment(payment, tx, now);
    return {
      result: undefined,
      patch: {
        status: transition(payment.status, 'reopen'),
        acceptedAmount: null,
        decidedBy: by,
        problem: null,
        ...(late && { paidLate: true }),
      },
      audit: { type: 'decision.reopened', data: { by, note, decisions: effective.map(({ id }) => id) } },
    };
  });

/** The attempts whose money the payment service has returned: that stays as it is. */
async function returnedByService({ id, decidedBy }: PaymentRecord, tx: Queries): Promise<ReadonlySet<string | null>> {
  const refunds = decidedBy === null ? [] : await tx.refunds(id);
  return new Set(refunds.filter(({ how, status }) => how === 'upstream' && status === 'done').map(({ attemptId }) => attemptId));
}

async function returnToReview(
  tx: Queries,
  attempt: Awaited<ReturnType<Queries['attempts']>>[number],
  now: number,
): Promise<void> {
  const { status } = attempt;
  if (status === 'awaiting_customer' || status === 'processing' || status === 'refunding') return;
  for (const claim of await tx.claimsOfAttempt(attempt.id)) await tx.updateClaim({ ...claim, status: 'active' });
  await tx.updateAttempt({ ...attempt, status: 'needs_review', endedAt: attempt.endedAt ?? now, nextCheckAt: null });
}

async function flagOtherPayment(payment: PaymentRecord, tx: Queries, now: number): Promise<void> {
  const others = await tx.paymentsOfOrder(payment.merchantId, payment.orderId);
  const live = others.find(({ id, status }) => id !== payment.id && status !== 'canceled' && status !== 'expired');
  if (!live) return;
  const reason = 'This payment was reopened, and another payment of the same order is live or paid.';
  await raiseFlag(tx, payment, 'reopened_beside_another', { subject: payment.id, reason }, now);
}

/**
 * The payment service has returned money that is counted, and nobody here asked for it: a person has to look. If somebody has
 * returned it by hand as well, the customer has it twice.
 */
export const reversePayment = (
  deps: UnitOfWork,
  paymentId: string,
  { attemptId, upstreamId }: { attemptId: string; upstreamId: string },
): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    const row = (await tx.evidence(paymentId)).find((one) => one.upstreamId === upstreamId && one.counted);
    if (!row || !can(payment.status, 'reverse')) return { result: undefined };
    const { refunds } = await readMoney(payment, tx);
    const twice = refunds.some(({ how, status }) => how === 'by_hand' && status === 'done');
    const upstream = refunds.some(
      ({ how, status, attemptId: of }) => how === 'upstream' && status !== 'declined' && of === attemptId,
    );
    if (upstream) return { result: undefined };
    const why = twice ? 'returned twice: by hand, and by the payment service' : 'the payment service has returned the money';
    const fresh = await raiseFlag(tx, payment, 'reversed', { subject: upstreamId, reason: `${why}.`, amount: row.amount }, now);
    if (!fresh) return { result: undefined };
    return {
      result: undefined,
      patch: { status: transition(payment.status, 'reverse') },
      audit: { type: 'payment.reversed', data: { attemptId, upstreamId, why } },
      webhook: 'payment.reversed',
    };
  });
