/**
 * Finds payments by one text and by filters, the newest first.
 * @element search-page
 */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { PaymentMethod, PaymentStatus } from '#contract';
import type { PaymentSummary } from '#contract/operate';
import { count } from '../format.ts';
import { LoadedList } from '../loaded.ts';
import { bones, ConsolePage, failureNotice, moreButton } from '../parts/element.ts';
import { merchantField } from '../parts/fields.ts';
import { paymentRow } from '../parts/payment-row.ts';
import '../parts/link-form.ts';
import '../parts/recover-form.ts';
import { addressOf } from '../route.ts';
import { methods, statuses } from '../words.ts';

const filters = ['status', 'merchant', 'method', 'currency', 'from', 'to'] as const;

@customElement('search-page')
export class SearchPage extends ConsolePage {
  @state() private understoodAs: string | null = null;
  @query('form') private readonly form!: HTMLFormElement;
  readonly #list = new LoadedList<PaymentSummary>(this, async (after) => {
    const { q, status, merchant, method, currency, from, to } = this.route.query;
    const page = await this.client.payments({ q, status, merchant, method, currency, from, to, after, limit: '25' });
    this.understoodAs = page.understoodAs;
    return { items: page.payments, next: page.next };
  });

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route')) void this.#list.restart().then(() => this.#announceResult());
  }

  protected override render() {
    const { items, failure } = this.#list;
    return html`<div class="page-head"><h1 tabindex="-1">Payments</h1></div>
      ${this.#renderForm()} ${failureNotice(failure, () => void this.#list.refresh())}
      ${items === null ? (failure ? nothing : bones()) : this.#renderResult(items)} ${moreButton(this.#list)}
      <link-form .client=${this.client} .me=${this.me}></link-form>
      <recover-form .client=${this.client} .me=${this.me}></recover-form>`;
  }

  #renderForm() {
    const { query } = this.route;
    const chosen = filters.filter((name) => query[name]).length;
    const option = (value: string, words: string, current = '') =>
      html`<option value=${value} ?selected=${value === current}>${words}</option>`;
    return html`<form class="search" role="search" @submit=${this.#submit} @change=${this.#choose}>
      <div class="search-line">
        <label class="unseen" for="q">Search payments</label>
        <input id="q" type="search" name="q" .value=${query.q ?? ''} autocomplete="off" spellcheck="false" enterkeyhint="search"
          placeholder="Reference, order, customer, amount" aria-describedby="q-hint" aria-keyshortcuts="/" />
        <button class="button primary">Search</button>
      </div>
      <p class="hint" id="q-hint">E.g. PD-7Q4K-19TZ, an order’s number, the last digits of a card, wallet or transaction number, or 25.00.<span class="keys"> Press / to come here.</span></p>
      <details ?open=${chosen > 0}>
        <summary>Filters${chosen > 0 ? ` (${chosen})` : ''}</summary>
        <div class="fields">
          <label class="field"><span>Status</span><select name="status">${option('', 'Any', query.status)}${PaymentStatus.options.map((value) => option(value, statuses[value].words, query.status))}</select></label>
          <label class="field"><span>Method</span><select name="method">${option('', 'Any', query.method)}${PaymentMethod.options.map((value) => option(value, methods[value], query.method))}</select></label>
          ${merchantField(this.me, query.merchant ?? '', 'Any')}
          <label class="field"><span>From (day in UTC)</span><input type="date" name="from" .value=${query.from ?? ''} /></label>
          <label class="field"><span>To (day in UTC)</span><input type="date" name="to" .value=${query.to ?? ''} /></label>
          <button class="button" type="button" @click=${this.#clear} ?disabled=${chosen === 0}>Clear filters</button>
        </div>
      </details>
    </form>`;
  }

  #renderResult(payments: readonly PaymentSummary[]) {
    const { q } = this.route.query;
    if (payments.length === 0) {
      return html`<div class="empty">
        <p class="empty-title">No payment was found.</p>
        ${q ? html`<p class="muted">“${q}” was searched for${this.understoodAs ? ` as ${this.understoodAs}` : ''}. Try a part of it, or clear the filters.</p>` : nothing}
      </div>`;
    }
    return html`${q && this.understoodAs ? html`<p class="understood">“${q}” was understood as <b>${this.understoodAs}</b>.</p>` : nothing}
      <ul class="rows payments">${payments.map((payment) => html`<li>${paymentRow(payment)}</li>`)}</ul>`;
  }

  #announceResult(): void {
    const { items, next, failure } = this.#list;
    if (items && !failure) this.announce(`${count(items.length, 'payment')}${next ? ', and more' : ''}`);
  }

  readonly #submit = (event: Event) => {
    event.preventDefault();
    this.#search();
  };

  /** A filter applies at once; the text when it is sent. */
  readonly #choose = ({ target }: Event) => {
    if ((target as HTMLInputElement).name !== 'q') this.#search();
  };

  readonly #clear = () => {
    location.hash = addressOf('payments', null, { q: this.route.query.q ?? null });
  };

  #search(): void {
    const values = Object.fromEntries([...new FormData(this.form)].map(([name, value]) => [name, String(value).trim()]));
    const address = addressOf('payments', null, values);
    if (location.hash === address) void this.#list.restart().then(() => this.#announceResult());
    else location.hash = address;
  }
}
