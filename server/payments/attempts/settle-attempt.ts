/**
 * Settles an attempt: stores what became of it and moves the payment accordingly. This is the only way out of `processing`,
 * for the request that made the call, for the reconciler and for a postback. It is safe to call more than once or after the
 * attempt has ended: a later call can only add evidence of money, never remove it.
 */
import type { PaymentMethod } from '#contract';
import { type AttemptContext, can, hasPaid, isInFlight, isLate, transition } from '../model/payment-state.ts';
import type { Outcome } from '../model/ports.ts';
import type { AttemptInFlight, AttemptRecord, IntentRecord, UnpaidAttempt } from '../model/records.ts';
import { applyEvidence, recordUncountedEvidence, statusAfterDecline } from './apply-evidence.ts';
import {
  dropReservedDiscount,
  endAttempt,
  endOpenAttempts,
  minCheckIntervalMs,
  newWaitingAttempt,
  nextCheckIn,
  toWaiting,
} from './attempt.ts';
import { reserveDiscount } from './discount.ts';
import { hasUnassignedEvidence, statusByEvidence } from './evidence-status.ts';
import { raiseFlag } from './flags.ts';
import { type PaymentUpdate, type UnitOfWork, updatePayment } from './update-payment.ts';

/**
 * @param calls Of how many recorded calls of the attempt the outcome speaks. If there are more, somebody else has gone on with
 * the attempt, and "not paid" is not proven. An attempt session counts them.
 * @returns The attempt's method if something changed, else null.
 */
export function settleAttempt(
  deps: UnitOfWork,
  paymentId: string,
  attemptId: string,
  reported: Outcome,
  calls: number,
): Promise<PaymentMethod | null> {
  return updatePayment<PaymentMethod | null>(deps, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    // A discount code was typed in it, and it was settled by that.
    if (!attempt && (await tx.discount(attemptId))) return { result: null };
    if (!attempt) throw new Error('an attempt that is settled must exist');
    return settlement(reported, { payment, attempt, tx, now }, calls);
  });
}

/** As `settleAttempt`, inside an update that has more to write. */
export async function settlement(
  reported: Outcome,
  context: AttemptContext,
  calls: number,
): Promise<PaymentUpdate<PaymentMethod | null>> {
  const { attempt, tx, now } = context;
  if (attempt.status !== 'processing' && !addsInformation(reported, attempt)) return { result: null };
  const intents = await tx.intents(attempt.id);
  const outcome = downgradeIfUnaccounted(reported, intents, calls);
  const pending = outcome.kind === 'unknown' || outcome.kind === 'waiting';
  for (const intent of intents) {
    if (intent.status === 'closed') continue;
    await tx.updateIntent({ ...intent, status: pending ? 'unknown' : 'closed', endedAt: pending ? null : now });
  }
  const update = await updateFor(outcome, context);
  return { ...update, result: update.audit ? attempt.method : null };
}

/**
 * After its end only three things change an attempt: money, the proof that the transfer upstream was looking for will never be
 * found, and that nobody can find out any more.
 */
function addsInformation(reported: Outcome, attempt: AttemptRecord): boolean {
  if (reported.kind === 'paid' || (reported.kind === 'needs_review' && reported.evidence !== undefined)) return true;
  if (reported.kind === 'needs_review') return attempt.status === 'unconfirmed';
  return (
    reported.kind === 'correction_requested' &&
    !reported.unconfirmed &&
    (attempt.status === 'unconfirmed' || attempt.status === 'awaiting_customer')
  );
}

/** "Not paid" proves nothing if it comes from somebody who does not know of all calls. */
function downgradeIfUnaccounted(reported: Outcome, intents: IntentRecord[], calls: number): Outcome {
  const { kind } = reported;
  const meansNotPaid = kind !== 'paid' && kind !== 'needs_review' && kind !== 'unknown' && kind !== 'waiting';
  return meansNotPaid && intents.length > calls ? { kind: 'unknown' } : reported;
}

async function updateFor(outcome: Outcome, context: AttemptContext): Promise<PaymentUpdate<void>> {
  const { attempt } = context;
  if (outcome.kind === 'paid') return paid(outcome, context);
  if (outcome.kind === 'needs_review') return needsReview(outcome, context);
  if (outcome.kind === 'correction_requested' && !hasPaid(attempt)) return requestCorrection(outcome, { ...context, attempt });
  // That the transfer will never be found was not proven after all, and nobody waits for this attempt any more.
  if (attempt.status !== 'processing') return { result: undefined };
  return updateInFlight(outcome, { ...context, attempt });
}

