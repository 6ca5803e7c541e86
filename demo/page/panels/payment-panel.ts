/** Amount and currency of the next payment, and how it is embedded in the shop's page. */

import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { marketOf, markets } from '../money.ts';
import { type Embedding, embeddings } from '../qa-api.ts';
import { firstSettings, type Settings, SettingsChangeEvent } from '../qa-events.ts';
import { QaPanel } from './qa-panel.ts';

/**
 * @element qa-payment-panel
 * @fires {SettingsChangeEvent} qa-settings-change
 * @fires {QaActionEvent} qa-action
 */
@customElement('qa-payment-panel')
export class PaymentPanel extends QaPanel {
  @property({ attribute: false }) settings: Settings = firstSettings;
  /** Why the last payment could not be made. */
  @property({ attribute: false }) trouble = '';

  protected override render() {
    const { amount, currency, embed } = this.settings;
    return html`<section class="panel" aria-labelledby="payment-title">
      <h2 id="payment-title">Payment</h2>
      <form @submit=${this.#submit}>
        <div class="row">
          <label class="field grow">Amount
            <input inputmode="decimal" autocomplete="off" .value=${amount} @change=${this.#type} />
          </label>
          <label class="field">Currency
            <select .value=${currency} @change=${this.#sellIn}>
              ${markets.map((market) => html`<option ?selected=${market.currency === currency}>${market.currency}</option>`)}
            </select>
          </label>
        </div>
        <div class="chips">
          ${marketOf(currency).prices.map(
            (price) =>
              html`<button type="button" class="chip" @click=${() => this.#sell({ amount: price })}>${price} ${currency}</button>`,
          )}
        </div>
        <label class="field">Embedding
          <select .value=${embed} @change=${this.#embed}>
            ${Object.entries(embeddings).map(([value, words]) => html`<option value=${value} ?selected=${value === embed}>${words}</option>`)}
          </select>
        </label>
        ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : null}
        <button class="primary">New payment</button>
      </form>
      <div class="chips">
        <button class="chip" @click=${() => this.request({ do: 'cancel' })}>Cancel this payment</button>
        <button class="chip" @click=${() => this.request({ do: 'refund' })}>Refund this payment</button>
      </div>
    </section>`;
  }

  #change(change: Partial<Settings>): void {
    this.dispatchEvent(new SettingsChangeEvent(change));
  }

  /** Makes the next payment at once, because a value that was picked is complete, other than one that is being typed. */
  #sell(change: Partial<Settings>): void {
    this.#change(change);
    this.request({ do: 'new-payment' });
  }

  #sellIn = (event: Event) => {
    const { currency, prices } = marketOf((event.target as HTMLSelectElement).value);
    this.#sell({ currency, amount: prices[0] });
  };

  #embed = (event: Event) => {
    this.#change({ embed: (event.target as HTMLSelectElement).value as Embedding });
  };

  #type = (event: Event) => {
    this.#change({ amount: (event.target as HTMLInputElement).value });
  };

  #submit = (event: SubmitEvent) => {
    event.preventDefault();
    this.request({ do: 'new-payment' });
  };
}
