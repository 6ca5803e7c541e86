/** The shop's orders, in memory. Only a verified webhook makes an order paid, never the browser. */
import { randomInt } from 'node:crypto';
import type { Webhook } from '#contract';
import type { NewOrder, OrderStatus, OrderView, Seller } from '../page/qa-api.ts';

/** The BFF's answer for an order. The client secret is the customer's bearer token: only the customer gets it. */
export interface OrderPayment {
  id: string;
  clientSecret: string;
  pluginUrl: string;
}

export interface Order extends Omit<OrderView, 'paymentId'> {
  payment: OrderPayment | null;
  /** Whether it is paid by a signed link: then a webhook is the first that the shop learns of its payment. */
  byLink: boolean;
  /** Which merchant of the demo sells it. */
  seller: Seller;
}

export interface OrderBook {
  /** Adds an order without a payment. Its number cannot be guessed, because it opens the checkout page. */
  place(order: NewOrder & { title: string; byLink?: boolean }): Order;
  find(id: string): Order | undefined;
  /** Applies a verified webhook. A repeated id changes nothing. */
  take(webhookId: string, webhook: Webhook): 'accepted' | 'repeated' | 'unknown_order';
}

const statusOf: Record<Webhook['type'], OrderStatus | null> = {
  'payment.succeeded': 'paid',
  'payment.overpaid': null,
  'payment.underpaid': 'underpaid',
  'payment.processing': null,
  'payment.needs_review': 'in_review',
  'payment.canceled': 'canceled',
  'payment.expired': 'expired',
  'payment.refunded': 'refunded',
  'payment.reversed': null,
  'payment.updated': null,
  'payment.attempt_refused': null,
  'payment.refund_refused': null,
};

export function createOrderBook(): OrderBook {
  const orders = new Map<string, Order>();
  const seen = new Set<string>();
  /** The newest sequence of each payment: webhooks come at least once, so an old one may come again. */
  const newest = new Map<string, number>();
  return {
    place({ title, amount, currency, byLink = false, seller = 'demo' }) {
      const order: Order = {
        id: newNumber(),
        title,
        amount,
        currency,
        status: 'awaiting_payment',
        payment: null,
        createdAt: new Date().toISOString(),
        paidAt: null,
        webhooks: [],
        byLink,
        seller,
      };
      orders.set(order.id, order);
      return order;
    },
    find: (id) => orders.get(id),
    take(webhookId, { type, sequence, data }) {
      const { payment } = data;
      const order = orders.get(payment.orderId);
      if (!order || (!order.byLink && order.payment?.id !== payment.id)) return 'unknown_order';
      if (seen.has(webhookId)) return 'repeated';
      seen.add(webhookId);
      const receivedAt = new Date().toISOString();
      order.webhooks.push({ id: webhookId, type, sequence, amountPaid: payment.amountPaid, receivedAt });
      if (sequence <= (newest.get(payment.id) ?? 0)) return 'accepted';
      newest.set(payment.id, sequence);
      const status = statusOf[type];
      if (status) order.status = status === 'paid' && !covers(payment, order) ? 'in_review' : status;
      if (order.status === 'paid') order.paidAt ??= receivedAt;
      return 'accepted';
    },
  };
}

/** A signature proves the sender, not that the amount is that of the order. */
const covers = (paid: Webhook['data']['payment'], order: Order) =>
  paid.currency === order.currency && paid.amount === order.amount && paid.amountPaid >= paid.due;

const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const newNumber = () => `NB-${Array.from({ length: 10 }, () => signs[randomInt(signs.length)]).join('')}`;
