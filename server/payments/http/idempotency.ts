/**
 * One effect for one Idempotency-Key. What is remembered is which payment it made or moved, never an answer: a replay is
 * rendered from what is true now, so no error is ever frozen.
 */
import type { FastifyRequest } from 'fastify';
import { paymentReference } from '#contract';
import './request-context.ts';
import { hashBearer } from '../model/ids.ts';
import type { Clock, Sealer } from '../model/ports.ts';
import { ProblemError } from '../model/problem-error.ts';
import type { Store } from '../model/store.ts';
import { retryFor } from '../model/store-unavailable.ts';

const leaseMs = 60_000;

export interface KeyUse {
  /** Whose key it is and for which route: the same key elsewhere is another key. */
  scope: string;
  key: string;
  /** A keyed hash of the body. */
  fingerprint: string;
}

/**
 * Runs `work` unless this key has done it already; answers the payment's id. Another body: 422; still running: 409, both
 * `idempotency_conflict`. Work that throws gives the key back, since it changed nothing.
 */
export async function runIdempotent(
  parts: { store: Store; clock: Clock },
  claim: KeyUse,
  work: () => Promise<string>,
): Promise<string> {
  const { store, clock } = parts;
  const now = clock.now();
  const keyHash = hashBearer(claim.key);
  const row = {
    scope: claim.scope,
    keyHash,
    fingerprint: claim.fingerprint,
    status: 'running' as const,
    paymentId: null,
    leaseUntil: now + leaseMs,
    createdAt: now,
  };
  const standing = await store.reserveKey(row).catch(async (cause: unknown) => {
    // It may have been claimed all the same, and whoever repeats it must not be kept waiting for nobody.
    await retryInBackground(() => store.releaseKey(row));
    throw cause;
  });
  if (standing) {
    if (standing.fingerprint !== claim.fingerprint) {
      throw new ProblemError('idempotency_conflict', { status: 422, detail: 'this Idempotency-Key was used with another body' });
    }
    if (standing.status === 'done' && standing.paymentId) return standing.paymentId;
    // Its first use died without an end: whoever takes the lease goes on from what is stored.
    if (standing.leaseUntil > now || !(await store.takeOverKey(row, now))) {
      throw new ProblemError('idempotency_conflict', { retryAt: new Date(now + 1000).toISOString(), detail: 'still running' });
    }
  }
  let paymentId: string;
  try {
    paymentId = await work();
  } catch (cause) {
    await retryInBackground(() => store.releaseKey(row));
    throw cause;
  }
  // What was done was done, though the store may not be able to say so just now.
  await retryInBackground(() => store.finishKey(claim.scope, keyHash, paymentId));
  return paymentId;
}

/** Once, and where the store fails, again and again in the background until the lease is over. */
const retryInBackground = (work: () => Promise<void>): Promise<void> =>
  work().catch(() => void retryFor(leaseMs, work, () => true).catch(() => undefined));

/** The header, 1 to 255 signs; null where there is none. */
export function idempotencyKey(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && key.length >= 1 && key.length <= 255) return key;
  throw new ProblemError('invalid_request', {
    field: 'Idempotency-Key',
    detail: 'expected 1 to 255 signs',
    ref: paymentReferenceOf(request),
  });
}

const paymentReferenceOf = ({ payment }: FastifyRequest) => (payment ? paymentReference(payment.id) : undefined);

/** A merchant's POST about one payment: with an Idempotency-Key it has its effect once, and a repetition is answered with what is true now. */
/** @param scope Names the payment and the route. Throws what `work` does, and then the key is free again; and `idempotency_conflict`. */
export async function runIdempotentRequest(
  parts: { store: Store; clock: Clock; sealer: Sealer },
  request: FastifyRequest,
  scope: string,
  paymentId: string,
  work: () => Promise<void>,
): Promise<void> {
  const key = idempotencyKey(request);
  if (key === null) return work();
  const fingerprint = parts.sealer.fingerprint(JSON.stringify(request.body ?? null));
  await runIdempotent(parts, { scope, key, fingerprint }, async () => {
    await work();
    return paymentId;
  });
}

/** An Idempotency-Key that what is kept is sealed with: nobody may be able to guess it. */
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
export function requireSecretKey(request: FastifyRequest): string {
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
