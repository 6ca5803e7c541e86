/** An order as JSON: all but the customer's client secret. */
import type { OrderView } from '../page/qa-api.ts';
import type { Order } from './order-book.ts';

export const orderView = ({ payment, byLink: _, seller: _seller, ...order }: Order): OrderView => ({
  ...order,
  paymentId: payment?.id ?? '',
});
