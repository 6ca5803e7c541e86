/** Waits for a thing to be so, asking every 20 ms; no test sleeps for a guessed time. */
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @param ask Answers what is waited for, or something falsy as long as it is not there.
 * @throws after `ms` milliseconds.
 */
export async function waitFor<Value>(ask: () => Promise<Value | false | null | undefined>, ms = 10_000): Promise<Value> {
  const end = Date.now() + ms;
  for (;;) {
    const value = await ask();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not so after ${ms} ms: ${ask}`);
    await pause(20);
  }
}
