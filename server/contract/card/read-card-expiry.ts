/**
 * When a card expires, as Payme wants it: `MMYY`. From `03/99`, `0399`, `3/99`, `03 / 2099`. Null for anything that has no month. Far years
 * are fine: test cards end in 2099.
 */
import { asciiDigits } from '../ascii-digits.ts';

export function readCardExpiry(typed: string): string | null {
  const plain = asciiDigits(typed)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const [, month = '', year = ''] =
    /^(\d{1,2})\s*[/.\p{Pd}\s]\s*(?:20)?(\d{2})$/u.exec(plain) ?? /^(\d{2})(?:20)?(\d{2})$/.exec(plain) ?? [];
  const number = Number(month);
  return number >= 1 && number <= 12 ? month.padStart(2, '0') + year : null;
}
