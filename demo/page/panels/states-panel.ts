/** All states that a customer can meet: a click makes a payment and brings it there. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { customerStates } from '../states/customer-states.ts';
import type { CustomerState } from '../states/state.ts';
import { QaPanel } from './qa-panel.ts';

/**
 * @element qa-states-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-states-panel')
export class StatesPanel extends QaPanel {
  /** Id of the state that is shown; empty where something else was done since. */
  @property({ attribute: false }) shown = '';
  /** The payment is being brought there. */
  @property({ attribute: false }) busy = false;

  protected override render() {
    return html`<section class="panel states" aria-labelledby="states-title">
      <h2 id="states-title">States</h2>
      <p class="muted small">A click resets clocks, services and connection, then makes a payment and brings it to this state.</p>
      ${customerStates.map(
        ([words, states]) => html`<h3 id=${`states-${words}`}>${words}</h3>
          <div class="chips" role="group" aria-labelledby=${`states-${words}`}>${states.map(this.#chip)}</div>`,
      )}
      <p class="muted small">
        <b class="means" data-means="simulated">simulated</b> only what the checkout receives is changed; the payment is not in this state.
      </p>
    </section>`;
  }

  readonly #chip = ({ id, words, means }: CustomerState) => {
    const current = this.shown === id;
    return html`<button
      class="chip"
      aria-current=${current ? 'true' : 'false'}
      aria-busy=${current && this.busy ? 'true' : 'false'}
      @click=${() => this.request({ do: 'show', state: id })}
    >
      ${words}${means === 'real' ? null : html` <span class="means" data-means=${means}>${means}</span>`}
    </button>`;
  };
}