async function updateInFlight(
  outcome: Exclude<Outcome, { kind: 'paid' | 'needs_review' }>,
  context: AttemptContext<AttemptInFlight>,
): Promise<PaymentUpdate<void>> {
  switch (outcome.kind) {
    case 'declined':
      return declined(outcome, context);
    case 'correction_requested':
      return requestCorrection(outcome, context);
    case 'action_required':
      return requestCustomerAction(outcome, context);
    case 'abandoned':
      return abandoned(context);
    case 'discount_reserved':
      return reserveDiscount(outcome, context);
    case 'waiting':
    case 'unknown':
      return outcomeUnknown(outcome, context);
  }
}

async function paid({ evidence }: Outcome & { kind: 'paid' }, context: AttemptContext): Promise<PaymentUpdate<void>> {
  const { payment, tx, now } = context;
  const taken = await applyEvidence(evidence, { ...context, method: context.attempt.method });
  if ('doubt' in taken)
    return needsReview({ kind: 'needs_review', why: taken.doubt, ...(taken.money && { evidence: taken.money }) }, context);
  // The money came by what was shown before the discount was entered, so a code that is only reserved is not redeemed any more.
  return taken.patch ? { ...taken, patch: { ...(await dropReservedDiscount(payment, tx, now)), ...taken.patch } } : taken;
}

async function declined(
  { decline, mayArrive }: Outcome & { kind: 'declined' },
  { payment, attempt, tx, now }: AttemptContext<AttemptInFlight>,
): Promise<PaymentUpdate<void>> {
  await endAttempt(tx, attempt, 'declined', now, decline, mayArrive);
  const audit = { type: 'attempt.declined', data: { attemptId: attempt.id, code: decline.code } };
  if (!isInFlight(payment, attempt)) return { result: undefined, audit };
  return { result: undefined, patch: await statusAfterDecline(payment, decline, tx, now), audit };
}

/** Nothing was paid by what the customer submitted, and they may correct it: a new attempt shows them the same action again. */
async function requestCorrection(
  { decline, unconfirmed, mayArrive }: Outcome & { kind: 'correction_requested' },
  { payment, attempt, tx, now }: AttemptContext<UnpaidAttempt>,
): Promise<PaymentUpdate<void>> {
  await endAttempt(tx, attempt, unconfirmed ? 'unconfirmed' : 'declined', now, decline, mayArrive);
  const audit = { type: 'attempt.declined', data: { attemptId: attempt.id, code: decline.code, unconfirmed } };
  if (attempt.status === 'awaiting_customer' && payment.status === 'awaiting_customer' && payment.attemptId === attempt.id) {
    // What the customer was shown cannot pay any more.
    return { result: undefined, patch: await statusAfterDecline(payment, decline, tx, now), audit };
  }
  if (!isInFlight(payment, attempt)) {
    const shown = payment.attemptId === attempt.id && payment.status !== 'processing';
    return { result: undefined, ...(shown && { patch: { problem: decline } }), audit };
  }
  const after = await statusAfterDecline(payment, decline, tx, now);
  // Nothing was shown, or it was a code to be sent by SMS: that ends with its attempt, so it cannot be shown again.
  const { method, action } = attempt;
  const gone = action === null || (action.kind === 'send_sms' && action.continuation === 'wait');
  if (after.status !== 'open' || gone) return { result: undefined, patch: after, audit };
  const next = newWaitingAttempt({ paymentId: payment.id, method, earlier: [attempt] }, action, now);
  await tx.insertAttempt(next);
  const status = transition(payment.status, 'request_action');
  return { result: undefined, patch: { status, attemptId: next.id, problem: decline }, audit };
}

/** The same attempt continues once the customer has done what is shown, e.g. typed the code of an SMS. */
async function requestCustomerAction(
  { action, problem, pollInMs }: Outcome & { kind: 'action_required' },
  { payment, attempt, tx, now }: AttemptContext<AttemptInFlight>,
): Promise<PaymentUpdate<void>> {
  const inFlight = isInFlight(payment, attempt);
  const byEvidence = inFlight ? await statusByEvidence(payment, tx, now) : null;
  if (!inFlight || byEvidence) {
    // The payment was paid another way or is over; or less than is due has come, and the customer must not be asked for more.
    await endAttempt(tx, attempt, 'abandoned', now);
    const audit = { type: 'attempt.abandoned', data: { attemptId: attempt.id } };
    return { result: undefined, audit, ...(byEvidence && { patch: byEvidence }) };
  }
  await tx.updateAttempt(toWaiting(attempt, action, pollInMs === undefined ? null : now + pollInMs));
  return {
    result: undefined,
    patch: { status: transition(payment.status, 'request_action'), problem },
    audit: {
      type: 'attempt.action_required',
      data: { attemptId: attempt.id, action: action.kind, ...(problem && { code: problem.code }) },
    },
  };
}

