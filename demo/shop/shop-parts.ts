/** What the shop's routes work with. */

import type { FastifyRequest } from 'fastify';
import type { Journal } from '../journal.ts';
import type { Seller } from '../page/qa-api.ts';
import type { OrderBook } from './order-book.ts';
import type { PaymentApi } from './payment-api.ts';

export interface ShopParts {
  orders: OrderBook;
  /** Pay Desk as each merchant of the demo calls it. */
  payments: Record<Seller, PaymentApi>;
  journal: Journal;
  /** Where the widget's script and the plugin window come from. */
  bffUrl: string;
  /** `whsec_…` */
  webhookSecret: string;
}

/** The shop's origin as the customer sees it: by address or by name, both are on the merchant's list. */
/** A `Host` that is neither is a stranger's, and must not end up in a return URL. */
export const shopOrigin = (request: FastifyRequest): string => {
  const host = request.hostname === 'localhost' ? 'localhost' : '127.0.0.1';
  return `http://${host}:${request.socket.localPort}`;
};
