/**
 * What waits for a person, the oldest first. It is read again every ten seconds while it can be seen.
 * @element queue-page
 */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { OperatorStatus, QueueItem, QueueKind } from '#contract/operate';
import { age, count, money } from '../format.ts';
import { Loaded, LoadedList, Repeat } from '../loaded.ts';
import { bones, ConsolePage, failureNotice, moreButton, pill, time } from '../parts/element.ts';
import '../parts/note-form.ts';
import { addressOf, paymentAddress } from '../route.ts';
import { queueKinds } from '../words.ts';

@customElement('queue-page')
export class QueuePage extends ConsolePage {
  @state() private counts: Readonly<Record<string, number>> = {};
  /** The flag without a payment that is being closed. */
  @state() private closing: string | null = null;
  @state() private now = Date.now();
  /** The row that has the focus, to find it again after a reading. */
  #focused: { id: string; index: number } | null = null;
  readonly #list = new LoadedList<QueueItem>(this, async (after) => {
    const page = await this.client.queue({ kind: this.route.query.kind, after, limit: '50' });
    this.counts = page.counts;
    return page;
  });

  readonly #status = new Loaded<OperatorStatus>(this, () => this.client.status());

  constructor() {
    super();
    new Repeat(this, 10_000, () => {
      void this.#readAgain();
      void this.#status.refresh();
    });
  }

  protected override firstUpdated(): void {
    void this.#status.refresh();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('route') && changed.get('route')?.query.kind !== this.route.query.kind) void this.#list.restart();
    else if (changed.has('route') && !changed.get('route')) void this.#list.restart();
    this.now = Date.now();
  }

  protected override updated(): void {
    const focused = this.#focused;
    const items = this.#list.items;
    if (!focused || !items) return;
    const index = items.findIndex((item) => keyOf(item) === focused.id);
    if (index >= 0) focused.index = index;
    else if (!document.activeElement || document.activeElement === document.body) {
      // The row that had the focus is gone: whoever works with keys goes on at the one that has taken its place.
      const rows = this.#rows();
      (rows[Math.min(focused.index, rows.length - 1)] ?? this.querySelector<HTMLElement>('h1'))?.focus();
    }
  }

  protected override render() {
    const { items, failure } = this.#list;
    return html`<div class="page-head">
        <h1 tabindex="-1">Queue</h1>
        <p class="muted">What waits for a person, the oldest first. An outcome that is not known waits here after 15 minutes.</p>
      </div>
      ${this.#renderHold()} ${this.#renderKinds()} ${failureNotice(failure, () => void this.#list.refresh())}
      ${
        items === null
          ? failure
            ? nothing
            : bones(6)
          : items.length === 0
            ? this.#renderEmpty()
            : html`<ul class="rows queue" @keydown=${this.#move} @focusin=${this.#remember} @focusout=${this.#forget}>
                ${repeat(items, keyOf, (item) => this.#renderItem(item))}
              </ul>`
      }
      ${moreButton(this.#list)}`;
  }

  /** After a restore nothing is charged until somebody has compared what the payment services took. */
  #renderHold() {
    const since = this.#status.data?.heldSince;
    return since
      ? html`<p class="notice" data-tone="bad" role="alert">Payments are held since ${time(since)}: run pay-desk db verify</p>`
      : nothing;
  }

  #renderKinds() {
    const chosen = this.route.query.kind ?? null;
    const waiting = Object.entries(queueKinds).filter(([kind]) => (this.counts[kind] ?? 0) > 0 || kind === chosen);
    const all = Object.values(this.counts).reduce((sum, number) => sum + number, 0);
    const link = (kind: string | null, words: string, number: number) =>
      html`<li><a class="chip" href=${addressOf('queue', null, { kind })} aria-current=${kind === chosen ? 'true' : 'false'}
        >${words} <span class="number">${atMost(number)}</span></a></li>`;
    if (this.#list.items === null && waiting.length === 0) return nothing;
    return html`<ul class="chips" aria-label="Kinds">
      ${link(null, 'All', all)} ${waiting.map(([kind, { words }]) => link(kind, words, this.counts[kind] ?? 0))}
    </ul>`;
  }

  #renderEmpty() {
    const kind = queueKinds[this.route.query.kind as QueueKind];
    return html`<div class="empty">
      <p class="empty-title">${kind ? `Nothing of this kind waits.` : 'Nothing waits for you.'}</p>
      <p class="muted">This page looks again every 10 seconds.</p>
    </div>`;
  }

  #renderItem(item: QueueItem) {
    const { kind, reason, reference, orderId, merchantId, amount, currency, since } = item;
    const address = addressOfItem(item);
    const inside = html`<span class="row-kind">${pill(queueKinds[kind] ?? { words: kind, tone: 'warn' })}</span>
      <span class="row-main">${reason}</span>
      <span class="row-side"
        ><span class="sum">${amount !== null && currency ? money(amount, currency) : ''}</span
        ><span class="age"><span class="muted">waits</span> ${age(since, this.now)}</span></span
      >
      <span class="row-meta"
        >${reference ? html`<span class="reference">${reference}</span>` : nothing}<span>${merchantId}</span>${
          orderId ? html`<span>order ${orderId}</span>` : nothing
        }<span class="since">since ${time(since)}</span></span
      >`;
    if (address) return html`<li data-id=${keyOf(item)}><a class="row" href=${address}>${inside}</a></li>`;
    // A flag that belongs to no payment is closed here.
    return html`<li data-id=${keyOf(item)}>
      <button class="row" type="button" aria-expanded=${this.closing === item.id ? 'true' : 'false'}
        @click=${() => (this.closing = this.closing === item.id ? null : item.id)}>${inside}</button>
      ${this.closing === item.id ? this.#renderClosing(item) : nothing}
    </li>`;
  }

  #renderClosing({ id }: QueueItem) {
    return html`<note-form class="inset" .title=${'Close'} .consequence=${'It leaves the queue. What it is about is not changed.'}
      .send=${(note: string, key: string) => this.client.closeFlag(id, note, key)}
      @done=${() => {
        this.closing = null;
        this.announce('Closed');
        void this.#list.refresh();
      }}
      @close=${() => (this.closing = null)}></note-form>`;
  }

  async #readAgain(): Promise<void> {
    const before = new Set(this.#list.items?.map(keyOf));
    const wasRead = this.#list.items !== null;
    await this.#list.refresh();
    const after = this.#list.items ?? [];
    const come = after.filter((item) => !before.has(keyOf(item))).length;
    const gone = before.size - (after.length - come);
    if (wasRead && !this.#list.failure && (come > 0 || gone > 0)) {
      this.announce(`The queue has changed: ${come} new, ${gone} gone. ${count(after.length, 'item')} shown.`);
    }
  }

  #rows = (): HTMLElement[] => [...this.querySelectorAll<HTMLElement>('.row')];

  readonly #remember = ({ target }: Event) => {
    const row = (target as HTMLElement).closest<HTMLElement>('.row');
    if (row) this.#focused = { id: row.parentElement?.dataset.id ?? '', index: this.#rows().indexOf(row) };
  };

  /** It went to something else, and not away with its row. */
  readonly #forget = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget) this.#focused = null;
  };

  /** The arrow keys lead from row to row. */
  readonly #move = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const rows = this.#rows();
    const at = rows.indexOf(document.activeElement as HTMLElement);
    if (step === 0 || at < 0) return;
    event.preventDefault();
    rows[at + step]?.focus();
  };
}

const keyOf = ({ kind, id }: QueueItem): string => `${kind} ${id}`;

/** Counting ends at 1,000. */
const atMost = (number: number): string => (number >= 1_000 ? '1,000+' : String(number));

/** Where it can be ended; null where the queue itself is the place. */
function addressOfItem({ kind, id, paymentId }: QueueItem): string | null {
  if (kind === 'unmatched_postback') return addressOf('postbacks', id);
  if (kind === 'parked_webhook') return addressOf('webhooks', id);
  return paymentId ? paymentAddress(paymentId) : null;
}
