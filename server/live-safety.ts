/**
 * What must not be where real money moves: keys that can be guessed, and connections that check nobody's certificate. A server of
 * test merchants alone starts with them and says so.
 */
import type { Keys } from './payments/sealer.ts';

interface Danger {
  /** The variable. */
  variable: string;
  expected: string;
}

/** @param env The environment, with secrets from files filled in. */
export function findDangers(env: Readonly<Record<string, string | undefined>>, keys: Keys): Danger[] {
  // A guessable key that is only read with is on its way out.
  const writer = (list: Keys['sealing']) => list.find(({ bytes, readOnly }) => bytes !== null && !readOnly)?.bytes;
  const weak = (list: Keys['sealing']): boolean => isGuessable(writer(list) ?? null);
  const sealing = env.SEALING_KEYS === undefined ? 'SEALING_KEY' : 'SEALING_KEYS';
  return [
    ...(weak(keys.sealing)
      ? [
          {
            variable: sealing,
            expected:
              'expected random bytes, and this key is a pattern that can be guessed; put a random key before it in SEALING_KEYS, ' +
              'as KEYS.md describes',
          },
        ]
      : []),
    ...(env.LOOKUP_KEYS !== undefined && weak(keys.lookup)
      ? [{ variable: 'LOOKUP_KEYS', expected: 'expected random bytes, and this key is a pattern that can be guessed' }]
      : []),
    ...(env.NODE_TLS_REJECT_UNAUTHORIZED === '0'
      ? [
          {
            variable: 'NODE_TLS_REJECT_UNAUTHORIZED',
            expected:
              'expected to be absent, because with 0 anybody on the way could pose as a payment service; name the certificate of a ' +
              'private authority in NODE_EXTRA_CA_CERTS instead',
          },
        ]
      : []),
    ...(/[?&]sslmode=no-verify\b/.test(env.DATABASE_URL ?? '')
      ? [
          {
            variable: 'DATABASE_URL',
            expected:
              'expected sslmode=verify-full (with sslrootcert for a private authority), because with no-verify anybody on the way ' +
              'could pose as the database',
          },
        ]
      : []),
  ];
}

/** Whether real money moves at any of the merchants. */
export const isLive = ({ merchants }: { merchants: readonly { test: boolean }[] }): boolean =>
  merchants.some(({ test }) => !test);

/** 32 random bytes have about 30 different values; fewer than this one finds in zeros, in counting and in repeated words. */
const leastValues = 12;
/** The same for texts, which may be hexadecimal: 32 random digits have 14 of the 16. */
const leastCharacters = 8;

/** Whether a key is a pattern and not random: all zeros, a repeated word, bytes that count up. */
export function isGuessable(key: Uint8Array | string | null): boolean {
  if (key === null) return false;
  if (typeof key === 'string') return new Set(key).size < leastCharacters;
  const steps = new Set(key.map((byte, at) => byte - (key[at - 1] ?? byte)));
  return new Set(key).size < leastValues || steps.size < 4;
}
