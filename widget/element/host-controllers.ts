/** Shows the status on the host, for style sheets, and tells the page when it changes: before the change is painted. */
import type { PaymentMethod } from '#contract';
import type { DeskStatus } from '../desk-status.ts';
import { PayStatusChangeEvent } from '../events.ts';
import { showStates } from '../host-states.ts';
import type { PaymentController } from '../session/payment-controller.ts';

export class StatusTeller {
  /** Null before the first update. */
  status: DeskStatus | null = null;
  readonly #host: HTMLElement;
  readonly #internals: ElementInternals;

  constructor(host: HTMLElement) {
    this.#host = host;
    this.#internals = host.attachInternals();
  }

  tell({ view, loadProblem, busy }: PaymentController, chosen: PaymentMethod | null): void {
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
