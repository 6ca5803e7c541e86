/**
 * Parts that every screen can have: the head with the merchant, the amount, notices, rows of details, and the loading skeleton.
 */
import { html, nothing } from 'lit';
import type { PaymentView } from '#contract';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/language.ts';
import type { FirstMessages } from '../messages/messages.ts';

/**
 * Who is paid and for what. The merchant's texts are isolated, so that their writing direction does not change ours. It is no
 * `<header>` element: directly in the body of a shop that would be a second banner of the page.
 */
export const merchantHeader = (
  { merchantName, orderId }: PaymentView,
  { texts }: Language,
) => html`<div part="header" class="header">
  <slot name="header">
    <span class="mark" aria-hidden="true">${[...merchantName.trim()][0]?.toUpperCase()}</span>
    <p class="who">
      <bdi class="merchant">${merchantName}</bdi>
      <span class="order">${fill(texts.order, { order: isolate(orderId) })}</span>
    </p>
  </slot>
</div>`;

/** First-strong isolate marks do for text what `<bdi>` does for elements. */
const isolate = (text: string) => `\u2068${text}\u2069`;

/** The amount, in minor units: the number large, the currency small after it. */
export const amount = (minor: number, currency: string, language: Language) =>
  html`<p part="amount" class="amount"><span>${language.amount(minor, currency)}</span> <span class="currency">${currency}</span></p>`;

/** One line about the circumstances: offline, slow, or sending in another tab. */
export const notice = (text: string) => (text ? html`<p class="warning notice">${text}</p>` : nothing);

/** Grey boxes in the layout of the entry screen, so that nothing jumps when the payment arrives. */
export const skeleton = (
  texts: FirstMessages,
) => html`<div class="header"><span class="mark bone"></span><p class="who bone"><br /><span class="order"><br /></span></p></div>
  <p class="amount"><span class="bone"><br /></span></p>
  <div class="panel">
    <div class="field"><span class="label"><br /></span><span class="input bone"></span><p class="note"></p></div>
    <span class="submit bone"></span>
  </div>
  <p class="unseen">${texts.titles.loading}</p>`;

/** Names and values, one pair per line: a receipt, or what support needs to know. */
export const details = (
  part: string,
  rows: readonly (readonly [name: string, value: unknown])[],
) => html`<dl part=${part} class="details">
  ${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
</dl>`;

/**
 * A reference that the customer can quote to support, of a payment or of an error. The copy button is an element of the later
 * screens; until they arrive only the text is shown.
 */
export const referenceRow = (
  reference: string,
  texts: FirstMessages,
  before: readonly (readonly [string, unknown])[] = [],
  part = 'details',
) =>
  details(part, [
    ...before,
    [
      texts.reference,
      html`<pay-copy-row class="copy-row" data-value=${reference} .value=${reference} .texts=${texts}></pay-copy-row>`,
    ],
  ]);
