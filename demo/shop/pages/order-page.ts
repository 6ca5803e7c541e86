/** What the shop knows about an order. "Paid" is here only once a signed webhook has said so. */
import { orderWords } from '../../page/order-words.ts';
import { formatAmount } from '../format-amount.ts';
import { html } from '../html.ts';
import type { Order } from '../order-book.ts';
import type { PageOptions } from '../page-options.ts';
import { bookCover } from './book-cover.ts';
import { layout } from './layout.ts';

export const orderPage = (order: Order, options: PageOptions): string =>
  layout({
    title: `Order ${order.id}`,
    options,
    orderId: order.id,
    body: html`<div class="receipt">
      ${bookCover}
      <p class="order-status" id="order-status" role="status" data-status="${order.status}">${orderWords[order.status]}</p>
      <h1>${order.title}</h1>
      <dl>
        <div><dt>Order</dt><dd>${order.id}</dd></div>
        <div><dt>Price</dt><dd>${formatAmount(order.amount, order.currency)}</dd></div>
        ${order.webhooks.map(
          (webhook) =>
            html`<div><dt>${webhook.type}</dt><dd>${webhook.receivedAt.slice(11, 19)} UTC, signature verified</dd></div>`,
        )}
      </dl>
      <a class="secondary" href="/shop">Back to the shop</a>
    </div>`,
  });
