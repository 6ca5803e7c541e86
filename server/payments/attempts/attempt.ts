/**
 * Changes to the rows of attempts and of the discounts that some of them become: a new one, each move to another status, the end
 * of whatever still waits for the customer, and when to check one again. No other file gives an attempt another status.
 */
import type { DiscountStatus, NextAction, PaymentMethod } from '#contract';
import { newAttemptId } from '../model/ids.ts';
import type {
  AttemptFields,
  AttemptInFlight,
  AttemptRecord,
  Decline,
  DiscountCode,
  DiscountRecord,
  EndedAttempt,
  PaidAttempt,
  PaymentRecord,
  RefundingAttempt,
  UnpaidAttempt,
  WaitingAttempt,
} from '../model/records.ts';
import type { Queries } from '../model/store.ts';
import { dayMs, hourMs, minuteMs } from '../model/time.ts';
import { leaseMs } from './attempt-session.ts';

/** Whose attempt it is. `earlier`: all attempts of the payment; each starts after the last, so that they have an order. */
interface AttemptOrigin {
  paymentId: string;
  method: PaymentMethod;
  earlier: readonly AttemptRecord[];
}

const newFields = ({ paymentId, method, earlier }: AttemptOrigin, now: number) =>
  ({
    id: newAttemptId(paymentId),
    paymentId,
    method,
    sealed: null,
    lastCharacters: null,
    action: null,
    submittedReference: null,
    waiting: null,
    problem: null,
    startedAt: Math.max(now, ...earlier.map(({ startedAt }) => startedAt + 1)),
    endedAt: null,
    unknownSince: null,
    checks: 0,
  }) satisfies Partial<AttemptFields>;

/** The fields by which the reconciler takes over an attempt in flight if whoever works on it dies. */
const inFlightFields = (now: number) => ({ status: 'processing', nextCheckAt: now, leaseUntil: now + leaseMs }) as const;

/** A new attempt that waits for the customer. It is not stored yet. */
export const newWaitingAttempt = (origin: AttemptOrigin, action: NextAction, now: number): WaitingAttempt => ({
  ...newFields(origin, now),
  status: 'awaiting_customer',
  action,
  nextCheckAt: null,
  leaseUntil: 0,
});

/** A new attempt that calls upstream at once. It is not stored yet. */
export const newAttemptInFlight = (
  origin: AttemptOrigin,
  own: Pick<AttemptFields, 'lastCharacters' | 'action'> & Partial<Pick<AttemptFields, 'submittedReference'>>,
  now: number,
): AttemptInFlight => ({ ...newFields(origin, now), ...inFlightFields(now), ...own });

/** The customer has done what was shown, or leaves it: a call follows. `leaseUntil`: 0 if the reconciler is to make it. */
export const toInFlight = (
  waiting: WaitingAttempt,
  now: number,
  own: Partial<Pick<AttemptFields, 'submittedReference' | 'lastCharacters' | 'leaseUntil'>> = {},
): AttemptInFlight => ({ ...waiting, ...inFlightFields(now), ...own });

/** The customer has to act again, or for the first time. @param nextCheckAt When upstream is polled for it; null if it is not. */
export const toWaiting = (inFlight: AttemptInFlight, action: NextAction, nextCheckAt: number | null): WaitingAttempt => ({
  ...inFlight,
  status: 'awaiting_customer',
  action,
  nextCheckAt,
  leaseUntil: 0,
  unknownSince: null,
  checks: 0,
});

/** The money is to be returned, and the reconciler begins at once. */
export const toRefunding = (paid: PaidAttempt | RefundingAttempt, now: number): RefundingAttempt => ({
  ...paid,
  status: 'refunding',
  nextCheckAt: now,
  leaseUntil: 0,
  unknownSince: null,
  checks: 0,
});

/** What became of the refund: the money is returned, or stays where it was. */
export const endRefund = (refunding: RefundingAttempt, status: PaidAttempt['status']): PaidAttempt => ({
  ...refunding,
  status,
  nextCheckAt: null,
  leaseUntil: 0,
});

/**
 * Ends an attempt: erases its secret and releases its claims. A claim stays while the transfer may still be found, and a claim
 * that has paid is never released, even if it was before. A card's token also exists at Payme, so its ciphertext stays until
 * the token is removed there or belongs to a saved card.
 * @param mayArrive A call of the attempt may still arrive: the secret stays, and upstream is read again later. It also stays
 * while a person has to decide, because upstream is read for that.
 */
export async function endAttempt(
  tx: Queries,
  attempt: UnpaidAttempt,
  status: EndedAttempt['status'] | 'paid',
  now: number,
  problem: Decline | null = null,
  mayArrive = false,
): Promise<void> {
  const sealed = mayArrive || status === 'needs_review' || attempt.method === 'card' ? attempt.sealed : null;
  const ended = { ...attempt, sealed, problem, endedAt: attempt.endedAt ?? now, leaseUntil: 0 };
  const lateIn = mayArrive ? nextLateCheckIn(now, now) : null;
  const nextCheckAt = lateIn === null ? null : now + lateIn;
  await tx.updateAttempt(status === 'paid' ? { ...ended, status, nextCheckAt: null } : { ...ended, status, nextCheckAt });
  if (status === 'unconfirmed' || status === 'needs_review') return;
  for (const claim of await tx.claimsOfAttempt(attempt.id)) {
    await tx.updateClaim({ ...claim, status: status === 'paid' ? 'paid' : 'released' });
  }
}

