/** A merchant's POST about one payment: with an Idempotency-Key it has its effect once, and a repetition is answered with what is true now. */
import type { FastifyRequest } from 'fastify';
import { idempotencyKey, once } from './http/idempotency.ts';
import type { Clock, Sealer, Store } from './model/ports.ts';

/** @param scope Names the payment and the route. Throws what `work` does, and then the key is free again; and `idempotency_conflict`. */
export async function keyed(
  parts: { store: Store; clock: Clock; sealer: Sealer },
  request: FastifyRequest,
  scope: string,
  paymentId: string,
  work: () => Promise<void>,
): Promise<void> {
  const key = idempotencyKey(request);
  if (key === null) return work();
  const fingerprint = parts.sealer.fingerprint(JSON.stringify(request.body ?? null));
  await once(parts, { scope, key, fingerprint }, async () => {
    await work();
    return paymentId;
  });
}
