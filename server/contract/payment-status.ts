/** Where a payment stands; what each status means and what may follow is `payments/model/payment-state.ts`. */
import * as z from 'zod/mini';

export const PaymentStatus = z.enum([
  'open',
  'awaiting_customer',
  'processing',
  'needs_review',
  'succeeded',
  'underpaid',
  'refunding',
  'refunded',
  'canceled',
  'expired',
]);
export type PaymentStatus = z.infer<typeof PaymentStatus>;
