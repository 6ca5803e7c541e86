/**
 * The four ways into an attempt: `beginImmediate` calls upstream at once, `showInstructions` waits for the customer,
 * `acceptSubmission` and `continueAttempt` go on when the customer has done what was shown. Each of them throws before
 * anything is changed.
 */
import type { NextAction, PaymentMethod, ProblemCode, SeenAmount } from '#contract';
import { ProblemError } from '../model/errors.ts';
import { acceptsLateEvidence, submissionDeadline, transition } from '../model/payment-state.ts';
import type {
  AttemptFields,
  AttemptInFlight,
  AttemptRecord,
  Decline,
  DiscountRecord,
  PaymentRecord,
  WaitingAttempt,
} from '../model/records.ts';
import {
  assertCanStart,
  assertNoOpenExternalAction,
  assertOpen,
  assertSecondPaymentConfirmed,
  assertVerified,
  type StartRequest,
} from './admission.ts';
import { dropReservedDiscount, endAttempt, newAttemptInFlight, newWaitingAttempt, toInFlight } from './attempt.ts';
import { type UnitOfWork, updatePayment } from './update-payment.ts';

export interface NewAttempt {
  method: PaymentMethod;
  /** The last characters of what the customer pays with; null if there is nothing to show. */
  lastCharacters: string | null;
  /** The customer was told that money may still come another way, and wants to pay all the same. */
  acknowledge?: boolean;
  /** What the customer saw that they pay. */
  seen?: SeenAmount;
  /** Encrypts what the method needs to finish the attempt, bound to the attempt's id. */
  seal?(attemptId: string): string;
  /** Whether the action that is shown now belongs to this attempt too, so that it can be shown again after a decline. */
  keeps?(action: NextAction): boolean;
  /** A reason not to begin, from what was tried before. */
  guard?(earlier: AttemptRecord[], now: number, discounts: DiscountRecord[]): Decline | null;
}

/**
 * Opens an attempt that calls upstream at once. The payment becomes `processing`, and nothing else may start until the attempt
 * is settled. Throws `payment_processing`, `payment_expired`, `payment_changed`, `method_unavailable`, or the decline of the guard.
 */
export function beginImmediate(deps: UnitOfWork, paymentId: string, wanted: NewAttempt): Promise<AttemptInFlight> {
  return updatePayment(deps, paymentId, async (payment, tx, now) => {
    await assertVerified(tx);
    assertOpen(payment, now);
    if (!payment.methods.includes(wanted.method)) throw new ProblemError('method_unavailable');
    assertSeen(payment, wanted.seen);
    const earlier = await tx.attempts(paymentId);
    await assertSecondPaymentConfirmed(tx, payment, earlier, wanted.acknowledge ?? false, now);
    assertNoOpenExternalAction(earlier);
    if (wanted.guard) throwIfRefused(wanted.guard(earlier, now, await tx.discounts(paymentId)));
    const live = earlier.find(isWaiting);
    if (live) await endAttempt(tx, live, 'abandoned', now);
    const { method, lastCharacters } = wanted;
    const action = live && wanted.keeps?.(live.action) ? live.action : null;
    const attempt = newAttemptInFlight({ paymentId, method, earlier }, { lastCharacters, action }, now);
    attempt.sealed = wanted.seal?.(attempt.id) ?? null;
    await tx.insertAttempt(attempt);
    const status = transition(payment.status, 'submit');
    return {
      result: attempt,
      patch: { status, attemptId: attempt.id, problem: null },
      audit: { type: 'attempt.begun', data: { attemptId: attempt.id, method } },
    };
  });
}

/** From here on nobody can change the amount, so it is compared in the commit that opens the attempt. */
function assertSeen({ amount, discount, currency }: PaymentRecord, seen: SeenAmount): void {
  if (seen && (seen.due !== amount - discount || seen.currency !== currency)) throw new ProblemError('payment_changed');
}

export interface Instructions extends StartRequest {
  action: NextAction;
  /** The amount that the instructions request, in minor units; absent if they request none. */
  due?: number;
}

/**
 * Opens an attempt that waits for the customer. The payment becomes `awaiting_customer` and shows what to do. Throws what
 * `assertCanStart` throws, and `payment_processing` if another amount is due by now.
 * @returns The new attempt, or the live one if it shows the same instructions already.
 */
export function showInstructions(deps: UnitOfWork, paymentId: string, wanted: Instructions): Promise<WaitingAttempt> {
  return updatePayment(deps, paymentId, async (payment, tx, now) => {
    await assertVerified(tx);
    const earlier = await tx.attempts(paymentId);
    const shown = await assertCanStart(tx, payment, earlier, wanted, now);
    const live = earlier.find(isWaiting);
    if (live && live === shown) return { result: live };
    if (wanted.due !== undefined && wanted.due !== payment.amount - payment.discount)
      throw new ProblemError('payment_processing');
    if (live) await endAttempt(tx, live, 'abandoned', now);
    const { method } = wanted;
    const attempt = newWaitingAttempt({ paymentId, method, earlier }, shown?.action ?? wanted.action, now);
    await tx.insertAttempt(attempt);
    const from = live ? transition(payment.status, 'abandon') : payment.status;
    return {
      result: attempt,
      patch: { status: transition(from, 'show_instructions'), attemptId: attempt.id, problem: null },
      audit: { type: 'attempt.started', data: { attemptId: attempt.id, method } },
    };
  });
}

