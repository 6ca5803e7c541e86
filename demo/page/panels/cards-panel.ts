/** The cards of Payme's sandbox, each copied by a click, and how Payme behaves towards them. Only where cards are sold. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { CardBehaviour } from '../card-behaviour.ts';
import '../card-behaviour-form.ts';
import { inFours, testCards, testExpiry, testPhone } from '../test-cards.ts';
import { QaPanel } from './qa-panel.ts';

/**
 * @element qa-cards-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-cards-panel')
export class CardsPanel extends QaPanel {
  /** As Payme behaves now; null while that is not known. */
  @property({ attribute: false }) behaviour: Required<CardBehaviour> | null = null;

  protected override render() {
    return html`<section class="panel" aria-labelledby="cards-title">
      <h2 id="cards-title">Cards</h2>
      <p class="muted small">A click copies one: the form is another origin’s frame, into which nobody can type from here.</p>
      <div class="codes">
        ${testCards.map(
          ({ number, brings }) => html`<button class="code" @click=${() => this.#copy(number)}>
            <b>${inFours(number)}</b><span>${brings}</span>
          </button>`,
        )}
      </div>
      <div class="chips">
        ${[testExpiry, testPhone].map((text) => html`<button class="chip" @click=${() => this.#copy(text)}>Copy ${text}</button>`)}
      </div>
      <qa-card-behaviour-form .behaviour=${this.behaviour}></qa-card-behaviour-form>
    </section>`;
  }

  #copy(text: string): void {
    this.ask({ do: 'copy', text, into: 'the card form' });
  }
}
