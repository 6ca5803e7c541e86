/** Makes ids and client secrets that cannot be guessed. */
import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32, which has no I, L, O or U to misread. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A prefix and 128 random bits in 26 characters, e.g. `pay_7q4k19tz…`. */
export function newId(
  prefix:
    | 'pay'
    | 'att'
    | 'int'
    | 'evt'
    | 'aud'
    | 'pbk'
    | 'card'
    | 'ans'
    | 'bat'
    | 'dec'
    | 'ref'
    | 'apr'
    | 'flg'
    | 'itm'
    | 'log'
    | 'dlv'
    | 'rpl'
    | 'rec',
): string {
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`);
  let text = '';
  for (let position = 0; position < 26; position += 1) {
    text += alphabet[Number(bits & 31n)];
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
}

/** A bearer token of 256 random bits. Only its hash is stored, so a stolen database opens no payment. */
export const newClientSecret = (): string => `cs_${randomBytes(32).toString('base64url')}`;

/** SHA-256 of a bearer token, in hex. A plain hash is enough for a token that cannot be guessed. */
export const hashBearer = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * How the id of a payment begins, from its reference as somebody reads it out or types it: with or without dashes, and with the
 * letters O, I and L where 0 and 1 are meant. Null if it is no whole reference.
 * @param least So many of its eight characters are enough.
 */
export function idBeginning(reference: string, least = 8): string | null {
  const characters = reference.replace(/[\s-]/g, '').toUpperCase().replace(/^PD/, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  const isReference = characters.length >= least && characters.length <= 8 && /^[0-9A-HJKMNP-TV-Z]+$/.test(characters);
  return isReference ? `pay_${characters.toLowerCase()}` : null;
}
