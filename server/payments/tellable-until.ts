/** How long a customer may still tell of a transfer: seven days after it was left, or its payment's time was over. */
import type { AttemptRecord, PaymentRecord } from './model/records.ts';

const week = 7 * 24 * 3_600_000;

export const tellableUntil = (
  payment: Pick<PaymentRecord, 'status' | 'expiresAt'>,
  shown: Pick<AttemptRecord, 'startedAt' | 'endedAt'>,
): number => week + Math.max(shown.endedAt ?? shown.startedAt, payment.status === 'canceled' ? 0 : payment.expiresAt);
