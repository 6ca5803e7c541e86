/** The page a merchant would have: an order on one side, the checkout on the other, put there in one of the ways there are. */
import { embeddings } from '../../page/qa-api.ts';
import { formatAmount } from '../format-amount.ts';
import { type Html, html } from '../html.ts';
import type { Order } from '../order-book.ts';
import type { PageOptions } from '../page-options.ts';
import { bookCover } from './book-cover.ts';
import { embed, type Shown } from './embed.ts';
import { layout } from './layout.ts';

export const checkoutPage = (order: Order, options: PageOptions, shown: Shown): string =>
  layout({
    title: 'Checkout',
    options,
    orderId: order.id,
    lateSecret: options.secret === 'late' ? shown.clientSecret : undefined,
    body: html`<div class="checkout">
      <aside class="summary" aria-label="Your order">
        ${bookCover}
        <div>
          <h1>${order.title}</h1>
          <p class="muted">Order ${order.id}</p>
          <p class="price">${formatAmount(order.amount, order.currency)}</p>
        </div>
        <p class="order-status" id="order-status" role="status"></p>
      </aside>
      <section class="pay" aria-label="Payment">${embed[options.embed](shown, options, `Pay ${formatAmount(order.amount, order.currency)}`)}</section>
      ${order.byLink ? null : ways(order, options)}
    </div>`,
  });

/** The same payment, put on the page in another way. */
const ways = ({ id }: Order, { embed: current, lang, theme }: PageOptions): Html =>
  html`<nav class="ways" aria-label="Ways to embed, for QA"><span class="muted">QA</span>${Object.entries(embeddings).map(
    ([way, words]) =>
      html`<a href="/shop/checkout/${id}?${new URLSearchParams({ embed: way, lang, theme }).toString()}" ${
        way === current ? html`aria-current="true"` : null
      }>${words}</a>`,
  )}</nav>`;
