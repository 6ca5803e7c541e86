/** Fetches the later screens: at once when one of them is next, otherwise when the browser has nothing better to do. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { OfferedMethod } from '../methods/choose-method.ts';
import { type FormTag, formFor } from '../methods/choose-method.ts';
import { retryImport } from '../session/retry-import.ts';

export type LaterScreens = typeof import('./later-screens.ts');

const rooms: Partial<Record<FormTag, () => Promise<unknown>>> = {
  'pay-sms-form': () => import('../methods/sms/sms-form.ts'),
  'pay-wallet-form': () => import('../methods/wallet/wallet-form.ts'),
  'pay-card-form': () => import('../methods/card/card-form.ts'),
  'pay-card-frame': () => import('../methods/card/card-frame.ts'),
};

export class DeferredScreens implements ReactiveController {
  screens: LaterScreens | null = null;
  /** They are here, or do not come: plain words have to do meanwhile. */
  settled = false;
  /** Rooms that are no part of the first download and do not come. */
  readonly loadFailed = new Set<FormTag>();
  #asked = false;
  readonly #roomsAsked = new Set<FormTag>();
  readonly #host: ReactiveControllerHost & HTMLElement;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Nothing is in the customer's way for it: the first paint is done. */
  hostUpdated(): void {
    if (this.#asked) return;
    // Safari has none, and there an element of the page with this id would be it.
    const { requestIdleCallback: idle } = globalThis;
    const whenIdle: (call: () => void) => void = typeof idle === 'function' ? idle : setTimeout;
    whenIdle(() => void this.load());
  }

  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    this.screens = await retryImport(() => import('./later-screens.ts'), this.#settle);
    const { shadowRoot } = this.#host;
    const sheet = this.screens?.laterStyles.styleSheet;
    if (sheet && shadowRoot) shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
    this.#settle();
  }

  /** What comes next: the rooms of what is offered, and at once the later screens where nothing is. */
  preload(offered: readonly OfferedMethod[], apiBase: string): void {
    if (!offered.length) void this.load();
    for (const { action } of offered) void this.#loadRoom(formFor(action, apiBase, location.origin));
  }

  /** It is drawn as soon as it is here: an element that was waiting to be defined. */
  async #loadRoom(tag: FormTag): Promise<void> {
    const load = rooms[tag];
    if (!load || this.#roomsAsked.has(tag)) return;
    this.#roomsAsked.add(tag);
    const come = await retryImport(load, () => {
      this.loadFailed.add(tag);
      this.#host.requestUpdate();
    });
    if (come) this.loadFailed.delete(tag);
    this.#host.requestUpdate();
  }

  readonly #settle = () => {
    this.settled = true;
    this.#host.requestUpdate();
  };
}
