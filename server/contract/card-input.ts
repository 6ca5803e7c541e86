/** Reads what a customer typed or pasted about a card, in any script's digits. Everything is null where it cannot be read. */
import { asciiDigits } from './ascii-digits.ts';

/** 16 to 19 digits, whatever separates them. */
export function readCardNumber(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}.·]|\p{Cf}/gu, '');
  return /^\d{16,19}$/.test(digits) ? digits : null;
}

export type CardSystem = 'uzcard' | 'humo';

/** The system of a card by the first digits that are typed so far. Uzcard: 8600, 5614, 6262; Humo: 9860. Null for others. */
export function cardSystem(digits: string): CardSystem | null {
  if (/^(?:8600|5614|6262)/.test(digits)) return 'uzcard';
  return digits.startsWith('9860') ? 'humo' : null;
}

/**
 * Whether a card number passes the Luhn check. A mistyped number seldom does. A valid card of an unknown system may fail it too,
 * so a failure is only worth a warning.
 */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits.at(-1 - index));
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/**
 * The expiry as Payme expects it: `MMYY`. Reads `03/99`, `0399`, `3/99` and `03 / 2099`. Years far ahead are accepted, since
 * Payme's test cards expire in 2099.
 */
export function readCardExpiry(typed: string): string | null {
  const plain = asciiDigits(typed)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const [, month = '', year = ''] =
    /^(\d{1,2})\s*[/.\p{Pd}\s]\s*(?:20)?(\d{2})$/u.exec(plain) ?? /^(\d{2})(?:20)?(\d{2})$/.exec(plain) ?? [];
  const number = Number(month);
  return number >= 1 && number <= 12 ? month.padStart(2, '0') + year : null;
}

/** A phone of Uzbekistan as Payme expects it, `998901304527`; the country code may be left out. */
export function readPayerPhone(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}().+]|\p{Cf}/gu, '');
  const [, number] = /^(?:998)?(\d{9})$/.exec(digits) ?? [];
  return number === undefined ? null : `998${number}`;
}

/** The code of an SMS: 4 to 8 digits. */
export function readSmsCode(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}]|\p{Cf}/gu, '');
  return /^\d{4,8}$/.test(digits) ? digits : null;
}
