/**
 * What becomes of money that is in no sum: it pays this payment or another one, it was returned, or it never was money. Money that
 * pays another payment is taken here and given there in one transaction, and back again when that payment is reopened.
 */
import type { DisposeEvidence } from '#contract/operate';
import { dropReservedDiscount, endAttempt, endOpenAttempts } from './attempts/attempt.ts';
import { statusAfterReview } from './attempts/decide.ts';
import { evidenceEvent, isUnassigned, movedByEvidence, readMoney } from './attempts/evidence-status.ts';
import { assertDidNotDeclarePaid, assertVersion, invalid, refuse } from './attempts/refusals.ts';
import { type PaymentChange, updatePayment, write } from './attempts/update-payment.ts';
import { assertNamedByService, assertNotOfAnother, type DecisionDeps } from './decisions.ts';
import { ProblemError } from './model/errors.ts';
import { newId } from './model/ids.ts';
import type { Actor, DecisionRecord } from './model/operator-records.ts';
import { can, isLate, transition } from './model/payment-state.ts';
import type { EvidenceRecord, PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';
import type { WebhookWishes } from './model/webhook-queries.ts';

type Wanted = Pick<DecisionRecord, 'amount' | 'note' | 'account' | 'key' | 'outcome'> & Partial<DecisionRecord>;

/** A decision about a whole payment, or about money and not about an attempt. */
export const newDecision = (
  { id, merchantId, currency, version }: PaymentRecord,
  wanted: Wanted,
  by: Actor,
  now: number,
): DecisionRecord => ({
  id: newId('dec'),
  paymentId: id,
  merchantId,
  attemptId: null,
  currency,
  decidedBy: by,
  versionSeen: version,
  decidedAt: now,
  supersededBy: null,
  supersededAt: null,
  ...wanted,
});

/**
 * Throws `version_conflict`, `invalid_request` for money that cannot pay the payment or another payment that is not there, and
 * `decision_refused` if the money is counted or was decided about already. For money that is to pay a payment also as
 * `resolvePayment`: the payment service has to name it, where it can be asked.
 */
export async function disposeEvidence(deps: DecisionDeps, paymentId: string, wanted: DisposeEvidence, by: Actor): Promise<void> {
  const other = wanted.disposition === 'moved' ? wanted.toPaymentId : undefined;
  if (wanted.disposition === 'moved' && other === undefined)
    throw invalid('toPaymentId', 'expected the payment that the money pays');
  if (wanted.disposition !== 'void') await askService(deps, paymentId, wanted);
  await updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    assertVersion(payment, wanted.version);
    const row = findUnassigned(await tx.evidence(payment.id), wanted.upstreamId);
    if (other !== undefined) await payOtherPayment(payment, other, row, wanted.note, { by, tx, now, wishes: deps });
    return { result: undefined, ...(await dispose(payment, row, wanted, { by, tx, now })) };
  });
  if (other !== undefined) deps.changed(other);
}

/** Money that is to pay a payment, or was returned, may be what only a shop has named, so the service is asked before, where it can be. */
async function askService(
  deps: DecisionDeps,
  paymentId: string,
  { version, upstreamId, disposition }: DisposeEvidence,
): Promise<void> {
  const found = await deps.store.paymentWithAttempts(paymentId);
  if (!found) throw new ProblemError('not_found');
  assertVersion(found.payment, version);
  const { attemptId } = findUnassigned(await deps.store.evidence(paymentId), upstreamId);
  const attempt = found.attempts.find(({ id }) => id === attemptId);
  if (!attempt) return;
  if (disposition === 'returned') await assertNotOfAnother(deps, found.payment, attempt);
  else await assertNamedByService(deps, found.payment, attempt, upstreamId);
}

interface ActContext {
  by: Actor;
  tx: Queries;
  now: number;
}

/** Of an act that changes another payment, too. */
interface WriteContext extends ActContext {
  wishes: WebhookWishes;
}

async function dispose(
  payment: PaymentRecord,
  row: EvidenceRecord,
  { upstreamId, disposition, toPaymentId, note }: DisposeEvidence,
  { by, tx, now }: ActContext,
): Promise<PaymentChange> {
  const counted = disposition === 'counted';
  if (counted) {
    assertPays(row, payment);
    if (await tx.paidDecisionOf(row.upstream, row.upstreamId))
      throw new ProblemError('transaction_number_used', { field: 'upstreamId', detail: 'it was decided to have paid' });
  }
  if (disposition === 'returned') await assertDidNotDeclarePaid(payment, by, tx);
  await tx.updateEvidence({
    ...row,
    counted,
    disposition,
    dispositionPaymentId: (disposition === 'moved' && toPaymentId) || null,
  });
  await endAttemptOf(row, tx, now);
  await noteDecision(payment, row, disposition, note, { by, tx, now });
  const decided: PaymentRecord = { ...payment, decidedBy: by };
  const audit = { type: 'evidence.disposed', data: { by, upstreamId, disposition, note, ...(toPaymentId && { toPaymentId }) } };
  const returned = disposition === 'returned';
  if (payment.status === 'needs_review') {
    const patch = { ...(await statusAfterReview(decided, tx, now, { open: false, returned })), decidedBy: by };
    return { patch, audit, webhook: 'payment.updated' };
  }
  const patch = { ...(counted && (await changesByMoney(decided, tx, now))), decidedBy: by };
  return { patch, audit, webhook: 'payment.updated' };
}

