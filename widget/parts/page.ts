/**
 * Who is paid and for what. Names are the merchant's: isolated, so that their direction cannot turn ours. No `<header>`: right in the
 * body of a shop it would be a second banner of the page, as the foot would be a second one of its kind.
 */
import { html, nothing } from 'lit';
import type { PaymentView } from '#contract';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/language.ts';
import type { FirstMessages } from '../messages/messages.ts';

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

/** First-strong isolate marks: what `<bdi>` is to elements. */
const isolate = (text: string) => `\u2068${text}\u2069`;

/** The amount, always in sight: the number large, its currency small and muted after it. Minor units. */
export const amount = (minor: number, currency: string, language: Language) =>
  html`<p part="amount" class="amount"><span>${language.amount(minor, currency)}</span> <span class="currency">${currency}</span></p>`;

/** One line about the circumstances: offline, slow, busy elsewhere. It comes and goes by itself. */
export const notice = (text: string) => (text ? html`<p class="warning notice">${text}</p>` : nothing);

/** The entry screen before it is known: the same boxes at the same places, so that nothing jumps when the payment comes. */
export const skeleton = (
  texts: FirstMessages,
) => html`<div class="header"><span class="mark bone"></span><p class="who bone"><br /><span class="order"><br /></span></p></div>
  <p class="amount"><span class="bone"><br /></span></p>
  <div class="panel">
    <div class="field"><span class="label"><br /></span><span class="input bone"></span><p class="note"></p></div>
    <span class="submit bone"></span>
  </div>
  <p class="unseen">${texts.titles.loading}</p>`;

/** Pairs of a name and a value, one to a line: a receipt, or what to tell support. */
export const details = (
  part: string,
  rows: readonly (readonly [name: string, value: unknown])[],
) => html`<dl part=${part} class="details">
  ${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
</dl>`;

/**
 * What a customer can quote to support, read out or copied: the reference of a payment or of a fault. The copy button comes with the later
 * screens; until then the value stands there as text.
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
