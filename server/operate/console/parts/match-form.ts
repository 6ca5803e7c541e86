/**
 * Matches a postback to a payment: the payment, the amount where the signature does not cover it, and the reason.
 * @element match-form
 * @fires done - It was matched.
 * @fires close - It is not wanted any more.
 */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { MatchPostback, PaymentSummary, PostbackItem } from '#contract/operate';
import { noteMistake } from '../acts.ts';
import { type Failure, failureOf } from '../failure.ts';
import { money, readAmount } from '../format.ts';
import { ConsoleElement, FocusBack } from './element.ts';
import { noteField } from './fields.ts';
import { OneClick, outcomeNotice } from './one-click.ts';
import './payment-picker.ts';

type Field = 'payment' | 'amount' | 'note';

@customElement('match-form')
export class MatchForm extends ConsoleElement {
  @property({ attribute: false }) item!: PostbackItem;
  @property({ attribute: false }) merchantId = '';
  /** What a payment is searched for by at first. */
  @property({ attribute: false }) suggestion = '';
  @state() private payment: PaymentSummary | null = null;
  @state() private amount = '';
  @state() private note = '';
  @state() private mistakes: Partial<Record<Field, string>> = {};
  @state() private failure: Failure | null = null;
  @state() private busy = false;
  readonly #click = new OneClick();

  constructor() {
    super();
    new FocusBack(this);
  }

  protected override render() {
    const { mistakes, payment } = this;
    return html`<form class="decision" @submit=${this.#submit} @keydown=${this.#escape} novalidate>
      <dl class="consequence">
        <div><dt>What will happen</dt><dd>The payment takes this money as paid, whatever its status is, and the shop is sent a webhook.</dd></div>
        <div data-tone="warn"><dt>What cannot be undone</dt><dd>A postback is matched once. Afterwards its money is moved only from that payment’s page.</dd></div>
      </dl>
      <fieldset class="field" aria-describedby=${mistakes.payment ? 'wrong-payment' : nothing}>
        <legend>The payment that it pays</legend>
        <payment-picker .client=${this.client} .me=${this.me} .merchantId=${this.merchantId} .suggestion=${this.suggestion}
          .chosen=${payment?.id ?? ''} @pick=${this.#pick}></payment-picker>
        ${mistakes.payment ? html`<span class="wrong" id="wrong-payment" role="alert">${mistakes.payment}</span>` : nothing}
      </fieldset>
      ${this.item.signedAmount ? nothing : this.#renderAmount()}
      ${noteField(this.note, mistakes.note ?? '', (note) => {
        this.note = note;
        this.mistakes = { ...this.mistakes, note: '' };
      })}
      ${this.failure ? outcomeNotice(this.failure) : nothing}
      <div class="buttons">
        <button class="button primary" ?disabled=${this.busy}>${
          this.busy ? 'Sending…' : payment ? `Do it: match to ${payment.reference}` : 'Do it: match'
        }</button>
        <button class="button" type="button" ?disabled=${this.busy} @click=${this.#close}>Not now</button>
      </div>
    </form>`;
  }

  /** The postback's own amount is not filled in, because nobody has signed it. */
  #renderAmount() {
    const { currency } = this;
    const wrong = this.mistakes.amount ?? '';
    const read = currency ? readAmount(this.amount, currency) : '';
    return html`<label class="field">
      <span>Amount from Paykassma’s cabinet${currency ? `, in ${currency}` : ''}</span>
      <input name="amount" inputmode="decimal" autocomplete="off" .value=${this.amount} aria-invalid=${wrong ? 'true' : 'false'}
        aria-describedby=${wrong ? 'wrong-amount' : 'hint-amount'} @input=${this.#typeAmount} />
      ${
        wrong
          ? html`<span class="wrong" id="wrong-amount" role="alert">${wrong}</span>`
          : html`<span class="hint" id="hint-amount">${
              typeof read === 'number'
                ? `That is ${money(read, currency)}.`
                : 'Look it up there: the signature of the postback does not cover it.'
            }</span>`
      }
    </label>`;
  }

  get currency(): string {
    return this.item.currency ?? this.payment?.currency ?? '';
  }

  readonly #pick = ({ detail }: CustomEvent<PaymentSummary | null>) => {
    this.payment = detail;
    this.mistakes = { ...this.mistakes, payment: '' };
  };

  readonly #typeAmount = ({ target }: Event) => {
    this.amount = (target as HTMLInputElement).value;
    this.mistakes = { ...this.mistakes, amount: '' };
  };

  readonly #close = () => this.dispatchEvent(new Event('close'));

  readonly #escape = ({ key }: KeyboardEvent) => {
    // What is sent has an outcome, which is said here.
    if (key === 'Escape' && !this.busy) this.#close();
  };

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    const body = this.#read();
    if (!body || this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await this.client.matchPostback(this.item.id, body, this.#click.keyFor(JSON.stringify(body)));
      this.#click.done();
      this.dispatchEvent(new Event('done'));
    } catch (error) {
      this.failure = failureOf(error);
      this.#click.failed(this.failure);
    }
    this.busy = false;
  };

  #read(): MatchPostback | null {
    const { item, payment, currency } = this;
    const typed = item.signedAmount || !payment ? null : readAmount(this.amount, currency);
    this.mistakes = {
      payment: payment ? '' : 'Pick the payment that this money pays.',
      amount: typeof typed === 'string' ? typed : typed === 0 ? 'The amount cannot be zero.' : '',
      note: noteMistake(this.note),
    };
    if (!payment || Object.values(this.mistakes).some(Boolean)) return null;
    return { paymentId: payment.id, note: this.note.trim(), ...(typeof typed === 'number' && { amount: typed, currency }) };
  }
}
