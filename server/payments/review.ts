/**
 * What people decide about a whole payment, and about money that only a person can assign: to accept too little as enough, to
 * reopen what was decided wrongly, to say what becomes of uncounted money, and to note that a payment service has returned money.
 */
import type { AcceptPayment, DisposeEvidence, ReopenPayment } from '#contract/operate';
import { endAttempt, endOpenAttempts } from './attempts/attempt.ts';
import { statusAfterReview } from './attempts/decide.ts';
import { evidenceEvent, isUnassigned, movedByEvidence, payingSum, readMoney } from './attempts/evidence-status.ts';
import { raiseFlag } from './attempts/flags.ts';
import { assertVersion, invalid, refuse } from './attempts/refusals.ts';
import { type PaymentUpdate, type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { ProblemError } from './model/errors.ts';
import { newId } from './model/ids.ts';
import type { Actor, DecisionRecord } from './model/operator-records.ts';
import { can, isLate, transition } from './model/payment-state.ts';
import type { EvidenceRecord, PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';

type Wanted<Outcome extends DecisionRecord['outcome']> = Pick<DecisionRecord, 'amount' | 'note' | 'account' | 'key'> & {
  outcome: Outcome;
};

const newDecision = (
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
    const counted = (await tx.evidence(paymentId)).filter(({ disposition }) => disposition === 'counted');
    const decisions = payment.decidedBy === null ? [] : await tx.decisions(paymentId);
    const effective = decisions.filter(
      (decision) => decision.supersededAt === null || counted.some(({ upstreamId }) => upstreamId === decision.supersededBy),
    );
    if (effective.length === 0 && counted.length === 0) throw refuse('nobody has decided about this payment');
    for (const decision of effective) await tx.updateDecision({ ...decision, supersededBy: 'reopened', supersededAt: now });
    for (const row of counted) await tx.updateEvidence({ ...row, counted: false, disposition: null });
    const decided = new Set([...effective, ...counted].map(({ attemptId }) => attemptId));
    for (const attempt of await tx.attempts(paymentId)) {
      if (decided.has(attempt.id)) await returnToReview(tx, attempt, now);
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
 * Says what becomes of money that is in no sum. Money that pays another payment is counted there first, so that a crash in between
 * leaves it visible here: then the same act is simply repeated. Throws `version_conflict`, `not_found` for another payment that
 * does not exist, `invalid_request` for money that cannot pay it, and `decision_refused` if the money was decided about already.
 */
export async function disposeEvidence(deps: UnitOfWork, paymentId: string, wanted: DisposeEvidence, by: Actor): Promise<void> {
  const payment = await deps.store.payment(paymentId);
  if (!payment) throw new ProblemError('not_found');
  assertVersion(payment, wanted.version);
  const evidence = findUnassigned(await deps.store.evidence(paymentId), wanted.upstreamId);
  if (wanted.disposition === 'moved') await payOtherPayment(deps, payment, evidence, wanted, by);
  return updatePayment<void>(deps, paymentId, (fresh, tx, now) => dispose(fresh, wanted, by, tx, now));
}

async function dispose(
  payment: PaymentRecord,
  { upstreamId, disposition, toPaymentId, note, version }: DisposeEvidence,
  by: Actor,
  tx: Queries,
  now: number,
): Promise<PaymentUpdate<void>> {
  assertVersion(payment, version);
  const row = findUnassigned(await tx.evidence(payment.id), upstreamId);
  const counted = disposition === 'counted';
  if (counted) assertPays(row, payment);
  const dispositionPaymentId = disposition === 'moved' ? (toPaymentId ?? null) : null;
  await tx.updateEvidence({ ...row, counted, disposition, dispositionPaymentId });
  const attempt = row.attemptId === null ? null : await tx.attempt(row.attemptId);
  if (attempt?.status === 'needs_review') await endAttempt(tx, attempt, counted ? 'paid' : 'declined', now);
  const decided: PaymentRecord = { ...payment, decidedBy: by };
  const audit = { type: 'evidence.disposed', data: { by, upstreamId, disposition, note, ...(toPaymentId && { toPaymentId }) } };
  const returned = disposition === 'returned';
  if (payment.status === 'needs_review') {
    const patch = { ...(await statusAfterReview(decided, tx, now, { open: false, returned })), decidedBy: by };
    return { result: undefined, patch, audit, webhook: 'payment.updated' };
  }
  const money = await readMoney(decided, tx);
  const event = counted ? evidenceEvent(decided, money) : null;
  const patch = { ...(event && movedByEvidence(decided, event, money, now)), decidedBy: by };
  return { result: undefined, patch, audit, webhook: 'payment.updated' };
}

function findUnassigned(evidence: readonly EvidenceRecord[], upstreamId: string): EvidenceRecord {
  const row = evidence.find((one) => one.upstreamId === upstreamId);
  if (!row) throw invalid('upstreamId', 'the payment has no such money');
  if (!isUnassigned(row)) throw refuse('this money is counted, or was decided about, already');
  return row;
}

function assertPays({ currency, amount }: EvidenceRecord, payment: PaymentRecord): void {
  if (currency !== payment.currency)
    throw invalid('upstreamId', `this money is in ${currency}, and the payment in ${payment.currency}`);
  if (amount <= 0) throw invalid('upstreamId', 'nobody knows how much this money is: resolve its attempt with the amount');
}

/** A decision and not evidence, since the payment service never named that payment. A second time it does nothing. */
async function payOtherPayment(
  deps: UnitOfWork,
  from: PaymentRecord,
  evidence: EvidenceRecord,
  { toPaymentId, note }: DisposeEvidence,
  by: Actor,
): Promise<void> {
  if (!toPaymentId) throw invalid('toPaymentId', 'expected the payment that the money pays');
  const other = await deps.store.paymentOfMerchant(from.merchantId, toPaymentId);
  if (!other || other.id === from.id) throw invalid('toPaymentId', 'expected another payment of the same merchant');
  assertPays(evidence, other);
  await updatePayment<void>(deps, other.id, async (payment, tx, now) => {
    const { upstream: account, upstreamId: key, amount } = evidence;
    const before = payment.decidedBy === null ? [] : await tx.decisions(payment.id);
    if (before.some((decision) => decision.key === key && decision.supersededAt === null)) return { result: undefined };
    if (payment.status === 'refunding') throw new ProblemError('payment_processing');
    const stored = await tx.insertDecision(newDecision(payment, { outcome: 'paid', amount, note, account, key }, by, now));
    if (!stored) throw new ProblemError('transaction_number_used', { field: 'upstreamId' });
    const decided: PaymentRecord = { ...payment, decidedBy: by };
    const money = await readMoney(decided, tx);
    const event = evidenceEvent(decided, money) ?? 'paid_partially';
    // Too little money waits for an attempt in flight.
    const waits = payment.status === 'processing' && event !== 'paid_enough';
    if (!waits) await endOpenAttempts(payment, tx, now);
    return {
      result: undefined,
      patch: { ...(!waits && movedByEvidence(decided, event, money, now)), paidLate: isLate(payment), decidedBy: by },
      audit: { type: 'decision.paid', data: { by, amount, note, movedFrom: from.id } },
      webhook: 'payment.updated',
    };
  });
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
