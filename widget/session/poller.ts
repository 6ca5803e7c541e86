/**
 * Decides when the payment is fetched next, while others may change it: when it is due, at once when the customer is back, later
 * and later while nothing answers, and never in a hidden tab. What a fetch does, and when the next is due after it, is up to the
 * caller.
 */
import type { PaymentView } from '#contract';
import { ofDocument } from '../browser.ts';

/** Somebody else will change it: the payment service, or a person who reviews it. */
export const isMoving = (view: PaymentView): boolean =>
  view.status === 'refunding' || /^(wait|transfer|confirm|send)/.test(view.nextAction.kind);

/** The signal aborts when the tab is hidden, or a newer fetch has begun. */
export type Fetch = (signal: AbortSignal) => void;
/** Calls once after `ms`; returns a function that cancels the call. */
export type After = (call: () => void, ms: number) => () => void;

export class PaymentPoller {
  readonly #fetch: Fetch;
  readonly #after: After;
  readonly #random: () => number;
  #current = new AbortController();
  #startedAt = 0;
  #answeredAt = 0;
  #misses = 0;
  #cancelTimer = () => {};
  #stopListening = () => {};

  /**
   * @param after A timer; replaced in tests.
   * @param random 0…1, spreads the customers of a BFF that comes back over time; replaced in tests.
   */
  constructor(fetch: Fetch, after: After = timer, random = Math.random) {
    this.#fetch = fetch;
    this.#after = after;
    this.#random = random;
  }

  start(): void {
    this.#stopListening = onVisible(this.#onBack, this.#onFocus);
  }

  stop(): void {
    this.#stopListening();
    this.rest();
  }

  /** Cancels the running fetch and the next one. */
  rest(): void {
    this.#current.abort();
    this.#cancelTimer();
  }

  /** The BFF has answered. The next fetch is due after `ms`; null: not before the customer is back. */
  next(ms: number | null): void {
    this.#misses = 0;
    this.#answeredAt = Date.now();
    this.#cancelTimer();
    // A BFF that answers a long poll at once must not be polled in a tight loop.
    if (ms !== null) this.#cancelTimer = this.#after(this.#begin, Math.max(ms, this.#startedAt + 1000 - Date.now()));
  }

  /** The BFF has not answered. */
  missed(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#after(this.#begin, (backOffMs[this.#misses++] ?? 10_000) * (0.75 + this.#random() / 2));
  }

  readonly #begin = () => {
    this.rest();
    if (ofDocument('hidden')) return;
    this.#current = new AbortController();
    this.#startedAt = Date.now();
    this.#fetch(this.#current.signal);
  };

  /** A customer who is back should not wait for a back-off that began before: it starts from the beginning. */
  readonly #onBack = () => {
    this.#misses = 0;
    this.#begin();
  };

  /** The shop may have ended the payment while the customer was in another window. */
  readonly #onFocus = () => {
    if (Date.now() - this.#answeredAt > 60_000) this.#onBack();
  };
}

const backOffMs = [1000, 2000, 3000, 5000, 8000];

const timer: After = (call, ms) => {
  const id = setTimeout(call, Math.min(ms, 86_400_000)); // Browsers treat a delay of more than 24 days as none.
  return () => clearTimeout(id);
};

/**
 * Calls `call` when the customer may be back: the tab is shown or hidden, the browser is online again, or the page was restored
 * from the back-forward cache. Calls `onFocus` when the window has the focus again. Returns a function that ends both.
 */
export function onVisible(call: () => void, onFocus: () => void): () => void {
  const until = new AbortController();
  const { signal } = until;
  ofDocument('addEventListener')('visibilitychange', call, { signal });
  for (const name of ['online', 'pageshow']) addEventListener(name, call, { signal });
  addEventListener('focus', onFocus, { signal });
  return () => until.abort();
}
