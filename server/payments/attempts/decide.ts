/** Stores a person's decision about one attempt: what becomes of the attempt, of its claims and uncounted money, and of the payment. */
import type { ResolvePayment } from '#contract/operate';
import { ProblemError } from '../model/errors.ts';
import { newId } from '../model/ids.ts';
import type { Actor, DecisionRecord, RefundRecord } from '../model/operator-records.ts';
import { type AttemptContext, hasPaid, transition } from '../model/payment-state.ts';
import type { EvidenceInput } from '../model/ports.ts';
import type { ClaimRecord, EvidenceRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { hasOtherLivePayment } from './admission.ts';
import { isReleased } from './apply-evidence.ts';
import { dropReservedDiscount, endAttempt, endOpenAttempts, endRefund, toRefunding } from './attempt.ts';
import {
  evidenceEvent,
  isUnassigned,
  keptSum,
  type Money,
  movedByEvidence,
  payingSum,
  readMoney,
  recordedSums,
  refundedSum,
} from './evidence-status.ts';
import { assertDidNotDeclarePaid, invalid, refuse } from './refusals.ts';

export interface DecisionContext extends AttemptContext {
  wanted: ResolvePayment;
  by: Actor;
  /** It is proven that nothing can be paid by the attempt any more. */
  closed: boolean;
  /** The money that the payment service itself says it has; null if it says nothing of the kind, or cannot be asked. */
  proven: EvidenceInput | null;
  /** What the decision is unique by; null if nothing can be named. */
  key: Pick<ClaimRecord, 'account' | 'key'> | null;
}

type Changes = Partial<PaymentRecord>;

/** The person says that the attempt was paid. Money that the service reported is counted; otherwise the person's word is. */
export async function decidedPaid(context: DecisionContext): Promise<Changes> {
  const { payment, attempt, tx, now, wanted, proven } = context;
  const evidence = await evidenceOfAttempt(context);
  const counted = evidence.filter((row) => row.counted);
  // Where the service was asked, money that it does not name is not counted: a shop may have named it. What it does name came, also
  // where it was declared void.
  const isUsable = (row: EvidenceRecord) =>
    proven ? isSameMoney(row, proven) && (isUnassigned(row) || isReleased(row)) : isUnassigned(row);
  const usable = evidence.filter((row) => isUsable(row) && row.currency === payment.currency && row.amount > 0);
  const [known] = [...counted, ...usable];
  if (known) {
    const sum = [...counted, ...usable].reduce((total, { amount }) => total + amount, 0);
    if (wanted.amount !== sum) throw invalid('amount', `the payment service reported ${sum} in minor units`);
    for (const row of usable) await tx.updateEvidence({ ...row, counted: true, disposition: 'counted' });
    await insertDecision(context, { supersededBy: known.upstreamId, supersededAt: now });
  } else {
    // The service reported that money came, and not how much: the person says it now.
    for (const row of evidence) {
      if (isUnassigned(row) && row.amount === 0) await tx.updateEvidence({ ...row, disposition: 'void' });
    }
    await assertUnpaid(context);
    await insertDecision(context);
  }
  if (!hasPaid(attempt)) await endAttempt(tx, attempt, 'paid', now);
  // The service keeps the money, so what looked like a refund was none.
  if (proven) await closeRefunds(context, ['needs_review', 'done'], 'declined');
  return afterDecision(context, 'paid');
}

/** The person says that nothing was paid. The customer may pay again only if it is proven that the attempt pays nothing more. */
export async function decidedNotPaid(context: DecisionContext): Promise<Changes> {
  const { attempt, tx, now, closed } = context;
  if (hasPaid(attempt) || (await evidenceOfAttempt(context)).some((row) => row.counted || isUnassigned(row)))
    throw refuse('the payment service reported money of this attempt: say first what becomes of that');
  await insertDecision(context);
  // Not proven: its claims stay, and what arrives later is still counted.
  const mayArrive = !closed && attempt.method !== 'wallet';
  await endAttempt(tx, attempt, closed || mayArrive ? 'declined' : 'unconfirmed', now, null, mayArrive);
  return afterDecision(context, 'not_paid');
}

/** The person says that the money came and was given back. */
export async function decidedReturned(context: DecisionContext): Promise<Changes> {
  const { payment, attempt, tx, now, wanted, by } = context;
  if (attempt.status === 'refunded') throw refuse('the money of this attempt was returned already');
  await assertDidNotDeclarePaid(payment, by, tx);
  const money = await readMoney({ ...payment, decidedBy: by }, tx);
  const own = money.evidence.filter((row) => row.attemptId === attempt.id && (row.counted || isUnassigned(row)));
  const known = own.reduce((sum, { amount, currency }) => (currency === payment.currency ? sum + amount : sum), 0);
  if (known > 0 && wanted.amount !== known) throw invalid('amount', `the payment service reported ${known} in minor units`);
  const recorded = money.refunds.some(({ attemptId, status }) => attemptId === attempt.id && status !== 'declined');
  // What was returned by hand is recorded already, and must not be recorded once more.
  const rest = { ...money, evidence: money.evidence.filter((row) => !own.includes(row)), decisions: othersOf(money, attempt.id) };
  const byHand = { refunds: money.refunds.filter(({ how }) => how === 'by_hand') };
  if (!recorded && refundedSum(byHand) > payingSum(payment, rest))
    throw refuse('some of this money was returned by hand: that is recorded');
  if (own.length === 0) await assertUnpaid(context);
  await closeRefunds(context, ['needs_review'], 'done');
  // Where a refund of the attempt is recorded, its evidence stays counted, and the refund says that it went back.
  for (const row of recorded ? [] : own) await tx.updateEvidence({ ...row, counted: false, disposition: 'returned' });
  await insertDecision(context, recorded ? { supersededBy: 'the refund', supersededAt: now } : undefined);
  if (!hasPaid(attempt)) await endAttempt(tx, attempt, 'paid', now);
  const paid = await tx.attempt(attempt.id);
  if (paid?.status === 'paid') await tx.updateAttempt(endRefund(toRefunding(paid, now), 'refunded'));
  return afterDecision(context, 'returned');
}

/** Decides refunds of the attempt that were in doubt. */
async function closeRefunds(
  { payment, attempt, tx, now }: DecisionContext,
  from: readonly RefundRecord['status'][],
  to: 'done' | 'declined',
): Promise<void> {
  for (const refund of payment.decidedBy === null ? [] : await tx.refunds(payment.id)) {
    if (refund.attemptId !== attempt.id || refund.how !== 'upstream' || !from.includes(refund.status)) continue;
    await tx.updateRefund({ ...refund, status: to, endedAt: now });
  }
}

type MoneyId = Pick<EvidenceInput, 'upstream' | 'upstreamId'>;

const isSameMoney = (one: MoneyId, other: MoneyId): boolean =>
  one.upstream === other.upstream && one.upstreamId === other.upstreamId;

const othersOf = ({ decisions }: Money, id: string) => decisions.filter(({ attemptId }) => attemptId !== id);

const evidenceOfAttempt = async ({ payment, attempt, tx }: DecisionContext): Promise<EvidenceRecord[]> =>
  (await tx.evidence(payment.id)).filter(({ attemptId }) => attemptId === attempt.id);

/** Throws `transaction_number_used` if the thing that the decision names has paid already, here or for another payment. */
async function assertUnpaid({ attempt, key, tx, now, payment }: DecisionContext): Promise<void> {
  if (!key) return;
  const used = new ProblemError('transaction_number_used', { field: 'upstreamId', detail: 'it has paid already' });
  const evidence = await tx.evidenceOf(key.account, key.key);
  if (evidence && (evidence.paymentId !== payment.id || evidence.counted)) throw used;
  const mine = {
    ...key,
    paymentId: payment.id,
    attemptId: attempt.id,
    status: 'paid',
    contested: false,
    claimedAt: now,
  } as const;
  if (await tx.claim(mine)) return;
  const existing = await tx.claimOf(key.account, key.key);
  if (!existing) return;
  if (existing.attemptId !== attempt.id) {
    if (existing.status === 'paid') throw used;
    await assertDecided(existing, tx);
  }
  await tx.updateClaim({ ...existing, paymentId: payment.id, attemptId: attempt.id, status: 'paid' });
}

/** Another attempt has claimed the same. Throws unless a person has decided that it was not paid. */
async function assertDecided({ paymentId, attemptId }: ClaimRecord, tx: Queries): Promise<void> {
  const decisions = await tx.decisions(paymentId);
  if (decisions.some((one) => one.attemptId === attemptId && one.outcome === 'not_paid' && one.supersededAt === null)) return;
  const detail = `payment ${paymentId} claims the same: decide first that it was not paid there`;
  throw new ProblemError('number_checking', { field: 'upstreamId', detail });
}

async function insertDecision(
  { payment, attempt, tx, now, wanted, by, key }: DecisionContext,
  superseded: Pick<DecisionRecord, 'supersededBy' | 'supersededAt'> = { supersededBy: null, supersededAt: null },
): Promise<void> {
  // An earlier word about the same attempt no longer counts.
  for (const earlier of await tx.decisions(payment.id)) {
    if (earlier.attemptId !== attempt.id || earlier.supersededAt !== null) continue;
    await tx.updateDecision({ ...earlier, supersededBy: 'a later decision', supersededAt: now });
  }
  const stored = await tx.insertDecision({
    id: newId('dec'),
    paymentId: payment.id,
    merchantId: payment.merchantId,
    attemptId: attempt.id,
    account: key?.account ?? null,
    key: key?.key ?? wanted.upstreamId ?? null,
    outcome: wanted.outcome,
    amount: wanted.amount,
    currency: wanted.currency,
    decidedBy: by,
    note: wanted.note,
    versionSeen: wanted.version,
    decidedAt: now,
    ...superseded,
  });
  if (!stored) throw new ProblemError('transaction_number_used', { field: 'upstreamId', detail: 'it was decided to have paid' });
}

/** What the payment becomes. In any other status than review it only gets the money that was decided to be paid. */
async function afterDecision(context: DecisionContext, outcome: ResolvePayment['outcome']): Promise<Changes> {
  const { payment, attempt, tx, now, by, closed } = context;
  const decided: PaymentRecord = { ...payment, decidedBy: by };
  const shown = outcome === 'paid' ? { attemptId: attempt.id } : {};
  const inReview = payment.status === 'processing' ? { ...decided, status: transition(payment.status, 'review') } : decided;
  if (inReview.status === 'needs_review') {
    const open = outcome === 'not_paid' && closed;
    return { ...shown, ...(await statusAfterReview(inReview, tx, now, { open, returned: outcome === 'returned' })) };
  }
  const money = await readMoney(decided, tx);
  const event = outcome === 'paid' ? evidenceEvent(decided, money) : null;
  if (!event) return {};
  await endOpenAttempts(payment, tx, now);
  const paidLate = payment.paidLate || payment.status === 'canceled' || payment.status === 'expired';
  const dropped = await dropReservedDiscount(payment, tx, now);
  return { ...dropped, ...movedByEvidence(decided, event, money, now), ...shown, paidLate };
}

/**
 * What a payment in review becomes once something about it was decided. It stays in review while something else is undecided,
 * unless the money is enough.
 * @param open Nothing of what was decided can pay any more, so the customer may try again while there is time, unless money of the
 *   payment was returned or another payment has taken the order.
 * @param returned Money was returned just now. As after an earlier return, a payment without any other money is refunded then.
 */
export async function statusAfterReview(
  payment: PaymentRecord,
  tx: Queries,
  now: number,
  { open, returned }: { open: boolean; returned: boolean },
): Promise<Changes> {
  const money = await readMoney(payment, tx);
  const event = evidenceEvent(payment, money);
  const attempts = await tx.attempts(payment.id);
  // Some of the money is still on its way back: its refund decides when it ends.
  if (attempts.some(({ status }) => status === 'refunding')) return {};
  if (event === 'paid_enough') return paidAfterReview(payment, 'resolve_paid', tx, now);
  const undecided = attempts.some(({ status }) => status === 'needs_review');
  if (undecided || event === 'paid_unassigned') return {};
  const isRefunded = returned || recordedSums(payment, money).amountRefunded > 0;
  if (isRefunded && keptSum(payment, money) <= 0) return { status: transition(payment.status, 'resolve_returned') };
  if (event) return paidAfterReview(payment, 'resolve_paid_short', tx, now);
  const inTime = open && payment.expiresAt > now && !payment.paidLate;
  // Another payment may have taken the order meanwhile, and only one of them may be payable.
  if (inTime && !(await hasOtherLivePayment(tx, payment))) return { status: transition(payment.status, 'resolve_not_paid') };
  return { status: transition(payment.status, 'resolve_not_paid_late'), ...(await dropReservedDiscount(payment, tx, now)) };
}

async function paidAfterReview(
  payment: PaymentRecord,
  event: 'resolve_paid' | 'resolve_paid_short',
  tx: Queries,
  now: number,
): Promise<Changes> {
  const status = transition(payment.status, event);
  return {
    status,
    ...(await dropReservedDiscount(payment, tx, now)),
    paidAt: payment.paidAt ?? (status === 'succeeded' ? now : null),
  };
}
