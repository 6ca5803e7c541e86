/** The QA page's calls to the shop's server. */

import type { PaymentView } from '#contract';
import type { JournalEntry, LineMode, NewOrder, OrderView, QaClock, QaConfig, ResetAnswer } from './qa-api.ts';
import type {
  CardBehaviour,
  CardLedger,
  ClockOf,
  CodeLedger,
  Fault,
  PostbackOrder,
  SmsOrder,
  TransferOrder,
  Upstream,
  WalletLedger,
} from './simulator-api.ts';

/** The demo has one customer with one phone. */
const customerPhone = '+48600100200';

/** Each rejects with an Error whose message can be shown. */
export const qaClient = {
  config: () => call<QaConfig>('/qa/config'),
  journal: (after: number) => call<JournalEntry[]>(`/qa/journal?after=${after}`),
  ledger: () => call<CodeLedger>('/qa/paycodes/ledger'),
  /** From the customer's phone. @returns The SMS that came back; null while it is on its way. */
  sendSms: (sms: SmsOrder) => call<{ mt: string | null }>('/qa/paycodes/sms', { from: customerPhone, ...sms }),
  newOrder: (order: NewOrder) => call<OrderView>('/orders', order),
  /** The client secret, as the customer's browser gets it: in the checkout page. */
  async secretOf(orderId: string): Promise<string> {
    const page = await fetch(`/shop/checkout/${orderId}`);
    const secret = /data-client-secret="([^"]+)"/.exec(await page.text())?.[1];
    if (!secret) throw new Error('The checkout page has no client secret');
    return secret;
  },
  /** By the shop, as `refund` is. @returns The HTTP status of the BFF's answer. */
  cancel: (orderId: string) => call<{ status: number }>(`/orders/${orderId}/cancel`, {}),
  refund: (orderId: string) => call<{ status: number }>(`/orders/${orderId}/refund`, {}),
  fiscalReceipt: (orderId: string) => call<{ status: number }>(`/orders/${orderId}/fiscalReceipt`, {}),
  resetAll: () => call<ResetAnswer>('/qa/reset', {}),
  reset: (of: Upstream) => call<unknown>(`/qa/${of}/reset`, {}),
  /** The BFF's. */
  clock: () => call<QaClock>('/qa/clock'),
  /** Moves a clock by so much, or sets it ahead of the real time by so much; 0 resets it. */
  moveClock: (of: ClockOf, order: { advanceMs: number } | { aheadMs: number }) =>
    of === 'bff'
      ? call<unknown>('/qa/clock', order)
      : call<unknown>(`/qa/${of}/clock`, 'aheadMs' in order ? { now: Date.now() + order.aheadMs } : order),
  line: () => call<{ mode: LineMode }>('/qa/line'),
  setLine: (mode: LineMode) => call<{ mode: LineMode }>('/qa/line', { mode }),
  fault: (fault: Fault, of: Upstream = 'paycodes') => call<unknown>(`/qa/${of}/faults`, fault),
  walletLedger: () => call<WalletLedger>('/qa/paykassma/ledger'),
  transfer: (order: TransferOrder) => call<{ transaction_number: string }>('/qa/paykassma/transfers', order),
  match: (id: string, number?: string) =>
    call<unknown>('/qa/paykassma/transactions/match', {
      custom_transaction_id: id,
      ...(number && { transaction_number: number }),
    }),
  sendPostbacks: (order: PostbackOrder) => call<unknown>('/qa/paykassma/postbacks', order),
  cardLedger: () => call<CardLedger>('/qa/payme/ledger'),
  cardBehaviour: () => call<Required<CardBehaviour>>('/qa/payme/settings'),
  behave: (change: CardBehaviour) => call<unknown>('/qa/payme/settings', change),
  /** An operator of Payme moves a receipt to another state. */
  moveReceipt: (id: string, state: number) => call<unknown>(`/qa/payme/receipts/${id}/state`, { state }),
};

async function call<Answer>(path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(path, {
    ...(body !== undefined && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await reason(response));
  return (await response.json()) as Answer;
}

async function reason(response: Response): Promise<string> {
  // The shop's server answers `error`, a simulator `message`.
  const answer: { error?: string; message?: string } | null = await response.json().catch(() => null);
  return answer?.message ?? answer?.error ?? `The demo answered ${response.status}`;
}

/** The payment that a client secret opens. */
export interface OpenPayment {
  bffUrl: string;
  clientSecret: string;
}

/**
 * Calls the BFF's checkout routes as a customer's browser would, for what cannot be clicked from the QA page: ten clicks at once,
 * or a form in another origin's frame.
 * @param body Of a POST; without one the payment is read.
 * @returns The payment afterwards, also where the answer was a problem.
 */
export async function callBff({ bffUrl, clientSecret }: OpenPayment, path = '', body?: object): Promise<PaymentView> {
  const headers = { authorization: `Bearer ${clientSecret}` };
  const response = await fetch(`${bffUrl}/checkout${path}`, {
    headers,
    ...(body && {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    }),
  });
  const answer: PaymentView | { view?: PaymentView } = await response.json();
  const view = 'status' in answer && 'nextAction' in answer ? answer : (answer as { view?: PaymentView }).view;
  if (!view) throw new Error(`Pay Desk answered ${response.status}`);
  return view;
}

/**
 * The calls that a simulator's ledger has gained since the last look. Their times are moved back by as much as the simulator's
 * clock is ahead.
 */
export class NewCalls<Call extends { at: string }> {
  #seen = 0;
  /** Time of the ledger's first call. */
  #first: string | undefined;

  of({ now, calls }: { now: string; calls: readonly Call[] }): (Omit<Call, 'at'> & { at: Date })[] {
    // The first call is another one: the simulator was reset, so all calls are new.
    const first = calls[0]?.at;
    if (first !== this.#first || calls.length < this.#seen) this.#seen = 0;
    this.#first = first;
    const fresh = calls.slice(this.#seen);
    this.#seen = calls.length;
    const ahead = moved(Date.parse(now) - Date.now());
    return fresh.map((call) => ({ ...call, at: new Date(Date.parse(call.at) - ahead) }));
  }
}

/** Rounds to seconds, and to 0 below two seconds: reading a clock takes a moment. */
export const moved = (aheadMs: number): number => (Math.abs(aheadMs) < 2_000 ? 0 : Math.round(aheadMs / 1_000) * 1_000);
