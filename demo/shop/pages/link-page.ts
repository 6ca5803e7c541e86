/** A signed link, to be opened as a page or seen in a frame, and what the shop hears of its order. */
import { orderWords } from '../../page/order-words.ts';
import { formatAmount } from '../format-amount.ts';
import { html } from '../html.ts';
import type { Order } from '../order-book.ts';
import type { PageOptions } from '../page-options.ts';
import { layout } from './layout.ts';

export const linkPage = (order: Order, link: string, options: PageOptions): string =>
  layout({
    title: 'Pay by link',
    options,
    orderId: order.id,
    body: html`<div class="checkout">
      <aside class="summary link" aria-label="Your order">
        <h1>${order.title}</h1>
        <p class="muted">Order ${order.id}</p>
        <p class="price">${formatAmount(order.amount, order.currency)}</p>
        <p class="order-status" id="order-status" role="status" data-status="${order.status}">${orderWords[order.status]}</p>
        <a class="secondary" id="link" href="${link}">Open the link</a>
        <a class="secondary" href="/shop/link">Make another</a>
        <p class="muted address">${link}</p>
      </aside>
      <section class="pay" aria-label="Payment">
        <iframe src="${link}" title="Payment" width="640" height="750" allow="clipboard-read; clipboard-write"></iframe>
      </section>
    </div>`,
  });
