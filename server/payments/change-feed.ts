/** Tells who waits for a payment that it has changed, within this process; other processes are heard of by looking again. */
import { EventEmitter, once, setMaxListeners } from 'node:events';

export interface ChangeNotifier {
  notify(paymentId: string): void;
  /** Resolves at the next change, when `ms` are over, or when `signal` says so: never rejects. */
  waitForChange(paymentId: string, ms: number, signal?: AbortSignal): Promise<void>;
  /** Wakes everybody, now and from now on: the server is closing. */
  close(): void;
  readonly closed: boolean;
}

export function createChangeNotifier(): ChangeNotifier {
  const emitter = new EventEmitter().setMaxListeners(0);
  const closing = new AbortController();
  setMaxListeners(0, closing.signal);
  return {
    notify: (paymentId) => void emitter.emit(paymentId),
    async waitForChange(paymentId, ms, signal) {
      const ends = [AbortSignal.timeout(Math.ceil(ms)), closing.signal, ...(signal ? [signal] : [])];
      await once(emitter, paymentId, { signal: AbortSignal.any(ends) }).catch(() => undefined);
    },
    close: () => closing.abort(),
    get closed() {
      return closing.signal.aborted;
    },
  };
}
