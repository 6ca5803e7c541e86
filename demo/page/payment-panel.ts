/** The next payment, and how it is shown. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { QaPanel } from './qa-panel.ts';
import { firstSettings, type Settings, SettingsChangeEvent } from './settings.ts';

/** The prices that the seeded codes are worth: a good one, LOW00001, HIGH0001. */
const presets = ['25.00', '12.50', '50.00'];

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
    const { amount, currency } = this.settings;
    return html`<section class="panel" aria-labelledby="payment-title">
      <h2 id="payment-title">Payment</h2>
      <form @submit=${this.#submit}>
        <div class="row">
          <label class="field grow">Amount
            <input inputmode="decimal" autocomplete="off" .value=${amount} @change=${this.#set('amount')} />
          </label>
          <label class="field">Currency
            <select .value=${currency} @change=${this.#set('currency')}>
              ${['PLN', 'MMK', 'UZS'].map((code) => html`<option ?selected=${code === currency}>${code}</option>`)}
            </select>
          </label>
        </div>
        <div class="chips">
          ${presets.map(
            (amount) =>
              html`<button type="button" class="chip" @click=${() => this.#change({ amount, currency: 'PLN' })}>${amount} PLN</button>`,
          )}
        </div>
        ${this.#choice('embed', 'Embedding', [
          ['script', 'Script tag'],
          ['element', 'Element'],
          ['plugin', 'Plugin window'],
        ])}
        ${this.#choice('lang', 'Language', [
          ['en', 'English'],
          ['my', 'မြန်မာ'],
          ['', 'Browser’s'],
        ])}
        ${this.#choice('theme', 'Theme', [
          ['auto', 'Auto'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ])}
        ${this.trouble ? html`<p class="trouble" role="alert">${this.trouble}</p>` : null}
        <button class="primary">New payment</button>
      </form>
      <div class="chips">
        <button class="chip" @click=${() => this.ask({ do: 'cancel' })}>Cancel this payment</button>
        <button class="chip" @click=${() => this.ask({ do: 'new-payment', lifetime: 60 })}>One that expires in a minute</button>
        <button class="chip" @click=${() => this.ask({ do: 'new-payment', stranger: true })}>Unknown client secret</button>
      </div>
    </section>`;
  }

  #choice<Name extends 'embed' | 'lang' | 'theme'>(name: Name, title: string, options: [Settings[Name], string][]) {
    return html`<fieldset class="segments">
      <legend>${title}</legend>
      ${options.map(
        ([value, words]) => html`<label>
          <input type="radio" name=${name} .checked=${this.settings[name] === value} @change=${() => this.#change({ [name]: value })} />
          <span lang=${name === 'lang' && value ? value : 'en'}>${words}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  #change(change: Partial<Settings>): void {
    this.dispatchEvent(new SettingsChangeEvent(change));
  }

  #set = (name: 'amount' | 'currency') => (event: Event) => {
    this.#change({ [name]: (event.target as HTMLInputElement | HTMLSelectElement).value });
  };

  #submit = (event: SubmitEvent) => {
    event.preventDefault();
    this.ask({ do: 'new-payment' });
  };
}
