/**
 * When to look at the payment next, while others may move it: when it is due, sooner when the customer is back, later and later while
 * nothing answers, and never in a hidden tab. What a look is, and what is due after it, the desk says.
 */
import { ofDocument } from './of-document.ts';

/** The signal ends it: the tab was hidden, or a newer look has begun. */
export type Fetch = (signal: AbortSignal) => void;
/** Calls once after `ms`; returns how to call it off. */
export type After = (call: () => void, ms: number) => () => void;

export class PaymentPoller {
  readonly #look: Fetch;
  readonly #after: After;
  readonly #random: () => number;
  #looking = new AbortController();
  #lookedAt = 0;
  #heardAt = 0;
  #misses = 0;
  #callOff = () => {};
  #leave = () => {};

  /** `after` and `random` (0…1, spreads the customers of a BFF that comes back) are there for tests. */
  constructor(look: Fetch, after: After = timer, random = Math.random) {
    this.#look = look;
    this.#after = after;
    this.#random = random;
  }

  start(): void {
    this.#leave = onVisible(this.#onBack, this.#onFocus);
  }

  stop(): void {
    this.#leave();
    this.rest();
  }

  /** Nothing is due, and what is on its way is of no interest any more. */
  rest(): void {
    this.#looking.abort();
    this.#callOff();
  }

  /** Answered. The next look is due after `ms`; null: not before the customer is back. */
  next(ms: number | null): void {
    this.#misses = 0;
    this.#heardAt = Date.now();
    this.#callOff();
    // A BFF that does not hold its answers must not be asked in a tight loop.
    if (ms !== null) this.#callOff = this.#after(this.#begin, Math.max(ms, this.#lookedAt + 1000 - Date.now()));
  }

  /** Not answered. */
  missed(): void {
    this.#callOff();
    this.#callOff = this.#after(this.#begin, (steps[this.#misses++] ?? 10_000) * (0.75 + this.#random() / 2));
  }

  readonly #begin = () => {
    this.rest();
    if (ofDocument('hidden')) return;
    this.#looking = new AbortController();
    this.#lookedAt = Date.now();
    this.#look(this.#looking.signal);
  };

  /** Shown again or back online, the customer should not wait for a back-off that began before: it starts afresh. */
  readonly #onBack = () => {
    this.#misses = 0;
    this.#begin();
  };

  /** The shop may have ended the payment while the customer was in another window. */
  readonly #onFocus = () => {
    if (Date.now() - this.#heardAt > 60_000) this.#onBack();
  };
}

const steps = [1000, 2000, 3000, 5000, 8000];

const timer: After = (call, ms) => {
  const id = setTimeout(call, Math.min(ms, 86_400_000)); // browsers take a month for no time at all
  return () => clearTimeout(id);
};

/**
 * Calls when the customer may be back: tab shown or hidden, online again, page restored from the back-forward cache; and `onFocus` when
 * the window has the focus again. Returns the end of it.
 */
export function onVisible(call: () => void, onFocus: () => void): () => void {
  const until = new AbortController();
  const { signal } = until;
  ofDocument('addEventListener')('visibilitychange', call, { signal });
  for (const name of ['online', 'pageshow']) addEventListener(name, call, { signal });
  addEventListener('focus', onFocus, { signal });
  return () => until.abort();
}
