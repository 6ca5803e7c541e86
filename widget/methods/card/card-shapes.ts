/** How each field of a card groups what is typed; a phone stays as it is. */
import { asciiDigits, readCardExpiry } from '#contract';
import type { Shape } from '../form-helpers.ts';
import type { CardPlace } from './card-place.ts';

/** In fours, as on the card. Digits of any script count; 19 at the most. */
const number: Shape = {
  read: (text) => digitsOf(text).slice(0, 19),
  show: (digits) => digits.replace(/(\d{4})(?=\d)/g, '$1 '),
};

/**
 * `03/99`. The sign between comes by itself, a month that can only have one digit gets its zero, and a year of four digits is shortened
 * once it is whole.
 */
const expire: Shape = {
  read(text) {
    const typed = asciiDigits(text).replace(/[^\d/.-]/g, '');
    const digits = digitsOf(/^(?:[2-9]|1(?=[/.-]))/.test(typed) ? `0${typed}` : typed);
    // `03/20` may be the beginning of `03/2099`.
    if (digits.slice(2, 4) !== '20') return digits.slice(0, 4);
    return digits.length < 6 ? digits : (readCardExpiry(digits.slice(0, 6)) ?? digits.slice(0, 4));
  },
  show: (digits) => (digits.length < 2 ? digits : `${digits.slice(0, 2)}/${digits.slice(2)}`),
};

/** In one row, eight digits at the most. Out of a whole SMS it is the first number of its length. */
const code: Shape = {
  read(text) {
    const plain = asciiDigits(text);
    const [found] = (/\p{L}/u.test(plain) && /\d{4,8}/.exec(plain)) || [plain];
    return digitsOf(found).slice(0, 8);
  },
  show: (digits) => digits,
};

const phone: Shape = { read: (text) => text, show: (text) => text };

const digitsOf = (text: string): string => asciiDigits(text).replace(/\D/g, '');

export const cardShapes: Record<CardPlace, Shape> = { number, expire, code, phone };
