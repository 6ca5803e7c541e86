/**
 * The customer did what a live attempt asked for and says so, e.g. with the number of a transfer. In time it is this attempt
 * that goes on. After it was left, or the payment canceled or over, a new one is made beside it, with the same action: the
 * payment stays what it is until there is money, because the customer may have pushed it.
 */
import type { PaymentMethod } from '#contract';
import { inFlight, newAttempt } from './attempts/attempt.ts';
import { type StepParts, step } from './attempts/update-payment.ts';
import { endAttempt } from './end-attempt.ts';
import { forgetDiscount } from './forget-discount.ts';
import { transition } from './model/payment-state.ts';
import { ProblemError } from './model/problem-error.ts';
import type { AttemptRecord, PaymentRecord, Refusal } from './model/records.ts';
import { refuseWhileWatched } from './refuse-while-watched.ts';
import { takesLateMoney } from './takes-late-money.ts';
import { tellableUntil } from './tellable-until.ts';

export interface Told {
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
export function submitAttempt(parts: StepParts, paymentId: string, told: Told): Promise<AttemptRecord> {
  return step(parts, paymentId, async (payment, tx, now) => {
    const earlier = await tx.attempts(paymentId);
    const shown = earlier.filter(({ method, action }) => method === told.method && action !== null).at(-1);
    const waiting = payment.status === 'open' || payment.status === 'awaiting_customer';
    if (!waiting && !takesLateMoney(payment)) throw new ProblemError('payment_processing');
    if (!shown) throw new ProblemError('method_unavailable');
    if (earlier.some(({ status }) => status === 'processing')) throw new ProblemError('payment_processing');
    refuseWhileWatched(earlier);
    if (tellableUntil(payment, shown) <= now) throw new ProblemError('payment_expired');
    const refusal = told.guard?.(earlier, now);
    if (refusal) throw new ProblemError(refusal.code, refusal);

    const { entered, tail } = told;
    const live = earlier.find(({ status }) => status === 'live');
    const inTime = waiting && payment.expiresAt > now;
    if (inTime && live?.id === shown.id) {
      const attempt: AttemptRecord = { ...live, status: 'processing', entered, tail, ...inFlight(now) };
      await tx.updateAttempt(attempt);
      return { result: attempt, ...moved(attempt, transition(payment.status, 'submit')) };
    }
    if (live) await endAttempt(tx, live, 'abandoned', now);
    const attempt = newAttempt(paymentId, told.method, 'processing', now, earlier, { entered, tail, action: shown.action });
    await tx.insertAttempt(attempt);
    if (inTime) return { result: attempt, ...moved(attempt, transition(payment.status, 'submit')) };
    if (!waiting) return { result: attempt, ...moved(attempt, payment.status) };
    const { patch, audit } = moved(attempt, transition(payment.status, 'expire'));
    return { result: attempt, patch: { ...patch, ...(await forgetDiscount(payment, tx, now)) }, audit };
  });
}

/** A payment that has succeeded keeps the attempt that it is remembered by. */
const moved = ({ id, method }: AttemptRecord, status: PaymentRecord['status']) => ({
  patch: { status, problem: null, ...(status === 'succeeded' ? {} : { attemptId: id }) },
  audit: { type: 'attempt.begun', data: { attemptId: id, method, late: status !== 'processing' } },
});
