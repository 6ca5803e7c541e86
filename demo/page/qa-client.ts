/** The QA page's calls to the shop's server. */

import type { PaymentView } from '#contract';
import type { CardBehaviour } from './panels/cards-panel.ts';
import type {
  CardLedger,
  CodeLedger,
  FirstDay,
  JournalEntry,
  LineMode,
  NewOrder,
  OrderView,
  QaClock,
  QaConfig,
  SmsOrder,
  Upstream,
  WalletLedger,
} from './qa-api.ts';

/** What a customer pays in a wallet app; the amount in major units. */
export interface TransferOrder {
  wallet: string;
  identifier: string;
  amount: string;
  currency: string;
}

/** How Paykassma sends its postbacks; what is left out stays. */
export interface PostbackOrder {
  mode?: 'flat' | 'legacy';
  delayMs?: number;
  /** Until a claim that waits is credited. */
  laterMs?: number;
  copies?: number;
  wrongSignature?: boolean;
  beforeAnswer?: boolean;
  unsignedTimes?: number;
}

/** Whose clocks can be moved. */
export type ClockOf = 'bff' | 'paycodes' | 'payme';

/** A mishap of a simulator, as its control surface wants it. */
export interface Fault {
  op:
    | 'get_code'
    | 'use_code'
    | 'payment-systems/available'
    | 'transaction/create'
    | 'transaction/activate'
    | 'cards.create'
    | 'cards.get_verify_code'
    | 'cards.verify'
    | 'receipts.create'
    | 'receipts.pay'
    | 'receipts.cancel'
    | '*';
  nth?: number;
  /** Only calls about this code; with Payme, about a card of these last four digits. */
  code?: string;
  when: 'before' | 'after';
  kind: 'timeout' | 'reset' | 'http500' | 'html' | 'malformed' | 'slow';
  ms?: number;
}

/** The one phone of the demo. */
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
  /** At the merchant's side, as `refund` is. @returns The HTTP status of the answer. */
  cancel: (orderId: string) => call<{ status: number }>(`/orders/${orderId}/cancel`, {}),
  refund: (orderId: string) => call<{ status: number }>(`/orders/${orderId}/refund`, {}),
  startAnew: () => call<FirstDay>('/qa/anew', {}),
  reset: (of: Upstream) => call<unknown>(`/qa/${of}/reset`, {}),
  /** The BFF's. */
  clock: () => call<QaClock>('/qa/clock'),
  /** By so much, or to so much before ours; 0 sets it right. */
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
  // The shop's server says `error`, a simulator `message`.
  const said: { error?: string; message?: string } | null = await response.json().catch(() => null);
  return said?.message ?? said?.error ?? `The demo answered ${response.status}`;
}

/** A customer's browser at the BFF's own routes, for what cannot be clicked from here: ten clicks at once, or a form in another origin's frame. */
/** The payment that a client secret opens. */
export interface OpenPayment {
  bffUrl: string;
  clientSecret: string;
}

/** @param body Of a POST; without one the payment is read. @returns What it is afterwards, whether the answer was a problem or not. */
export async function askBff({ bffUrl, clientSecret }: OpenPayment, path = '', body?: object): Promise<PaymentView> {
  const headers = { authorization: `Bearer ${clientSecret}` };
  const response = await fetch(`${bffUrl}/checkout${path}`, {
    headers,
    ...(body && {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(body),
    }),
  });
  const said: PaymentView | { view?: PaymentView } = await response.json();
  const view = 'status' in said && 'nextAction' in said ? said : (said as { view?: PaymentView }).view;
  if (!view) throw new Error(`Pay Desk answered ${response.status}`);
  return view;
}

/** What a simulator's ledger has more than when it was last looked at. Times are real ones: those of its clock, moved back. */
export class NewCalls<Call extends { at: string }> {
  #seen = 0;
  /** When it came in. */
  #first: string | undefined;

  of({ now, calls }: { now: string; calls: readonly Call[] }): (Omit<Call, 'at'> & { at: Date })[] {
    // Another first call: the simulator was reset, and however many there are, none of them was seen.
    const first = calls[0]?.at;
    if (first !== this.#first || calls.length < this.#seen) this.#seen = 0;
    this.#first = first;
    const fresh = calls.slice(this.#seen);
    this.#seen = calls.length;
    const ahead = Date.parse(now) - Date.now();
    return fresh.map((call) => ({ ...call, at: new Date(Date.parse(call.at) - ahead) }));
  }
}
