/**
 * Fetches what is no part of the first download: the later screens when the browser is idle, and the form of each offered method.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { retryImport } from '../browser.ts';
import { type FormTag, formFor, type OfferedMethod } from '../methods/choose-method.ts';

export type LaterScreens = typeof import('./later-screens.ts');

/** What the customer can choose from, which decides what is fetched next. */
export interface Offer {
  offered: readonly OfferedMethod[];
  apiBase: string;
}

const formChunks: Partial<Record<FormTag, (_again: string) => Promise<unknown>>> = {
  'pay-sms-form': (_again) => import('../methods/sms/sms-form.ts'),
  'pay-wallet-form': (_again) => import('../methods/wallet/wallet-form.ts'),
  'pay-card-form': (_again) => import('../methods/card/card-form.ts'),
  'pay-card-frame': (_again) => import('../methods/card/card-frame.ts'),
};

export class DeferredScreens implements ReactiveController {
  /** Null until they are fetched. */
  screens: LaterScreens | null = null;
  /** They have arrived, or the first try failed: until they arrive, plain texts stand in for them. */
  settled = false;
  /** Forms that could not be fetched yet; they are tried again. */
  readonly loadFailed = new Set<FormTag>();
  #requested = false;
  readonly #formsRequested = new Set<FormTag>();
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #offer: () => Offer | null;

  /** @param offer Null until the payment is open. */
  constructor(host: ReactiveControllerHost & HTMLElement, offer: () => Offer | null) {
    this.#host = host;
    this.#offer = offer;
    host.addController(this);
  }

  /** The forms of what is offered come next; where nothing is offered, a later screen is next and must not wait. */
  hostUpdate(): void {
    const offer = this.#offer();
    if (!offer) return;
    if (!offer.offered.length) void this.#load();
    for (const { action } of offer.offered) void this.#loadForm(formFor(action, offer.apiBase, location.origin));
  }

  /** The first paint is done, so fetching delays nothing the customer waits for. */
  hostUpdated(): void {
    if (this.#requested) return;
    // Safari has no `requestIdleCallback`, and there an element of the page with this id would be in its place.
    const { requestIdleCallback: idle } = globalThis;
    const whenIdle: (call: () => void) => void = typeof idle === 'function' ? idle : setTimeout;
    whenIdle(() => void this.#load());
  }

  async #load(): Promise<void> {
    if (this.#requested) return;
    this.#requested = true;
    this.screens = await retryImport((_again) => import('./later-screens.ts'), this.#settle);
    this.screens?.adoptStyles(this.#host.shadowRoot);
    this.#settle();
  }

  /** A form is in the tree before its code: it is rendered as soon as its element is defined. */
  async #loadForm(tag: FormTag): Promise<void> {
    const load = formChunks[tag];
    if (!load || this.#formsRequested.has(tag)) return;
    this.#formsRequested.add(tag);
    const loaded = await retryImport(load, () => {
      this.loadFailed.add(tag);
      this.#host.requestUpdate();
    });
    if (loaded) this.loadFailed.delete(tag);
    this.#host.requestUpdate();
  }

  readonly #settle = () => {
    this.settled = true;
    this.#host.requestUpdate();
  };
}
