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
