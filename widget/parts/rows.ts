/**
 * Rows and blocks of the later screens and forms: values to copy, errors, the status head, the link back, discounts, elapsed time,
 * and their icons. The first screen does not download them.
 */
import { html, nothing, svg, type TemplateResult } from 'lit';
import type { PaymentView, Transfer } from '#contract';
import { minorUnitDigits } from '#contract';
import { fill } from '../messages/format.ts';
import type { Language } from '../messages/language.ts';
import type { Messages } from '../messages/messages.ts';
import { alert, icon } from './page.ts';

/**
 * A value that the customer has to enter elsewhere exactly as it is, with a copy button.
 * @param shown How the value is shown, where that differs from how it is copied.
 */
export const requisiteRow = (
  name: string,
  value: string,
  texts: Messages,
  shown = value,
) => html`<div part="requisite" class="requisite">
  <dt>${name}</dt>
  <dd>
    <pay-copy-row
      class="copy-row"
      data-value=${shown}
      .value=${value}
      .shown=${shown}
      .label=${fill(texts.transfer.copy, { what: name })}
      .texts=${texts}
    ></pay-copy-row>
  </dd>
</div>`;

/** A wallet's number as people read it, `324 342 342`; other values as they are. It is copied without spaces. */
export function groupedRequisite({ key, value }: Pick<Transfer['requisites'][number], 'key' | 'value'>): string {
  if (key !== 'wallet_number' || !/^\d{8,}$/.test(value)) return value;
  const head = [3, 4, 2][value.length % 3] ?? 3;
  return [value.slice(0, head), ...(value.slice(head).match(/\d{3}/g) ?? [])].join(' ');
}

/** An error text with an icon. */
export const errorNote = (text: string, id = '') =>
  html`<p id=${id || nothing} part="error" class="note error">${icon(alert)}<span>${text}</span></p>`;

/**
 * What is wrong with no field of the form, in a panel of its own: below a field it would seem to blame that field, and red is for what
 * was typed wrong.
 * @param calm It is good to know, and nothing to worry about.
 */
export const problemPanel = (text: string, calm = false) =>
  html`<p part="error" class="warning problem ${calm ? 'calm' : ''}">${icon(calm ? returned : alert)}<span>${text}</span></p>`;

/** The head of a screen that is not a form: an icon, a title that can take the focus, and a sentence or two. */
export const status = (
  sign: TemplateResult,
  tone: 'good' | 'calm' | 'over' | 'warn' | 'bad',
  title: string,
  text: string | object,
) => html`<div part="status" class="status">
  <span class="sign ${tone}">${sign}</span>
  <h2 class="title" tabindex="-1">${title}</h2>
  ${text ? html`<p class="text">${text}</p>` : nothing}
</div>`;

/** Null for what is no address of the web. `URL.canParse` is too new: Chrome has it since 120, Safari since 17. */
export function webUrl(text: string | undefined): URL | null {
  try {
    const url = new URL(text ?? '');
    return /^https?:$/.test(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** A link back to the shop, with the name of the host it leads to. Nothing where the merchant gave no web address. */
export function backLink(url: string | undefined, merchant: string, texts: Messages, part: 'submit' | 'secondary' = 'submit') {
  const target = webUrl(url);
  if (!target) return nothing;
  // `_top`, because in the plugin window the shop is the page around the frame.
  return html`<div class="back">
    <a part=${part} class=${part} href=${target.href} target="_top" rel="noopener noreferrer" aria-describedby="back-to">${fill(texts.back, { merchant })}</a>
    <p id="back-to" class="host" dir="ltr">${target.host}</p>
  </div>`;
}

/** The amount before the discount, and how much the discount takes off, with the end of its code. */
export function discountRows(
  { amount, discount, discountCode, currency }: PaymentView,
  { money, dir }: Language,
  texts: Messages,
): [before: [name: string, value: string], off: [name: string, value: string]] {
  const tail = discountCode?.lastCharacters;
  const off = `\u2212${money(discount, currency)}`;
  return [
    [texts.amount, money(amount, currency)],
    [tail ? `${texts.sms.discount} ···· ${tail}` : texts.sms.discount, dir === 'rtl' ? `\u2066${off}\u2069` : off],
  ];
}

/** How long ago something began, in minutes or hours: seconds that count up would make waiting worse. */
export function elapsedText(milliseconds: number, texts: Messages, tag: string): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (!(minutes >= 1)) return texts.justNow;
  return minutes < 60 ? fill(texts.minutesAgo, { n: minutes }, tag) : fill(texts.hoursAgo, { n: Math.floor(minutes / 60) }, tag);
}

/**
 * An amount as it is typed into another app: digits and a point. `600000` minor units of two digits are `6000`, `600050` are
 * `6000.50`.
 */
export function plainAmount(minor: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  const text = String(minor).padStart(digits + 1, '0');
  const [whole, rest] = [text.slice(0, text.length - digits), text.slice(text.length - digits)];
  return /^0*$/.test(rest) ? whole : `${whole}.${rest}`;
}

/** An arrow that turns back, for money that was returned. */
const returned = svg`<path d="M8.5 5 4.5 9l4 4"/><path d="M4.5 9h9.8a4.7 4.7 0 0 1 0 9.4H9"/>`;

/** A cross, for taking something away. */
export const cross = svg`<path d="m6.5 6.5 11 11M17.5 6.5l-11 11"/>`;

/** A clock, for waiting and for expired. */
export const clock = svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.3l3.3 2"/>`;
