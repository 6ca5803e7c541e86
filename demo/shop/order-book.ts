/** The shop's orders. In memory: this shop sells nothing. What makes an order paid is a verified webhook and never the browser. */
import { randomInt } from 'node:crypto';
import type { Webhook } from '#contract';
import type { NewOrder, OrderStatus, OrderView, Seller } from '../page/qa-api.ts';

/** What the BFF gave for an order. The client secret is the customer's bearer: it is shown to nobody but the customer. */
export interface OrderPayment {
  id: string;
  clientSecret: string;
  pluginUrl: string;
}

export interface Order extends Omit<OrderView, 'paymentId'> {
  payment: OrderPayment | null;
  /** Paid by a signed link: the shop hears of its payment by a webhook first. */
  byLink: boolean;
  /** As of `NewOrder`. */
  seller: Seller;
}

export interface OrderBook {
  /** A new order without a payment yet. Its number cannot be guessed, for it opens the checkout page. */
  place(order: NewOrder & { title: string; byLink?: boolean }): Order;
  find(id: string): Order | undefined;
  /** Takes a verified webhook in. The same id again changes nothing. */
  take(webhookId: string, webhook: Webhook): 'taken' | 'repeated' | 'unknown_order';
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
};

export function createOrderBook(): OrderBook {
  const orders = new Map<string, Order>();
  const seen = new Set<string>();
  /** Of each payment the newest sequence taken in; webhooks come at least once, and a retry may overtake. */
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
      if (sequence <= (newest.get(payment.id) ?? 0)) return 'taken';
      newest.set(payment.id, sequence);
      const status = statusOf[type];
      if (status) order.status = status === 'paid' && !covers(payment, order) ? 'in_review' : status;
      if (order.status === 'paid') order.paidAt ??= receivedAt;
      return 'taken';
    },
  };
}

/** A signature says who speaks, not that the sum is the one this order asked for. */
const covers = (paid: Webhook['data']['payment'], order: Order) =>
  paid.currency === order.currency && paid.amount === order.amount && paid.amountPaid >= paid.due;

const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const newNumber = () => `NB-${Array.from({ length: 10 }, () => signs[randomInt(signs.length)]).join('')}`;
