/** An Idempotency-Key that what is kept is sealed with: nobody may be able to guess it. */
import type { FastifyRequest } from 'fastify';
import { idempotencyKey } from './http/idempotency.ts';
import { ProblemError } from './model/problem-error.ts';

const leastBits = 128;
/** Nobody draws 128 random bits that consist of fewer different signs, but for one time in many billions. */
const leastSigns = 8;
const alphabets: readonly [RegExp, bitsEach: number][] = [
  [/^[0-9]+$/, Math.log2(10)],
  [/^[0-9a-f]+$/i, 4],
  [/^([a-z2-7]+|[A-Z2-7]+)$/, 5],
  [/./s, 6],
];

/** Throws `invalid_request`, 400 where it is missing and 422 where it can be guessed. */
export function secretKey(request: FastifyRequest): string {
  const key = idempotencyKey(request);
  const field = 'Idempotency-Key';
  if (key === null) throw new ProblemError('invalid_request', { status: 400, field, detail: 'this header is required' });
  // Dashes only make a text readable, as those of a UUID; in base64url, where small and capital letters are mixed, one is a sign like any other.
  const signs = /[a-z]/.test(key) && /[A-Z]/.test(key) ? key : key.replaceAll('-', '');
  const [, bitsEach] = alphabets.find(([alphabet]) => alphabet.test(signs)) ?? [/./, 6];
  if (signs.length * bitsEach >= leastBits && new Set(signs).size >= leastSigns) return key;
  throw new ProblemError('invalid_request', {
    status: 422,
    field,
    detail: 'expected at least 128 random bits, e.g. 32 random hex digits, a UUID, or 22 random signs of base64url',
  });
}
