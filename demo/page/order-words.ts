/** What the shop says of an order. */
import type { OrderStatus } from './qa-api.ts';

export const orderWords: Record<OrderStatus, string> = {
  awaiting_payment: 'Waiting for your payment',
  paid: 'Paid. Thank you!',
  underpaid: 'Paid in part. We will write to you.',
  in_review: 'We are looking at your payment',
  canceled: 'Canceled, nothing was charged',
  expired: 'The time to pay has run out',
  refunded: 'Your money was returned',
};
