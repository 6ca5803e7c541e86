/**
 * Writes down what became of an attempt and moves the payment accordingly. The one way out of `processing`, for the request
 * that made the call and for the reconciler alike; it may be said twice, or late, and stays true.
 *
 * `calls` is how many spending calls of the attempt the speaker knows of: where more are written down, somebody else went on
 * with it, and "not paid" is no longer proven. Answers the attempt's method where something changed, else null.
 */
import type { PaymentMethod, PaymentStatus } from '#contract';
import { nextCheckIn } from './check-schedule.ts';
import { can, type PaymentEvent, transition } from './machine.ts';
import type { Outcome } from './outcome.ts';
import type { Queries } from './ports.ts';
import type { AttemptRecord, PaymentRecord } from './records.ts';
import { type Decision, type StepParts, step } from './step.ts';

/** Nobody, however impatient, has an upstream asked about the same attempt more often than this. */
const restMs = 2_000;

type Facts = { payment: PaymentRecord; attempt: AttemptRecord; tx: Queries; now: number };

export function conclude(
  parts: StepParts,
  paymentId: string,
  attemptId: string,
  said: Outcome,
  calls: number,
): Promise<PaymentMethod | null> {
  return step<PaymentMethod | null>(parts, paymentId, async (payment, tx, now) => {
    const attempt = await tx.attempt(attemptId);
    if (!attempt) throw new Error('an attempt that is concluded must exist');
    // Ended already: only money can still change anything.
    if (attempt.status !== 'processing' && said.kind !== 'paid') return { result: null };
    const intents = await tx.intents(attemptId);
    const outcome: Outcome = said.kind === 'refused' && intents.length > calls ? { kind: 'unknown' } : said;
    for (const intent of intents) {
      if (intent.status === 'closed') continue;
      const status = outcome.kind === 'unknown' ? 'unknown' : 'closed';
      await tx.updateIntent({ ...intent, status, endedAt: status === 'closed' ? now : null });
    }
    const decision = await decisions(outcome, { payment, attempt, tx, now });
    return { ...decision, result: decision.patch ? attempt.method : null };
  });
}

function decisions(outcome: Outcome, facts: Facts): Promise<Decision<void>> {
  switch (outcome.kind) {
    case 'paid':
      return paid(outcome, facts);
    case 'refused':
      return refused(outcome, facts);
    case 'unknown':
      return unknown(facts);
    case 'review':
      return review(outcome.why, facts);
  }
}

async function paid({ evidence }: Outcome & { kind: 'paid' }, facts: Facts): Promise<Decision<void>> {
  const { payment, attempt, tx, now } = facts;
  if (evidence.currency !== payment.currency) return review('paid in another currency', facts);
  const row = { ...evidence, paymentId: payment.id, attemptId: attempt.id, method: attempt.method, takenAt: now };
  const fresh = await tx.insertEvidence(row);
  const all = await tx.evidence(payment.id);
  const ours = all.some((known) => known.upstream === row.upstream && known.upstreamId === row.upstreamId);
  if (!ours) return review('this money paid another payment', facts);
  if (!fresh && attempt.status === 'paid') return { result: undefined };
  await end(facts, 'paid');
  const amountPaid = all.reduce((sum, known) => sum + known.amount, 0);
  const status = transition(payment.status, moneyEvent(payment, attempt.id, amountPaid));
  return {
    result: undefined,
    patch: {
      status,
      amountPaid,
      problem: null,
      late: payment.late || payment.status === 'canceled' || payment.status === 'expired',
      paidAt: payment.paidAt ?? (status === 'succeeded' ? now : null),
    },
    audit: { type: 'evidence.taken', data: { attemptId: attempt.id, ...evidence } },
  };
}

/** Money of one attempt while another is in flight waits for that one. */
function moneyEvent(payment: PaymentRecord, attemptId: string, amountPaid: number): PaymentEvent {
  if (payment.status === 'processing' && payment.attemptId !== attemptId) return 'paid_while_busy';
  return amountPaid >= payment.amount - payment.discount ? 'paid_enough' : 'paid_short';
}

async function refused({ refusal }: Outcome & { kind: 'refused' }, facts: Facts): Promise<Decision<void>> {
  const { payment, attempt, now } = facts;
  await end(facts, 'refused', refusal);
  const audit = { type: 'attempt.refused', data: { attemptId: attempt.id, code: refusal.code } };
  if (!inFlight(payment, attempt)) return { result: undefined, patch: {}, audit };
  return { result: undefined, patch: { status: afterRefusal(payment, now), problem: refusal }, audit };
}

/** Back to `open`, unless other money has come meanwhile or the payment's time is over. */
function afterRefusal(payment: PaymentRecord, now: number): PaymentStatus {
  const due = payment.amount - payment.discount;
  if (payment.amountPaid > 0) return transition(payment.status, payment.amountPaid >= due ? 'paid_enough' : 'paid_short');
  const open = transition(payment.status, 'refuse');
  return payment.expiresAt <= now ? transition(open, 'expire') : open;
}

async function unknown(facts: Facts): Promise<Decision<void>> {
  const { payment, attempt, tx, now } = facts;
  const unknownSince = attempt.unknownSince ?? now;
  const delay = nextCheckIn(now - unknownSince, attempt.checks);
  if (delay === null) return review('no upstream answer within the whole schedule', facts);
  const first = attempt.unknownSince === null;
  await tx.updateAttempt({ ...attempt, unknownSince, nextCheckAt: now + delay, leaseUntil: now + restMs });
  if (!first) return { result: undefined };
  const audit = { type: 'attempt.unknown', data: { attemptId: attempt.id } };
  return inFlight(payment, attempt)
    ? { result: undefined, patch: {}, audit, tell: 'payment.processing' }
    : { result: undefined, patch: {}, audit };
}

async function review(why: string, facts: Facts): Promise<Decision<void>> {
  const { payment, attempt } = facts;
  await end(facts, 'review');
  const audit = { type: 'attempt.review', data: { attemptId: attempt.id, why } };
  // Another attempt that is in flight now has an outcome of its own to wait for.
  const busy = payment.status === 'processing' && !inFlight(payment, attempt);
  const moves = !busy && can(payment.status, 'review');
  return { result: undefined, patch: moves ? { status: transition(payment.status, 'review') } : {}, audit };
}

/** The end of an attempt erases what was sealed for it. */
const end = (
  { attempt, tx, now }: Facts,
  status: AttemptRecord['status'],
  problem: AttemptRecord['problem'] = null,
): Promise<void> =>
  tx.updateAttempt({ ...attempt, status, problem, sealed: null, endedAt: now, nextCheckAt: null, leaseUntil: 0 });

const inFlight = (payment: PaymentRecord, attempt: AttemptRecord): boolean =>
  payment.status === 'processing' && payment.attemptId === attempt.id;
