/**
 * Notifies requests that wait for a payment of its changes, within this process. Changes by other processes are found by
 * polling the store.
 */
import { EventEmitter, once, setMaxListeners } from 'node:events';
import type { UnitOfWork } from './attempts/update-payment.ts';
import type { ChangeNotifier, Clock, Telemetry } from './model/ports.ts';
import type { Store } from './model/store.ts';
import type { WebhookWishes } from './model/webhook-queries.ts';

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

interface UnitOfWorkParts extends WebhookWishes {
  store: Store;
  clock: Clock;
  changes: ChangeNotifier;
  observer: Telemetry;
  /** Called after each commit that may have left a webhook to send. */
  wakeSender?(): void;
}

/** What use cases write by: after each commit, whoever follows the payment and the webhook sender look again. */
export const createUnitOfWork = ({
  store,
  clock,
  changes,
  observer,
  asksFor,
  endpoints,
  ...wake
}: UnitOfWorkParts): UnitOfWork => ({
  store,
  clock,
  ...(asksFor && { asksFor }),
  ...(endpoints && { endpoints }),
  changed(paymentId) {
    changes.notify(paymentId);
    wake.wakeSender?.();
  },
  corrected: (paymentId) => observer.failure('money', new Error(`a use case had overlooked money of payment ${paymentId}`)),
});
