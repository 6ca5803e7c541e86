/** Opens an attempt that calls at once: the payment becomes `processing` and nobody else may try until it is concluded. */
import type { NextAction, PaymentMethod, ProblemCode } from '#contract';
import { acceptsLateEvidence, submissionDeadline, transition } from '../model/payment-state.ts';
import { ProblemError } from '../model/problem-error.ts';
import type { AttemptRecord, PaymentRecord, Refusal } from '../model/records.ts';
import {
  assertCanStart,
  assertNoOpenExternalAction,
  assertOpen,
  assertSecondPaymentConfirmed,
  type StartRequest,
} from './admission.ts';
import { dropReservedDiscount, endAttempt, inFlightFields, newAttempt } from './attempt.ts';
import { type UnitOfWork, updatePayment } from './update-payment.ts';

export interface NewAttempt {
  method: PaymentMethod;
  tail: string | null;
  /** The customer knows of money that may still come, and pays all the same. */
  acknowledge?: boolean;
  /** Seals what the method must still know; given the attempt's id, which the seal is bound to. */
  seal?(attemptId: string): string;
  /** Whether what the customer was shown belongs to it: they are asked by it again. */
  keeps?(action: NextAction): boolean;
  /** A reason not to begin, from what was tried before. */
  guard?(earlier: AttemptRecord[], now: number): Refusal | null;
}

/** Throws `payment_processing`, `payment_expired`, `method_unavailable`, or what the guard says; then nothing was changed. */
export function beginImmediate(parts: UnitOfWork, paymentId: string, wanted: NewAttempt): Promise<AttemptRecord> {
  return updatePayment(parts, paymentId, async (payment, tx, now) => {
    assertOpen(payment, now);
    if (!payment.methods.includes(wanted.method)) throw new ProblemError('method_unavailable');
    const earlier = await tx.attempts(paymentId);
    await assertSecondPaymentConfirmed(tx, payment, earlier, wanted.acknowledge ?? false, now);
    assertNoOpenExternalAction(earlier);
    const refusal = wanted.guard?.(earlier, now);
    if (refusal) throw new ProblemError(refusal.code, refusal);
    const live = earlier.find(({ status }) => status === 'live');
    if (live) await endAttempt(tx, live, 'abandoned', now);
    const action = live?.action && wanted.keeps?.(live.action) ? live.action : null;
    const attempt = newAttempt(paymentId, wanted.method, 'processing', now, earlier, { tail: wanted.tail, action });
    attempt.sealed = wanted.seal?.(attempt.id) ?? null;
    await tx.insertAttempt(attempt);
    const status = transition(payment.status, 'submit');
    return {
      result: attempt,
      patch: { status, attemptId: attempt.id, problem: null },
      audit: { type: 'attempt.begun', data: { attemptId: attempt.id, method: wanted.method } },
    };
  });
}

/** Opens an attempt that waits for the customer: the payment becomes `awaiting_customer` and shows what to do. */
export interface Instructions extends StartRequest {
  action: NextAction;
  /** What the customer is asked for by it, in minor units, where it asks for a sum. */
  due?: number;
}

/** Throws what `refuseStart` does, and `payment_processing` where another sum is due by now; then nothing was changed. */
export function showInstructions(parts: UnitOfWork, paymentId: string, wanted: Instructions): Promise<AttemptRecord> {
  return updatePayment(parts, paymentId, async (payment, tx, now) => {
    const earlier = await tx.attempts(paymentId);
    const shown = await assertCanStart(tx, payment, earlier, wanted, now);
    const live = earlier.find(({ status }) => status === 'live');
    if (live && live === shown) return { result: live };
    if (wanted.due !== undefined && wanted.due !== payment.amount - payment.discount)
      throw new ProblemError('payment_processing');
    if (live) await endAttempt(tx, live, 'abandoned', now);
    const attempt = newAttempt(paymentId, wanted.method, 'live', now, earlier, { action: shown?.action ?? wanted.action });
    await tx.insertAttempt(attempt);
    const from = live ? transition(payment.status, 'abandon') : payment.status;
    return {
      result: attempt,
      patch: { status: transition(from, 'start'), attemptId: attempt.id, problem: null },
      audit: { type: 'attempt.started', data: { attemptId: attempt.id, method: wanted.method } },
    };
  });
}

/**
 * The customer did what a live attempt asked for and says so, e.g. with the number of a transfer. In time it is this attempt
 * that goes on. After it was left, or the payment canceled or over, a new one is made beside it, with the same action: the
 * payment stays what it is until there is money, because the customer may have pushed it.
 */
