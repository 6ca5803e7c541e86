/**
 * What a person decides about the money of one attempt. Where the payment service can be read, its answer decides, and the person
 * only starts that; where it cannot, the person's word is stored as a decision. It never becomes evidence, and evidence that comes
 * later supersedes it.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { ResolvePayment } from '#contract/operate';
import { type DecisionContext, decidedNotPaid, decidedPaid, decidedReturned } from './attempts/decide.ts';
import { assertVersion, invalid, refuse } from './attempts/refusals.ts';
import { type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { ProblemError } from './model/errors.ts';
import type { Actor } from './model/operator-records.ts';
import { hasPaid } from './model/payment-state.ts';
import type { MethodPort, Outcome } from './model/ports.ts';
import type { Reading } from './model/reading.ts';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';

export interface DecisionDeps extends UnitOfWork {
  methods: readonly MethodPort[];
  /** Stores what a reading proved. */
  settleAttempt(paymentId: string, attemptId: string, outcome: Outcome, calls: number): Promise<void>;
}

/**
 * The attempt that a person decides about, before anybody is asked about it. Throws as `resolvePayment`, for what the payment itself
 * shows.
 */
export async function findDecidable(
  deps: DecisionDeps,
  paymentId: string,
  wanted: ResolvePayment,
): Promise<{ payment: PaymentRecord; attempt: AttemptRecord }> {
  const found = await deps.store.paymentWithAttempts(paymentId);
  if (!found) throw new ProblemError('not_found');
  const { payment } = found;
  assertVersion(payment, wanted.version);
  const attempt = found.attempts.find(({ id }) => id === wanted.attemptId);
  if (!attempt) throw invalid('attemptId', 'the payment has no such attempt');
  assertAmount(payment, wanted);
  assertDecidable(payment, attempt, wanted.outcome, deps.clock.now());
  return { payment, attempt };
}

/**
 * Decides what became of the money of an attempt.
 * @throws {ProblemError} and has decided nothing: `not_found`, `version_conflict` if the payment has changed since it was seen,
 * `invalid_request` (422) for a wrong attempt, amount or currency, `payment_processing` while the service still works on it,
 * `provider_unavailable` if it cannot be read now, `transaction_number_used` if the same thing has paid already, and
 * `decision_refused` if the service says otherwise. In the last case what the service says has been stored.
 */
export async function resolvePayment(deps: DecisionDeps, paymentId: string, wanted: ResolvePayment, by: Actor): Promise<void> {
  const { payment, attempt } = await findDecidable(deps, paymentId, wanted);
  const reading = await readUpstream(deps, payment, attempt);
  const version = reading?.kind === 'paid' ? await storeReading(deps, payment, attempt, reading) : payment.version;
  // Who asked is noted, also where the service's own answer has decided.
  if (version === null) await noteReading(deps, paymentId, wanted, by);
  const owner = await otherOwnerOf(deps, paymentId, reading);
  if (owner !== null && wanted.outcome !== 'not_paid') {
    const detail = `the money of this attempt is stored with payment ${owner}: if it is not that one's, dispose of it there as void`;
    throw new ProblemError('transaction_number_used', { detail });
  }
  const closed = reading === null || owner !== null ? false : assertAgrees(reading, wanted.outcome);
  if (version === null) return;
  await decide(
    deps,
    paymentId,
    { ...wanted, version },
    { by, closed, proven: reading?.kind === 'paid' && owner === null ? reading.evidence : null },
  );
}

/** The other payment that has the money which was read for this one, so that it pays nothing here; null if there is none. */
async function otherOwnerOf({ store }: DecisionDeps, paymentId: string, reading: Reading | null): Promise<string | null> {
  if (reading?.kind !== 'paid') return null;
  const stored = await store.evidenceOf(reading.evidence.upstream, reading.evidence.upstreamId);
  return stored && stored.paymentId !== paymentId ? stored.paymentId : null;
}

function assertAmount(payment: PaymentRecord, { outcome, amount, currency }: ResolvePayment): void {
  if (currency !== payment.currency) throw invalid('currency', `the payment is in ${payment.currency}`);
  if (outcome === 'not_paid' && amount !== 0) throw invalid('amount', 'expected 0, since nothing was paid');
  if (outcome !== 'not_paid' && amount === 0) throw invalid('amount', 'expected what was paid, in minor units');
}

/** A call that is in flight, and a refund, end by themselves. An attempt whose money is known can only have been returned since. */
function assertDecidable(payment: PaymentRecord, attempt: AttemptRecord, outcome: ResolvePayment['outcome'], now: number): void {
  const inFlight = attempt.status === 'processing' && (attempt.unknownSince === null || attempt.leaseUntil > now);
  if (payment.status === 'refunding' || attempt.status === 'refunding' || inFlight)
    throw new ProblemError('payment_processing', { detail: 'a call is in flight: its answer comes first' });
  const other = payment.status === 'processing' && payment.attemptId !== attempt.id;
  if (other) throw new ProblemError('payment_processing', { detail: 'another attempt is in flight: its answer comes first' });
  if (attempt.status === 'awaiting_customer' && outcome !== 'paid')
    throw refuse('the customer may still pay by what is shown to them');
  if (hasPaid(attempt) && payment.status !== 'needs_review') throw refuse('the money of this attempt is known already');
}

/** How long a person waits for a reading, in milliseconds: less than the server takes for a whole request (`limits.ts`). */
const readingMs = 10_000;

async function readUpstream(deps: DecisionDeps, payment: PaymentRecord, attempt: AttemptRecord): Promise<Reading | null> {
  const port = deps.methods.find(({ method }) => method === attempt.method);
  if (!port?.readOutcome) return null;
  const reading = port.readOutcome({ payment, attempt, intents: await deps.store.intents(attempt.id) });
  return Promise.race([reading, pause(readingMs, { kind: 'unreadable' } as const, { ref: false })]);
}

