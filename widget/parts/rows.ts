/** What a customer has to take over elsewhere exactly as it is: its name, the value, and a button that copies it. */
import { html, nothing, type TemplateResult } from 'lit';
import type { PaymentView } from '#contract';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/language.ts';
import type { Messages } from '../messages/messages.ts';
import { alert, icon } from './icons.ts';

/** `shown`: as it is read, where that is not how it is copied. */
export const requisiteRow = (
  name: string,
  value: string,
  texts: Messages,
  shown = value,
) => html`<div part="requisite" class="requisite">
  <dt>${name}</dt>
  <dd>
    <pay-copy-row
      class="copy-row"
      data-value=${shown}
      .value=${value}
      .shown=${shown}
      .label=${fill(texts.transfer.copy, { what: name })}
      .texts=${texts}
    ></pay-copy-row>
  </dd>
</div>`;

/** What is wrong, in words with a sign. */
export const errorNote = (text: string, id = '') =>
  html`<p id=${id || nothing} part="error" class="note error">${icon(alert)}<span>${text}</span></p>`;

/** The head of a screen that is not a form: a sign, a title that takes the focus, a sentence or two. */
export const status = (
  sign: TemplateResult,
  tone: 'good' | 'calm' | 'bad',
  title: string,
  text: string,
) => html`<div part="status" class="status">
  <span class="sign ${tone}">${sign}</span>
  <h2 class="title" tabindex="-1">${title}</h2>
  ${text ? html`<p class="text">${text}</p>` : nothing}
</div>`;

/** The way back to the shop: a link, with the name of the host it leads to. Nothing where the merchant gave no address of the web. */
export function backLink(url: string | undefined, merchant: string, texts: Messages, part: 'submit' | 'secondary' = 'submit') {
  const to = url && URL.canParse(url) ? new URL(url) : null;
  if (!to || !/^https?:$/.test(to.protocol)) return nothing;
  // `_top`: in the plugin window the shop is the page around the frame.
  return html`<div class="back">
    <a part=${part} class=${part} href=${to.href} target="_top" rel="noopener noreferrer" aria-describedby="back-to">${fill(texts.back, { merchant })}</a>
    <p id="back-to" class="host" dir="ltr">${to.host}</p>
  </div>`;
}

/** The rows of a discount: the amount before it, and what it took off, by which code. */
export function discountRows(
  { amount, discount, discountCode, currency }: PaymentView,
  { money }: Language,
  texts: Messages,
): [name: string, value: string][] {
  const tail = discountCode?.tail;
  return [
    [texts.amount, money(amount, currency)],
    [tail ? `${texts.sms.discount} ···· ${tail}` : texts.sms.discount, `\u2212${money(discount, currency)}`],
  ];
}
