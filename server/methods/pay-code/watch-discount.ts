/** A discount code was sent to be used, and whoever sent it never came back: finds out what became of it, so that it is not left in the air. */

import type { Watched } from '../../payments/outcome.ts';
import type { Unsettled } from '../../payments/ports.ts';
import { type BurnParts, heldDiscount, lookAtDiscount, mayArrive } from './held-discount.ts';

const againMs = 30_000;

export async function watchDiscount(parts: BurnParts, { payment, attempt, intents }: Unsettled): Promise<Watched | null> {
  const again: Watched = { kind: 'again', inMs: againMs };
  const held = await heldDiscount(parts, payment.id);
  if (held === 'none' || held === 'lost' || held.attempt.id !== attempt.id)
    return held === 'lost' ? { kind: 'again', inMs: 24 * 3_600_000 } : null;
  const seen = await lookAtDiscount(parts, held);
  if (seen === 'unknown') return again;
  if (seen !== 'unused') return null;
  if (intents.some((intent) => mayArrive(intent, parts.clock.now()))) return again;
  await parts.payments.settleDiscount(payment.id, attempt.id, { kind: 'held' });
  return null;
}
