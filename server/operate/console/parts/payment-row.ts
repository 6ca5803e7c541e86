/** One payment in a list: in the search, and where a postback is matched. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PaymentSummary } from '#contract/operate';
import { money } from '../format.ts';
import { paymentAddress } from '../route.ts';
import { methods, statuses } from '../words.ts';
import { pill, time } from './element.ts';

export const paymentRow = (payment: PaymentSummary): TemplateResult =>
  html`<a class="row" href=${paymentAddress(payment.id)}>${insideOf(payment)}</a>`;

/** @param pick What a press on the row does. */
export const paymentChoice = (payment: PaymentSummary, isChosen: boolean, pick: () => void): TemplateResult =>
  html`<button class="row" type="button" aria-pressed=${isChosen ? 'true' : 'false'} @click=${pick}>${insideOf(payment)}</button>`;

const insideOf = (payment: PaymentSummary) => {
  const { reference, merchantId, orderId, label, status, test, due, amountPaid, amountRefunded, currency } = payment;
  const isPartly = amountPaid > 0 && amountPaid !== due;
  return html`<span class="row-kind">${pill(statuses[status])}</span>
    <span class="row-main"><span class="reference">${reference}</span>${test ? html` <span class="tag">test</span>` : nothing}</span>
    <span class="row-side"
      ><span class="sum">${money(due, currency)}</span>${
        isPartly ? html`<span class="age">paid ${money(amountPaid, currency)}</span>` : nothing
      }${amountRefunded > 0 ? html`<span class="age">back ${money(amountRefunded, currency)}</span>` : nothing}</span
    >
    <span class="row-meta"
      ><span>${merchantId}</span><span>order ${orderId}</span><span>${label}</span>${
        payment.method
          ? html`<span>${methods[payment.method]}${payment.lastCharacters ? ` …${payment.lastCharacters}` : ''}</span>`
          : nothing
      }<span>${time(payment.createdAt)}</span></span
    >`;
};
