/** Whether a new attempt may begin now. */
import { ProblemError } from './model/problem-error.ts';
import type { PaymentRecord } from './model/records.ts';

/** Throws `payment_expired` or `payment_processing`. */
export function refuseUnlessOpen(payment: PaymentRecord, now: number): void {
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
