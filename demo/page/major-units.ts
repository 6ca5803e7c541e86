/** An amount in major units, as a machine writes it: 2500 of PLN is 25.00. */
import { minorUnitDigits } from '#contract';

export function majorUnits(minor: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  const text = String(minor).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
