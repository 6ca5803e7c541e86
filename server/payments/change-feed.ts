/**
 * Notifies requests that wait for a payment of its changes, within this process. Changes by other processes are found by
 * polling the store.
 */
import { EventEmitter, once, setMaxListeners } from 'node:events';

export interface ChangeNotifier {
  notify(paymentId: string): void;
  /** Resolves at the next change, after `ms` milliseconds, or when `signal` aborts. Never rejects. */
  waitForChange(paymentId: string, ms: number, signal?: AbortSignal): Promise<void>;
  /** The server is closing: whoever waits, now or later, is released at once. */
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
