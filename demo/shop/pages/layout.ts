/** The layout of the shop's pages, and their HTML templates. */
import type { PageOptions } from '../page-options.ts';

export interface Layout {
  title: string;
  options: PageOptions;
  body: Html;
  /** A client secret that the script of the page hands to the checkout after five seconds. */
  lateSecret?: string | undefined;
  /** The order whose status the script of the page follows. */
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

/** HTML of a template. Values are escaped, unless they are such HTML. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | Html[] | string | number | null;

export const html = (parts: TemplateStringsArray, ...values: Value[]): Html =>
  new Html(parts.reduce((text, part, index) => text + write(values[index - 1] ?? null) + part));

function write(value: Value): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(write).join('');
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** The page for an unknown order: a restart loses all orders. */
export const missingPage = (options: PageOptions): string =>
  layout({
    title: 'No such order',
    options,
    body: html`<div class="receipt">
      <h1>We do not know this order</h1>
      <p class="muted">This shop forgets its orders when it is restarted.</p>
      <a class="secondary" href="/shop">Back to the shop</a>
    </div>`,
  });
