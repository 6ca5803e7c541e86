/** Whether a transfer that was made may still be told of though nothing is asked of the customer any more. */
import type { PaymentRecord } from './model/records.ts';

export const takesLateMoney = ({ status }: Pick<PaymentRecord, 'status'>): boolean =>
  status === 'canceled' || status === 'expired' || status === 'succeeded' || status === 'underpaid';
