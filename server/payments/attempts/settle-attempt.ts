/**
 * Writes down what became of an attempt and moves the payment accordingly. The one way out of `processing`, for the request
 * that made the call, for the reconciler and for a postback alike; it may be said twice, or late, and stays true.
 *
 * `calls` is how many spending calls of the attempt the speaker knows of: where more are written down, somebody else went on
 * with it, and "not paid" is no longer proven. Answers the attempt's method where something changed, else null.
 */
import type { PaymentMethod } from '#contract';
import type { Outcome } from '../model/outcome.ts';
import { type AttemptContext, can, hasPaid, isInFlight, isLate, transition } from '../model/payment-state.ts';
import type { AttemptRecord, IntentRecord, PaymentRecord } from '../model/records.ts';
import { applyEvidence, recordUncountedEvidence, statusAfterDecline } from './apply-evidence.ts';
import { dropReservedDiscount, endAttempt, endOpenAttempts, newAttempt } from './attempt.ts';
import { minCheckIntervalMs, nextCheckIn } from './check-schedule.ts';
import { reserveDiscount } from './discount.ts';
import { hasUnassignedEvidence, statusByEvidence } from './evidence-status.ts';
import { type PaymentUpdate, type UnitOfWork, updatePayment } from './update-payment.ts';

export function settleAttempt(
  parts: UnitOfWork,
  paymentId: string,
  attemptId: string,
  said: Outcome,
  calls: number,
): Promise<PaymentMethod | null> {
  return updatePayment<PaymentMethod | null>(parts, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    if (!attempt) throw new Error('an attempt that is concluded must exist');
    if (attempt.status !== 'processing' && !addsInformation(said, attempt)) return { result: null };
    const intents = await tx.intents(attemptId);
    const outcome = downgradeIfUnaccounted(said, intents, calls);
    const open = outcome.kind === 'unknown' || outcome.kind === 'waiting';
    for (const intent of intents) {
      if (intent.status === 'closed') continue;
      await tx.updateIntent({ ...intent, status: open ? 'unknown' : 'closed', endedAt: open ? null : now });
    }
    const decision = await decisions(outcome, { payment, attempt, tx, now });
    return { ...decision, result: decision.audit ? attempt.method : null };
  });
}

/** Of an attempt that has ended already: money, and that what upstream was looking for will never be found. */
function addsInformation(said: Outcome, attempt: AttemptRecord): boolean {
  if (said.kind === 'paid' || (said.kind === 'review' && said.evidence !== undefined)) return true;
  return said.kind === 'asked' && !said.watched && (attempt.status === 'watched' || attempt.status === 'live');
}

/** "Not paid" by somebody who does not know of all calls proves nothing. */
function downgradeIfUnaccounted(said: Outcome, intents: IntentRecord[], calls: number): Outcome {
  const denies = said.kind !== 'paid' && said.kind !== 'review' && said.kind !== 'unknown' && said.kind !== 'waiting';
  return denies && intents.length > calls ? { kind: 'unknown' } : said;
}

async function decisions(outcome: Outcome, facts: AttemptContext): Promise<PaymentUpdate<void>> {
  switch (outcome.kind) {
    case 'paid':
      return paid(outcome, facts);
    case 'refused':
      return declined(outcome, facts);
    case 'asked':
      return requestCorrection(outcome, facts);
    case 'next':
      return requestCustomerAction(outcome, facts);
    case 'left':
      return abandoned(facts);
    case 'discount':
      return reserveDiscount(outcome, facts);
    case 'waiting':
    case 'unknown':
      return outcomeUnknown(outcome, facts);
    case 'review':
      return needsReview(outcome, facts);
  }
}

async function paid({ evidence }: Outcome & { kind: 'paid' }, facts: AttemptContext): Promise<PaymentUpdate<void>> {
  const { payment, tx, now } = facts;
  const taken = await applyEvidence(evidence, facts);
  if ('doubt' in taken)
    return needsReview({ kind: 'review', why: taken.doubt, ...(taken.money && { evidence: taken.money }) }, facts);
  // It came by what was shown before the discount was typed: what is only held is not used any more.
  return taken.audit ? { ...taken, patch: { ...(await dropReservedDiscount(payment, tx, now)), ...taken.patch } } : taken;
}

async function abandoned({ payment, attempt, tx, now }: AttemptContext): Promise<PaymentUpdate<void>> {
  await endAttempt(tx, attempt, 'abandoned', now);
  const audit = { type: 'attempt.left', data: { attemptId: attempt.id } };
  if (!isInFlight(payment, attempt)) return { result: undefined, audit };
  // No word about it: the customer wanted it so.
  return { result: undefined, patch: await statusAfterDecline(payment, null, tx, now), audit };
}

async function declined(
  { refusal, mayArrive }: Outcome & { kind: 'refused' },
  facts: AttemptContext,
): Promise<PaymentUpdate<void>> {
  const { payment, attempt, tx, now } = facts;
  await endAttempt(tx, attempt, 'refused', now, refusal, mayArrive);
  const audit = { type: 'attempt.refused', data: { attemptId: attempt.id, code: refusal.code } };
  if (!isInFlight(payment, attempt)) return { result: undefined, audit };
  return { result: undefined, patch: await statusAfterDecline(payment, refusal, tx, now), audit };
}

