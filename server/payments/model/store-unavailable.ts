/** The error that every method of the store throws while the database cannot be used, and the retries that it allows. */
import { setTimeout as pause } from 'node:timers/promises';

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
