/** Money as people write it: digits of the customer's language, the ISO 4217 exponent, no needless decimals. */
import { minorUnitDigits } from '#contract';

/** Nobody writes hundredths of these, though ISO 4217 has them: a whole amount is shown without. A list, as browsers disagree. */
const wholeByHabit = new Set(['MMK', 'UZS', 'LAK', 'IDR', 'HUF', 'KZT', 'COP']);

/** `minor` units of `currency` without the currency itself: (2500, PLN) → `25.00`, (500000, UZS) → `5,000`. */
export function formatAmount(minor: number, currency: string, locale: string): string {
  const digits = minorUnitDigits(currency);
  const padded = String(Math.abs(minor)).padStart(digits + 1, '0');
  const whole = padded.slice(0, padded.length - digits);
  const part = padded.slice(padded.length - digits);
  const shown = wholeByHabit.has(currency) && !Number(part) ? 0 : digits;
  // Decimal text, not a quotient: no float ever stands for money.
  const text = `${minor < 0 ? '-' : ''}${whole}${part && `.${part}`}` as `${number}`;
  return new Intl.NumberFormat(locale, {
    numberingSystem: 'latn',
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  }).format(text);
}

/**
 * The locale by which numbers and dates are written. Many browsers have no Burmese and no Uzbek ones and would take those of the browser
 * itself, a decimal comma in one shop and a point in the next: a locale that everybody has, and that writes numbers alike, stands in.
 */
export function formatLocale(tag: string): string {
  if (/^my\b/.test(tag) || tag === 'en') return 'en-GB'; // plain English is read all over the world: day before month, 24 hours
  return /^uz\b/.test(tag) ? 'ru-UZ' : tag;
}

/** A date and time for a receipt: `21 Nov 2026, 21:48`, in the customer's own time zone and with the digits of the codes around it. */
export function formatMoment(iso: string, tag: string): string {
  const when = new Date(iso);
  if (Number.isNaN(when.getTime())) return '';
  // Where another locale stands in, its months would be foreign: the day is all numbers, as is usual in Myanmar and Uzbekistan.
  const numeric = /^(my|uz)\b/.test(tag);
  return new Intl.DateTimeFormat(formatLocale(tag), {
    numberingSystem: 'latn',
    dateStyle: numeric ? 'short' : 'medium',
    timeStyle: 'short',
    hourCycle: 'h23',
  }).format(when);
}
