/**
 * Money that may still come pays: by a transfer of this payment that is looked for, or by an earlier payment of the same order, whose
 * requisites were shown or which was paid after its end. Whoever pays another way meanwhile must have been told and want it all the same.
 */
import type { Queries } from './model/ports.ts';
import { ProblemError } from './model/problem-error.ts';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';
import { tellableUntil } from './tellable-until.ts';

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
export async function refuseSecondPayment(
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
    (attempt) => isUnsettled(attempt) || (attempt.action?.kind === 'transfer' && tellableUntil(payment, attempt) > now),
  );
}
