/**
 * Who is paid and for what. Names are the merchant's: isolated, so that their direction cannot turn ours. No `<header>`: right in the
 * body of a shop it would be a second banner of the page, as the foot would be a second one of its kind.
 */

import { html } from 'lit';
import type { PaymentView } from '#contract';
import { fill } from '../messages/fill.ts';
import type { Language } from '../messages/language.ts';

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
