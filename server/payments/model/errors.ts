/**
 * The errors that use cases throw: a problem that the caller must know of, and the database that cannot be used, with the
 * retries that it allows.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Payment, PaymentView, Problem, ProblemCode } from '#contract';

export interface ProblemExtras {
  /** The field of the request that is wrong, as a dotted path. */
  field?: string | undefined;
  /** ISO 8601: when the caller may try again. Becomes the header `Retry-After`. */
  retryAt?: string | undefined;
  /** ISO 8601: the moment that the code is about. */
  at?: string | undefined;
  /** HTTP status, if it is not the usual one of the code. */
  status?: number | undefined;
  /** A sentence for a developer, never for a customer. */
  detail?: string | undefined;
  /** The batch of pay codes that the problem is about. */
  batch?: { id: string; count: number } | undefined;
  /** The payment's reference. Without one the error handler uses the id of the request. */
  reference?: string | undefined;
  /** The payment as it is now; set where a browser's POST is declined. */
  view?: PaymentView | undefined;
  /** The payment as it is now; set where an operator decided about one that has changed meanwhile. */
  payment?: Payment | undefined;
}

/**
 * A problem that the caller must know of. A use case or a route throws it, and the error handler renders it. It carries
 * no secret.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;
  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(code);
    this.code = code;
    this.extras = extras;
  }
}

/** What an attempt that a problem declines keeps of it: all that the customer is told, e.g. until when to wait. */
export function declineBy({ code, extras: { field, retryAt, at } }: ProblemError): Omit<Problem, 'reference' | 'recoverable'> {
  return { code, ...(field && { field }), ...(retryAt && { retryAt }), ...(at && { at }) };
}

/**
 * The database is out of reach, read-only, locked, full or shutting down. This passes, so the caller is asked to come
 * again (503) and the process goes on.
 */
export interface StoreFault {
  /**
   * The engine's own code (an SQLSTATE, `SQLITE_…`) or Node's (`ECONNREFUSED`). Never a sentence, because that may quote
   * stored data.
   */
  code: string;
  /** `none`: certainly nothing was changed. `unknown`: the connection was lost during the commit. */
  effect: 'none' | 'unknown';
  /** Whether the same work may well succeed if it is tried again at once, e.g. on another connection. */
  soon: boolean;
  cause?: unknown;
}

export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly code: string;
  readonly effect: StoreFault['effect'];
  readonly soon: boolean;
  constructor({ code, effect, soon, cause }: StoreFault) {
    super(`the database cannot be used (${code})`, { cause });
    this.code = code;
    this.effect = effect;
    this.soon = soon;
  }
}

/**
 * Not a failure of the work: something that an operator has to look at, in a sentence of our own that holds ids and counts only. It
 * is logged as a warning, with its text.
 */
export class OperatorNotice extends Error {}

/** Milliseconds. A customer waits for the answer meanwhile. */
const briefMs = 3_000;
const firstWaitMs = 50;
const longestWaitMs = 500;

/**
 * Tries again for 3 seconds, in the middle of an attempt whose next upstream call waits for this write. It does so only
 * if certainly nothing was changed, because a second intent for one call would be false.
 */
export const retryBriefly = <T>(work: () => Promise<T>): Promise<T> => retryFor(briefMs, work, ({ effect }) => effect === 'none');

/**
 * Tries again until `ms` have passed, waiting longer each time.
 * @param ms With 0 the work runs once.
 * @param mayRetry Decides by the error. Any error that is not StoreUnavailable is thrown at once.
 */
export async function retryFor<T>(
  ms: number,
  work: () => Promise<T>,
  mayRetry: (unavailable: StoreUnavailable) => boolean,
): Promise<T> {
  const end = performance.now() + ms;
  for (let wait = firstWaitMs; ; wait = Math.min(2 * wait, longestWaitMs)) {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable) || !mayRetry(cause) || performance.now() + wait > end) throw cause;
      await pause(wait);
    }
  }
}