export interface SubmittedReference {
  method: PaymentMethod;
  /** What was typed; no secret. */
  entered: string;
  tail: string | null;
  guard?(earlier: AttemptRecord[], now: number): Refusal | null;
}

/**
 * Throws `payment_processing`, also where something else is shown that may pay any moment: ended here, it would pay and nobody would know.
 * Throws `payment_expired`, `method_unavailable` where nothing was shown, or what the guard says.
 */
export function acceptSubmission(parts: UnitOfWork, paymentId: string, told: SubmittedReference): Promise<AttemptRecord> {
  return updatePayment(parts, paymentId, async (payment, tx, now) => {
    const earlier = await tx.attempts(paymentId);
    const shown = earlier.filter(({ method, action }) => method === told.method && action !== null).at(-1);
    const waiting = payment.status === 'open' || payment.status === 'awaiting_customer';
    if (!waiting && !acceptsLateEvidence(payment)) throw new ProblemError('payment_processing');
    if (!shown) throw new ProblemError('method_unavailable');
    if (earlier.some(({ status }) => status === 'processing')) throw new ProblemError('payment_processing');
    assertNoOpenExternalAction(earlier);
    if (submissionDeadline(payment, shown) <= now) throw new ProblemError('payment_expired');
    const refusal = told.guard?.(earlier, now);
    if (refusal) throw new ProblemError(refusal.code, refusal);

    const { entered, tail } = told;
    const live = earlier.find(({ status }) => status === 'live');
    const inTime = waiting && payment.expiresAt > now;
    if (inTime && live?.id === shown.id) {
      const attempt: AttemptRecord = { ...live, status: 'processing', entered, tail, ...inFlightFields(now) };
      await tx.updateAttempt(attempt);
      return { result: attempt, ...moved(attempt, transition(payment.status, 'submit')) };
    }
    if (live) await endAttempt(tx, live, 'abandoned', now);
    const attempt = newAttempt(paymentId, told.method, 'processing', now, earlier, { entered, tail, action: shown.action });
    await tx.insertAttempt(attempt);
    if (inTime) return { result: attempt, ...moved(attempt, transition(payment.status, 'submit')) };
    if (!waiting) return { result: attempt, ...moved(attempt, payment.status) };
    const { patch, audit } = moved(attempt, transition(payment.status, 'expire'));
    return { result: attempt, patch: { ...patch, ...(await dropReservedDiscount(payment, tx, now)) }, audit };
  });
}

/** A payment that has succeeded keeps the attempt that it is remembered by. */
const moved = ({ id, method }: AttemptRecord, status: PaymentRecord['status']) => ({
  patch: { status, problem: null, ...(status === 'succeeded' ? {} : { attemptId: id }) },
  audit: { type: 'attempt.begun', data: { attemptId: id, method, late: status !== 'processing' } },
});

/** The customer has done what a live attempt asked for, and it goes on: nobody else may move the payment until it is concluded. */
export interface Continuation {
  method: PaymentMethod;
  /** What it must be waiting for. */
  action: NextAction['kind'];
  /** What is thrown where nothing of the kind waits any more. */
  gone?: ProblemCode;
  /** A reason not to go on. */
  guard?(attempt: AttemptRecord, now: number): Refusal | null;
}

/** Throws `payment_processing`, `payment_expired`, `gone` where nothing of the kind waits, by default `method_unavailable`, or what the guard says. */
export function continueAttempt(parts: UnitOfWork, paymentId: string, wanted: Continuation): Promise<AttemptRecord> {
  return updatePayment(parts, paymentId, async (payment, tx, now) => {
    assertOpen(payment, now);
    const live = payment.attemptId ? await tx.attempt(payment.attemptId) : null;
    if (live?.status !== 'live' || live.method !== wanted.method || live.action?.kind !== wanted.action)
      throw new ProblemError(wanted.gone ?? 'method_unavailable');
    const refusal = wanted.guard?.(live, now);
    if (refusal) throw new ProblemError(refusal.code, refusal);
    const attempt: AttemptRecord = { ...live, status: 'processing', ...inFlightFields(now) };
    await tx.updateAttempt(attempt);
    return {
      result: attempt,
      patch: { status: transition(payment.status, 'submit'), problem: null },
      audit: { type: 'attempt.resumed', data: { attemptId: attempt.id, method: wanted.method } },
    };
  });
}
