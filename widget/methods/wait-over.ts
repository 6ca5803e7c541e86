/** Draws a room anew when a wait in it is over, and says so. */
import type { LitElement, ReactiveController } from 'lit';
import { SayEvent } from '../parts/say-event.ts';

export class WaitOver implements ReactiveController {
  readonly #host: LitElement;
  readonly #left: () => number;
  readonly #words: () => string;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `left`: milliseconds, 0 for no wait. `words` are said at its end. */
  constructor(host: LitElement, left: () => number, words: () => string) {
    this.#host = host;
    this.#left = left;
    this.#words = words;
    host.addController(this);
  }

  hostUpdated(): void {
    const waited = this.#timer;
    clearTimeout(waited);
    const left = this.#left();
    this.#timer = left > 0 ? setTimeout(() => this.#host.requestUpdate(), left) : undefined;
    if (waited && !this.#timer) this.#host.dispatchEvent(new SayEvent(this.#words()));
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }
}
