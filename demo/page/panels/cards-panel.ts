/**
 * The cards of Payme's sandbox, each copied by a click, and how the simulated Payme treats them. Shown only where cards are sold.
 */

import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { goodCard, inFours, otherGoodCard, testCards, testExpiry, testPhone } from '../customers.ts';
import type { CardBehaviour } from '../simulator-api.ts';
import { QaPanel, segments } from './qa-panel.ts';

/**
 * @element qa-cards-panel
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-cards-panel')
export class CardsPanel extends QaPanel {
  /** Payme's settings now; null until they were read. */
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
    this.request({ do: 'copy', text, into: 'the card form' });
  }
}

/** Balances, tiyin; a card without a setting has the first. */
const much = 1_000_000_000;
const little = 10_000;
/** The calls at which a card can fail. */
const steps = ['cards.create', 'cards.get_verify_code', 'cards.verify', 'cards.check', 'receipts.pay'];

/**
 * When a charge completes, what is on the cards, and at which call a card fails. Each choice stays until a reset.
 * @element qa-card-behaviour-form
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-card-behaviour-form')
export class CardBehaviourForm extends QaPanel {
  @property({ attribute: false }) behaviour: Required<CardBehaviour> | null = null;
  /** The card for which a failing call is chosen. */
  @state() private card = goodCard;

  protected override render() {
    const { behaviour } = this;
    if (!behaviour) return nothing;
    const { pay, rotateToken, balances, failAt } = behaviour;
    return html`<h3>How Payme behaves</h3>
      ${segments({
        title: 'A charge completes',
        name: 'payme-pay',
        options: [
          ['instant', 'At once'],
          ['stepwise', 'In steps'],
          ['late', 'Late'],
        ],
        chosen: pay,
        choose: (value) => this.#behave({ pay: value }),
      })}
      ${segments({
        title: 'Balance of the good cards',
        name: 'payme-balance',
        options: [
          ['much', '10 million'],
          ['little', '100 so’m'],
        ],
        chosen: (balances[goodCard] ?? much) > little ? 'much' : 'little',
        choose: (value) => {
          const balance = value === 'much' ? much : little;
          this.#behave({ balances: { [goodCard]: balance, [otherGoodCard]: balance } });
        },
      })}
      ${segments({
        title: 'Token of a confirmed card',
        name: 'payme-token',
        options: [
          ['same', 'The same'],
          ['another', 'Another one'],
        ],
        chosen: rotateToken ? 'another' : 'same',
        choose: (value) => this.#behave({ rotateToken: value === 'another' }),
      })}
      <div class="row">
        <label class="field">Card
          <select @change=${this.#pick}>
            ${testCards.map(({ number }) => html`<option value=${number} ?selected=${number === this.card}>····${number.slice(-4)}</option>`)}
          </select>
        </label>
        <label class="field grow">fails at
          <select @change=${this.#fail}>
            <option value="" .selected=${!failAt[this.card]}>nothing</option>
            ${steps.map((step) => html`<option value=${step} .selected=${failAt[this.card] === step}>${step}</option>`)}
          </select>
        </label>
      </div>`;
  }

  #behave(change: CardBehaviour): void {
    this.request({ do: 'behave', change });
  }

  #pick = (event: Event) => {
    this.card = (event.target as HTMLSelectElement).value;
  };

  #fail = (event: Event) => {
    this.#behave({ failAt: { [this.card]: (event.target as HTMLSelectElement).value || null } });
  };
}
