/** Polls a condition every 20 ms, so that no test sleeps for a guessed time. */
import { setTimeout as pause } from 'node:timers/promises';
import { loadFactor } from './load-factor.ts';

/**
 * @param ask Returns the awaited value, or something falsy while there is none.
 * @throws After `ms` milliseconds on an idle machine, later on a busy one.
 */
export async function waitFor<Value>(ask: () => Promise<Value | false | null | undefined>, ms = 10_000): Promise<Value> {
  const start = Date.now();
  for (;;) {
    const value = await ask();
    if (value) return value;
    const waited = Date.now() - start;
    if (waited > ms * loadFactor()) throw new Error(`not so after ${waited} ms: ${ask}`);
    await pause(20);
  }
}
