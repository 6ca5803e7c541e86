/**
 * Finds a payment by text and picks it, inside of a form about something else.
 * @element payment-picker
 * @fires {CustomEvent<PaymentSummary | null>} pick - The payment that was picked; null if none is any more.
 */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PaymentSummary } from '#contract/operate';
import { textOf } from '../failure.ts';
import { LoadedList } from '../loaded.ts';
import { ConsoleElement, moreButton } from './element.ts';
import { paymentChoice } from './payment-row.ts';

@customElement('payment-picker')
export class PaymentPicker extends ConsoleElement {
  /** Only payments of this merchant are offered. */
  @property({ attribute: false }) merchantId = '';
  /** The payment that is not offered. */
  @property({ attribute: false }) except = '';
  @property({ attribute: false }) chosen = '';
  /** What is searched for at first. */
  @property({ attribute: false }) suggestion = '';
  @state() private text = '';
  /** Nothing was searched for yet. */
  @state() private fresh = true;
  readonly #list = new LoadedList<PaymentSummary>(this, async (after) => {
    const page = await this.client.payments({ q: this.text, merchant: this.merchantId, after, limit: '10' });
    return { items: page.payments, next: page.next };
  });

  protected override firstUpdated(): void {
    this.text = this.suggestion;
  }

  protected override render() {
    const { items, failure, busy } = this.#list;
    const offered = items?.filter(({ id }) => id !== this.except) ?? [];
    return html`<div class="picker">
      <div class="search-line">
        <input type="search" aria-label="Find a payment" placeholder="Reference, order, customer or amount" autocomplete="off"
          .value=${this.text} @input=${this.#type} @keydown=${this.#press} />
        <button class="button" type="button" ?disabled=${busy} @click=${this.#search}>${busy ? 'Searching…' : 'Find'}</button>
      </div>
      ${failure ? html`<p class="wrong" role="alert">${textOf(failure)}</p>` : nothing}
      ${
        items === null || this.fresh
          ? nothing
          : offered.length === 0
            ? html`<p class="hint" role="status">No payment of ${this.merchantId} was found.</p>`
            : html`<ul class="rows">
                ${offered.map((payment) => html`<li>${paymentChoice(payment, payment.id === this.chosen, () => this.#pick(payment))}</li>`)}
              </ul>`
      }
      ${moreButton(this.#list)}
    </div>`;
  }

  readonly #type = ({ target }: Event) => {
    this.text = (target as HTMLInputElement).value;
  };

  /** Enter searches and does not send the form around, and Escape clears the text before it closes the form. */
  readonly #press = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && this.text !== '') event.stopPropagation();
    if (event.key !== 'Enter') return;
    event.preventDefault();
    this.#search();
  };

  readonly #search = () => {
    this.fresh = false;
    void this.#list.restart();
  };

  #pick(payment: PaymentSummary): void {
    this.dispatchEvent(new CustomEvent('pick', { detail: payment.id === this.chosen ? null : payment }));
  }
}
