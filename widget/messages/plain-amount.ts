/**
 * An amount as it is typed into another app: digits and a point. `600000` minor units of two digits are `6000`, `600050` are
 * `6000.50`.
 */
import { minorUnitDigits } from '#contract';

export function plainAmount(minor: number, currency: string): string {
  const digits = minorUnitDigits(currency);
  const text = String(minor).padStart(digits + 1, '0');
  const [whole, rest] = [text.slice(0, text.length - digits), text.slice(text.length - digits)];
  return /^0*$/.test(rest) ? whole : `${whole}.${rest}`;
}
