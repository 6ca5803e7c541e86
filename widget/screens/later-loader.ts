/** Fetches the later screens: at once when one of them is next, otherwise when the browser has nothing better to do. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { keepTrying } from '../keep-trying.ts';

export type LaterScreens = typeof import('./later-screens.ts');

export class LaterLoader implements ReactiveController {
  screens: LaterScreens | null = null;
  /** They are here, or do not come: plain words have to do meanwhile. */
  settled = false;
  /** A room that is no part of the first download does not come. */
  roomMissed = false;
  #asked = false;
  #roomAsked = false;
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Nothing is in the customer's way for it: the first paint is done. */
  hostUpdated(): void {
    if (this.#asked) return;
    const whenIdle: (call: () => void) => void = globalThis.requestIdleCallback ?? setTimeout;
    whenIdle(() => void this.load());
  }

  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    this.screens = await keepTrying(() => import('./later-screens.ts'), this.#settle);
    const { shadowRoot } = this.#host;
    const sheet = this.screens?.laterStyles.styleSheet;
    if (sheet && shadowRoot) shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
    this.#settle();
  }

  /** It is drawn as soon as it is here: an element that was waiting to be defined. */
  async loadRoom(): Promise<void> {
    if (this.#roomAsked) return;
    this.#roomAsked = true;
    const tell = (missed: boolean) => {
      this.roomMissed = missed;
      this.#host.requestUpdate();
    };
    tell(
      !(await keepTrying(
        () => import('../methods/wallet/wallet-form.ts'),
        () => tell(true),
      )),
    );
  }

  readonly #settle = () => {
    this.settled = true;
    this.#host.requestUpdate();
  };
}
