/** Whether a new attempt may start. Checked before anything is spent for it, and again in the commit that opens it. */
import type { NextAction, PaymentMethod } from '#contract';
import { ProblemError } from '../model/errors.ts';
import { leavesOrderFree, submissionDeadline } from '../model/payment-state.ts';
import type { AttemptRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';

export interface StartRequest {
  method: PaymentMethod;
  /** The customer was told that money may still come another way, and wants to pay all the same. */
  acknowledge?: boolean;
  /** Whether an earlier attempt has shown the same instructions. Those stay valid, because money may be on its way by them. */
  same(action: NextAction): boolean;
}

/** No customer needs this many attempts for one payment, and each one costs an upstream call. */
const mostStarts = 30;

type Reads = Pick<Queries, 'paymentsOfOrder' | 'attempts'>;

/**
 * Throws if instructions of this method may not be shown now: `payment_processing`, `payment_expired`, `method_unavailable` or
 * `too_many_attempts`.
 * @returns The newest attempt that has shown the same instructions, if there is one.
 */
export async function assertCanStart(
  reads: Reads,
  payment: PaymentRecord,
  earlier: readonly AttemptRecord[],
  { method, acknowledge = false, same }: StartRequest,
  now: number,
): Promise<AttemptRecord | undefined> {
  assertOpen(payment, now);
  if (!payment.methods.includes(method)) throw new ProblemError('method_unavailable');
  const shown = earlier.filter(({ action }) => action !== null && same(action)).at(-1);
  if (shown?.status === 'awaiting_customer') return shown;
  if (!shown) await assertSecondPaymentConfirmed(reads, payment, earlier, acknowledge, now);
  assertNoOpenExternalAction(earlier);
  if (earlier.length >= mostStarts) throw new ProblemError('too_many_attempts');
  return shown;
}

/**
 * Throws `payment_processing` while the database was restored from a backup and is not verified yet: the customer may have paid
 * in the time that is missing from it.
 */
export async function assertVerified(reads: Pick<Queries, 'restoreHold'>): Promise<void> {
  if (await reads.restoreHold())
    throw new ProblemError('payment_processing', {
      detail: 'the database was restored, and nothing is spent until it is verified',
    });
}

/** Throws `payment_expired` or `payment_processing` if the payment accepts no new attempt. */
export function assertOpen(payment: PaymentRecord, now: number): void {
  switch (payment.status) {
    case 'open':
    case 'awaiting_customer':
      if (payment.expiresAt <= now) throw new ProblemError('payment_expired');
      // A discount covers the whole amount, and its code is about to be redeemed.
      if (payment.amount <= payment.discount) throw new ProblemError('payment_processing');
      return;
    case 'canceled':
    case 'expired':
      throw new ProblemError('payment_expired');
    default:
      throw new ProblemError('payment_processing');
  }
}

/**
 * Throws `payment_processing` while the customer could pay at any moment by what they were shown, e.g. by an SMS. They have to
 * abandon that attempt first, which makes sure that it cannot pay any more.
 */
export function assertNoOpenExternalAction(attempts: readonly AttemptRecord[]): void {
  if (attempts.some(({ status, nextCheckAt }) => status === 'awaiting_customer' && nextCheckAt !== null))
    throw new ProblemError('payment_processing');
}

/**
 * Throws `payment_processing` with the field `acknowledge` if a second payment is possible and the customer has not confirmed
 * it.
 */
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

type Order = Pick<PaymentRecord, 'id' | 'merchantId' | 'orderId'>;

/** Whether the order of this payment has another one that is not over. */
export async function hasOtherLivePayment(
  reads: Pick<Reads, 'paymentsOfOrder'>,
  { id, merchantId, orderId }: Order,
): Promise<boolean> {
  const others = await reads.paymentsOfOrder(merchantId, orderId);
  return others.some((other) => other.id !== id && !leavesOrderFree(other));
}

/**
 * By which money the order could be paid twice. `second_payment`: upstream still looks for a transfer of this payment.
 * `earlier_payment`: money of another payment of the same order has come or may come. Null: by none.
 */
export type SecondPayment = 'second_payment' | 'earlier_payment' | null;

/** @param attempts All attempts of this payment. */
export async function secondPayment(
  reads: Reads,
  payment: Order,
  attempts: readonly AttemptRecord[],
  now: number,
): Promise<SecondPayment> {
  if (attempts.some(({ status }) => status === 'unconfirmed')) return 'second_payment';
  const others = await reads.paymentsOfOrder(payment.merchantId, payment.orderId);
  for (const other of others) {
    if (other.id !== payment.id && (await mayStillPay(reads, other, now))) return 'earlier_payment';
  }
  return null;
}

async function mayStillPay(reads: Reads, payment: PaymentRecord, now: number): Promise<boolean> {
  if (!withoutMoney.has(payment.status)) return true;
  // If it covers the whole amount, the payment is paid once the code turns out to be redeemed.
  if (payment.discountCode?.status === 'unknown') return true;
  const attempts = payment.attemptId ? await reads.attempts(payment.id) : [];
  return attempts.some((attempt) => mayBringMoney(payment, attempt, now));
}

/** The attempt is not settled, or the customer still knows an account that they were shown to transfer to. */
export const mayBringMoney = (payment: PaymentRecord, attempt: AttemptRecord, now: number): boolean =>
  isUnsettled(attempt) || (attempt.action?.kind === 'transfer' && submissionDeadline(payment, attempt) > now);

/** A refunded payment counts too: its money has been returned. */
const withoutMoney: ReadonlySet<PaymentRecord['status']> = new Set(['canceled', 'expired', 'refunded']);

/** Its upstream is still checked, or a person has to decide. */
const isUnsettled = ({ status, nextCheckAt }: AttemptRecord): boolean => nextCheckAt !== null || unsettled.has(status);

const unsettled: ReadonlySet<AttemptRecord['status']> = new Set(['processing', 'unconfirmed', 'needs_review']);
