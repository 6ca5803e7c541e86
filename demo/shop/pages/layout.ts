/** The frame of every page of the shop. */
import { type Html, html } from '../html.ts';
import type { PageOptions } from '../page-options.ts';

export interface Layout {
  title: string;
  options: PageOptions;
  body: Html;
  /** A client secret that the page's script gives to the checkout only after a while. */
  lateSecret?: string | undefined;
  /** Names the order whose state the page's script follows. */
  orderId?: string;
}

export const layout = ({ title, options, body, orderId, lateSecret }: Layout): string =>
  `<!doctype html>\n${
    html`<html lang="${options.lang || 'en'}" data-theme="${options.theme}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title} · Nova Books</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/assets/shop-style.css">
    <script type="module" src="/assets/shop.js"></script>
  </head>
  <body ${orderId ? html`data-order="${orderId}"` : null} ${lateSecret ? html`data-late-secret="${lateSecret}"` : null}>
    <header class="bar">
      <a class="wordmark" href="/shop"><span class="mark" aria-hidden="true">N</span>Nova Books</a>
      <span class="muted">A pretend shop</span>
    </header>
    <main>${body}</main>
  </body>
</html>`.text
  }`;
