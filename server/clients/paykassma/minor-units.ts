/**
 * Converts between Paykassma's decimal numbers of major units and our integers of minor units. The point is moved in the text and
 * nothing is multiplied (4.35 × 100 is 434.99…). `digits` are the currency's digits after the point by ISO 4217.
 */

/** Minor units. `inexact`: finer than the currency, or more than an integer can hold; only a person can judge it. */
export type ReadAmount = number | 'inexact';

/** `undefined` = not an amount: not a decimal number, or a negative one. */
export function minorUnits(decimal: string, digits: number): ReadAmount | undefined {
  const found = decimalNumber.exec(decimal);
  if (!found) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = found;
  const shift = Number(exponent) + digits;
  // Longer than any amount of money. Without a limit, 1e999999999 would be written out digit by digit.
  if (decimal.length > 64 || Math.abs(shift) > 64) return 'inexact';
  const padded = '0'.repeat(64) + whole + fraction + '0'.repeat(128);
  const point = 64 + whole.length + shift;
  const minor = Number(padded.slice(0, point));
  return /^0*$/.test(padded.slice(point)) && Number.isSafeInteger(minor) ? minor : 'inexact';
}

const decimalNumber = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** The same amount as the text of a JSON number, here with 2 digits: 600000 → `6000`, 600050 → `6000.5`. */
export function decimalText(minor: number, digits: number): string {
  const text = String(minor).padStart(digits + 1, '0');
  const point = text.length - digits;
  const fraction = text.slice(point).replace(/0+$/, '');
  return text.slice(0, point) + (fraction && `.${fraction}`);
}
