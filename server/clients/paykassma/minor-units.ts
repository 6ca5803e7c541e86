/**
 * Money between Paykassma's decimal numbers of major units and our integers of minor units: by moving the point in the
 * text, never by multiplying (4.35 × 100 is 434.99…). `digits` are those of the currency by ISO 4217.
 */

/** An amount that somebody named. `inexact`: finer than the currency, or more than an integer holds; only a person can judge it. */
export type ReadAmount = number | 'inexact';

/** `undefined` = not an amount at all: no decimal number, or less than nothing. */
export function minorUnits(decimal: string, digits: number): ReadAmount | undefined {
  const found = shape.exec(decimal);
  if (!found) return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = found;
  const shift = Number(exponent) + digits;
  // Longer than any money; without an end 1e999999999 would be written out.
  if (decimal.length > 64 || Math.abs(shift) > 64) return 'inexact';
  const padded = '0'.repeat(64) + whole + fraction + '0'.repeat(128);
  const point = 64 + whole.length + shift;
  const minor = Number(padded.slice(0, point));
  return /^0*$/.test(padded.slice(point)) && Number.isSafeInteger(minor) ? minor : 'inexact';
}

const shape = /^(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** The same money as the text of a JSON number: 600000 → `6000`, 600050 → `6000.5`. */
export function decimalText(minor: number, digits: number): string {
  const text = String(minor).padStart(digits + 1, '0');
  const point = text.length - digits;
  const fraction = text.slice(point).replace(/0+$/, '');
  return text.slice(0, point) + (fraction && `.${fraction}`);
}
