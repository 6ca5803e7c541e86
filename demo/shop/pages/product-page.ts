/** The product page, and what all pages show of the book: its cover and amounts. */
import { minorUnitDigits } from '#contract';
import { embeddings } from '../../page/qa-api.ts';
import { type BookCurrency, bookPrices, bookTitle } from '../book.ts';
import type { PageOptions } from '../page-options.ts';
import { type Html, html, layout } from './layout.ts';

/** @param trouble Why the last try to buy failed. */
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
        ${otherCurrencies(options)}
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

/** Links to the book in the other currencies. */
const otherCurrencies = ({ currency, lang, theme, embed }: PageOptions): Html[] =>
  (Object.keys(bookPrices) as BookCurrency[])
    .filter((other) => other !== currency)
    .map((other) => {
      const query = new URLSearchParams({ currency: other, embed, lang, theme });
      return html`<p class="muted small"><a href="/shop?${query.toString()}">Buy it for ${priceIn(other)}</a></p>`;
    });

export const bookCover = html`<svg class="cover" viewBox="0 0 120 168" role="img" aria-label="Cover of The Patient Garden">
  <rect width="120" height="168" rx="5" fill="#0a4f41"/>
  <rect x="0" width="7" height="168" rx="3" fill="#083d33"/>
  <g fill="none" stroke="#bfe6da" stroke-width="1.6" stroke-linecap="round">
    <path d="M62 132 C62 104 58 92 62 62"/>
    <path d="M61 112 C46 110 40 100 38 90 C52 90 59 98 61 112Z" fill="#12705c"/>
    <path d="M61 96 C76 94 82 84 84 74 C70 74 63 82 61 96Z" fill="#178a71"/>
    <path d="M61 80 C49 77 45 69 44 61 C55 62 60 69 61 80Z" fill="#12705c"/>
    <path d="M62 64 C58 56 58 50 62 43 C66 50 66 56 62 64Z" fill="#e9c46a" stroke="#e9c46a"/>
    <path d="M36 132 H88"/>
  </g>
  <g fill="#eafaf5" font-family="Georgia, serif">
    <text x="63" y="26" text-anchor="middle" font-size="11.5">The Patient</text>
    <text x="63" y="148" text-anchor="middle" font-size="11.5">Garden</text>
  </g>
</svg>`;

/** Currencies in which a whole amount is written without decimals, as in the checkout. */
const wholeByHabit = new Set(['MMK', 'UZS']);

/** An amount for the shop's own pages, e.g. `25.00 PLN`. @param amount Minor units of `currency`. */
export function formatAmount(amount: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  // By decimal text, because amounts never become floats.
  const text = String(amount).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, ',');
  const part = digits ? text.slice(-digits) : '';
  return `${whole}${part && !(wholeByHabit.has(currency) && !Number(part)) ? `.${part}` : ''} ${currency}`;
}
