/** The QA page's calls to the shop's server. */
import type { ByHand, FirstDay, JournalEntry, LineMode, NewOrder, OrderView, QaClock, QaConfig } from './qa-api.ts';

/** The part of the PayCodes ledger that this page shows. */
export interface Ledger {
  now: string;
  /** `at` by the simulator's clock. */
  calls: { at: string; method: string; ruleSlug?: string; code?: string; outcome: string; fault?: string }[];
  uses: { code: string }[];
}

/** A mishap of the simulator, as its control surface wants it. */
export interface Fault {
  op: 'get_code' | 'use_code' | '*';
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
  reset: () => call<unknown>('/qa/paycodes/reset', {}),
  /** PayCodes' clock: by so much, or to a moment in milliseconds since 1970. */
  moveSimulatorClock: (order: { advanceMs: number } | { now: number }) => call<{ now: string }>('/qa/paycodes/clock', order),
  /** The BFF's. */
  clock: () => call<QaClock>('/qa/clock'),
  moveClock: (order: { advanceMs: number } | { aheadMs: number }) => call<QaClock>('/qa/clock', order),
  line: () => call<{ mode: LineMode }>('/qa/line'),
  setLine: (mode: LineMode) => call<{ mode: LineMode }>('/qa/line', { mode }),
  moveByHand: (orderId: string, to: ByHand) => call<unknown>(`/qa/orders/${orderId}/by-hand`, { to }),
  fault: (fault: Fault) => call<unknown>('/qa/paycodes/faults', fault),
};

async function call<Answer>(path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(path, {
    ...(body !== undefined && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(await reason(response));
  return (await response.json()) as Answer;
}

async function reason(response: Response): Promise<string> {
  const said: { error?: string } | null = await response.json().catch(() => null);
  return said?.error ?? `The demo answered ${response.status}`;
}
