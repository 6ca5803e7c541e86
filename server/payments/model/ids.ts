/** Makes ids and client secrets that cannot be guessed. */
import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base 32, which has no I, L, O or U to misread. */
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** A prefix and 128 random bits in 26 characters, e.g. `pay_7q4k19tz…`. */
export function newId(
  prefix:
    | 'pay'
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
  return `${prefix}_${encode(randomBytes(16), 26)}`;
}

const randomCharacters = 16;

/**
 * An id for an attempt of this payment: 80 random bits, and 50 bits of the hash of the payment's id. Payment services store the id
 * of the attempt. If the attempt is lost with a database, the id still proves which payment it belongs to.
 */
export const newAttemptId = (paymentId: string): string =>
  `att_${encode(randomBytes(10), randomCharacters)}${paymentMark(paymentId)}`;

/** Whether the id was made for an attempt of this payment. */
export const isAttemptOf = (attemptId: string, paymentId: string): boolean =>
  /^att_[0-9a-z]{26}$/.test(attemptId) && attemptId.endsWith(paymentMark(paymentId));

/**
 * Whether the id was made for an attempt of another payment for certain. An id of a version before 1.0 shows no payment: 128 random bits, of
 * which three are left for the last character, so it ends in one of 0 to 7.
 */
export const isAttemptOfAnother = (attemptId: string, paymentId: string): boolean =>
  !isAttemptOf(attemptId, paymentId) && !/^att_[0-9a-z]{25}[0-7]$/.test(attemptId);

const paymentMark = (paymentId: string): string => encode(createHash('sha256').update(paymentId).digest(), 10);

/** The lowest bits of a number in base 32, the lowest first. */
function encode(bytes: Buffer, characters: number): string {
  let bits = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let position = 0; position < characters; position += 1) {
    text += alphabet[Number(bits & 31n)];
    bits >>= 5n;
  }
  return text;
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
