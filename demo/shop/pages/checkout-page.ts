/** The checkout page of a merchant: the order on one side, the checkout on the other, embedded in one of eight ways. */
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
      ${order.byLink ? null : otherEmbeddings(order, options)}
    </div>`,
  });

/** Links to the same payment with another embedding. */
const otherEmbeddings = ({ id }: Order, { embed: current, lang, theme }: PageOptions): Html =>
  html`<nav class="ways" aria-label="Ways to embed, for QA"><span class="muted">QA</span>${Object.entries(embeddings).map(
    ([way, words]) =>
      html`<a href="/shop/checkout/${id}?${new URLSearchParams({ embed: way, lang, theme }).toString()}" ${
        way === current ? html`aria-current="true"` : null
      }>${words}</a>`,
  )}</nav>`;

/** How the page finds the payment. */
interface Shown {
  clientSecret: string;
  pluginUrl: string;
  /** A link that the shop has signed. */
  signedLink: string;
  bffUrl: string;
  /** The checkout's `api-base`; empty for `bffUrl`. */
  apiBase: string;
}

/**
 * The HTML of each embedding, as a merchant would copy it. The last parameter is the label of the button that opens the checkout.
 */
const embed: Record<Embedding, (shown: Shown, options: PageOptions, button: string) => Html> = {
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

  // The script of the page, demo/page/shop/shop.ts, makes the call with these `data-*`.
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
    html`<iframe src="${withAppearance(pluginUrl, options)}" title="Payment" width="640" height="750" allow="clipboard-read; clipboard-write"></iframe>`,

  link: ({ pluginUrl }, options, button) =>
    html`<a class="primary wide" href="${withAppearance(pluginUrl, options)}">${button}</a>`,

  signed: ({ signedLink }, _options, button) => html`<a class="primary wide" href="${signedLink}">${button}</a>`,
};

/** Adds language and theme to the query; the client secret stays in the fragment. */
function withAppearance(pluginUrl: string, { lang, theme }: PageOptions): string {
  const url = new URL(pluginUrl);
  url.searchParams.set('theme', theme);
  if (lang) url.searchParams.set('lang', lang);
  return url.href;
}
