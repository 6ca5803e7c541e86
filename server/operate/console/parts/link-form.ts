/**
 * Makes a link to a payment, with its QR code, for an order that was taken by phone.
 * @element link-form
 */
import { html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { qrPath } from '#contract';
import type { MadeLink, MakeLink } from '#contract/operate';
import { lackOf } from '../acts.ts';
import { type Failure, failureOf, textOf } from '../failure.ts';
import { money, readAmount } from '../format.ts';
import './copy-value.ts';
import { ConsoleElement, time } from './element.ts';
import { merchantField } from './fields.ts';

@customElement('link-form')
export class LinkForm extends ConsoleElement {
  @state() private wrong = '';
  @state() private failure: Failure | null = null;
  @state() private made: NamedLink | null = null;
  @state() private busy = false;
  /** How often what is typed has changed. */
  #changes = 0;
  @query('form') private readonly form!: HTMLFormElement;

  protected override render() {
    const lack = lackOf(this.me, 'link');
    return html`<details class="card">
      <summary>For an order by phone: make a payment link</summary>
      <p class="hint">
        The customer opens it and pays. The same order has one payment, however often the link is opened. Nothing is stored before.
      </p>
      ${lack ? html`<p class="notice" data-tone="warn">${lack}</p>` : this.#renderForm()}
    </details>`;
  }

  #renderForm() {
    return html`<form class="decision" @submit=${this.#submit} @input=${this.#forget} novalidate>
        <div class="fields">
          ${merchantField(this.me, '')} ${field('orderId', 'Order')} ${field('label', 'Customer (your id of them)')}
          ${field('amount', 'Amount', 'decimal')} ${field('currency', 'Currency, e.g. PLN')}
          <label class="field"><span>It opens for</span><select name="expiresIn">
            <option value="3600">an hour</option><option value="86400" selected>a day</option><option value="604800">a week</option>
          </select></label>
        </div>
        ${this.wrong ? html`<p class="wrong" role="alert">${this.wrong}</p>` : nothing}
        ${this.failure ? html`<p class="notice" data-tone="bad" role="alert">${textOf(this.failure)}</p>` : nothing}
        <div class="buttons"><button class="button primary" ?disabled=${this.busy}>Make the link</button></div>
      </form>
      ${this.made ? renderLink(this.made) : nothing}`;
  }

  /** A link of what was typed before must not be taken for one of what is typed now. */
  readonly #forget = () => {
    this.#changes += 1;
    this.wrong = '';
    this.failure = null;
    this.made = null;
  };

  readonly #submit = async (event: Event) => {
    event.preventDefault();
    if (this.busy) return;
    const text = (name: string) => String(new FormData(this.form).get(name) ?? '').trim();
    const [orderId, label, currency] = [text('orderId'), text('label'), text('currency').toUpperCase()];
    this.#forget();
    if (!orderId || !label) this.wrong = 'Fill in the order and the customer.';
    else if (!/^[A-Z]{3}$/.test(currency)) this.wrong = 'Write the currency in three letters, e.g. PLN.';
    if (this.wrong) return;
    const amount = readAmount(text('amount'), currency);
    if (typeof amount === 'string') {
      this.wrong = amount;
      return;
    }
    this.busy = true;
    const changes = this.#changes;
    const hasChanged = () => changes !== this.#changes;
    try {
      const expiresIn = Number(text('expiresIn'));
      const made = await this.client.makeLink({ merchant: text('merchant'), orderId, label, amount, currency, expiresIn });
      if (hasChanged()) this.wrong = 'You have changed it since, so the link was left out. Make it again.';
      else {
        this.made = { ...made, orderId, amount, currency };
        this.announce('The link is there');
      }
    } catch (error) {
      if (!hasChanged()) this.failure = failureOf(error);
    }
    this.busy = false;
  };
}

const field = (name: string, words: string, mode: 'text' | 'decimal' = 'text') =>
  html`<label class="field"><span>${words}</span><input name=${name} inputmode=${mode} autocomplete="off" spellcheck="false" /></label>`;

/** A link does not show in clear what it is for. */
type NamedLink = MadeLink & Pick<MakeLink, 'orderId' | 'amount' | 'currency'>;

function renderLink({ link, expiresAt, orderId, amount, currency }: NamedLink) {
  const drawn = qrPath(new TextEncoder().encode(link));
  return html`<p>Order ${orderId}, ${money(amount, currency)}:</p>
    <p class="made-link"><copy-value .value=${link} what="link"></copy-value></p>
    <p class="hint">It opens until ${time(expiresAt)}. Send it only to its customer: whoever has it can open the payment.</p>
    ${
      drawn
        ? html`<svg class="qr" role="img" aria-label="QR code of the link" viewBox="0 0 ${drawn.size} ${drawn.size}" shape-rendering="crispEdges">
            <rect width=${drawn.size} height=${drawn.size} fill="#fff" /><path d=${drawn.path} fill="#000" />
          </svg>`
        : html`<p class="hint">The link is too long for a QR code.</p>`
    }`;
}
