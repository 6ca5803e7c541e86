/** What a tester types as an amount, as an integer of minor units. */
import { minorUnitDigits } from '#contract';

/**
 * Goes by decimal text, for 4.35 × 100 is 434.99…
 * @returns Null for what is no positive amount of this currency, more digits than it has included.
 */
export function parseAmount(typed: string, currency: string): number | null {
  const digits = minorUnitDigits(currency);
  const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(typed.replace(/[\s_]/g, ''));
  const [, whole = '', fraction = ''] = match ?? [];
  if (!match || fraction.length > digits) return null;
  const amount = Number(whole + fraction.padEnd(digits, '0'));
  return amount > 0 && Number.isSafeInteger(amount) ? amount : null;
}
