/**
 * One effect for one Idempotency-Key. What is remembered is which payment it made or moved, never an answer: a replay is
 * rendered from what is true now, so no error is ever frozen.
 */
import type { FastifyRequest } from 'fastify';
import { paymentReference } from '#contract';
import './request-context.ts';
import { hashBearer } from '../bearer.ts';
import type { Clock, Store } from '../model/ports.ts';
import { ProblemError } from '../model/problem-error.ts';
import { tryFor } from '../patiently.ts';

const leaseMs = 60_000;

export interface Claim {
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
export async function once(parts: { store: Store; clock: Clock }, claim: Claim, work: () => Promise<string>): Promise<string> {
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
  const standing = await store.claimKey(row).catch(async (cause: unknown) => {
    // It may have been claimed all the same, and whoever repeats it must not be kept waiting for nobody.
    await soonerOrLater(() => store.dropKey(row));
    throw cause;
  });
  if (standing) {
    if (standing.fingerprint !== claim.fingerprint) {
      throw new ProblemError('idempotency_conflict', { status: 422, detail: 'this Idempotency-Key was used with another body' });
    }
    if (standing.status === 'done' && standing.paymentId) return standing.paymentId;
    // Its first use died without an end: whoever takes the lease goes on from what is stored.
    if (standing.leaseUntil > now || !(await store.retakeKey(row, now))) {
      throw new ProblemError('idempotency_conflict', { retryAt: new Date(now + 1000).toISOString(), detail: 'still running' });
    }
  }
  let paymentId: string;
  try {
    paymentId = await work();
  } catch (cause) {
    await soonerOrLater(() => store.dropKey(row));
    throw cause;
  }
  // What was done was done, though the store may not be able to say so just now.
  await soonerOrLater(() => store.finishKey(claim.scope, keyHash, paymentId));
  return paymentId;
}

/** Once, and where the store fails, again and again in the background until the lease is over. */
const soonerOrLater = (work: () => Promise<void>): Promise<void> =>
  work().catch(() => void tryFor(leaseMs, work, () => true).catch(() => undefined));

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
