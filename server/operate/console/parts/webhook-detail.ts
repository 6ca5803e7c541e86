/**
 * One webhook: its deliveries, its body, and sending it again.
 * @element webhook-detail
 */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { WebhookEventDetail } from '#contract';
import { lackOf } from '../acts.ts';
import { type Failure, failureOf } from '../failure.ts';
import { Loaded, Repeat } from '../loaded.ts';
import { addressOf, paymentAddress } from '../route.ts';
import { deliveryWords, isDelivered, mainEndpoint, webhookStatuses } from '../webhook-words.ts';
import './copy-value.ts';
import { bones, ConsoleElement, failureNotice, pill, time } from './element.ts';
import { OneClick, outcomeNotice } from './one-click.ts';

@customElement('webhook-detail')
export class WebhookDetail extends ConsoleElement {
  @property({ attribute: false }) eventId = '';
  @state() private failure: Failure | null = null;
  @state() private busy = false;
  @state() private result = '';
  readonly #click = new OneClick();
  readonly #event = new Loaded<WebhookEventDetail>(this, () => this.client.event(this.eventId));

  constructor() {
    super();
    // Each reading leaves a line in the operators' log, so it is read again only while a try is about to be made.
    new Repeat(this, 5_000, () => {
      if (isAboutToBeTried(this.#event.data)) void this.#event.refresh();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('eventId')) return;
    this.#event.clear();
    void this.#event.refresh();
  }

  protected override render() {
    const { data, failure } = this.#event;
    return html`<p class="back"><a href=${addressOf('webhooks')}>Webhooks</a></p>
      <div class="page-head"><h1 tabindex="-1">${data ? data.type : 'Webhook'}</h1>${data ? pill(webhookStatuses[data.status]) : nothing}</div>
      ${failureNotice(failure, () => void this.#event.refresh())} ${data ? this.#renderEvent(data) : failure ? nothing : bones()}`;
  }

  #renderEvent({
    id,
    paymentId,
    endpoint,
    sequence,
    createdAt,
    deliveredAt,
    nextTryAt,
    replayedAt,
    deliveries,
    body,
    status,
  }: WebhookEventDetail) {
    const fact = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    return html`<section class="card">
        <dl class="facts">
          ${fact('Payment', html`<a href=${paymentAddress(paymentId)}>${paymentId}</a>`)} ${fact('Number', `${sequence} of this payment`)}
          ${endpoint === mainEndpoint ? nothing : fact('Endpoint', endpoint)}
          ${fact('Id', html`<copy-value .value=${id} .what=${'id'}></copy-value>`)} ${fact('Created', time(createdAt))}
          ${deliveredAt ? fact('Delivered', time(deliveredAt)) : nothing} ${nextTryAt ? fact('Next try', time(nextTryAt)) : nothing}
          ${replayedAt ? fact('Sent again', time(replayedAt)) : nothing}
        </dl>
        ${this.#renderReplay(status)}
      </section>
      <section class="card">
        <h2>Deliveries</h2>
        ${
          deliveries.length === 0
            ? html`<p class="muted">None yet.</p>`
            : html`<ol class="records">
                ${deliveries.toReversed().map(
                  (delivery) =>
                    html`<li><p class="record-line"><b>No. ${delivery.number}</b> ${pill({ words: deliveryWords(delivery), tone: isDelivered(delivery.status) ? 'good' : 'bad' })}</p>
                    <p class="record-meta">${time(delivery.at)}</p></li>`,
                )}
              </ol>`
        }
      </section>
      ${
        body === null
          ? html`<p class="muted">Its body was erased, because webhooks are kept for a limited time.</p>`
          : html`<details class="card"><summary>What is sent</summary><pre tabindex="0">${pretty(body)}</pre></details>`
      }`;
  }

  #renderReplay(status: WebhookEventDetail['status']) {
    const lack = lackOf(this.me, 'other');
    if (lack) return html`<p class="hint">${lack}</p>`;
    return html`<p class="hint">${replayHints[status]}</p>
      ${this.failure ? outcomeNotice(this.failure) : nothing} ${this.result ? html`<p class="notice" data-tone="good" role="status">${this.result}</p>` : nothing}
      <div class="buttons"><button class="button primary" type="button" ?disabled=${this.busy} @click=${this.#replay}>${this.busy ? 'Sending…' : 'Send it again'}</button></div>`;
  }

  readonly #replay = async () => {
    this.busy = true;
    this.failure = null;
    this.result = '';
    try {
      await this.client.replayEvent(this.eventId, this.#click.keyFor(this.eventId));
      this.#click.done();
      this.result = 'It waits to be sent. The delivery appears below.';
      void this.#event.refresh();
    } catch (error) {
      this.failure = failureOf(error);
      this.#click.failed(this.failure);
    }
    this.busy = false;
  };
}

const again = 'It is sent again with the same id, and after earlier webhooks of the same payment that still wait.';
const replayHints: Record<WebhookEventDetail['status'], string> = {
  pending: again,
  parked: again,
  delivered: 'The shop has it already. Sent again, it has the same id, and a shop that keeps ids handles it once.',
  filtered: 'It was not sent, because the merchants file does not name its type for this shop. Here it can be sent all the same.',
};

const soonMs = 30_000;

const isAboutToBeTried = (event: WebhookEventDetail | null): boolean =>
  event?.status === 'pending' && (event.nextTryAt === null || Date.parse(event.nextTryAt) - Date.now() < soonMs);

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
