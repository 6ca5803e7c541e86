/** Makes a signed link: what it asks for, how it looks, and what is wrong with it. */
import { html } from '../html.ts';
import { linkMishaps } from '../link-mishap.ts';
import type { PageOptions } from '../page-options.ts';
import { layout } from './layout.ts';

const languages = { '': 'the browser’s', en: 'English', my: 'မြန်မာ', ru: 'Русский', uz: 'Oʻzbekcha', pl: 'Polski' };
const themes = { auto: 'auto', light: 'light', dark: 'dark' };
const currencies = { PLN: 'PLN', MMK: 'MMK', UZS: 'UZS' };

/** @param trouble What was wrong with the form. */
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
      ${select('lang', 'Language', languages, options.lang)}
      ${select('theme', 'Theme', themes, options.theme)}
      ${select('mishap', 'What is wrong with it', linkMishaps, 'none')}
      <button class="primary">Make the link</button>
    </form>`,
  });

const select = (name: string, label: string, values: Record<string, string>, chosen: string) =>
  html`<label>${label} <select name="${name}">${Object.entries(values).map(
    ([value, words]) => html`<option value="${value}" ${value === chosen ? html`selected` : null}>${words}</option>`,
  )}</select></label>`;
