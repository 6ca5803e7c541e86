/**
 * What people decide about a whole payment: to accept too little as enough, and to reopen what was decided wrongly. And what a person
 * has to look at because a payment service has returned money.
 */
import type { AcceptPayment, ReopenPayment } from '#contract/operate';
import { hasOtherLivePayment } from './attempts/admission.ts';
import { statusAfterReview } from './attempts/decide.ts';
import { isDisposed, isUnassigned, keptSum, payingSum, readMoney } from './attempts/evidence-status.ts';
import { raiseFlag } from './attempts/flags.ts';
import { assertVersion, refuse } from './attempts/refusals.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { newDecision, returnMovedMoney } from './dispose.ts';
import { ProblemError } from './model/errors.ts';
import type { Actor } from './model/operator-records.ts';
import { can, leavesOrderFree, transition } from './model/payment-state.ts';
import type { PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';
import { newRefund } from './refunds.ts';

/**
 * Accepts what has come as enough. Throws `version_conflict`, `decision_refused` if nothing has come or some of it is not counted yet,
 * and `payment_processing` while some of it is on its way back.
 */
export const acceptPayment = (deps: UnitOfWork, paymentId: string, { note, version }: AcceptPayment, by: Actor): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    assertVersion(payment, version);
    if (!can(payment.status, 'accept')) throw refuse(`a payment that is ${payment.status} cannot be accepted as it is`);
    const money = await readMoney(payment, tx);
    const amount = keptSum(payment, money);
    if (amount <= 0) throw refuse('nothing has come that could be accepted');
    if (money.evidence.some(isUnassigned)) throw refuse('there is money that is not counted: say first what becomes of it');
    if (money.refunds.some(({ status }) => status === 'running'))
      throw new ProblemError('payment_processing', { detail: 'a refund is in flight' });
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
export async function reopenPayment(
  deps: UnitOfWork,
  paymentId: string,
  { note, version }: ReopenPayment,
  by: Actor,
): Promise<void> {
  let changed: string[] = [];
  await updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
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
    for (const row of disposed) await tx.updateEvidence({ ...row, counted: false, disposition: null });
    changed = await returnMovedMoney(payment, effective, { by, tx, now, wishes: deps });
    const decided = new Set([...effective, ...disposed].map(({ attemptId }) => attemptId));
    for (const attempt of await tx.attempts(paymentId)) {
      if (decided.has(attempt.id) && !gone.has(attempt.id)) await returnToReview(tx, attempt, now);
    }
    // The order is free since the payment had expired or was refunded, and another payment may have taken it.
    const beside = leavesOrderFree(payment) && (await hasOtherLivePayment(tx, payment));
    if (beside) await flagOtherPayment(payment, tx, now);
    const late = payment.status === 'expired' || beside;
    const status = transition(payment.status, 'reopen');
    const inReview: PaymentRecord = { ...payment, status, acceptedAmount: null, decidedBy: by, ...(late && { paidLate: true }) };
    // Without any money and any doubt nothing is left to decide.
    const { paidLate } = inReview;
    const money = await readMoney(inReview, tx);
    const nothing =
      payingSum(inReview, money) === 0 ? await statusAfterReview(inReview, tx, now, { open: false, returned: false }) : {};
    return {
      result: undefined,
      patch: { status, acceptedAmount: null, decidedBy: by, problem: null, paidLate, ...nothing },
      audit: { type: 'decision.reopened', data: { by, note, decisions: effective.map(({ id }) => id) } },
      webhook: 'payment.updated',
    };
  });
  for (const id of changed) deps.changed(id);
}

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
  const reason = 'This payment was reopened, and another payment of the same order is live or paid.';
  await raiseFlag(tx, payment, 'reopened_beside_another', { subject: payment.id, reason }, now);
}

/**
 * The payment service has returned money that is counted, and nobody here asked for it. It is recorded as a refund, so that the money
 * pays nothing any more, and a person has to look. If somebody has returned it by hand as well, the customer has it twice.
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
    const own = refunds.some(
      ({ how, status, attemptId: of }) => how === 'upstream' && of === attemptId && (status === 'done' || status === 'running'),
    );
    if (own) return { result: undefined };
    const twice = refunds.some(({ how, status }) => how === 'by_hand' && status === 'done');
    const why = twice ? 'returned twice: by hand, and by the payment service' : 'the payment service has returned the money';
    const { amount, upstream } = row;
    const fresh = await raiseFlag(tx, payment, 'reversed', { subject: upstreamId, reason: `${why}.`, amount }, now);
    if (!fresh) return { result: undefined };
    const by: Actor = `upstream:${upstream.split(':')[0] ?? upstream}`;
    const refund = { ...newRefund(payment, by, now), attemptId, amount, note: why, endedAt: now };
    await tx.insertRefund({ ...refund, how: 'upstream', status: 'done' });
    return {
      result: undefined,
      patch: { status: transition(payment.status, 'reverse'), decidedBy: payment.decidedBy ?? by },
      audit: { type: 'payment.reversed', data: { attemptId, upstreamId, why } },
      webhook: 'payment.reversed',
    };
  });
