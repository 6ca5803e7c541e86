/** Reads what a customer typed or pasted about a card, in any script's digits. Everything is null where it cannot be read. */
import { asciiDigits } from './ascii-digits.ts';

/** 16 digits of a system that we know, else 16 to 19, whatever separates them. */
export function readCardNumber(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}.·]|\p{Cf}/gu, '');
  return /^\d{16,19}$/.test(digits) && digits.length <= longestCardNumber(digits) ? digits : null;
}

/** How many digits a card number that begins so may have. More are something else, e.g. the expiry that was pasted with it. */
export const longestCardNumber = (digits: string): number => (cardSystem(digits) ? 16 : 19);

/**
 * The card of a system that we know in a text with more than its number, e.g. `8600 0691 9540 6311 03/99`, and the expiry behind
 * it, as typed; '' where there is none. Null where the text has no such card, or more than one.
 */
export function findCard(text: string): { number: string; expire: string } | null {
  const plain = asciiDigits(text).replace(/\p{Cf}/gu, '');
  const [card, ...more] = plain.matchAll(/(^|[^\d*•])((?:8600|5614|6262|9860)(?:[\s\p{Pd}.·]?\d){12})(?!\d)/gu);
  if (!card || more.length > 0) return null;
  const [, before = '', typed = ''] = card;
  const behind = plain.slice(card.index + before.length + typed.length);
  const [, expire = ''] =
    /^[^\d]{0,20}?((?:20)?\d{2}\p{Pd}\d{2}|\d{1,2}\s*[/.\p{Pd}]\s*(?:20)?\d{2}|\d{4}|\d{6})(?!\d|[/.\p{Pd}]\d)/u.exec(behind) ??
    [];
  return { number: typed.replace(/\D/g, ''), expire: readCardExpiry(expire) ? expire : '' };
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
 * The expiry as Payme expects it: `MMYY`. Reads `03/99`, `0399`, `3/99`, `03 / 2099`, and with the year first `2099-03` and
 * `209903`. Years far ahead are accepted, since Payme's test cards expire in 2099. No card of a year before 2020 is left, so that
 * such a year is a typing error.
 */
export function readCardExpiry(typed: string): string | null {
  const plain = asciiDigits(typed)
    .replace(/\p{Cf}/gu, '')
    .trim();
  const { month = '', year = '' } = expiryForms.map((form) => form.exec(plain)?.groups).find(isExpiry) ?? {};
  return month ? month.padStart(2, '0') + year : null;
}

const expiryForms = [
  /^(?<month>\d{1,2})\s*[/.\p{Pd}\s]\s*(?:20)?(?<year>\d{2})$/u,
  /^(?<month>\d{2})(?:20)?(?<year>\d{2})$/,
  /^20(?<year>\d{2})\s*[/.\p{Pd}\s]?\s*(?<month>\d{2})$/u,
];

const isExpiry = (found: { [part: string]: string } | undefined): boolean =>
  Number(found?.month) >= 1 && Number(found?.month) <= 12 && Number(found?.year) >= 20;

/** A phone of Uzbekistan as Payme expects it, `998901304527`; the country code may be left out. */
export function readPayerPhone(typed: string): string | null {
  const digits = asciiDigits(typed).replace(/[\s\p{Pd}().+]|\p{Cf}/gu, '');
  const [, number] = /^(?:998)?(\d{9})$/.exec(digits) ?? [];
  return number === undefined ? null : `998${number}`;
}
