/** Amounts as people write them, `25.00`, and as the server counts them, in minor units. Converted as text, never as a float. */
import { minorUnitDigits } from '../../contract/minor-unit-digits.ts';
import { usageError } from './exit-codes.ts';

/** The largest amount of one payment in minor units. */
const largest = 1_000_000_000_000;

/**
 * @param text major units with a point, without signs between the thousands
 * @throws {CommandFailure} if the text is no amount of this currency
 */
export function parseAmount(text: string, currency: string): number {
  const digits = minorUnitDigits(checkCurrency(currency));
  const [, whole = '', fraction = ''] = /^(\d{1,13})(?:\.(\d+))?$/.exec(text.trim()) ?? [];
  if (whole === '') throw usageError(`--amount: expected an amount such as ${formatNumber(2500, digits)}, and not ${text}.`);
  if (fraction.length > digits) {
    throw usageError(`--amount: ${currency} has ${digits === 0 ? 'no' : digits} digits after the point, and ${text} has more.`);
  }
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  if (amount > largest) throw usageError(`--amount: ${text} is more than one payment can be.`);
  return amount;
}

/** @throws {CommandFailure} if the text is no currency code */
export function checkCurrency(text: string): string {
  if (!/^[A-Z]{3}$/.test(text)) throw usageError(`--currency: expected three capital letters such as PLN, and not ${text}.`);
  return text;
}

/** E.g. `25.00 PLN`; a dash where there is no amount. */
export function formatAmount(amount: number | null, currency: string | null): string {
  if (amount === null) return '–';
  return currency === null ? String(amount) : `${formatNumber(amount, minorUnitDigits(currency))} ${currency}`;
}

function formatNumber(amount: number, digits: number): string {
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const sign = amount < 0 ? '-' : '';
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
