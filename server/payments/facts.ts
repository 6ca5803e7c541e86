/** What a decision about an attempt goes by, inside one step. */
import type { Queries } from './model/ports.ts';
import type { AttemptRecord, PaymentRecord } from './model/records.ts';

export type Facts = { payment: PaymentRecord; attempt: AttemptRecord; tx: Queries; now: number };

/** Whatever comes now comes late: the payment was over. */
export const isLate = ({ late, status }: Pick<PaymentRecord, 'late' | 'status'>): boolean =>
  late || status === 'canceled' || status === 'expired';

/** Nobody pays anything for it any more, and what comes all the same is late, or too much. */
export const hasEnded = ({ status }: Pick<PaymentRecord, 'status'>): boolean => ended.has(status);

const ended: ReadonlySet<PaymentRecord['status']> = new Set([
  'canceled',
  'expired',
  'succeeded',
  'underpaid',
  'refunding',
  'refunded',
]);

/** The payment waits for this attempt. */
export const isInFlight = (payment: PaymentRecord, attempt: AttemptRecord): boolean =>
  payment.status === 'processing' && payment.attemptId === attempt.id;

/** Its money is known already, and may be on its way back. */
export const hasPaid = ({ status }: Pick<AttemptRecord, 'status'>): boolean =>
  status === 'paid' || status === 'refunding' || status === 'refunded';
