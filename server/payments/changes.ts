/** Tells who waits for a payment that it has changed, within this process; other processes are heard of by looking again. */
import { EventEmitter, once } from 'node:events';

export interface Changes {
  tell(paymentId: string): void;
  /** Resolves at the next change, when `ms` are over, or when `signal` says so: never rejects. */
  wait(paymentId: string, ms: number, signal?: AbortSignal): Promise<void>;
}

export function createChanges(): Changes {
  const emitter = new EventEmitter().setMaxListeners(0);
  return {
    tell: (paymentId) => void emitter.emit(paymentId),
    async wait(paymentId, ms, signal) {
      const over = AbortSignal.timeout(ms);
      await once(emitter, paymentId, { signal: signal ? AbortSignal.any([over, signal]) : over }).catch(() => undefined);
    },
  };
}
