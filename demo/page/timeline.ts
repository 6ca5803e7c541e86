/** The timeline of one payment: what the customer saw, what the checkout fired and sent, whom the BFF asked, what the shop learned. */

import type { LogEntry } from './live-log.ts';
import type { OrderView } from './qa-api.ts';

export interface BegunPayment {
  order: OrderView;
  since: Date;
}

/** The lanes of the timeline, from the customer to the shop. */
export const lanes = ['screen', 'event', 'http', 'upstream', 'webhook'] as const;
export type Lane = (typeof lanes)[number];

export interface Moment {
  entry: LogEntry;
  lane: Lane;
  /** When it began, milliseconds since the payment was begun. */
  at: number;
  /** How long it took, milliseconds. */
  took: number;
  /** How long nothing had happened before, milliseconds; 0 where that was too short to be of interest. */
  pause: number;
}

/** Pauses at least this long are named on the timeline. */
const longPause = 1_500;

/** @returns Oldest first. */
export function timelineOf(entries: readonly LogEntry[], payment: BegunPayment | null): Moment[] {
  if (!payment) return [];
  const since = payment.since.getTime();
  // The demo has one tester and one payment at a time. Only a webhook of an earlier payment can come late, and it names that.
  const own = entries.filter(({ paymentId }) => !paymentId || paymentId === payment.order.paymentId);
  const moments = own
    .map((entry) => ({
      entry,
      lane: laneOf(entry),
      at: entry.at.getTime() - (entry.ms ?? 0) - since,
      took: entry.ms ?? 0,
      pause: 0,
    }))
    .filter(({ at }) => at >= 0)
    // What begins in the same millisecond goes from the customer to the shop.
    .sort((one, other) => one.at - other.at || lanes.indexOf(one.lane) - lanes.indexOf(other.lane));
  return moments.map((moment, nth) => {
    const pause = moment.at - (moments[nth - 1]?.at ?? 0);
    return pause < longPause ? moment : { ...moment, pause };
  });
}

function laneOf({ kind }: LogEntry): Lane {
  if (kind === 'bff') return 'http';
  return kind === 'screen' || kind === 'event' || kind === 'webhook' ? kind : 'upstream';
}

/** `+1.204` */
export const sinceBegun = (ms: number): string => `+${(ms / 1_000).toFixed(3)}`;

/** The timeline as text for a bug report. It holds what the page shows, so no code, number or key is whole. */
export function timelineText(moments: readonly Moment[], { order, since }: BegunPayment, words: string): string {
  const head = [
    `Pay Desk, payment ${order.paymentId}, order ${order.id}`,
    `Begun ${since.toISOString()}`,
    words && `State: ${words}`,
  ];
  const lines = moments.map(({ entry, lane, at, took }) => {
    const who = lane === 'upstream' ? entry.kind : lane;
    const outcome = [entry.outcome, took ? `${took} ms` : ''].filter(Boolean).join(', ');
    return [sinceBegun(at).padStart(9), who.padEnd(9), entry.text, outcome && `→ ${outcome}`].filter(Boolean).join('  ');
  });
  return [...head.filter(Boolean), '', ...lines].join('\n');
}