/** What the customer submits after they have paid by what was shown, e.g. the number of a transfer. */
export interface SubmittedReference {
  method: PaymentMethod;
  /** What was typed. No secret. */
  submittedReference: string;
  /** Its last characters, for display. */
  lastCharacters: string | null;
  /** A reason not to go on, from what was tried before. */
  guard?(earlier: AttemptRecord[], now: number): Decline | null;
}

/**
 * Goes on with what the customer submits. In time, the attempt that waits for it continues. If that attempt was abandoned, or
 * the payment is over, a new attempt with the same action is made beside it, up to seven days later: the customer may have
 * sent the money, and the payment keeps its status until there is evidence.
 *
 * Throws `payment_processing`, also while other instructions are shown that could pay at any moment: to end those here would
 * hide their money. Throws `payment_expired`, `method_unavailable` if nothing was shown, or the decline of the guard.
 */
export function acceptSubmission(deps: UnitOfWork, paymentId: string, submitted: SubmittedReference): Promise<AttemptInFlight> {
  return updatePayment(deps, paymentId, async (payment, tx, now) => {
    await assertVerified(tx);
    const earlier = await tx.attempts(paymentId);
    const shown = earlier.filter(({ method, action }) => method === submitted.method && action !== null).at(-1);
    const waiting = payment.status === 'open' || payment.status === 'awaiting_customer';
    if (!waiting && !acceptsLateEvidence(payment)) throw new ProblemError('payment_processing');
    if (!shown) throw new ProblemError('method_unavailable');
    if (earlier.some(({ status }) => status === 'processing')) throw new ProblemError('payment_processing');
    assertNoOpenExternalAction(earlier);
    if (submissionDeadline(payment, shown) <= now) throw new ProblemError('payment_expired');
    throwIfRefused(submitted.guard?.(earlier, now));

    const { method, submittedReference, lastCharacters } = submitted;
    const live = earlier.find(isWaiting);
    const inTime = waiting && payment.expiresAt > now;
    if (inTime && live?.id === shown.id) {
      const attempt = toInFlight(live, now, { submittedReference, lastCharacters });
      await tx.updateAttempt(attempt);
      return { result: attempt, ...submission(attempt, transition(payment.status, 'submit')) };
    }
    if (live) await endAttempt(tx, live, 'abandoned', now);
    const own = { submittedReference, lastCharacters, action: shown.action };
    const attempt = newAttemptInFlight({ paymentId, method, earlier }, own, now);
    await tx.insertAttempt(attempt);
    if (inTime) return { result: attempt, ...submission(attempt, transition(payment.status, 'submit')) };
    if (!waiting) return { result: attempt, ...submission(attempt, payment.status) };
    const { patch, audit } = submission(attempt, transition(payment.status, 'expire'));
    return { result: attempt, patch: { ...patch, ...(await dropReservedDiscount(payment, tx, now)) }, audit };
  });
}

const isWaiting = (attempt: AttemptRecord): attempt is WaitingAttempt => attempt.status === 'awaiting_customer';

/** A payment that has succeeded keeps showing the attempt that paid it. */
const submission = ({ id, method }: AttemptFields, status: PaymentRecord['status']) => ({
  patch: { status, problem: null, ...(status === 'succeeded' ? {} : { attemptId: id }) },
  audit: { type: 'attempt.begun', data: { attemptId: id, method, late: status !== 'processing' } },
});

export interface Continuation {
  method: PaymentMethod;
  /** The kind of action that the attempt must be waiting for. */
  action: NextAction['kind'];
  /** What is thrown if no attempt waits for this action; by default `method_unavailable`. */
  gone?: ProblemCode;
  /** A reason not to go on. */
  guard?(attempt: WaitingAttempt, now: number): Decline | null;
}

/**
 * Goes on with the attempt that waits for the customer, e.g. once they have typed an SMS code. Throws `payment_processing`,
 * `payment_expired`, `wanted.gone`, or the decline of the guard.
 */
export function continueAttempt(deps: UnitOfWork, paymentId: string, wanted: Continuation): Promise<AttemptInFlight> {
  return updatePayment(deps, paymentId, async (payment, tx, now) => {
    await assertVerified(tx);
    assertOpen(payment, now);
    const live = payment.attemptId ? await tx.attempt(payment.attemptId) : null;
    if (live?.status !== 'awaiting_customer' || live.method !== wanted.method || live.action.kind !== wanted.action)
      throw new ProblemError(wanted.gone ?? 'method_unavailable');
    throwIfRefused(wanted.guard?.(live, now));
    const attempt = toInFlight(live, now);
    await tx.updateAttempt(attempt);
    return {
      result: attempt,
      patch: { status: transition(payment.status, 'submit'), problem: null },
      audit: { type: 'attempt.resumed', data: { attemptId: attempt.id, method: wanted.method } },
    };
  });
}

function throwIfRefused(decline: Decline | null | undefined): void {
  if (decline) throw new ProblemError(decline.code, decline);
}
