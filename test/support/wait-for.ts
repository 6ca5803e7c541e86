/** Waits for a thing to be so, asking every 20 ms; no test sleeps for a guessed time. */
import { setTimeout as pause } from 'node:timers/promises';
import { patience } from './patience.ts';

/**
 * @param ask Answers what is waited for, or something falsy as long as it is not there.
 * @throws after `ms` milliseconds of an idle machine: on a busy one it waits longer.
 */
export async function waitFor<Value>(ask: () => Promise<Value | false | null | undefined>, ms = 10_000): Promise<Value> {
  const start = Date.now();
  for (;;) {
    const value = await ask();
    if (value) return value;
    const waited = Date.now() - start;
    if (waited > ms * patience()) throw new Error(`not so after ${waited} ms: ${ask}`);
    await pause(20);
  }
}
