/** The next payment, and how it is shown. */
import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { marketOf, markets } from './markets.ts';
import { QaPanel } from './qa-panel.ts';
import { firstSettings, type Settings, SettingsChangeEvent } from './settings.ts';

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
        ${this.#choice('embed', 'Embedding', [
          ['script', 'Script tag'],
          ['element', 'Element'],
          ['plugin', 'Plugin window'],
        ])}
        ${this.#choice('lang', 'Language', [
          ['en', 'English'],
          ['my', 'မြန်မာ'],
          ['ru', 'Русский'],
          ['uz', 'Oʻzbek'],
          ['pl', 'Polski'],
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
        <button class="chip" @click=${() => this.ask({ do: 'new-payment', secret: 'stranger' })}>Unknown client secret</button>
        <button class="chip" @click=${() => this.ask({ do: 'new-payment', secret: 'late' })}>Client secret 5 s late</button>
        <button class="chip" @click=${() => this.ask({ do: 'guess' })}>Five wrong guesses</button>
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

  /** Picked and not typed, so it is meant: the next payment is made at once, for what it says. */
  #sell(change: Partial<Settings>): void {
    this.#change(change);
    this.ask({ do: 'new-payment' });
  }

  #sellIn = (event: Event) => {
    const { currency, prices } = marketOf((event.target as HTMLSelectElement).value);
    this.#sell({ currency, amount: prices[0] });
  };

  #type = (event: Event) => {
    this.#change({ amount: (event.target as HTMLInputElement).value });
  };

  #submit = (event: SubmitEvent) => {
    event.preventDefault();
    this.ask({ do: 'new-payment' });
  };
}
