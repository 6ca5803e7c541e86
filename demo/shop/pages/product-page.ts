/** The shop window: one book and one button. */
import { embeddings } from '../../page/qa-api.ts';
import { type BookCurrency, bookPrices } from '../book.ts';
import { bookTitle } from '../book-title.ts';
import { formatAmount } from '../format-amount.ts';
import { type Html, html } from '../html.ts';
import type { PageOptions } from '../page-options.ts';
import { bookCover } from './book-cover.ts';
import { layout } from './layout.ts';

/** @param trouble What went wrong with the last try to buy. */
export const productPage = (options: PageOptions, trouble = ''): string =>
  layout({
    title: bookTitle,
    options,
    body: html`<article class="product">
      <div class="shelf">${bookCover}</div>
      <div class="about">
        <p class="muted">New in gardening</p>
        <h1>${bookTitle}</h1>
        <p>Twelve months in one small plot: what to sow, what to leave alone, and when to do nothing at all.</p>
        <p class="price">${priceIn(options.currency)}</p>
        ${others(options)}
        ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
        <form method="post" action="/shop/buy">
          <input type="hidden" name="lang" value="${options.lang}">
          <input type="hidden" name="theme" value="${options.theme}">
          <input type="hidden" name="currency" value="${options.currency}">
          <button class="primary">Buy this book</button>
          <p class="muted small">Hardcover, 312 pages. Sent in two days.</p>
          <p class="qa-row"><span class="muted">QA</span>
            <label>Checkout by <select name="embed">${Object.entries(embeddings).map(
              ([way, words]) => html`<option value="${way}" ${way === options.embed ? html`selected` : null}>${words}</option>`,
            )}</select></label>
            <a href="/shop/link">Links, whole and broken</a></p>
        </form>
      </div>
    </article>`,
  });

const priceIn = (currency: BookCurrency): string => formatAmount(bookPrices[currency], currency);

/** The same book for customers elsewhere: in UZS they may pay by card too. */
const others = ({ currency, lang, theme, embed }: PageOptions): Html[] =>
  (Object.keys(bookPrices) as BookCurrency[])
    .filter((other) => other !== currency)
    .map((other) => {
      const query = new URLSearchParams({ currency: other, embed, lang, theme });
      return html`<p class="muted small"><a href="/shop?${query.toString()}">Buy it for ${priceIn(other)}</a></p>`;
    });
