/**
 * One comparison with a payment service's own list, and all that differs. It is read again while it is running.
 * @element reconciliation-detail
 */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ReconciliationDetail as Detail, Difference } from '#contract/operate';
import { money } from '../format.ts';
import { Loaded, Repeat } from '../loaded.ts';
import { differenceKinds, reconciliationSources, reconciliationState } from '../reconciliation-words.ts';
import { addressOf, paymentAddress } from '../route.ts';
import { personOf } from '../words.ts';
import './copy-value.ts';
import { bones, ConsoleElement, failureNotice, pill, time } from './element.ts';

@customElement('reconciliation-detail')
export class ReconciliationDetail extends ConsoleElement {
  @property({ attribute: false }) runId = '';
  readonly #run = new Loaded<Detail>(this, () => this.client.reconciliation(this.runId));

  constructor() {
    super();
    new Repeat(this, 2_000, () => {
      if (this.#run.data?.status === 'running') void this.#run.refresh();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('runId')) return;
    this.#run.clear();
    void this.#run.refresh();
  }

  protected override render() {
    const { data, failure } = this.#run;
    return html`<p class="back"><a href=${addressOf('books')}>Books</a></p>
      <div class="page-head"><h1 tabindex="-1">${data ? `${data.merchantId}, ${data.day}` : 'Comparison'}</h1>${data ? pill(reconciliationState(data)) : nothing}</div>
      ${failureNotice(failure, () => void this.#run.refresh())} ${data ? this.#renderRun(data) : failure ? nothing : bones()}`;
  }

  #renderRun({ source, there, here, foreign, startedAt, endedAt, requestedBy, problem, status, found }: Detail) {
    const fact = (name: string, value: unknown) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
    return html`${problem ? html`<p class="notice" data-tone=${status === 'failed' ? 'bad' : 'warn'}>${problem}</p>` : nothing}
      <section class="card">
        <dl class="facts">
          ${fact('With', reconciliationSources[source])} ${fact('Paid there', there)} ${fact('Known here', here)}
          ${fact('Of other systems', foreign)} ${fact('Started', time(startedAt))} ${endedAt ? fact('Ended', time(endedAt)) : nothing}
          ${fact('By', requestedBy ? personOf(requestedBy) : 'the server, every day')}
        </dl>
      </section>
      ${
        status === 'running'
          ? html`<p class="muted" role="status">It is running. This page looks again every 2 seconds.</p>`
          : found.length > 0
            ? html`<section class="card"><h2>What differs</h2><ol class="records">${found.map(renderDifference)}</ol></section>`
            : status === 'done'
              ? html`<div class="empty"><p class="empty-title">Nothing differs.</p></div>`
              : nothing
      }`;
  }
}

const renderDifference = (one: Difference) => {
  const { kind, upstreamId, paymentId, theirAmount, theirCurrency, ourAmount, ourCurrency, at, reason } = one;
  const sum = (amount: number | null, currency: string | null) =>
    amount === null || !currency ? 'nothing' : money(amount, currency);
  return html`<li>
    <p class="record-line">${pill({ words: differenceKinds[kind], tone: 'bad' })} <span><b>${sum(theirAmount, theirCurrency)}</b> there, <b>${sum(ourAmount, ourCurrency)}</b> here</span></p>
    <p>${reason}</p>
    <p class="record-meta">${time(at)} · their id <copy-value .value=${upstreamId} .what=${'id'}></copy-value>
      ${paymentId ? html` · <a href=${paymentAddress(paymentId)}>our payment</a>` : nothing}</p>
  </li>`;
};