/**
 * Ends the attempt that waits for the customer, if there is one. If the customer may already have paid by what they were
 * shown, upstream is polled on, and the secret stays.
 */
export async function endOpenAttempts({ status, attemptId }: PaymentRecord, tx: Queries, now: number): Promise<void> {
  const attempt = status === 'awaiting_customer' && attemptId ? await tx.attempt(attemptId) : null;
  if (attempt?.status !== 'awaiting_customer') return;
  if (attempt.nextCheckAt === null) return endAttempt(tx, attempt, 'abandoned', now);
  await tx.updateAttempt({ ...attempt, status: 'unconfirmed', endedAt: now });
}

/**
 * Stores the discount whose code was typed in this attempt, in the place of the attempt. It keeps the attempt's id, because the
 * code is encrypted for that id and will be redeemed in its name.
 * @returns What the payment knows of it.
 */
export async function turnIntoDiscount(
  tx: Queries,
  { id, paymentId, method, sealed, lastCharacters: tail, startedAt }: AttemptRecord,
  { rule, nextCheckAt }: Pick<DiscountRecord, 'rule' | 'nextCheckAt'>,
): Promise<DiscountCode> {
  const code: DiscountCode = { id, status: 'reserved', lastCharacters: tail, createdAt: startedAt };
  const own = { paymentId, method, rule, sealed, problem: null, endedAt: null, checks: 0, nextCheckAt, leaseUntil: 0 };
  await tx.turnIntoDiscount({ ...code, ...own });
  return code;
}

/** Stores a new status of a discount that the payment has, and releases it. @returns What the payment knows of it. */
export async function moveDiscount(
  tx: Queries,
  discount: DiscountRecord,
  status: DiscountStatus,
  changes: Partial<Pick<DiscountRecord, 'sealed' | 'endedAt'>> & Pick<DiscountRecord, 'nextCheckAt'>,
): Promise<DiscountCode> {
  const { id, lastCharacters: tail, createdAt } = discount;
  await tx.updateDiscount({ ...discount, ...changes, status, leaseUntil: 0 });
  return { id, status, lastCharacters: tail, createdAt };
}

/** The fields of a payment that has no discount any more. */
export type WithoutDiscount = Pick<PaymentRecord, 'discount' | 'discountCode'>;

/**
 * Takes a discount off its payment, and erases its code.
 * @param problem Why; null if the customer or the end of the payment did it.
 * @param mayArrive A call to redeem it may still arrive: the code stays, and is read again later.
 * @returns The new fields of the payment.
 */
export async function dropDiscount(
  tx: Queries,
  discount: DiscountRecord,
  now: number,
  { problem = null, mayArrive = false }: { problem?: Decline | null; mayArrive?: boolean } = {},
): Promise<WithoutDiscount> {
  const lateIn = mayArrive ? nextLateCheckIn(now, now) : null;
  const nextCheckAt = lateIn === null ? null : now + lateIn;
  const sealed = mayArrive ? discount.sealed : null;
  await tx.updateDiscount({ ...discount, status: 'dropped', problem, sealed, endedAt: now, nextCheckAt, leaseUntil: 0 });
  return { discount: 0, discountCode: null };
}

/**
 * Drops the discount of a payment if its code was never sent to be redeemed.
 * @returns The new fields of the payment; none if the code is redeemed or may be.
 */
export async function dropReservedDiscount(
  { discountCode }: PaymentRecord,
  tx: Queries,
  now: number,
): Promise<Partial<WithoutDiscount>> {
  const discount = discountCode?.status === 'reserved' ? await tx.discount(discountCode.id) : null;
  return discount ? dropDiscount(tx, discount, now) : {};
}

/**
 * The `lastCharacters` of an attempt: the end of its code or number, by which the customer recognises it on the screen and on
 * the receipt. Four characters, and never more than half of it, so none of a single one.
 */
export const lastCharacters = (code: string): string => code.slice(code.length - Math.min(4, Math.floor(code.length / 2)));

/**
 * Seconds between the checks of an attempt whose outcome is unknown: dense at first, then hourly to a day, then daily to a
 * week. After that only a person can decide.
 */
const seconds = [2, 5, 10, 20, 40, 60, 120, 300, 600, 1800, ...Array<number>(23).fill(3600), ...Array<number>(6).fill(86_400)];

/** Minimum interval between two checks of one attempt in milliseconds, however often somebody requests one. */
export const minCheckIntervalMs = 2_000;

/**
 * Milliseconds until the next check of an attempt whose outcome has been unknown for `elapsedMs`; null when the schedule is
 * over. The schedule follows the clock and not the number of checks, so requested checks do not use it up. If the process
 * stood still for long, there are still hourly checks before the end.
 */
export function nextCheckIn(elapsedMs: number, checks: number): number | null {
  let planned = 0;
  for (const delay of seconds) {
    planned += delay * 1000;
    if (planned > elapsedMs) return Math.max(planned - elapsedMs, minCheckIntervalMs);
  }
  return checks < seconds.length ? hourMs : null;
}

/** After the end of an attempt of which a call may still arrive, upstream is read twice more. */
const lateCheckMs = [10 * minuteMs, dayMs];

/** Milliseconds from `now` until the next of these reads; null after the last. */
export function nextLateCheckIn(endedAt: number, now: number): number | null {
  const next = lateCheckMs.find((delay) => endedAt + delay > now);
  return next === undefined ? null : endedAt + next - now;
}
