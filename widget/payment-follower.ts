/** Follows a payment that others are moving: long poll after long poll, backing off on faults, asleep in a hidden tab. */
import { whenBack } from './when-back.ts';

/** One long poll; false when it failed. */
export type Poll = (signal: AbortSignal) => Promise<boolean>;
/** Resolves after `ms`, or when aborted. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Returns how to stop. `pause` and `random` (0…1, spreads the customers of a BFF that comes back) are there for tests. */
export function followPayment(poll: Poll, pause: Pause = sleep, random = Math.random): () => void {
  let aborter = new AbortController();
  // Shown again or back online, the customer should not wait for a back-off that began before: it starts afresh.
  const wake = () => {
    aborter.abort();
    if (document.hidden) return;
    aborter = new AbortController();
    void run(aborter.signal);
  };
  const run = async (signal: AbortSignal) => {
    let faults = 0;
    while (!signal.aborted) {
      const asked = performance.now();
      const answered = await poll(signal);
      if (signal.aborted) return;
      if (!answered) await pause((steps[faults++] ?? 10_000) * (0.75 + random() / 2), signal);
      else {
        faults = 0;
        // A BFF that does not hold its answers must not be asked in a tight loop.
        if (performance.now() - asked < 1000) await pause(1000, signal);
      }
    }
  };
  const leave = whenBack(wake);
  wake();
  return () => {
    leave();
    aborter.abort();
  };
}

const steps = [1000, 2000, 3000, 5000, 8000];

const sleep: Pause = (ms, signal) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve());
  });