async function abandoned({ payment, attempt, tx, now }: AttemptContext<AttemptInFlight>): Promise<PaymentUpdate<void>> {
  await endAttempt(tx, attempt, 'abandoned', now);
  const audit = { type: 'attempt.abandoned', data: { attemptId: attempt.id } };
  if (!isInFlight(payment, attempt)) return { result: undefined, audit };
  // The customer wanted this, so there is no problem to show.
  return { result: undefined, patch: await statusAfterDecline(payment, null, tx, now), audit };
}

async function outcomeUnknown(
  reported: Outcome & { kind: 'unknown' | 'waiting' },
  context: AttemptContext<AttemptInFlight>,
): Promise<PaymentUpdate<void>> {
  const { payment, attempt, tx, now } = context;
  const unknownSince = attempt.unknownSince ?? now;
  const delay = nextCheckIn(now - unknownSince, attempt.checks);
  if (delay === null) return needsReview({ kind: 'needs_review', why: 'no upstream answer within the whole schedule' }, context);
  const waiting = reported.kind === 'waiting' ? reported.reason : attempt.waiting;
  const isNew = attempt.unknownSince === null || waiting !== attempt.waiting;
  // Some methods stop trying when the payment's time is over, so it is checked at that moment and not up to a day later.
  const nextCheckAt = payment.expiresAt > now ? Math.min(now + delay, payment.expiresAt) : now + delay;
  await tx.updateAttempt({ ...attempt, waiting, unknownSince, nextCheckAt, leaseUntil: now + minCheckIntervalMs });
  const inFlight = isInFlight(payment, attempt);
  const audit = { type: 'attempt.unknown', data: { attemptId: attempt.id, ...(waiting && { waiting }) } };
  // The outcome may stay unknown for a week. Money that a person has to assign does not wait; the attempt is checked on.
  if (inFlight && (await hasUnassignedEvidence(payment, tx)))
    return {
      result: undefined,
      audit,
      patch: { status: transition(payment.status, 'paid_unassigned'), paidLate: isLate(payment) },
    };
  if (!isNew) return { result: undefined };
  const sendWebhook = inFlight && attempt.unknownSince === null;
  return { result: undefined, audit, ...(sendWebhook && { webhook: 'payment.processing' as const }) };
}

async function needsReview(
  { why, evidence: reported }: Outcome & { kind: 'needs_review' },
  context: AttemptContext,
): Promise<PaymentUpdate<void>> {
  const { payment, attempt, tx, now } = context;
  const stored = reported && (await recordUncountedEvidence(reported, context));
  if (stored === 'known') return { result: undefined };
  const evidence = stored === 'new' ? reported : undefined;
  const isKnown = !evidence && (hasPaid(attempt) || attempt.status === 'needs_review');
  if (isKnown && payment.status === 'needs_review') return { result: undefined };
  if (!hasPaid(attempt)) await endAttempt(tx, attempt, 'needs_review', now);
  const audit = { type: 'attempt.needs_review', data: { attemptId: attempt.id, why, ...evidence } };
  // Another attempt in flight has an outcome of its own to wait for, unless its answer is lost: that may take a week.
  const other = payment.status === 'processing' && !isInFlight(payment, attempt) ? payment.attemptId : null;
  const busy = other !== null && (await tx.attempt(other))?.unknownSince === null;
  const event = evidence ? 'paid_unassigned' : 'review';
  if (busy || !can(payment.status, event)) {
    // The payment does not wait for a person, so nothing else would show that somebody has to look.
    const reason = `An attempt is in doubt, and its payment does not wait for that: ${why}.`;
    const isNew = await raiseFlag(tx, payment, 'attempt_in_doubt', { subject: attempt.id, reason }, now);
    return isKnown && !isNew ? { result: undefined } : { result: undefined, audit };
  }
  await endOpenAttempts(payment, tx, now);
  const status = transition(payment.status, event);
  const patch = { status, paidLate: isLate(payment) };
  // Each piece of money has a webhook, even where it does not change the status.
  if (!evidence || status !== payment.status) return { result: undefined, patch, audit };
  const webhook = status === 'needs_review' ? 'payment.needs_review' : 'payment.overpaid';
  return { result: undefined, patch, audit, webhook };
}
