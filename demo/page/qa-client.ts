/** The QA page's calls to the shop's server. */
import type { Upstream } from './mishaps.ts';
import type { ByHand, FirstDay, JournalEntry, LineMode, NewOrder, OrderView, QaClock, QaConfig } from './qa-api.ts';
import type { WalletLedger } from './wallet-ledger.ts';

/** The part of the PayCodes ledger that this page shows. */
export interface Ledger {
  now: string;
  /** `at` by the simulator's clock. */
  calls: { at: string; method: string; ruleSlug?: string; code?: string; outcome: string; fault?: string }[];
  uses: { code: string }[];
}

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

/** A mishap of a simulator, as its control surface wants it. */
export interface Fault {
  op: 'get_code' | 'use_code' | 'payment-systems/available' | 'transaction/create' | 'transaction/activate' | '*';
  nth?: number;
  /** Only calls about this code. */
  code?: string;
  when: 'before' | 'after';
  kind: 'timeout' | 'reset' | 'http500' | 'html' | 'malformed' | 'slow';
  ms?: number;
}

/** Each rejects with an Error whose message can be shown. */
export const qaClient = {
  config: () => call<QaConfig>('/qa/config'),
  journal: (after: number) => call<JournalEntry[]>(`/qa/journal?after=${after}`),
  ledger: () => call<Ledger>('/qa/paycodes/ledger'),
  newOrder: (order: NewOrder) => call<OrderView>('/orders', order),
  cancel: (orderId: string) => call<{ status: number }>(`/orders/${orderId}/cancel`, {}),
  startAnew: () => call<FirstDay>('/qa/anew', {}),
  reset: (of: Upstream) => call<unknown>(`/qa/${of}/reset`, {}),
  /** PayCodes' clock: by so much, or to a moment in milliseconds since 1970. */
  moveSimulatorClock: (order: { advanceMs: number } | { now: number }) => call<{ now: string }>('/qa/paycodes/clock', order),
  /** The BFF's. */
  clock: () => call<QaClock>('/qa/clock'),
  moveClock: (order: { advanceMs: number } | { aheadMs: number }) => call<QaClock>('/qa/clock', order),
  line: () => call<{ mode: LineMode }>('/qa/line'),
  setLine: (mode: LineMode) => call<{ mode: LineMode }>('/qa/line', { mode }),
  moveByHand: (orderId: string, to: ByHand) => call<unknown>(`/qa/orders/${orderId}/by-hand`, { to }),
  fault: (fault: Fault, of: Upstream = 'paycodes') => call<unknown>(`/qa/${of}/faults`, fault),
  walletLedger: () => call<WalletLedger>('/qa/paykassma/ledger'),
  transfer: (order: TransferOrder) => call<{ transaction_number: string }>('/qa/paykassma/transfers', order),
  match: (id: string, number?: string) =>
    call<unknown>('/qa/paykassma/transactions/match', {
      custom_transaction_id: id,
      ...(number && { transaction_number: number }),
    }),
  sendPostbacks: (order: PostbackOrder) => call<unknown>('/qa/paykassma/postbacks', order),
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