/**
 * The attempt is over once nobody has to assign money of it any more. Its transaction number has paid, wherever the money went, unless
 * there was no money.
 */
async function endAttemptOf({ paymentId, attemptId: id }: EvidenceRecord, tx: Queries, now: number): Promise<void> {
  const attempt = id === null ? null : await tx.attempt(id);
  if (attempt?.status !== 'needs_review' && attempt?.status !== 'declined') return;
  const own = (await tx.evidence(paymentId)).filter(({ attemptId }) => attemptId === attempt.id);
  const paid = own.some(({ counted }) => counted);
  if (!paid && own.some(isUnassigned)) return;
  await endAttempt(tx, attempt, paid ? 'paid' : 'declined', now);
  if (own.every(({ disposition }) => disposition === 'void')) return;
  for (const claim of await tx.claimsOfAttempt(attempt.id)) await tx.updateClaim({ ...claim, status: 'paid' });
}

/** Money that a person counts decides as evidence does: enough decides at once, and less waits for an attempt in flight. */
async function changesByMoney(payment: PaymentRecord, tx: Queries, now: number): Promise<Partial<PaymentRecord>> {
  const money = await readMoney(payment, tx);
  const event = evidenceEvent(payment, money);
  if (!event || (payment.status === 'processing' && event !== 'paid_enough')) return {};
  await endOpenAttempts(payment, tx, now);
  return { ...(await dropReservedDiscount(payment, tx, now)), ...movedByEvidence(payment, event, money, now) };
}

/** Who counted money is noted, and money that was returned is part of both sums. */
async function noteDecision(
  payment: PaymentRecord,
  { upstream: account, upstreamId: key, amount, currency, attemptId }: EvidenceRecord,
  disposition: DisposeEvidence['disposition'],
  note: string,
  { by, tx, now }: ActContext,
): Promise<void> {
  if (currency !== payment.currency || amount <= 0 || disposition === 'moved' || disposition === 'void') return;
  const outcome = disposition === 'counted' ? 'paid' : 'returned';
  // The evidence is what counts from now on; the decision only says who decided.
  const superseded = outcome === 'paid' ? { supersededBy: key, supersededAt: now } : {};
  await tx.insertDecision(newDecision(payment, { outcome, amount, note, account, key, attemptId, ...superseded }, by, now));
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

/** A decision and not evidence, since the payment service never named that payment. */
async function payOtherPayment(
  from: PaymentRecord,
  toPaymentId: string,
  evidence: EvidenceRecord,
  note: string,
  { by, tx, now, wishes }: WriteContext,
): Promise<void> {
  const payment = await tx.lockPayment(toPaymentId);
  if (!payment || payment.merchantId !== from.merchantId || payment.id === from.id)
    throw invalid('toPaymentId', 'expected another payment of the same merchant');
  assertPays(evidence, payment);
  if (payment.status === 'refunding') throw new ProblemError('payment_processing');
  const { upstream: account, upstreamId: key, amount } = evidence;
  const decision = newDecision(payment, { outcome: 'paid', amount, note, account, key }, by, now);
  if (!(await tx.insertDecision(decision))) throw new ProblemError('transaction_number_used', { field: 'upstreamId' });
  const changes = await changesByMoney({ ...payment, decidedBy: by }, tx, now);
  const patch = { ...changes, paidLate: isLate(payment), decidedBy: by };
  const audit = { type: 'decision.paid', data: { by, amount, note, movedFrom: from.id } };
  await write(tx, payment, { patch, audit, webhook: 'payment.updated' }, now, wishes);
}

/** Gives money that was moved to this payment back to the one it came from, where a person has to look at it again. */
export async function returnMovedMoney(
  payment: PaymentRecord,
  decisions: readonly DecisionRecord[],
  { by, tx, now, wishes }: WriteContext,
): Promise<string[]> {
  const changed: string[] = [];
  for (const { account, key } of decisions) {
    const row = account === null || key === null ? null : await tx.evidenceOf(account, key);
    if (row?.disposition !== 'moved' || row.dispositionPaymentId !== payment.id) continue;
    await tx.updateEvidence({ ...row, disposition: null, dispositionPaymentId: null });
    const from = await tx.lockPayment(row.paymentId);
    if (!from) continue;
    const status = can(from.status, 'paid_unassigned') ? transition(from.status, 'paid_unassigned') : from.status;
    const audit = { type: 'evidence.given_back', data: { by, upstreamId: row.upstreamId, reopened: payment.id } };
    const patch = { status, decidedBy: by, paidLate: isLate(from) };
    await write(tx, from, { patch, audit, webhook: 'payment.updated' }, now, wishes);
    changed.push(from.id);
  }
  return changed;
}
