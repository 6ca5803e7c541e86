import type { Fault, PostbackOrder } from './qa-client.ts';

/** What the QA page and the shop's server tell each other. */

/**
 * How a checkout is put on the shop's page, and what it is called there. The first three are in the page itself; the others are the
 * plugin window, which is of another origin.
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

/** Whether a page can reach into the checkout: to type for the tester, to hear each event, to change its look in place. */
export const isInPage = (embed: Embedding): boolean => embed === 'script' || embed === 'element' || embed === 'mount';

/** The client secret on the shop's page: the right one, one that opens nothing, or the right one five seconds later. */
export type SecretOnPage = 'right' | 'stranger' | 'late';

/** What the line is like between the BFF and a checkout that goes by it; the last two simulate what the demo has none of. */
export const lineModes = ['clear', 'slow', 'cut', 'stranger', 'long', 'live'] as const;
export type LineMode = (typeof lineModes)[number];

/** `POST /qa/anew`: every service as on its first day, no card saved, the BFF's clock right, the line clear. */
export interface FirstDay {
  /** A code worth 25.00 PLN, another one each time: a payment that was left in doubt may ask for its own again. */
  goodCode: string;
}

/** `GET /qa/clock`: the BFF's. */
export interface QaClock {
  /** ISO 8601. */
  now: string;
  /** Milliseconds before ours; about 0 where nobody has moved it. */
  aheadMs: number;
}

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
  paycodesUrl: string;
  paykassmaUrl: string;
  paymeUrl: string;
  apiKey: string;
  webhookSecret: string;
}

/** `POST /orders`. Amount in minor units of `currency`. */
export interface NewOrder {
  amount: number;
  currency: string;
  locale?: string;
  /** Of the customer, where the shop knows it: Payme wants one. */
  phone?: string;
  /** Seconds the customer has. */
  expiresIn?: number;
  /** Which merchant of the demo sells it; default `demo`. */
  seller?: Seller;
}

/**
 * `demo` sells by all methods · `direct` by card, told to Payme straight · `lenient` by code, of whatever form, and by one that is worth more
 * than is due too.
 */
export type Seller = 'demo' | 'direct' | 'lenient';

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
  webhooks: { id: string; type: string; sequence: number; amountPaid: number; receivedAt: string }[];
}

/** Something that goes wrong in the field, to be ordered for the next calls of a service. */
/** The services behind the BFF that can be spoiled. */
export type Upstream = 'paycodes' | 'paykassma' | 'payme';

export interface Mishap {
  /** In the address of the page. */
  id: string;
  words: string;
  of: Upstream;
  faults: Fault[];
  /** Stays until the service is reset. */
  postbacks?: PostbackOrder;
}

/** The part of the Payme ledger that this page shows. */
export interface CardLedger {
  now: string;
  /** `at` by the simulator's clock; `card` is the last four digits. */
  calls: { at: string; method: string; card?: string; receipt?: string; outcome: string; fault?: string }[];
  /** What came to the customer's phone, oldest first; `to` and `card` masked. */
  sms: { at: string; to: string; text: string; card: string | null }[];
  /** Oldest first. */
  receipts: { id: string; state: number }[];
}

/** The part of the PayCodes ledger that this page shows. */
export interface CodeLedger {
  now: string;
  /** `at` by the simulator's clock. */
  calls: { at: string; method: string; ruleSlug?: string; code?: string; outcome: string; fault?: string }[];
  uses: { code: string }[];
  /** On the customer's phone, oldest first: `mo` was sent, `mt` came. `at`: when it was sent. */
  sms: { at: string; from: string; to: string; text: string; direction: 'mo' | 'mt' }[];
  /** What the customer paid for SMS, gross, minor units. `at`: when the SMS arrived. */
  charges: { at: string; number: string; price: number; currency: string }[];
}

/** What a phone sends. `delayMs`: so long it is on its way, by the simulator's clock; `duplicate`: the network delivers it twice. */
export interface SmsOrder {
  to: string;
  text: string;
  delayMs: number;
  duplicate: boolean;
}

/** The part of the Paykassma ledger that this page shows. Amounts in major units. */
export interface WalletLedger {
  now: string;
  wallets: WalletBalance[];
  transfers: { wallet: string; transaction_number: string; amount: number; custom_transaction_id: string | null }[];
  transactions: WalletClaim[];
  /** `at` by the simulator's clock. */
  calls: { at: string; operation: string; wallet_type?: string; key1?: string; outcome: string; fault?: string }[];
  postbacks: { custom_transaction_id: string; tries: { at: string; status: number | null; ok: boolean }[] }[];
}

/** An account of the merchant's, that customers pay to. */
export interface WalletBalance {
  wallet: string;
  name: string;
  identifier: string;
  currency: string;
}

/** A number that a customer told. */
export interface WalletClaim {
  custom_transaction_id: string;
  wallet_type: string;
  key1: string;
  currency_code: string;
  amount: number;
  status: 'activated' | 'accepted' | 'pending' | 'possible' | 'refused';
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
