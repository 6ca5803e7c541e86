/**
 * Whether the books agree: each day compared with the payment services' own lists, and the export for the accounts.
 * @element books-page
 */
import { html, type PropertyValues } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Reconciliation } from '#contract/operate';
import { LoadedList } from '../loaded.ts';
import { bones, ConsolePage, failureNotice, moreButton, pill, time } from '../parts/element.ts';
import '../parts/export-form.ts';
import '../parts/reconcile-form.ts';
import '../parts/reconciliation-detail.ts';
import { reconciliationSources, reconciliationState } from '../reconciliation-words.ts';
import { addressOf } from '../route.ts';
import { personOf } from '../words.ts';

@customElement('books-page')
export class BooksPage extends ConsolePage {
  readonly #list = new LoadedList<Reconciliation>(this, async (after) => {
    const page = await this.client.reconciliations({ after, limit: '25' });
    return { items: page.reconciliations, next: page.next };
  });

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route') && !this.route.id) void this.#list.restart();
  }

  protected override render() {
    const { client, me } = this;
    if (this.route.id)
      return html`<reconciliation-detail .client=${client} .me=${me} .runId=${this.route.id}></reconciliation-detail>`;
    return html`<div class="page-head"><h1 tabindex="-1">Books</h1><p class="muted">Whether the payment services’ lists agree with ours.</p></div>
      <div class="cards">
        <reconcile-form .client=${client} .me=${me}></reconcile-form>
        <section class="card"><h2>Comparisons, the newest first</h2>${this.#renderList()}</section>
        <export-form .client=${client} .me=${me}></export-form>
      </div>`;
  }

  #renderList() {
    const { items, failure } = this.#list;
    return html`${failureNotice(failure, () => void this.#list.refresh())}
      ${
        items === null
          ? failure
            ? ''
            : bones(3)
          : items.length === 0
            ? html`<p class="muted">No day was compared yet.</p>`
            : html`<ul class="rows">${items.map(rowOf)}</ul>`
      }
      ${moreButton(this.#list)}`;
  }
}

const rowOf = (run: Reconciliation) => {
  const { id, merchantId, day, source, there, here, startedAt, requestedBy, problem } = run;
  return html`<li><a class="row" href=${addressOf('books', id)}>
    <span class="row-kind">${pill(reconciliationState(run))}</span>
    <span class="row-main">${day} <span class="muted">${merchantId}</span></span>
    <span class="row-side"><span>${there} there, ${here} here</span></span>
    <span class="row-meta"
      ><span>${reconciliationSources[source]}</span><span>${time(startedAt)}</span><span>by ${requestedBy ? personOf(requestedBy) : 'the server'}</span>${
        problem ? html`<span>${problem}</span>` : ''
      }</span
    >
  </a></li>`;
};