const noteReading = (
  deps: DecisionDeps,
  paymentId: string,
  { attemptId, outcome, note }: ResolvePayment,
  by: Actor,
): Promise<void> =>
  updatePayment<void>(deps, paymentId, async () => ({
    result: undefined,
    audit: { type: 'decision.left_to_service', data: { attemptId, outcome, by, note } },
  }));

/** Reads the service, and stores money that it reports. Anything else it says decides nothing. */
export async function takeReading(deps: DecisionDeps, payment: PaymentRecord, attempt: AttemptRecord): Promise<void> {
  const reading = await readUpstream(deps, payment, attempt);
  if (reading?.kind === 'paid') await storeReading(deps, payment, attempt, reading);
}

/**
 * Before a person counts money of the attempt: where the service can be asked, it has to name that money.
 * @throws {ProblemError} as `resolvePayment`; what the service says has been stored then, too
 */
export async function assertNamedByService(
  deps: DecisionDeps,
  payment: PaymentRecord,
  attempt: AttemptRecord,
  upstreamId: string,
): Promise<void> {
  const reading = await readUpstream(deps, payment, attempt);
  if (reading === null) return;
  if (reading.kind === 'paid') await storeReading(deps, payment, attempt, reading);
  assertAgrees(reading, 'paid');
  if (reading.kind === 'paid' && reading.evidence.upstreamId !== upstreamId)
    throw refuse('the payment service names other money for this attempt; that has been stored');
}

/** Before a person records that money of the attempt was returned: throws where the service has it for another attempt. */
export async function assertNotOfAnother(deps: DecisionDeps, payment: PaymentRecord, attempt: AttemptRecord): Promise<void> {
  const reading = await readUpstream(deps, payment, attempt);
  if (reading?.kind === 'not_ours') assertAgrees(reading, 'returned');
}

/**
 * Stores money that the service reports, as for any other evidence.
 * @returns The version at which the decision goes on, that of `payment`; null if this money was new and has decided everything. Somebody
 * else may have changed the payment while the service was read, and that is no decision.
 */
async function storeReading(
  deps: DecisionDeps,
  payment: PaymentRecord,
  attempt: AttemptRecord,
  { evidence }: Extract<Reading, { kind: 'paid' }>,
): Promise<number | null> {
  const isCounted = async () => {
    const stored = await deps.store.evidenceOf(evidence.upstream, evidence.upstreamId);
    return stored?.paymentId === payment.id && stored.counted;
  };
  const before = await isCounted();
  await deps.settleAttempt(payment.id, attempt.id, { kind: 'paid', evidence }, Number.POSITIVE_INFINITY);
  return !before && (await isCounted()) ? null : payment.version;
}

/**
 * Throws if the service says otherwise, or says nothing.
 * @returns Whether nothing can be paid by the attempt any more.
 */
function assertAgrees(reading: Reading, outcome: ResolvePayment['outcome']): boolean {
  switch (reading.kind) {
    case 'unreadable':
      throw new ProblemError('provider_unavailable', { detail: 'the payment service decides here, and it could not be read' });
    case 'in_progress':
      throw new ProblemError('payment_processing', { detail: 'the payment service still works on it' });
    case 'paid':
      if (outcome === 'paid') return true;
      throw refuse('the payment service says that it is paid; that has been stored');
    case 'not_ours':
      // Recorded as returned, it could not pay the payment that it came for.
      if (outcome === 'not_paid') return false;
      throw refuse('the payment service has this money for another attempt than this one: dispose of it as void');
    case 'returned':
      if (outcome !== 'paid') return true;
      throw refuse('the payment service says that the money was returned');
    case 'not_paid':
      if (outcome === 'not_paid') return reading.closed;
      throw refuse('the payment service says that nothing was paid');
  }
}

const decide = (
  deps: DecisionDeps,
  paymentId: string,
  wanted: ResolvePayment,
  facts: Pick<DecisionContext, 'by' | 'closed' | 'proven'>,
): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    assertVersion(payment, wanted.version);
    const attempt = await tx.attempt(wanted.attemptId);
    if (!attempt) throw invalid('attemptId', 'the payment has no such attempt');
    assertDecidable(payment, attempt, wanted.outcome, now);
    const port = deps.methods.find(({ method }) => method === attempt.method);
    const { by, proven } = facts;
    const key = proven
      ? { account: proven.upstream, key: proven.upstreamId }
      : (port?.decisionKey?.(payment, attempt, wanted.upstreamId ?? null) ?? null);
    const context: DecisionContext = { payment, attempt, tx, now, wanted, key, ...facts };
    const decisions = { paid: decidedPaid, not_paid: decidedNotPaid, returned: decidedReturned };
    const patch = await decisions[wanted.outcome](context);
    await closeDoubt(context);
    return {
      result: undefined,
      patch: { ...patch, decidedBy: by, problem: null },
      audit: {
        type: `decision.${wanted.outcome}`,
        data: { attemptId: attempt.id, by, amount: wanted.amount, note: wanted.note },
      },
      webhook: 'payment.updated',
    };
  });

/** The person has looked at it. */
async function closeDoubt({ payment, attempt, tx, now, by, wanted }: DecisionContext): Promise<void> {
  for (const flag of await tx.flags(payment.id)) {
    if (flag.kind !== 'attempt_in_doubt' || flag.subject !== attempt.id || flag.closedAt !== null) continue;
    await tx.closeFlag({ ...flag, closedAt: now, closedBy: by, note: wanted.note });
  }
}
