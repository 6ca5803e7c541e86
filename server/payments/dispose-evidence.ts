/** What people decide about money that is in no sum: it pays this payment or another one, was given back, or never was money. */
import type { DisposeEvidence } from '#contract/operate';
import { endAttempt, endOpenAttempts } from './attempts/attempt.ts';
import { statusAfterReview } from './attempts/decide.ts';
import { evidenceEvent, isUnassigned, movedByEvidence, readMoney } from './attempts/evidence-status.ts';
import { assertVersion, invalid, refuse } from './attempts/refusals.ts';
import { type PaymentUpdate, type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { ProblemError } from './model/errors.ts';
import type { Actor } from './model/operator-records.ts';
import { isLate } from './model/payment-state.ts';
import type { EvidenceRecord, PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';
import { newDecision } from './review.ts';

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
  await assertPaysNoOther(row, disposition === 'moved' ? toPaymentId : undefined, tx);
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

/** Throws if somebody has moved this money to another payment meanwhile. */
async function assertPaysNoOther(
  { upstream, upstreamId }: EvidenceRecord,
  target: string | undefined,
  tx: Queries,
): Promise<void> {
  const decision = await tx.paidDecisionOf(upstream, upstreamId);
  if (decision === null || decision.paymentId === target) return;
  const detail = `it pays the payment ${decision.paymentId} already: move it there, or reopen that payment first`;
  throw new ProblemError('transaction_number_used', { field: 'upstreamId', detail });
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
  { toPaymentId, note, version }: DisposeEvidence,
  by: Actor,
): Promise<void> {
  if (!toPaymentId) throw invalid('toPaymentId', 'expected the payment that the money pays');
  const other = await deps.store.paymentOfMerchant(from.merchantId, toPaymentId);
  if (!other || other.id === from.id) throw invalid('toPaymentId', 'expected another payment of the same merchant');
  assertPays(evidence, other);
  await updatePayment<void>(deps, other.id, async (payment, tx, now) => {
    const { upstream: account, upstreamId: key, amount } = evidence;
    // Nobody else may decide about the money before this is committed.
    const source = await tx.lockPayment(from.id);
    if (source) assertVersion(source, version);
    findUnassigned(await tx.evidence(from.id), key);
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
