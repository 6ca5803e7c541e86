/** Work in the background: one run at a time, when woken and each so often, until stopped. */
import { setTimeout as pause } from 'node:timers/promises';

export interface PollingLoop {
  start(): void;
  /** Runs at once, or once more after the run that is going on. */
  wake(): void;
  /** The same; resolves when a run that began after this call has ended. Only for a worker that was started. */
  runNow(): Promise<void>;
  /** Resolves when the run that is going on has ended; no other follows. */
  stop(): Promise<void>;
}

/** `run` that throws is told to `failed` and tried again the next time. */
export function createPollingLoop(run: () => Promise<void>, everyMs: number, failed: (cause: unknown) => void): PollingLoop {
  const stopped = new AbortController();
  let sleep = new AbortController();
  let woken = false;
  const waiting: (() => void)[] = [];
  let loop: Promise<void> | undefined;

  const go = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      woken = false;
      const answered = waiting.splice(0);
      await run().catch(failed);
      for (const done of answered) done();
      if (woken) continue;
      sleep = new AbortController();
      await pause(everyMs, undefined, { signal: AbortSignal.any([sleep.signal, stopped.signal]) }).catch(() => undefined);
    }
    for (const done of waiting.splice(0)) done();
  };
  const wake = () => {
    woken = true;
    sleep.abort();
  };

  return {
    start() {
      loop ??= go();
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
