/**
 * Notifies requests that wait for a payment of its changes, within this process. Changes by other processes are found by
 * polling the store.
 */
import { EventEmitter, once, setMaxListeners } from 'node:events';
import type { ChangeNotifier } from './model/ports.ts';

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
