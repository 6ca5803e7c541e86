/** The shop window: one book and one button. */
import { formatAmount } from '../format-amount.ts';
import { html } from '../html.ts';
import type { PageOptions } from '../page-options.ts';
import { bookCover } from './book-cover.ts';
import { layout } from './layout.ts';

/** @param price Minor units of PLN. @param trouble What went wrong with the last try to buy. */
export const productPage = (price: number, options: PageOptions, trouble = ''): string =>
  layout({
    title: 'The Patient Garden',
    options,
    body: html`<article class="product">
      <div class="shelf">${bookCover}</div>
      <div class="about">
        <p class="muted">New in gardening</p>
        <h1>The Patient Garden</h1>
        <p>Twelve months in one small plot: what to sow, what to leave alone, and when to do nothing at all.</p>
        <p class="price">${formatAmount(price, 'PLN')}</p>
        ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
        <form method="post" action="/shop/buy">
          <input type="hidden" name="embed" value="${options.embed}">
          <input type="hidden" name="lang" value="${options.lang}">
          <input type="hidden" name="theme" value="${options.theme}">
          <button class="primary">Buy this book</button>
        </form>
        <p class="small"><a href="/shop/link">Pay by a signed link</a></p>
        <p class="muted small">Hardcover, 312 pages. Sent in two days.</p>
      </div>
    </article>`,
  });
