/** The page a merchant would have: an order on one side, the checkout on the other, put there in one of the ways there are. */
import { type Embedding, embeddings } from '../../page/qa-api.ts';
import type { Order } from '../order-book.ts';
import type { PageOptions } from '../page-options.ts';
import { type Html, html, layout } from './layout.ts';
import { bookCover, formatAmount } from './product-page.ts';

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

/** The checkout on a page of the shop, in each way there is: what a merchant would copy. */
/** What the page shows a payment by. */
export interface Shown {
  clientSecret: string;
  pluginUrl: string;
  /** A link that the shop has signed. */
  signedLink: string;
  bffUrl: string;
  /** Where the checkout finds the BFF, if not at `bffUrl`. */
  apiBase: string;
}

/** @param button What the button says where the checkout does not come by itself. */
export const embed: Record<Embedding, (shown: Shown, options: PageOptions, button: string) => Html> = {
  script: ({ clientSecret, bffUrl, apiBase }, { lang, theme, secret, methods }) => html`<div id="checkout"></div>
    <script src="${bffUrl}/v1/pay-desk.js" async data-target="#checkout" data-theme="${theme}"
      ${secret === 'late' ? null : html`data-client-secret="${clientSecret}"`} ${lang ? html`data-locale="${lang}"` : null}
      ${methods ? html`data-methods="${methods}"` : null} ${apiBase ? html`data-api-base="${apiBase}"` : null}></script>`,

  element: (
    { clientSecret, bffUrl, apiBase },
    { lang, theme, secret, methods },
  ) => html`<script src="${bffUrl}/v1/pay-desk.js" async></script>
    <pay-desk theme="${theme}" ${secret === 'late' ? null : html`client-secret="${clientSecret}"`} ${lang ? html`locale="${lang}"` : null}
      ${methods ? html`methods="${methods}"` : null} ${apiBase ? html`api-base="${apiBase}"` : null}></pay-desk>`,

  // The page's own script, demo/page/shop/shop.ts, makes the call with what stands in these `data-*`.
  mount: ({ clientSecret, bffUrl, apiBase }, { lang, theme, secret, methods }) => html`<div id="checkout" data-call="mount"
      data-theme="${theme}" ${secret === 'late' ? null : html`data-client-secret="${clientSecret}"`} ${lang ? html`data-locale="${lang}"` : null}
      ${methods ? html`data-methods="${methods}"` : null} ${apiBase ? html`data-api-base="${apiBase}"` : null}></div>
    <script src="${bffUrl}/v1/pay-desk.js" async></script>`,

  open: ({ pluginUrl, bffUrl }, { lang, theme }, button) => html`<button class="primary wide" id="checkout" data-call="open"
      data-plugin-url="${pluginUrl}" data-theme="${theme}" ${lang ? html`data-locale="${lang}"` : null}>${button}</button>
    <script src="${bffUrl}/v1/pay-desk.js" async></script>`,

  frame: ({ pluginUrl, bffUrl }, { lang, theme }) => html`<div id="checkout" data-call="frame"
      data-plugin-url="${pluginUrl}" data-theme="${theme}" ${lang ? html`data-locale="${lang}"` : null}></div>
    <script src="${bffUrl}/v1/pay-desk.js" async></script>`,

  plugin: ({ pluginUrl }, options) =>
    html`<iframe src="${withLook(pluginUrl, options)}" title="Payment" width="640" height="750" allow="clipboard-read; clipboard-write"></iframe>`,

  link: ({ pluginUrl }, options, button) => html`<a class="primary wide" href="${withLook(pluginUrl, options)}">${button}</a>`,

  signed: ({ signedLink }, _options, button) => html`<a class="primary wide" href="${signedLink}">${button}</a>`,
};

/** The secret is in the fragment: the query goes before it. */
function withLook(pluginUrl: string, { lang, theme }: PageOptions): string {
  const url = new URL(pluginUrl);
  url.searchParams.set('theme', theme);
  if (lang) url.searchParams.set('lang', lang);
  return url.href;
}
