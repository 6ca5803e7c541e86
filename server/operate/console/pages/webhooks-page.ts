/**
 * What shops were sent: the log of webhooks, one with its deliveries, sending again, and a test.
 * @element webhooks-page
 */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query } from 'lit/decorators.js';
import { type WebhookEvent, WebhookStatus, WebhookType } from '#contract';
import type { UndeliveredWebhook } from '#contract/operate';
import { LoadedList, Repeat } from '../loaded.ts';
import { bones, ConsolePage, failureNotice, moreButton, pill, time } from '../parts/element.ts';
import { endpointField, merchantField } from '../parts/fields.ts';
import '../parts/webhook-detail.ts';
import '../parts/webhook-tools.ts';
import { addressOf } from '../route.ts';
import { deliveryWords, mainEndpoint, webhookStatuses } from '../webhook-words.ts';

@customElement('webhooks-page')
export class WebhooksPage extends ConsolePage {
  @query('form.filters') private readonly form!: HTMLFormElement;
  readonly #list = new LoadedList<WebhookEvent>(this, async (after) => {
    const { payment, endpoint, type } = this.route.query;
    const page = await this.client.events({
      merchant: this.#merchant,
      payment,
      endpoint,
      type,
      status: this.#status,
      after,
      limit: '50',
    });
    return { items: page.events, next: page.hasMore ? page.next : null };
  });
  /** Of all merchants, because a log is that of one. */
  readonly #undelivered = new LoadedList<UndeliveredWebhook>(this, async (after) => {
    const page = await this.client.undelivered({ after, limit: '50' });
    return { items: page.events, next: page.next };
  });

  constructor() {
    super();
    new Repeat(this, 10_000, () => {
      if (!this.route.id && !this.#isLog) void this.#undelivered.refresh();
    });
  }

  get #merchant(): string {
    return this.route.query.merchant ?? '';
  }

  /** Whether it is said whose log is wanted. */
  get #isLog(): boolean {
    return Boolean(this.#merchant || this.route.query.payment);
  }

  /** Empty for any. */
  get #status(): string {
    const { status = '' } = this.route.query;
    return status;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route') && !this.route.id) void (this.#isLog ? this.#list : this.#undelivered).restart();
  }

  protected override render() {
    const { client, me } = this;
    if (this.route.id) return html`<webhook-detail .client=${client} .me=${me} .eventId=${this.route.id}></webhook-detail>`;
    return html`<div class="page-head"><h1 tabindex="-1">Webhooks</h1><p class="muted">What the shops were sent.</p></div>
      <webhook-tools .client=${client} .me=${me} .merchant=${this.#merchant}></webhook-tools>
      ${this.#renderFilters()} ${this.#isLog ? this.#renderList(this.#list, rowOf) : this.#renderUndelivered()}`;
  }

  #renderUndelivered() {
    return html`<h2 class="list-title">Not delivered yet, of all merchants</h2>
      <p class="hint">What waits and what was given up, the oldest first. Choose a merchant or a payment to see its whole log.</p>
      ${this.#renderList(this.#undelivered, rowOf)}`;
  }

  #renderList<Item>(list: LoadedList<Item>, row: (item: Item) => unknown) {
    const { items, failure } = list;
    return html`${failureNotice(failure, () => void list.refresh())}
      ${items === null ? (failure ? nothing : bones()) : items.length === 0 ? this.#renderEmpty() : html`<ul class="rows">${items.map(row)}</ul>`}
      ${moreButton(list)}`;
  }

  #renderFilters() {
    const { payment = '' } = this.route.query;
    return html`<form class="filters" @submit=${this.#filter} @change=${this.#filter}>
      <div class="fields">
        ${merchantField(this.me, this.#merchant, 'All merchants')}
        <label class="field"><span>Payment id</span><input name="payment" .value=${payment} placeholder="any" autocomplete="off" spellcheck="false" /></label>
        ${this.#isLog ? this.#renderLogFilters() : nothing}
      </div>
    </form>`;
  }

  /** A log can be narrowed down. */
  #renderLogFilters() {
    const { type = '', endpoint = '' } = this.route.query;
    const option = (value: string, words: string, current: string) =>
      html`<option value=${value} ?selected=${value === current}>${words}</option>`;
    return html`<label class="field"><span>Status</span><select name="status">
          ${option('', 'Any', this.#status)}${WebhookStatus.options.map((value) => option(value, webhookStatuses[value].words, this.#status))}
        </select></label>
        <label class="field"><span>Type</span><select name="type">
          ${option('', 'Any', type)}${WebhookType.options.map((value) => option(value, value, type))}
        </select></label>
        ${endpointField(endpoint)}`;
  }

  #renderEmpty() {
    return html`<div class="empty">
      <p class="empty-title">${this.#isLog ? 'No webhook was found.' : 'Every webhook is delivered.'}</p>
      ${this.#isLog ? nothing : html`<p class="muted">None waits, and none was given up. This page looks again every 10 seconds.</p>`}
    </div>`;
  }

  readonly #filter = (event: Event) => {
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(this.form)].map(([name, value]) => [name, String(value).trim()]));
    location.hash = addressOf('webhooks', null, values);
  };
}

const rowOf = (event: WebhookEvent & Partial<UndeliveredWebhook>) => {
  const {
    id,
    type,
    paymentId,
    sequence,
    endpoint,
    status,
    createdAt,
    lastDelivery,
    deliveryCount,
    nextTryAt,
    merchantId,
    reference,
  } = event;
  return html`<li><a class="row" href=${addressOf('webhooks', id)}>
    <span class="row-kind">${pill(webhookStatuses[status])}</span>
    <span class="row-main">${type} <span class="muted">no. ${sequence}${endpoint === mainEndpoint ? '' : `, to ${endpoint}`}</span></span>
    <span class="row-side"
      ><span>${lastDelivery ? deliveryWords(lastDelivery) : status === 'filtered' ? 'not sent' : 'not tried yet'}</span
      ><span class="age">${deliveryCount === 1 ? 'once tried' : `${deliveryCount} tries`}</span></span
    >
    <span class="row-meta"
      >${merchantId ? html`<span>${merchantId}</span>` : nothing}${reference ? html`<span class="reference">${reference}</span>` : html`<span>${paymentId}</span>`}<span>${time(createdAt)}</span>${nextTryAt ? html`<span>next try ${time(nextTryAt)}</span>` : nothing}</span
    >
  </a></li>`;
};
