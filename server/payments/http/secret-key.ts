/** Idempotency-Keys that nobody may guess. */
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../model/errors.ts';
import { idempotencyKey } from './idempotency.ts';

const leastBits = 128;
/** Among 128 random bits, fewer different characters occur only once in many billions of keys. */
const leastCharacters = 8;
/** The first alphabet that fits decides how many bits a character can carry. */
const alphabets: readonly [RegExp, bitsPerCharacter: number][] = [
  [/^[0-9]+$/, Math.log2(10)],
  [/^[0-9a-f]+$/i, 4],
  [/^([a-z2-7]+|[A-Z2-7]+)$/, 5],
  [/./s, 6],
];

/**
 * The Idempotency-Key of a request whose answer is stored encrypted with it, so nobody must be able to guess it.
 * @throws ProblemError `invalid_request`: 400 without a key, 422 for a key that could be guessed.
 */
export function requireSecretKey(request: FastifyRequest): string {
  const key = idempotencyKey(request);
  const field = 'Idempotency-Key';
  if (key === null) throw new ProblemError('invalid_request', { status: 400, field, detail: 'this header is required' });
  // Dashes carry no information, as those of a UUID. In base64url, which mixes small and capital letters, they are characters
  // like others.
  const characters = /[a-z]/.test(key) && /[A-Z]/.test(key) ? key : key.replaceAll('-', '');
  const [, bitsPerCharacter] = alphabets.find(([alphabet]) => alphabet.test(characters)) ?? [/./, 6];
  if (characters.length * bitsPerCharacter >= leastBits && new Set(characters).size >= leastCharacters) return key;
  throw new ProblemError('invalid_request', {
    status: 422,
    field,
    detail: 'expected at least 128 random bits, e.g. 32 random hex digits, a UUID, or 22 random signs of base64url',
  });
}
