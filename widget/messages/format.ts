/** Fills values into texts, and formats amounts and times in the customer's language. */
import { minorUnitDigits } from '#contract';

/** ISO 4217 gives these currencies decimals, but nobody writes them for whole amounts. It is a list because browsers disagree. */
const writtenWhole = new Set(['MMK', 'UZS', 'PKR', 'CRC', 'LAK', 'IDR', 'HUF', 'KZT', 'COP']);

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
 * The locale that formats numbers. Many browsers lack the locales of some of our languages and would use their own instead, with a
 * decimal comma on one device and a point on the next. So those languages use a locale that every browser has and that writes numbers
 * the same way: in lakhs in Bengali, Hindi and Nepali.
 */
export function formatLocale(tag: string): string {
  // English without a region is read all over the world: day before month, 24 hours.
  if (/^(my|ur)\b/.test(tag) || tag === 'en') return 'en-GB';
  if (/^(bn|hi|ne)\b/.test(tag)) return 'en-IN';
  // The Spanish of the countries whose wallets we have. Every browser has Spanish.
  if (tag === 'es') return 'es-CR';
  return /^uz\b/.test(tag) ? 'ru-UZ' : tag;
}

/** A date and time for a receipt, `21 Nov 2026, 21:48`, in the customer's time zone and with Latin digits. '' for an invalid time. */
export function formatMoment(iso: string, tag: string): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return '';
  // Where another locale is used, its month names would be in a foreign language. Numeric dates are usual where these are spoken.
  const numeric = /^(my|uz|bn|ur|hi|ne)\b/.test(tag);
  return new Intl.DateTimeFormat(/^(bn|hi|ne)\b/.test(tag) ? 'en-GB' : formatLocale(tag), {
    numberingSystem: 'latn',
    dateStyle: numeric ? 'short' : 'medium',
    timeStyle: 'short',
    hourCycle: /^(bn|ur|hi|ne|es)\b/.test(tag) ? 'h12' : 'h23',
  }).format(when);
}

/**
 * Replaces `{name}` in a text by a value; a name without a value stays as it is. `{n|минуту|минуты|минут}` becomes the plural
 * form for the number n. A text has as many forms as its language distinguishes, in the order one, few, many, other.
 */
export const fill = (text: string, values: Record<string, string | number>, tag = 'en'): string =>
  `${text}`.replace(/\{(\w+)(?:\|(.*?))?\}/g, (placeholder, name: string, forms?: string) => {
    const value = (forms ? formOf(Number(values[name]), forms.split('|'), tag) : values[name]) ?? placeholder;
    // A value keeps its own direction in a text that runs from right to left: a phone number would change the order of its groups.
    return /[\u0600-\u06ff]/.test(text) ? `\u2068${value}\u2069` : String(value);
  });

/** Each of our languages has the first forms of this row, without a gap. The last form is for all other numbers. */
const formOf = (count: number, forms: string[], tag: string): string | undefined =>
  forms.at(Math.min(['one', 'few', 'many'].indexOf(new Intl.PluralRules(tag).select(count)), forms.length - 1));