async function outcomeUnknown(
  said: Outcome & { kind: 'unknown' | 'waiting' },
  facts: AttemptContext,
): Promise<PaymentUpdate<void>> {
  const { payment, attempt, tx, now } = facts;
  const unknownSince = attempt.unknownSince ?? now;
  const delay = nextCheckIn(now - unknownSince, attempt.checks);
  if (delay === null) return needsReview({ kind: 'review', why: 'no upstream answer within the whole schedule' }, facts);
  const waiting = said.kind === 'waiting' ? said.reason : attempt.waiting;
  const news = attempt.unknownSince === null || waiting !== attempt.waiting;
  // Some methods try no more once the time is over, so that is looked at when it comes, and not up to a day later.
  const nextCheckAt = payment.expiresAt > now ? Math.min(now + delay, payment.expiresAt) : now + delay;
  await tx.updateAttempt({ ...attempt, waiting, unknownSince, nextCheckAt, leaseUntil: now + minCheckIntervalMs });
  const inFlight = isInFlight(payment, attempt);
  const audit = { type: 'attempt.unknown', data: { attemptId: attempt.id, ...(waiting && { waiting }) } };
  // It may stay so for a week: money that a person has to place does not wait for that. The attempt is followed all the same.
  if (inFlight && (await hasUnassignedEvidence(payment, tx)))
    return { result: undefined, audit, patch: { status: transition(payment.status, 'paid_doubtful'), late: isLate(payment) } };
  if (!news) return { result: undefined };
  const told = inFlight && attempt.unknownSince === null;
  return { result: undefined, audit, ...(told && { webhook: 'payment.processing' as const }) };
}

async function needsReview({ why, evidence }: Outcome & { kind: 'review' }, facts: AttemptContext): Promise<PaymentUpdate<void>> {
  const { payment, attempt, tx, now } = facts;
  if (evidence && !(await recordUncountedEvidence(evidence, facts))) return { result: undefined };
  if (!hasPaid(attempt)) await endAttempt(tx, attempt, 'review', now);
  const audit = { type: 'attempt.review', data: { attemptId: attempt.id, why, ...evidence } };
  // Another attempt that is in flight now has an outcome of its own to wait for, unless its answer is lost: that may take a week.
  const other = payment.status === 'processing' && !isInFlight(payment, attempt) ? payment.attemptId : null;
  const busy = other !== null && (await tx.attempt(other))?.unknownSince === null;
  const event = evidence ? 'paid_doubtful' : 'review';
  if (busy || !can(payment.status, event)) return { result: undefined, audit };
  await endOpenAttempts(payment, tx, now);
  const status = transition(payment.status, event);
  // The shop hears of each piece of money, also where it changes nothing yet.
  const webhook = evidence && status === payment.status ? ({ webhook: webhookForMoreMoney(status) } as const) : {};
  return { result: undefined, patch: { status, late: isLate(payment) }, audit, ...webhook };
}

const webhookForMoreMoney = (status: PaymentRecord['status']) =>
  status === 'needs_review' ? 'payment.needs_review' : 'payment.overpaid';

/** Nothing was paid by what was said, and it may be said again: the customer stays where they are, before the same action. */
export async function requestCorrection(
  { refusal, watched, mayArrive }: Outcome & { kind: 'asked' },
  { payment, attempt, tx, now }: AttemptContext,
): Promise<PaymentUpdate<void>> {
  await endAttempt(tx, attempt, watched ? 'watched' : 'refused', now, refusal, mayArrive);
  const audit = { type: 'attempt.refused', data: { attemptId: attempt.id, code: refusal.code, watched } };
  if (attempt.status === 'live' && payment.status === 'awaiting_customer' && payment.attemptId === attempt.id) {
    // What was shown to the customer is worth nothing any more.
    return { result: undefined, patch: await statusAfterDecline(payment, refusal, tx, now), audit };
  }
  if (!isInFlight(payment, attempt)) {
    const shown = payment.attemptId === attempt.id && payment.status !== 'processing';
    return { result: undefined, ...(shown && { patch: { problem: refusal } }), audit };
  }
  const after = await statusAfterDecline(payment, refusal, tx, now);
  // A code that was shown has gone with its attempt: there is nothing to be asked by again.
  const gone = attempt.action?.kind === 'send_sms' && attempt.action.then === 'wait';
  if (after.status !== 'open' || gone) return { result: undefined, patch: after, audit };
  const next = newAttempt(payment.id, attempt.method, 'live', now, [attempt], { action: attempt.action });
  await tx.insertAttempt(next);
  const status = transition(payment.status, 'ask');
  return { result: undefined, patch: { status, attemptId: next.id, problem: refusal }, audit };
}

/** The same attempt goes on once the customer has done what is shown, e.g. typed the code of an SMS. */
export async function requestCustomerAction(
  { action, problem, watchInMs }: Outcome & { kind: 'next' },
  { payment, attempt, tx, now }: AttemptContext,
): Promise<PaymentUpdate<void>> {
  const waited = isInFlight(payment, attempt);
  const judged = waited ? await statusByEvidence(payment, tx, now) : null;
  if (!waited || judged) {
    // Nobody waits for it any more: the payment was paid otherwise, or is over. Or less than is due has come, and no more must be asked for.
    await endAttempt(tx, attempt, 'abandoned', now);
    const audit = { type: 'attempt.left', data: { attemptId: attempt.id } };
    return { result: undefined, audit, ...(judged && { patch: judged }) };
  }
  const nextCheckAt = watchInMs === undefined ? null : now + watchInMs;
  await tx.updateAttempt({ ...attempt, status: 'live', action, nextCheckAt, leaseUntil: 0, unknownSince: null, checks: 0 });
  return {
    result: undefined,
    patch: { status: transition(payment.status, 'ask'), problem },
    audit: {
      type: 'attempt.asked',
      data: { attemptId: attempt.id, action: action.kind, ...(problem && { code: problem.code }) },
    },
  };
}
