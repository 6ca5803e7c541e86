/**
 * What somebody has to look at although the payment's status does not show it.
 * @element flag-list
 * @fires closed - One was closed.
 */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Flag } from '#contract/operate';
import { lackOf } from '../acts.ts';
import { personOf, queueKinds } from '../words.ts';
import { ConsoleElement, pill, time } from './element.ts';
import './note-form.ts';

@customElement('flag-list')
export class FlagList extends ConsoleElement {
  @property({ attribute: false }) flags: readonly Flag[] = [];
  /** The flag that is being closed. */
  @state() private closing: string | null = null;

  protected override render() {
    return html`<h2>Look at this</h2>
      <ul class="records">${this.flags.map((flag) => this.#renderFlag(flag))}</ul>`;
  }

  #renderFlag({ id, kind, reason, raisedAt, closedAt, closedBy }: Flag) {
    const lack = lackOf(this.me, 'other');
    return html`<li data-over=${closedAt ? 'true' : 'false'}>
      <p class="record-line">${pill(closedAt ? { words: `${queueKinds[kind].words}: closed`, tone: 'quiet' } : queueKinds[kind])}</p>
      <p>${reason}</p>
      <p class="record-meta">${time(raisedAt)}${closedAt ? html` · closed ${time(closedAt)}${closedBy ? ` by ${personOf(closedBy)}` : ''}` : nothing}</p>
      ${closedAt || lack ? nothing : this.#renderClosing(id)}
    </li>`;
  }

  #renderClosing(id: string) {
    const isOpen = this.closing === id;
    const close = () => (this.closing = null);
    return html`<button class="button" type="button" aria-expanded=${isOpen ? 'true' : 'false'}
        @click=${() => (this.closing = isOpen ? null : id)}>Close the flag…</button>
      ${
        isOpen
          ? html`<note-form .title=${'Close the flag'} .consequence=${'It leaves the queue. The payment is not changed.'}
              .send=${(note: string, key: string) => this.client.closeFlag(id, note, key)} @done=${this.#finish} @close=${close}></note-form>`
          : nothing
      }`;
  }

  readonly #finish = () => {
    this.closing = null;
    this.dispatchEvent(new Event('closed'));
  };
}
