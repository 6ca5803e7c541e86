/** A card number from what was typed or pasted: 16 to 19 digits of any script, whatever stands between them. Null for anything else. */
import { asciiDigits } from '../ascii-digits.ts';

export function readCardNumber(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}.·]|\p{Cf}/gu, '');
  return /^\d{16,19}$/.test(digits) ? digits : null;
}
