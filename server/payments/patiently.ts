/** Tries again for a moment what the store could not do: for steps in the middle of an attempt, where the next call to a payment service waits. */
import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from './model/store-unavailable.ts';

/** Milliseconds. A customer waits for the answer meanwhile. */
const patienceMs = 3_000;
const firstWaitMs = 50;
const longestWaitMs = 500;

/** Only where it is certain that nothing was changed: a second intent for one call would be a lie. */
export const patiently = <T>(work: () => Promise<T>): Promise<T> => tryFor(patienceMs, work, ({ effect }) => effect === 'none');

/** @param ms Zero: only once. */
export async function tryFor<T>(ms: number, work: () => Promise<T>, again: (trouble: StoreUnavailable) => boolean): Promise<T> {
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
