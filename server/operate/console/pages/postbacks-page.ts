/**
 * Postbacks that belong to no payment that we know: each is matched to a payment by a person, or dismissed.
 * @element postbacks-page
 */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PostbackItem } from '#contract/operate';
import { lackOf } from '../acts.ts';
import { age, money } from '../format.ts';
import { LoadedList } from '../loaded.ts';
import '../parts/copy-value.ts';
import { bones, ConsolePage, failureNotice, moreButton, pill, time } from '../parts/element.ts';
import '../parts/match-form.ts';
import '../parts/note-form.ts';
import { addressOf, paymentAddress } from '../route.ts';
import { personOf, type Tone } from '../words.ts';

type Status = PostbackItem['status'];
type Step = 'match' | 'dismiss';

const words: Record<Status, { words: string; tone: Tone }> = {
  unmatched: { words: 'Unmatched', tone: 'bad' },
  matched: { words: 'Matched', tone: 'good' },
  dismissed: { words: 'Dismissed', tone: 'quiet' },
};

@customElement('postbacks-page')
export class PostbacksPage extends ConsolePage {
  /** What is being decided about which. */
  @state() private deciding: { id: string; step: Step } | null = null;
  @state() private result = '';
  readonly #list = new LoadedList<PostbackItem>(this, async (after) => {
    const page = await this.client.postbacks({ status: this.#status, after, limit: '50' });
    return { items: page.postbacks, next: page.next };
  });

  get #status(): Status {
    const { status } = this.route.query;
    return status === 'matched' || status === 'dismissed' ? status : 'unmatched';
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('route')) return;
    this.deciding = null;
    this.result = '';
    void this.#list.restart().then(() => this.#showWanted());
  }

  protected override render() {
    const { items, failure } = this.#list;
    const chip = (status: Status) =>
      html`<li><a class="chip" href=${addressOf('postbacks', null, { status })} aria-current=${status === this.#status ? 'true' : 'false'}>${words[status].words}</a></li>`;
    return html`<div class="page-head"><h1 tabindex="-1">Postbacks</h1><p class="muted">Wallet transfers that Paykassma reported and that belong to no payment we know.</p></div>
      <ul class="chips" aria-label="Status">${chip('unmatched')} ${chip('matched')} ${chip('dismissed')}</ul>
      ${failureNotice(failure, () => void this.#list.refresh())}
      ${this.result ? html`<div class="notice result" data-tone="good" role="status" tabindex="-1"><p>${this.result}</p></div>` : nothing}
      ${
        items === null
          ? failure
            ? nothing
            : bones()
          : items.length === 0
            ? html`<div class="empty"><p class="empty-title">${this.#status === 'unmatched' ? 'Every postback has its payment.' : 'There are none.'}</p></div>`
            : html`<ul class="cards">${repeat(
                items,
                ({ id }) => id,
                (item) => this.#renderItem(item),
              )}</ul>`
      }
      ${moreButton(this.#list)}`;
  }

  #renderItem(item: PostbackItem) {
    const { id, amount, currency, signedAmount, wallet, receivedAt, status, merchantId, note, matchedBy, paymentId } = item;
    const fact = (name: string, value: string | null) =>
      value
        ? html`<div><dt>${name}</dt><dd><copy-value .value=${value} .what=${name.toLowerCase()}></copy-value></dd></div>`
        : nothing;
    return html`<li class="card postback" id=${`postback-${id}`} tabindex="-1" data-wanted=${this.route.id === id ? 'true' : 'false'}>
      <p class="record-line">
        <b>${amount !== null && currency ? money(amount, currency) : 'Amount not named'}</b> ${wallet ?? nothing}
        ${status === 'unmatched' ? nothing : pill(words[status])} ${signedAmount ? nothing : pill({ words: 'Amount not signed', tone: 'warn' })}
      </p>
      <p class="record-meta">${merchantId} · ${time(receivedAt)}${status === 'unmatched' ? ` · waits ${age(receivedAt)}` : ''}</p>
      <dl class="facts">
        ${fact('Transaction', item.transactionId)} ${fact('Id that it names', item.customTransactionId)} ${fact('Customer', item.label)} ${fact('Account', item.account)}
      </dl>
      ${paymentId ? html`<p><a href=${paymentAddress(paymentId)}>The payment that it pays</a></p>` : nothing}
      ${note ? html`<p class="quote">${note}${matchedBy ? html` <span class="muted">(${personOf(matchedBy)})</span>` : nothing}</p>` : nothing}
      ${status === 'unmatched' ? this.#renderChoice(item) : nothing}
    </li>`;
  }

  #renderChoice(item: PostbackItem) {
    const { id, label, merchantId } = item;
    const lack = lackOf(this.me, 'match');
    if (lack) return html`<p class="hint">${lack}</p>`;
    const { client, me } = this;
    const step = this.deciding?.id === id ? this.deciding.step : null;
    const close = () => (this.deciding = null);
    const opener = (wanted: Step, title: string) =>
      html`<button class="button" type="button" aria-expanded=${step === wanted ? 'true' : 'false'} @click=${() => (this.deciding = step === wanted ? null : { id, step: wanted })}>${title}</button>`;
    return html`<div class="buttons">${opener('match', 'Match to a payment…')} ${opener('dismiss', 'Dismiss…')}</div>
      ${
        step === 'match'
          ? html`<match-form .client=${client} .me=${me} .item=${item} .suggestion=${label ?? ''} .merchantId=${merchantId}
              @done=${() => this.#finish('Done: matched. The payment has taken the money.')} @close=${close}></match-form>`
          : step === 'dismiss'
            ? html`<note-form .title=${'Dismiss'} .consequence=${'It leaves the queue, and its money is in no payment. The postback stays stored.'}
                .send=${(text: string, key: string) => client.dismissPostback(id, text, key)}
                @done=${() => this.#finish('Done: dismissed.')} @close=${close}></note-form>`
            : nothing
      }`;
  }

  async #finish(result: string): Promise<void> {
    this.deciding = null;
    this.result = result;
    await this.#list.refresh();
    await this.updateComplete;
    this.querySelector<HTMLElement>('.result')?.focus();
  }

  /** The address names one of them. */
  async #showWanted(): Promise<void> {
    await this.updateComplete;
    const wanted = this.querySelector<HTMLElement>('[data-wanted=true]');
    wanted?.scrollIntoView({ block: 'center' });
    wanted?.focus({ preventScroll: true });
  }
}
