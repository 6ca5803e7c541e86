/** Ids that cannot be guessed: a prefix and 128 random bits in Crockford's base 32, which has no I, L, O or U to misread. */
import { createHash, randomBytes } from 'node:crypto';

const signs = '0123456789abcdefghjkmnpqrstvwxyz';

/** E.g. `pay_7q4k19tz…`, 26 signs after the prefix. */
export function newId(prefix: 'pay' | 'att' | 'int' | 'evt' | 'aud' | 'pbk' | 'card' | 'ans' | 'bat'): string {
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`);
  let text = '';
  for (let place = 0; place < 26; place += 1) {
    text += signs[Number(bits & 31n)];
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
}

/** Bearer tokens: 256 random bits, known to us only by their SHA-256, which is enough for what cannot be guessed. */
export const newClientSecret = (): string => `cs_${randomBytes(32).toString('base64url')}`;

/** Hex. */
export const hashBearer = (token: string): string => createHash('sha256').update(token).digest('hex');
