/** A fresh row of an attempt: `live` where it waits for the customer, `processing` where a call follows at once. */
import type { PaymentMethod } from '#contract';
import { newId } from '../model/ids.ts';
import type { AttemptRecord, PaymentRecord } from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { nextLateCheckIn } from './check-schedule.ts';

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
    ...inFlightFields(status === 'processing' ? now : null),
    ...own,
  };
}

/** When the reconciler may look at it, once somebody has begun to work on it; null where nobody has. */
export const inFlightFields = (now: number | null): Pick<AttemptRecord, 'nextCheckAt' | 'leaseUntil'> =>
  now === null ? { nextCheckAt: null, leaseUntil: 0 } : { nextCheckAt: now, leaseUntil: now + leaseMs };

/**
 * The end of an attempt: erases what was sealed for it and gives back what it claimed, unless that paid or is still looked for.
 * What paid is never free again, though it had been given back before. A card's token lives at its service too: it is erased here once
 * it has been removed there, or saved.
 * @param mayArrive A call of it may still arrive: what is sealed is kept for so long as upstream is read for that.
 */
export async function endAttempt(
  tx: Queries,
  attempt: AttemptRecord,
  status: Exclude<AttemptRecord['status'], 'live' | 'processing' | 'refunding' | 'refunded'>,
  now: number,
  problem: AttemptRecord['problem'] = null,
  mayArrive = false,
): Promise<void> {
  const sealed = mayArrive || attempt.method === 'card' ? attempt.sealed : null;
  const lateIn = mayArrive ? nextLateCheckIn(now, now) : null;
  const ended = { sealed, endedAt: attempt.endedAt ?? now, nextCheckAt: lateIn === null ? null : now + lateIn, leaseUntil: 0 };
  await tx.updateAttempt({ ...attempt, ...ended, status, problem });
  if (status === 'watched' || status === 'review') return;
  for (const claim of await tx.claimsOfAttempt(attempt.id)) {
    await tx.updateClaim({ ...claim, status: status === 'paid' ? 'paid' : 'released' });
  }
}

/**
 * Nothing is asked of the customer any more: the attempt that waited for them ends. One that is watched goes on being so, with what is sealed
 * for it: the customer may have done it already.
 */
export async function endOpenAttempts({ status, attemptId }: PaymentRecord, tx: Queries, now: number): Promise<void> {
  const attempt = status === 'awaiting_customer' && attemptId ? await tx.attempt(attemptId) : null;
  if (attempt?.status !== 'live') return;
  if (attempt.nextCheckAt === null) return endAttempt(tx, attempt, 'abandoned', now);
  await tx.updateAttempt({ ...attempt, status: 'watched', endedAt: now });
}

/** A discount whose code is not used, and will not be, takes nothing off; what is sealed of the code is erased. */
/** What it makes of the payment; nothing where its code is used, or may be. */
export async function dropReservedDiscount(
  { discountCode }: PaymentRecord,
  tx: Queries,
  now: number,
): Promise<Partial<Pick<PaymentRecord, 'discount' | 'discountCode'>>> {
  const attempt = discountCode?.state === 'held' ? await tx.attempt(discountCode.attemptId) : null;
  if (!attempt) return {};
  await endAttempt(tx, attempt, 'abandoned', now);
  return { discount: 0, discountCode: null };
}
