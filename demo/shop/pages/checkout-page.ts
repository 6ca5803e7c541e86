/** The page a merchant would have: an order on one side, `<pay-desk>` on the other, embedded in one of three ways. */
import { formatAmount } from '../format-amount.ts';
import { type Html, html } from '../html.ts';
import type { Order, OrderPayment } from '../order-book.ts';
import type { PageOptions } from '../page-options.ts';
import { bookCover } from './book-cover.ts';
import { layout } from './layout.ts';

export const checkoutPage = (order: Order, payment: OrderPayment, options: PageOptions, bffUrl: string): string =>
  layout({
    title: 'Checkout',
    options,
    orderId: order.id,
    lateSecret: options.secret === 'late' ? payment.clientSecret : undefined,
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
      <section class="pay" aria-label="Payment">${embeddings[options.embed](payment, options, bffUrl)}</section>
    </div>`,
  });

const embeddings: Record<PageOptions['embed'], (payment: OrderPayment, options: PageOptions, bffUrl: string) => Html> = {
  script: ({ clientSecret }, { lang, theme, secret }, bffUrl) => html`<div id="checkout"></div>
    <script src="${bffUrl}/v1/pay-desk.js" async ${secret === 'late' ? null : html`data-client-secret="${clientSecret}"`} data-target="#checkout"
      data-theme="${theme}" ${lang ? html`data-locale="${lang}"` : null}></script>`,

  element: ({ clientSecret }, { lang, theme, secret }, bffUrl) => html`<script src="${bffUrl}/v1/pay-desk.js" async></script>
    <pay-desk ${secret === 'late' ? null : html`client-secret="${clientSecret}"`} theme="${theme}" ${lang ? html`locale="${lang}"` : null}></pay-desk>`,

  plugin: ({ pluginUrl }, { lang, theme }) => {
    // The secret is in the fragment: the query goes before it.
    const url = new URL(pluginUrl);
    url.searchParams.set('theme', theme);
    if (lang) url.searchParams.set('lang', lang);
    return html`<iframe src="${url.href}" title="Payment" width="640" height="750" allow="clipboard-read; clipboard-write"></iframe>`;
  },
};
