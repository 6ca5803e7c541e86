/** What the merchant's server is sent, signed by Standard Webhooks 1.0. */
import * as z from 'zod/mini';
import { Payment } from './payment.ts';

export const WebhookType = z.enum([
  'payment.succeeded',
  'payment.underpaid',
  'payment.overpaid',
  'payment.processing',
  'payment.needs_review',
  'payment.canceled',
  'payment.expired',
  'payment.refunded',
]);
export type WebhookType = z.infer<typeof WebhookType>;

export const Webhook = z.object({
  type: WebhookType,
  /** ISO 8601, when it happened. */
  timestamp: z.string(),
  /** 1, 2, 3 … of this payment: they are sent in this order, each at least once. */
  sequence: z.int(),
  data: z.object({ payment: Payment }),
});
export type Webhook = z.infer<typeof Webhook>;
