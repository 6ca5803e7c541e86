/** Whether the page is on a small screen, where the controls are a sheet at its foot. `layout.css` has the same width. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class SmallScreen implements ReactiveController {
  readonly #query = matchMedia('(max-width: 859px)');
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isSmall(): boolean {
    return this.#query.matches;
  }

  hostConnected(): void {
    this.#query.addEventListener('change', this.#update);
  }

  hostDisconnected(): void {
    this.#query.removeEventListener('change', this.#update);
  }

  readonly #update = () => this.#host.requestUpdate();
}
