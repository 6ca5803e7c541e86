/** What was typed must not wait for the next person at this screen: not in the back-forward cache, not in a desk that was taken away. */
import type { ReactiveController } from 'lit';

export class ForgetTyped implements ReactiveController {
  readonly #forget: () => void;

  constructor(forget: () => void) {
    this.#forget = forget;
  }

  hostConnected(): void {
    addEventListener('pagehide', this.#forget);
  }

  hostDisconnected(): void {
    removeEventListener('pagehide', this.#forget);
    this.#forget();
  }
}
