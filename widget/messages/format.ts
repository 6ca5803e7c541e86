/** Fills values into texts, and formats amounts and times in the customer's language. */
import { minorUnitDigits } from '#contract';

/** ISO 4217 gives these currencies decimals, but nobody writes them for whole amounts. It is a list because browsers disagree. */
const writtenWhole = new Set(['MMK', 'UZS', 'LAK', 'IDR', 'HUF', 'KZT', 'COP']);

/** `minor` units of `currency` without the currency itself: (2500, PLN) → `25.00`, (500000, UZS) → `5,000`. */
export function formatAmount(minor: number, currency: string, locale: string): string {
  const digits = minorUnitDigits(currency);
  const padded = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  const part = padded.slice(padded.length - digits);
  const shown = writtenWhole.has(currency) && !Number(part) ? 0 : digits;
  // The number is passed as decimal text: a float must never stand for money.
  const text = `${minor < 0 ? '-' : ''}${whole}${part && `.${part}`}` as `${number}`;
  return new Intl.NumberFormat(locale, {
    numberingSystem: 'latn',
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(text);
}

/**
 * The locale that formats numbers and dates. Many browsers have no Burmese or Uzbek locale and would use their own instead, with
 * a decimal comma on one device and a point on the next. So those languages use a locale that every browser has and that writes
 * numbers the same way.
 */
export function formatLocale(tag: string): string {
  // English without a region is read all over the world: day before month, 24 hours.
  if (/^my\b/.test(tag) || tag === 'en') return 'en-GB';
  return /^uz\b/.test(tag) ? 'ru-UZ' : tag;
}

/**
 * A date and time for a receipt, `21 Nov 2026, 21:48`, in the customer's time zone and with Latin digits. '' for an invalid time.
 */
export function formatMoment(iso: string, tag: string): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return '';
  // Where another locale is used, its month names would be in a foreign language. Numeric dates are usual in Myanmar and
  // Uzbekistan.
  const numeric = /^(my|uz)\b/.test(tag);
  return new Intl.DateTimeFormat(formatLocale(tag), {
    numberingSystem: 'latn',
    dateStyle: numeric ? 'short' : 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(when);
}

/**
 * Replaces `{name}` in a text by a value; a name without a value stays as it is. `{n|минуту|минуты|минут}` becomes the plural
 * form for the number n. A text has as many forms as its language distinguishes, in the order one, few, many, other.
 */
export const fill = (text: string, values: Record<string, string | number>, tag = 'en'): string =>
  `${text}`.replace(/\{(\w+)(?:\|(.*?))?\}/g, (placeholder, name: string, forms?: string) =>
    String((forms ? formOf(Number(values[name]), forms.split('|'), tag) : values[name]) ?? placeholder),
  );

/** Each of our languages has the first forms of this row, without a gap. The last form is for all other numbers. */
const formOf = (count: number, forms: string[], tag: string): string | undefined =>
  forms.at(Math.min(['one', 'few', 'many'].indexOf(new Intl.PluralRules(tag).select(count)), forms.length - 1));
