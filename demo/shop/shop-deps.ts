/** What the shop's routes work with. */
import type { FastifyRequest } from 'fastify';
import type { Journal } from '../journal.ts';
import type { Seller } from '../page/qa-api.ts';
import type { OrderBook } from './order-book.ts';
import type { PaymentApi } from './payment-api.ts';

export interface ShopDeps {
  orders: OrderBook;
  /** The calls of Pay Desk for each merchant of the demo. */
  payments: Record<Seller, PaymentApi>;
  journal: Journal;
  /** Origin of the widget's script and the plugin window. */
  bffUrl: string;
  /** `whsec_…` */
  webhookSecret: string;
  /** Another server that gets every webhook, as it came: that of a developer who tries the demo with a page of their own. */
  webhookTo?: string;
}

/**
 * The shop's origin as the customer sees it: by address or by name, both on the merchant's list. No other `Host` may get into a
 * return URL.
 */
export const shopOrigin = (request: FastifyRequest): string => {
  const host = request.hostname === 'localhost' ? 'localhost' : '127.0.0.1';
  return `http://${host}:${request.socket.localPort}`;
};
