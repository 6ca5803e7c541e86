/** A fresh row of an attempt: `live` where it waits for the customer, `processing` where a call follows at once. */
import type { PaymentMethod } from '#contract';
import { newId } from '../model/ids.ts';
import type { AttemptRecord } from '../model/records.ts';

/** Longer than any one call: it is renewed with each that is written down, and while it runs the reconciler keeps its hands off. */
export const leaseMs = 60_000;

/** `earlier`: the attempts of this payment. Each begins a millisecond after the last at least, so that they have an order. */
export function newAttempt(
  paymentId: string,
  method: PaymentMethod,
  status: 'live' | 'processing',
  now: number,
  earlier: readonly AttemptRecord[],
  own: Partial<AttemptRecord> = {},
): AttemptRecord {
  return {
    id: newId('att'),
    paymentId,
    method,
    status,
    sealed: null,
    tail: null,
    action: null,
    entered: null,
    waiting: null,
    problem: null,
    startedAt: Math.max(now, ...earlier.map(({ startedAt }) => startedAt + 1)),
    endedAt: null,
    unknownSince: null,
    checks: 0,
    ...inFlight(status === 'processing' ? now : null),
    ...own,
  };
}

/** When the reconciler may look at it, once somebody has begun to work on it; null where nobody has. */
export const inFlight = (now: number | null): Pick<AttemptRecord, 'nextCheckAt' | 'leaseUntil'> =>
  now === null ? { nextCheckAt: null, leaseUntil: 0 } : { nextCheckAt: now, leaseUntil: now + leaseMs };
