/** Tells the page around, a frame for instance, when the desk takes another height. */
import type { ReactiveController } from 'lit';
import { PayResizeEvent } from './events.ts';

export class HeightTeller implements ReactiveController {
  readonly #host: HTMLElement;
  readonly #observer = new ResizeObserver(() => this.#host.dispatchEvent(new PayResizeEvent(this.#host.offsetHeight)));

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  hostConnected(): void {
    this.#observer.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }
}
