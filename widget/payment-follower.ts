/** Follows a payment that others are moving: long poll after long poll, backing off on faults, asleep in a hidden tab. */
import { whenBack } from './when-back.ts';

export interface FollowerOptions {
  /** One long poll; false when it failed. */
  poll(signal: AbortSignal): Promise<boolean>;
  /** Resolves after `ms`, or at once when aborted. */
  pause?(ms: number, signal: AbortSignal): Promise<void>;
  /** 0…1, spreads the customers of a BFF that comes back. */
  random?(): number;
}

export class PaymentFollower {
  readonly #poll: FollowerOptions['poll'];
  readonly #pause: NonNullable<FollowerOptions['pause']>;
  readonly #random: () => number;
  #leave: (() => void) | undefined;
  #aborter: AbortController | undefined;

  constructor(options: FollowerOptions) {
    this.#poll = options.poll;
    this.#pause = options.pause ?? sleep;
    this.#random = options.random ?? Math.random;
  }

  start(): void {
    if (this.#leave) return;
    this.#leave = whenBack(this.#wake);
    this.#wake();
  }

  stop(): void {
    this.#leave?.();
    this.#leave = undefined;
    this.#aborter?.abort();
  }

  /** Starts afresh: shown again or back online, the customer should not wait for a back-off begun before. */
  readonly #wake = () => {
    this.#aborter?.abort();
    if (document.hidden) return;
    this.#aborter = new AbortController();
    void this.#run(this.#aborter.signal);
  };

  async #run(signal: AbortSignal): Promise<void> {
    let faults = 0;
    while (!signal.aborted) {
      const asked = performance.now();
      const answered = await this.#poll(signal);
      if (signal.aborted) return;
      if (!answered) await this.#pause(backOff(faults++) * (0.75 + this.#random() / 2), signal);
      else {
        faults = 0;
        // A BFF that cannot hold an answer must not be asked in a tight loop.
        if (performance.now() - asked < 1000) await this.#pause(1000, signal);
      }
    }
  }
}

const steps = [1000, 2000, 3000, 5000, 8000, 10_000];
const backOff = (faults: number) => steps[Math.min(faults, steps.length - 1)] ?? 10_000;

const sleep = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
