/** Work in the background: one run at a time, when woken and each so often, until stopped. */
import { setTimeout as pause } from 'node:timers/promises';

export interface Worker {
  start(): void;
  /** Runs at once, or once more after the run that is going on. */
  wake(): void;
  /** Resolves when the run that is going on has ended; no other follows. */
  stop(): Promise<void>;
}

/** `run` that throws is told to `failed` and tried again the next time. */
export function createWorker(run: () => Promise<void>, everyMs: number, failed: (cause: unknown) => void): Worker {
  const stopped = new AbortController();
  let sleep = new AbortController();
  let woken = false;
  let loop: Promise<void> | undefined;

  const go = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      woken = false;
      await run().catch(failed);
      if (woken) continue;
      sleep = new AbortController();
      await pause(everyMs, undefined, { signal: AbortSignal.any([sleep.signal, stopped.signal]) }).catch(() => undefined);
    }
  };

  return {
    start() {
      loop ??= go();
    },
    wake() {
      woken = true;
      sleep.abort();
    },
    async stop() {
      stopped.abort();
      await loop;
    },
  };
}
