/** The page of an order, as far as the shop's webhooks report it, and Payme's offer. */
import { orderWords } from '../../page/qa-api.ts';
import type { Order } from '../order-book.ts';
import type { PageOptions } from '../page-options.ts';
import { html, layout } from './layout.ts';
import { bookCover, formatAmount } from './product-page.ts';

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

/** Stands in for Payme's public offer, to which every card form must link. The merchant knows the address of the real one. */
export const offerPage = (options: PageOptions): string =>
  layout({
    title: 'Payme’s offer (pretend)',
    options,
    body: html`<div class="receipt">
      <h1>Payme’s offer (pretend)</h1>
      <p class="muted">Payme’s terms for card holders would be here. A live shop puts the address of the real ones into its merchants file, as
        <code>offerUrl</code>.</p>
    </div>`,
  });
