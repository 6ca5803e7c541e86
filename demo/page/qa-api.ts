/** The wire types between the browser side of the demo and the shop's server. */

/**
 * How a checkout is embedded in the shop's page, and its label. The first three draw it in the page itself; the others open the
 * plugin window, which has another origin.
 */
export const embeddings = {
  script: 'Script tag',
  element: '<pay-desk>',
  mount: 'PayDesk.mount',
  open: 'PayDesk.open',
  frame: 'PayDesk.frame',
  plugin: 'iframe',
  link: 'Link',
  signed: 'Signed link',
} as const;
export type Embedding = keyof typeof embeddings;

/**
 * Whether the page can reach into the checkout: to type for the tester, to receive each event, to change language and theme in
 * place.
 */
export const isInPage = (embed: Embedding): boolean => embed === 'script' || embed === 'element' || embed === 'mount';

/** The client secret on the shop's page: the right one, an unknown one, or the right one five seconds later. */
export type SecretOnPage = 'right' | 'unknown' | 'late';

/**
 * The connection between the BFF and a checkout that uses `/qa/line`. The last two modes simulate what the demo does not have.
 */
export const lineModes = ['clear', 'slow', 'cut', 'unknown-secret', 'long', 'live'] as const;
export type LineMode = (typeof lineModes)[number];

/** `POST /qa/reset` resets everything: the simulators, saved cards, the BFF's clock, the line. */
export interface ResetAnswer {
  /**
   * A code worth 25.00 PLN, another one each time, because a payment with an unknown outcome may still use the one it was given.
   */
  goodCode: string;
}

/** `GET /qa/clock`: the BFF's. */
export interface QaClock {
  /** ISO 8601. */
  now: string;
  /** Milliseconds ahead of the real time; about 0 where nobody has moved it. */
  aheadMs: number;
}

/** One line of the live log that the server recorded. */
export interface JournalEntry {
  /** 1, 2, 3 … */
  seq: number;
  /** ISO 8601. */
  at: string;
  kind: 'bff' | 'webhook';
  /** One line, e.g. `POST /checkout/pay-code`. */
  text: string;
  /** The result, e.g. `422`. */
  outcome: string;
  ok: boolean;
  /** How long the BFF took, milliseconds; `at` is when it had answered. */
  ms?: number;
  /** The payment that a webhook is about. */
  paymentId?: string;
}

/** `GET /qa/config`. Demo keys only: the BFF refuses them anywhere else. */
export interface QaConfig {
  bffUrl: string;
  paycodesUrl: string;
  paykassmaUrl: string;
  paymeUrl: string;
  operateUrl: string;
  apiKey: string;
  webhookSecret: string;
  /** Whether `/gallery/` is there. */
  gallery: boolean;
}

/** `POST /orders`. Amount in minor units of `currency`. */
export interface NewOrder {
  amount: number;
  currency: string;
  locale?: string;
  /** The customer's phone, where the shop knows it: Payme requires one. */
  phone?: string;
  /** Seconds the customer has. */
  expiresIn?: number;
  /** Which merchant of the demo sells it; default `demo`. */
  seller?: Seller;
}

/**
 * `demo` sells by all methods. `direct` sells by card, which the card form sends to Payme itself. `lenient` sells by codes of any
 * form, and accepts one that is worth more than is due.
 */
export type Seller = 'demo' | 'direct' | 'lenient';

export type OrderStatus = 'awaiting_payment' | 'paid' | 'underpaid' | 'in_review' | 'canceled' | 'expired' | 'refunded';

/** `GET /orders/:id`: what the shop has learned from its webhooks. */
export interface OrderView {
  id: string;
  title: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  status: OrderStatus;
  paymentId: string;
  createdAt: string;
  /** When the first webhook arrived that reports the payment as paid, ISO 8601; null before. */
  paidAt: string | null;
  /** Verified webhooks, each once, oldest first. */
  webhooks: { id: string; type: string; sequence: number; amountPaid: number; receivedAt: string }[];
}

/** What the shop's pages show for the status of an order. */
export const orderWords: Record<OrderStatus, string> = {
  awaiting_payment: 'Waiting for your payment',
  paid: 'Paid. Thank you!',
  underpaid: 'Paid in part. We will write to you.',
  in_review: 'We are looking at your payment',
  canceled: 'Canceled, nothing was charged',
  expired: 'The time to pay has run out',
  refunded: 'Your money was returned',
};
