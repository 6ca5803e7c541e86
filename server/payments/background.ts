/** Work in the background: runs now and then, and at once when it is woken, one run at a time, until it is stopped. */
import { setTimeout as pause } from 'node:timers/promises';

export interface PollingLoop {
  start(): void;
  /** Runs at once, or once more after the current run. */
  wake(): void;
  /** As `wake`; resolves when a run that began after this call has ended. Only for a loop that was started. */
  runNow(): Promise<void>;
  /** Resolves when the current run has ended. No other run follows. */
  stop(): Promise<void>;
}

/**
 * @param everyMs Milliseconds between two runs.
 * @param failed Receives what `run` throws. The next run takes place all the same.
 */
export function createPollingLoop(run: () => Promise<void>, everyMs: number, failed: (cause: unknown) => void): PollingLoop {
  const stopped = new AbortController();
  let sleep = new AbortController();
  let woken = false;
  const waiting: (() => void)[] = [];
  let loop: Promise<void> | undefined;

  const runUntilStopped = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      woken = false;
      const waitedForThisRun = waiting.splice(0);
      await run().catch(failed);
      for (const resolve of waitedForThisRun) resolve();
      if (woken) continue;
      sleep = new AbortController();
      await pause(everyMs, undefined, { signal: AbortSignal.any([sleep.signal, stopped.signal]) }).catch(() => undefined);
    }
    for (const resolve of waiting.splice(0)) resolve();
  };
  const wake = () => {
    woken = true;
    sleep.abort();
  };

  return {
    start() {
      loop ??= runUntilStopped();
    },
    wake,
    runNow() {
      if (stopped.signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        waiting.push(resolve);
        wake();
      });
    },
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}
