/**
 * Enters a payment again that a restored backup does not know, from a webhook that the shop has kept. The first step reads it and says
 * which payment it is, the second does it.
 * @element recover-form
 */
import { html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { paymentReference } from '#contract';
import { type ActResult, type KeptPayment, keptPayment } from '#contract/operate';
import { lackOf } from '../acts.ts';
import { money } from '../format.ts';
import { paymentAddress } from '../route.ts';
import { ConsoleElement } from './element.ts';
import { merchantField } from './fields.ts';
import './note-form.ts';
import type { NoteForm } from './note-form.ts';

@customElement('recover-form')
export class RecoverForm extends ConsoleElement {
  @state() private wrong = '';
  /** What the first step has read. */
  @state() private found: { merchantId: string; payment: KeptPayment } | null = null;
  @query('textarea[name=kept]') private readonly field!: HTMLTextAreaElement;

  protected override render() {
    const lack = lackOf(this.me, 'match');
    return html`<details class="card">
      <summary>After a restore: enter a payment again</summary>
      <p class="hint">
        For a payment that the shop has had a webhook about and the restored backup does not know. Do it before
        <code>pay-desk db verify</code>, while payments are held. It waits for a person then: its money counts once somebody has compared it with the payment service.
      </p>
      ${lack ? html`<p class="notice" data-tone="warn">${lack}</p>` : this.#renderForm()}
    </details>`;
  }

  #renderForm() {
    const { found } = this;
    return html`<form class="decision" @submit=${this.#read} @input=${this.#forget} novalidate>
        <div class="fields">${merchantField(this.me, '')}</div>
        <label class="field"><span>The last webhook about it, as the shop has it (JSON)</span>
          <textarea name="kept" rows="6" spellcheck="false" autocomplete="off" aria-invalid=${this.wrong ? 'true' : 'false'}
            aria-describedby=${this.wrong ? 'wrong-kept' : nothing}></textarea>
          ${this.wrong ? html`<span class="wrong" id="wrong-kept" role="alert">${this.wrong}</span>` : nothing}
        </label>
        ${found ? nothing : html`<div class="buttons"><button class="button primary">Read it</button></div>`}
      </form>
      ${
        found
          ? html`<note-form .title=${'Enter it again'} .consequence=${consequenceOf(found.payment)}
              .send=${(note: string, key: string) => this.client.recover({ ...found, note }, key)}
              @done=${this.#finish} @close=${this.#forget}></note-form>`
          : nothing
      }`;
  }

  readonly #read = (event: Event) => {
    event.preventDefault();
    const merchantId = String(new FormData(event.target as HTMLFormElement).get('merchant') ?? '');
    const payment = keptPayment(parsed(this.field.value));
    this.wrong = payment ? '' : 'Expected a webhook of Pay Desk about a payment, or the payment itself, as JSON.';
    this.found = payment && { merchantId, payment };
    if (!payment) this.field.focus();
  };

  /** What is typed from now on was not read yet. */
  readonly #forget = () => {
    this.wrong = '';
    this.found = null;
  };

  readonly #finish = ({ target }: Event) => {
    const { payment } = (target as NoteForm).answer as ActResult;
    location.hash = paymentAddress(payment.id);
  };
}

const consequenceOf = ({ id, orderId, amount, currency }: KeptPayment): string =>
  `${paymentReference(id)}, order ${orderId}, ${money(amount, currency)}: it is entered again as far as it is missing, and waits for a ` +
  'person. What is there already stays as it is, and nothing counts twice.';

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
