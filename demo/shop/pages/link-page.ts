/** The page of a signed link, which can be opened or seen in a frame, and the form that makes one. */
import { languageNames } from '#contract';
import { orderWords } from '../../page/qa-api.ts';
import type { Order } from '../order-book.ts';
import type { PageOptions } from '../page-options.ts';
import { linkFaults } from '../signed-link.ts';
import { html, layout } from './layout.ts';
import { formatAmount } from './product-page.ts';

export const linkPage = (order: Order, link: string, options: PageOptions): string =>
  layout({
    title: 'Pay by link',
    options,
    orderId: order.id,
    body: html`<div class="checkout">
      <aside class="summary link" aria-label="Your order">
        <h1>${order.title}</h1>
        <p class="muted">Order ${order.id}</p>
        <p class="price">${formatAmount(order.amount, order.currency)}</p>
        <p class="order-status" id="order-status" role="status" data-status="${order.status}">${orderWords[order.status]}</p>
        <a class="secondary" id="link" href="${link}">Open the link</a>
        <a class="secondary" href="/shop/link">Make another</a>
        <p class="muted address">${link}</p>
      </aside>
      <section class="pay" aria-label="Payment">
        <iframe src="${link}" title="Payment" width="640" height="750" allow="clipboard-read; clipboard-write"></iframe>
      </section>
    </div>`,
  });

const choices = { '': 'the browser’s', ...languageNames };
const themes = { auto: 'auto', light: 'light', dark: 'dark' };
const currencies = { PLN: 'PLN', MMK: 'MMK', UZS: 'UZS' };

/** The form for a signed link and its fault. @param trouble What was wrong with the form. */
export const linkFormPage = (options: PageOptions, trouble = ''): string =>
  layout({
    title: 'Pay by link',
    options,
    body: html`<form class="link-form" method="post" action="/shop/link">
      <h1>Pay by link</h1>
      <p class="muted">The shop’s server signs a link and calls nobody. Opening it makes the payment, opening it again finds it.</p>
      ${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
      <label>Amount, whole units <input name="amount" inputmode="numeric" value="25" required></label>
      ${select('currency', 'Currency', currencies, 'PLN')}
      <label>Opens for, minutes <input name="minutes" inputmode="numeric" value="60" required></label>
      ${select('lang', 'Language', choices, options.lang)}
      ${select('theme', 'Theme', themes, options.theme)}
      ${select('fault', 'What is wrong with it', linkFaults, 'none')}
      <button class="primary">Make the link</button>
    </form>`,
  });

const select = (name: string, label: string, values: Record<string, string>, chosen: string) =>
  html`<label>${label} <select name="${name}">${Object.entries(values).map(
    ([value, words]) => html`<option value="${value}" ${value === chosen ? html`selected` : null}>${words}</option>`,
  )}</select></label>`;
