/**
 * One piece of work on an attempt: the calls it records before they are made, and the outcome it settles with. The session
 * counts its own calls, because `settleAttempt` must know of how many the outcome speaks: where the store has more, somebody
 * else has gone on with the attempt, and "not paid" is no longer proven.
 */

import { StoreUnavailable } from '../model/errors.ts';
import type { NewIntent, Outcome, RefundOutcome } from '../model/ports.ts';
import type { AttemptRecord, IntentRecord } from '../model/records.ts';
import { minuteMs } from '../model/time.ts';

export interface AttemptSession {
  /** Must be awaited before the call is made. Throws what `recordIntent` throws; then the call must not be made. */
  recordIntent(wanted: NewIntent): Promise<IntentRecord>;
  settle(outcome: Outcome): Promise<void>;
  settleRefund(outcome: RefundOutcome): Promise<void>;
  /**
   * Runs work that calls upstream and settles the attempt, and keeps its lease meanwhile. If it throws, because of a bug of ours or a
   * store that fails, nobody knows here what was sent: the attempt is settled as `unknown`, so that the reconciler finds out. Throws
   * what the work throws.
   */
  run(work: () => Promise<void>): Promise<void>;
}

/** What a session writes by: the use cases of `payments.ts`. `calls`: of how many calls of the attempt the outcome speaks. */
export interface AttemptWriter {
  recordIntent(paymentId: string, attemptId: string, wanted: NewIntent): Promise<IntentRecord>;
  settleAttempt(paymentId: string, attemptId: string, outcome: Outcome, calls: number): Promise<void>;
  settleRefund(paymentId: string, attemptId: string, outcome: RefundOutcome, calls: number): Promise<void>;
  /** The attempt is still at work here. */
  renewLease(attemptId: string): Promise<void>;
}

/**
 * @param earlier The calls of the attempt that the caller has read from the store; none for an attempt that was opened just
 * now.
 */
export function openSession(
  payments: AttemptWriter,
  { id, paymentId }: Pick<AttemptRecord, 'id' | 'paymentId'>,
  earlier: readonly IntentRecord[] = [],
): AttemptSession {
  let calls = earlier.length;
  const settle = (outcome: Outcome) => payments.settleAttempt(paymentId, id, outcome, calls);
  return {
    async recordIntent(wanted) {
      try {
        const intent = await payments.recordIntent(paymentId, id, wanted);
        calls += 1;
        return intent;
      } catch (cause) {
        // The row may have been written all the same. This session knows that the call is not made, so it speaks for that row
        // too. Where certainly nothing was written, it must not: it would speak for a call of somebody else.
        if (cause instanceof StoreUnavailable && cause.effect === 'unknown') calls += 1;
        throw cause;
      }
    },
    settle,
    settleRefund: (outcome) => payments.settleRefund(paymentId, id, outcome, calls),
    async run(work) {
      try {
        await keepLease(() => payments.renewLease(id), work);
      } catch (cause) {
        await settle({ kind: 'unknown' }).catch(() => undefined);
        throw cause;
      }
    },
  };
}

/*
 * Whoever works on an attempt or a discount has its lease, which is short and renewed: another process goes on soon after this one has
 * died, and leaves alone what this one is still at.
 *
 * A lease saves work and spares customers a needless "try again"; the money does not depend on it, since a process that stood still
 * wakes up without one. Whoever comes second is held by what is stored: `recordIntent` refuses a call of an attempt that was settled,
 * `settleAttempt` believes "not paid" only of somebody who knows all recorded calls, a code is used again in the same name only, and a
 * receipt is voided only a minute after it was read as unpaid three times.
 */

/** For so long others leave a row alone after the last word of whoever works on it, in milliseconds. */
export const leaseMs = 10_000;
const renewEveryMs = 2_000;
/** Every call has a deadline, so work that takes longer has got lost in this process, and others may go on. */
const longestMs = 2 * minuteMs;

/**
 * Runs the work, and renews the lease until it ends. A renewal that fails is tried again with the next one: if the database is away,
 * nobody else gets the lease either.
 * @param renew Lets the lease last `leaseMs` from now on.
 * @throws What the work throws.
 */
export async function keepLease<T>(renew: () => Promise<void>, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  let renewing = false;
  const timer = setInterval(() => {
    if (performance.now() - began > longestMs) return clearInterval(timer);
    if (renewing) return;
    renewing = true;
    renew()
      .catch(() => undefined)
      .finally(() => {
        renewing = false;
      });
  }, renewEveryMs).unref();
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
