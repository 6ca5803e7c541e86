/** What the QA page and the shop's server tell each other. */

/** How a checkout is put on the shop's page. */
export type Embedding = 'script' | 'element' | 'plugin';

/** The client secret on the shop's page: the right one, one that opens nothing, or the right one five seconds later. */
export type SecretOnPage = 'right' | 'stranger' | 'late';

/** One line of the live log that the server saw. */
export interface JournalEntry {
  /** 1, 2, 3 … */
  seq: number;
  /** ISO 8601. */
  at: string;
  kind: 'bff' | 'webhook';
  /** One line, e.g. `POST /checkout/pay-code`. */
  text: string;
  /** What came of it, e.g. `422`. */
  outcome: string;
  ok: boolean;
}

/** `GET /qa/config`. Demo keys only: the BFF refuses them anywhere else. */
export interface QaConfig {
  bffUrl: string;
  simulatorUrl: string;
  apiKey: string;
  webhookSecret: string;
}

/** `POST /orders`. Amount in minor units of `currency`. */
export interface NewOrder {
  amount: number;
  currency: string;
  locale?: string;
  /** Seconds the customer has. */
  expiresIn?: number;
}

export type OrderStatus = 'awaiting_payment' | 'paid' | 'underpaid' | 'in_review' | 'canceled' | 'expired' | 'refunded';

/** `GET /orders/:id`: what the shop knows, by its webhooks alone. */
export interface OrderView {
  id: string;
  title: string;
  /** Minor units of `currency`. */
  amount: number;
  currency: string;
  status: OrderStatus;
  paymentId: string;
  createdAt: string;
  /** When the webhook that says "paid" came, ISO 8601. */
  paidAt: string | null;
  /** Verified webhooks, each once, oldest first. */
  webhooks: { id: string; type: string; sequence: number; receivedAt: string }[];
}
