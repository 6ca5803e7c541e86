/** The QA page's calls to the shop's server. */
import type { CardBehaviour } from './card-behaviour.ts';
import type { CardLedger } from './card-ledger.ts';
import type { CodeLedger, SmsOrder } from './code-ledger.ts';
import type { Upstream } from './mishap.ts';
import type { FirstDay, JournalEntry, LineMode, NewOrder, OrderView, QaClock, QaConfig } from './qa-api.ts';
import type { WalletLedger } from './wallet-ledger.ts';

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
