/** Shows the status on the host, for style sheets, and tells the page when it changes: before the change is painted. */

import type { ReactiveController } from 'lit';
import type { PaymentMethod } from '#contract';
import { type DeskStatus, PayResizeEvent, PayStatusChangeEvent } from '../events.ts';
import type { PaymentController } from '../session/payment-controller.ts';

export class StatusReporter {
  /** Null before the first update. */
  status: DeskStatus | null = null;
  readonly #host: HTMLElement;
  readonly #internals: ElementInternals;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#internals = host.attachInternals();
  }

  report({ view, loadProblem, busy }: PaymentController, chosen: PaymentMethod | null): void {
    const status = loadProblem ? 'load_error' : (view?.status ?? 'loading');
    const previous = this.status;
    showStates(this.#internals, [status, ...(busy ? ['busy'] : []), ...(view?.test ? ['test'] : [])]);
    if (status === previous) return;
    this.status = status;
    this.#host.dataset.status = status;
    const method = view?.attempt?.method ?? chosen;
    this.#host.dispatchEvent(new PayStatusChangeEvent({ status, previous, method, action: view?.nextAction.kind ?? null }));
  }
}

/** Shows the host's state to the merchant's style sheet: `pay-desk:state(succeeded)`. Browsers without custom states have `data-status`. */
export function showStates(internals: ElementInternals, now: readonly string[]): void {
  try {
    internals.states.clear();
    for (const name of now) internals.states.add(name);
  } catch {
    // older engines want dashed names or know no states: the attribute remains
  }
}

/** Tells the page around, a frame for instance, when the desk takes another height. */
export class ResizeReporter implements ReactiveController {
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

/** What was typed must not wait for the next person at this screen: not in the back-forward cache, not in a desk that was taken away. */
export class ClearOnPageHide implements ReactiveController {
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
