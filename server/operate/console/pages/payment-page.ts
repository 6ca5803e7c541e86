/**
 * One payment: what happened to it, what an operator may do about it, and what came of that.
 * @element payment-page
 */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { PaymentDetail, PossibleAct } from '#contract/operate';
import { keyOfAct } from '../acts.ts';
import { Loaded, Repeat } from '../loaded.ts';
import type { ActDoneEvent, ActToggleEvent } from '../parts/act-panel.ts';
import '../parts/act-panel.ts';
import '../parts/approval-list.ts';
import { bones, ConsolePage, failureNotice } from '../parts/element.ts';
import '../parts/flag-list.ts';
import { detailsOf, headOf, recordsOf } from '../parts/payment-records.ts';
import '../parts/time-line.ts';
import { statuses } from '../words.ts';

@customElement('payment-page')
export class PaymentPage extends ConsolePage {
  /** What came of the last act. */
  @state() private result = '';
  /** The acts whose second step is open, by key: they stay on the page even if they are not offered any more. */
  @state() private open: ReadonlyMap<string, PossibleAct> = new Map();
  readonly #detail = new Loaded<PaymentDetail>(this, () => this.client.payment(this.route.id ?? ''));

  constructor() {
    super();
    // Each reading leaves a line in the operators' log, so it is read again only while something goes on by itself, and never while
    // something is being decided: what is decided about does not change under the operator's hands.
    new Repeat(this, 15_000, () => {
      const { status } = this.#detail.data?.payment ?? {};
      const goesOn = status === 'processing' || status === 'refunding';
      if (goesOn && this.open.size === 0 && !this.querySelector('note-form')) void this.#detail.refresh();
    });
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('route') || changed.get('route')?.id === this.route.id) return;
    this.#detail.clear();
    this.result = '';
    this.open = new Map();
    void this.#detail.refresh();
  }

  protected override render() {
    const { data, failure } = this.#detail;
    const retry = () => void this.#detail.refresh();
    if (!data) {
      return html`<div class="page-head"><h1 tabindex="-1">Payment</h1></div>
        ${failureNotice(failure, retry)} ${failure ? nothing : bones()}`;
    }
    const { payment } = data;
    return html`${headOf(data)} ${failureNotice(failure, retry)}
      ${this.result ? html`<div class="notice result" data-tone="good" role="status" tabindex="-1"><p>${this.result}</p></div>` : nothing}
      <div class="payment-columns">
        <div class="payment-side">
          ${this.#renderOpenMatters(data)} ${this.#renderActs(data)} ${recordsOf(payment)} ${detailsOf(data)}
        </div>
        <section class="card" aria-labelledby="happened">
          <time-line .entries=${data.timeline} .currency=${payment.currency}></time-line>
        </section>
      </div>`;
  }

  #renderOpenMatters({ approvals, flags }: PaymentDetail) {
    const { client, me } = this;
    return html`${
      approvals.length > 0
        ? html`<approval-list class="card" .client=${client} .me=${me} .approvals=${approvals} @decided=${(event: CustomEvent<string>) => this.#finish(event.detail)} @closed=${() => void this.#detail.refresh()}></approval-list>`
        : nothing
    }${
      flags.length > 0
        ? html`<flag-list class="card" .client=${client} .me=${me} .flags=${flags} @closed=${() => this.#finish('Done: the flag is closed.')}></flag-list>`
        : nothing
    }`;
  }

  #renderActs({ acts, payment, merchantId }: PaymentDetail) {
    const offered = new Map(acts.map((act) => [keyOfAct(act), act]));
    const shown = [...new Map([...this.open, ...offered])];
    return html`<section class="card acts" aria-labelledby="acts" @act-done=${this.#actDone} @act-toggle=${this.#toggle} @act-stale=${() => void this.#detail.refresh()}>
      <h2 id="acts">What you can do</h2>
      ${
        shown.length === 0
          ? html`<p class="muted">Nothing: this payment needs no decision now.</p>`
          : repeat(
              shown,
              ([key]) => key,
              ([key, act]) =>
                html`<act-panel .client=${this.client} .me=${this.me} .act=${act} .payment=${payment} .merchantId=${merchantId}
                  .isPossible=${offered.has(key)}></act-panel>`,
            )
      }
    </section>`;
  }

  readonly #toggle = ({ act, isOpen }: ActToggleEvent) => {
    const open = new Map(this.open);
    if (isOpen) open.set(keyOfAct(act), act);
    else open.delete(keyOfAct(act));
    this.open = open;
    if (isOpen) this.result = '';
  };

  readonly #actDone = ({ act, result: { payment, approval } }: ActDoneEvent) =>
    this.#finish(
      approval
        ? `Waits for a second person: ${approval.summary} Nothing is done until another operator confirms it.`
        : `Done: ${act.title}. The payment is now: ${statuses[payment.status].words.toLowerCase()}.`,
    );

  /** Says what came of it, and shows the payment as it is now. */
  async #finish(words: string): Promise<void> {
    this.result = words;
    await this.#detail.refresh();
    await this.updateComplete;
    this.querySelector<HTMLElement>('.result')?.focus();
  }
}
