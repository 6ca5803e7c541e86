/** What stands in the way of an attempt that waits for the customer: asked before anything is spent for it, and again in its commit. */
import type { NextAction, PaymentMethod } from '#contract';
import { submissionDeadline } from '../model/payment-state.ts';
import { ProblemError } from '../model/problem-error.ts';
import type { AttemptRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';

export interface StartRequest {
  method: PaymentMethod;
  /** The customer knows of money that may still come, and pays all the same. */
  acknowledge?: boolean;
  /** Whether what was shown before is this very thing: the first answer stands, since money may be on its way by it. */
  same(action: NextAction): boolean;
}

/** Nobody starts so many times in earnest, and each start costs a call upstream. */
const mostStarts = 30;

/**
 * Answers the attempt that has shown this very thing before, if there is one.
 * Throws `payment_processing`, `payment_expired`, `method_unavailable` or `too_many_attempts`.
 */
export async function assertCanStart(
  reads: Pick<Queries, 'paymentsOfOrder' | 'attempts'>,
  payment: PaymentRecord,
  earlier: readonly AttemptRecord[],
  { method, acknowledge = false, same }: StartRequest,
  now: number,
): Promise<AttemptRecord | undefined> {
  assertOpen(payment, now);
  if (!payment.methods.includes(method)) throw new ProblemError('method_unavailable');
  const shown = earlier.filter(({ action }) => action !== null && same(action)).at(-1);
  if (shown?.status === 'live') return shown;
  if (!shown) await assertSecondPaymentConfirmed(reads, payment, earlier, acknowledge, now);
  assertNoOpenExternalAction(earlier);
  if (earlier.length >= mostStarts) throw new ProblemError('too_many_attempts');
  return shown;
}

/** Whether a new attempt may begin now. */
/** Throws `payment_expired` or `payment_processing`. */
export function assertOpen(payment: PaymentRecord, now: number): void {
  switch (payment.status) {
    case 'open':
    case 'awaiting_customer':
      if (payment.expiresAt <= now) throw new ProblemError('payment_expired');
      // A discount has taken all of it off, and is about to be used.
      if (payment.amount <= payment.discount) throw new ProblemError('payment_processing');
      return;
    case 'canceled':
    case 'expired':
      throw new ProblemError('payment_expired');
    default:
      throw new ProblemError('payment_processing');
  }
}

/** What was shown to the customer may pay any moment: they have to leave it first, which makes sure that it cannot. */
/** Throws `payment_processing`. */
export function assertNoOpenExternalAction(attempts: readonly AttemptRecord[]): void {
  if (attempts.some(({ status, nextCheckAt }) => status === 'live' && nextCheckAt !== null))
    throw new ProblemError('payment_processing');
}

/**
 * Money that may still come pays: by a transfer of this payment that is looked for, or by an earlier payment of the same order, whose
 * requisites were shown or which was paid after its end. Whoever pays another way meanwhile must have been told and want it all the same.
 */
type Order = Pick<PaymentRecord, 'id' | 'merchantId' | 'orderId'>;
type Reads = Pick<Queries, 'paymentsOfOrder' | 'attempts'>;

/** `second_payment`: a transfer of this payment is looked for. `earlier_payment`: money of another payment of its order may come, or has. */
export type SecondPayment = 'second_payment' | 'earlier_payment' | null;

/** @param attempts Those of this payment. */
export async function secondPayment(
  reads: Reads,
  payment: Order,
  attempts: readonly AttemptRecord[],
  now: number,
): Promise<SecondPayment> {
  if (attempts.some(({ status }) => status === 'watched')) return 'second_payment';
  const others = await reads.paymentsOfOrder(payment.merchantId, payment.orderId);
  for (const other of others) {
    if (other.id !== payment.id && (await mayStillPay(reads, other, now))) return 'earlier_payment';
  }
  return null;
}

/** Throws `payment_processing` naming `acknowledge`. */
export async function assertSecondPaymentConfirmed(
  reads: Reads,
  payment: Order,
  attempts: readonly AttemptRecord[],
  acknowledge: boolean,
  now: number,
): Promise<void> {
  if (!acknowledge && (await secondPayment(reads, payment, attempts, now)))
    throw new ProblemError('payment_processing', { field: 'acknowledge' });
}

/** What was given back pays no more. */
const withoutMoney: ReadonlySet<PaymentRecord['status']> = new Set(['canceled', 'expired', 'refunded']);
const unsettled: ReadonlySet<AttemptRecord['status']> = new Set(['processing', 'watched', 'review']);
/** Its upstream is still looked at, or a person looks. */
const isUnsettled = ({ status, nextCheckAt }: AttemptRecord): boolean => nextCheckAt !== null || unsettled.has(status);

async function mayStillPay(reads: Reads, payment: PaymentRecord, now: number): Promise<boolean> {
  if (!withoutMoney.has(payment.status)) return true;
  const attempts = payment.attemptId ? await reads.attempts(payment.id) : [];
  return attempts.some(
    (attempt) => isUnsettled(attempt) || (attempt.action?.kind === 'transfer' && submissionDeadline(payment, attempt) > now),
  );
}
