/**
 * What happened to a payment, to the second.
 * @element time-line
 */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { PaymentStatus } from '#contract';
import type { TimelineEntry } from '#contract/operate';
import { localZone, moment, money } from '../format.ts';
import { inWords, statuses, timelineKinds } from '../words.ts';
import { ConsoleElement, pill, time } from './element.ts';

/** The choice is kept from payment to payment, as long as the page lives. */
let newestFirst = true;
let zone: 'local' | 'utc' = 'local';
let isDetailed = false;

@customElement('time-line')
export class Timeline extends ConsoleElement {
  @property({ attribute: false }) entries: readonly TimelineEntry[] = [];
  /** Of the payment. */
  @property({ attribute: false }) currency = '';
  @state() private newestFirst = newestFirst;
  @state() private zone = zone;
  /** Whether ids and other facts are shown below each sentence. */
  @state() private isDetailed = isDetailed;

  protected override render() {
    // Those of one moment keep their order.
    const entries = this.entries.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
    if (this.newestFirst) entries.reverse();
    return html`<div class="section-head">
        <h2 id="happened">What happened</h2>
        <div class="switches">
          <button class="button small" type="button" @click=${this.#turn}>${this.newestFirst ? 'Newest first' : 'Oldest first'}<span aria-hidden="true"> ⇅</span></button>
          <button class="button small" type="button" aria-pressed=${this.isDetailed ? 'true' : 'false'} @click=${this.#changeDetail}>Details</button>
          <button class="button small" type="button" @click=${this.#changeZone} title="Where the times are">${this.zone === 'utc' ? 'UTC' : localZone}</button>
        </div>
      </div>
      <ol class="timeline">${entries.map((entry) => this.#renderEntry(entry))}</ol>`;
  }

  #renderEntry({ at, kind, title, data }: TimelineEntry) {
    const facts = this.isDetailed
      ? Object.entries(data).filter(([name, value]) => value !== null && value !== '' && name !== 'currency')
      : [];
    const currency = typeof data.currency === 'string' ? data.currency : this.currency;
    return html`<li data-kind=${kind}>
      <p class="entry-head">${time(at, this.zone)} <span class="entry-kind">${timelineKinds[kind]}</span></p>
      <p class="entry-title">${title}</p>
      ${moveOf(data)}
      ${
        facts.length > 0
          ? html`<dl class="entry-facts">${facts.map(([name, value]) => html`<div><dt>${inWords(name)}</dt><dd>${this.#shown(name, value, currency)}</dd></div>`)}</dl>`
          : nothing
      }
    </li>`;
  }

  /** Sums are written as money and moments as times. */
  #shown(name: string, value: TimelineEntry['data'][string], currency: string): string {
    if (typeof value === 'number' && currency && /(amount|due|discount|sum|paid|refunded)$/i.test(name))
      return money(value, currency);
    if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return moment(value, this.zone);
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    return String(value);
  }

  readonly #turn = () => {
    newestFirst = this.newestFirst = !this.newestFirst;
    this.announce(newestFirst ? 'Newest first' : 'Oldest first');
  };

  readonly #changeDetail = () => {
    isDetailed = this.isDetailed = !this.isDetailed;
  };

  readonly #changeZone = () => {
    zone = this.zone = this.zone === 'utc' ? 'local' : 'utc';
    this.announce(zone === 'utc' ? 'Times in UTC' : `Times in ${localZone}`);
  };
}

/** From which status to which the payment moved, if it did. */
function moveOf({ from, to }: TimelineEntry['data']) {
  const [before, after] = [from, to].map((name) => statuses[name as PaymentStatus]);
  return before && after ? html`<p class="entry-move">${before.words} → ${pill(after)}</p>` : nothing;
}
