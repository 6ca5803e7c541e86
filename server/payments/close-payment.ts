/**
 * The three ways in which a payment is left without money: the customer abandons an attempt, somebody cancels, the time runs
 * out.
 */
import { dropReservedDiscount, endOpenAttempts, toInFlight } from './attempts/attempt.ts';
import { type PaymentUpdate, type UnitOfWork, updatePayment } from './attempts/update-payment.ts';
import { ProblemError } from './model/errors.ts';
import { can, transition } from './model/payment-state.ts';
import type { PaymentRecord } from './model/records.ts';
import type { Queries } from './model/store.ts';

/**
 * Ends the live attempt, so that the customer can choose again; without one it does nothing. If what was shown could still be
 * used to pay, the payment becomes `processing`, and the method first makes sure that it cannot. Throws `payment_processing`
 * while a call is in flight.
 */
export const abandon = (deps: UnitOfWork, paymentId: string): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) => {
    if (!can(payment.status, 'abandon')) return unchangedIf(payment, ['open', 'canceled', 'expired']);
    const live = payment.attemptId ? await tx.attempt(payment.attemptId) : null;
    if (live?.status !== 'awaiting_customer' || live.nextCheckAt === null) return leave(payment, 'abandon', tx, now);
    await tx.updateAttempt(toInFlight(live, now, { leaseUntil: 0 }));
    return {
      result: undefined,
      patch: { status: transition(payment.status, 'submit'), problem: null },
      audit: { type: 'attempt.leaving', data: { attemptId: live.id } },
    };
  });

/** Ends the payment; a second time it does nothing. Throws `payment_processing` while money may be moving or has moved. */
export const cancel = (deps: UnitOfWork, paymentId: string): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) =>
    can(payment.status, 'cancel') ? leave(payment, 'cancel', tx, now) : unchangedIf(payment, ['canceled', 'expired']),
  );

/**
 * Ends a payment whose time is over. Does nothing if the payment cannot expire, because somebody else may have moved it first.
 */
export const expire = (deps: UnitOfWork, paymentId: string): Promise<void> =>
  updatePayment<void>(deps, paymentId, async (payment, tx, now) =>
    can(payment.status, 'expire') && payment.expiresAt <= now ? leave(payment, 'expire', tx, now) : { result: undefined },
  );

async function leave(
  payment: PaymentRecord,
  event: 'abandon' | 'cancel' | 'expire',
  tx: Queries,
  now: number,
): Promise<PaymentUpdate<void>> {
  await endOpenAttempts(payment, tx, now);
  // Who abandons an attempt keeps their discount for the next one.
  const own = event === 'abandon' ? { problem: null } : await dropReservedDiscount(payment, tx, now);
  return {
    result: undefined,
    patch: { status: transition(payment.status, event), ...own },
    audit: { type: `payment.${event}` },
  };
}

function unchangedIf(payment: PaymentRecord, statuses: PaymentRecord['status'][]): PaymentUpdate<void> {
  if (!statuses.includes(payment.status)) throw new ProblemError('payment_processing');
  return { result: undefined };
}

/**
 * Reads a payment, and expires it first if its expiry time has passed.
 * @param read Reads the payment, alone or with more; null if there is none. Called again after the payment has expired.
 * @param paymentOf Picks the payment out of what was read.
 * @throws {ProblemError} `not_found`
 */
export async function readNow<Found>(
  deps: UnitOfWork,
  read: () => Promise<Found | null>,
  paymentOf: (found: Found) => PaymentRecord,
): Promise<Found> {
  const found = await read();
  if (!found) throw new ProblemError('not_found');
  const { id, status, expiresAt } = paymentOf(found);
  const waiting = status === 'open' || status === 'awaiting_customer';
  if (!waiting || expiresAt > deps.clock.now()) return found;
  await expire(deps, id);
  return (await read()) ?? found;
}
