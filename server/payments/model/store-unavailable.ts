import { setTimeout as pause } from 'node:timers/promises';

/**
 * The store cannot do it now: the database is out of reach, read-only, locked, full or shutting down. It passes, so the caller is told to
 * come again (503), and the process lives on.
 */
export interface StoreFault {
  /** The engine's own code (an SQLSTATE, `SQLITE_…`) or Node's (`ECONNREFUSED`); never a sentence, which may quote anything. */
  code: string;
  /** `none`: nothing was changed, for certain. `unknown`: the connection was lost while the commit was on its way. */
  effect: 'none' | 'unknown';
  /** Whether the same again, at once, may well succeed, e.g. on another connection. */
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

/** Tries again for a moment what the store could not do: for steps in the middle of an attempt, where the next call to a payment service waits. */
/** Milliseconds. A customer waits for the answer meanwhile. */
const patienceMs = 3_000;
const firstWaitMs = 50;
const longestWaitMs = 500;

/** Only where it is certain that nothing was changed: a second intent for one call would be a lie. */
export const retryBriefly = <T>(work: () => Promise<T>): Promise<T> =>
  retryFor(patienceMs, work, ({ effect }) => effect === 'none');

/** @param ms Zero: only once. */
export async function retryFor<T>(ms: number, work: () => Promise<T>, again: (trouble: StoreUnavailable) => boolean): Promise<T> {
  const end = performance.now() + ms;
  for (let wait = firstWaitMs; ; wait = Math.min(2 * wait, longestWaitMs)) {
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable) || !again(cause) || performance.now() + wait > end) throw cause;
      await pause(wait);
    }
  }
}
