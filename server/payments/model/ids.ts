/** Makes ids and client secrets that cannot be guessed. */
import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32, which has no I, L, O or U to misread. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A prefix and 128 random bits in 26 characters, e.g. `pay_7q4k19tz…`. */
export function newId(
  prefix: 'pay' | 'att' | 'int' | 'evt' | 'aud' | 'pbk' | 'card' | 'ans' | 'bat' | 'dec' | 'ref' | 'apr' | 'flg' | 'itm' | 'log',
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
