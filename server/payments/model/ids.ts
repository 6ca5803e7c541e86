/** Ids that cannot be guessed: a prefix and 128 random bits in Crockford's base 32, which has no I, L, O or U to misread. */
import { randomBytes } from 'node:crypto';

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
