/**
 * A discount code was sent to be used, and whoever sent it never came back. Used: it stays with the payment. Not used, though a call was lost:
 * that call may still arrive, so while the payment has time left the code stays with it and is used with the rest, in the same name; one that takes
 * everything off is used again from here, for nobody will pay a rest. After the end of the payment it is read twice more (`watch-late.ts`).
 */

import type { Watched } from '../../payments/model/outcome.ts';
import { hasEnded } from '../../payments/model/payment-state.ts';
import type { Unsettled } from '../../payments/model/ports.ts';
import { ProblemError } from '../../payments/model/problem-error.ts';
import { burnDiscount } from './burn-discount.ts';
import { type BurnParts, heldDiscount, isLost, lookAtDiscount } from './discount.ts';

const againMs = 30_000;
/** So many looks, or calls, as fast as that; then one each so often. */
const fast = 5;
const slowMs = 5 * 60_000;

export async function watchDiscount(parts: BurnParts, { attempt, intents }: Unsettled): Promise<Watched | null> {
  const held = await heldDiscount(parts, attempt.paymentId);
  if (held === 'none' || held === 'lost' || held.attempt.id !== attempt.id)
    return held === 'lost' ? { kind: 'again', inMs: 24 * 3_600_000 } : null;
  const { payment } = held;
  const now = parts.clock.now();
  const sentMs = now - (intents.at(-1)?.createdAt ?? now);
  const again: Watched = { kind: 'again', inMs: sentMs < fast * againMs ? againMs : slowMs };
  const seen = await lookAtDiscount(parts, held);
  if (seen === 'unknown') return again;
  if (seen !== 'unused') return null;
  if (!intents.some(isLost)) return done(parts.payments.settleDiscount(payment.id, attempt.id, { kind: 'held' }));
  if (hasEnded(payment))
    return done(parts.payments.settleDiscount(payment.id, attempt.id, { kind: 'dropped', refusal: null, mayArrive: true }));
  if (payment.discount < payment.amount) return again;
  if (intents.length >= fast && sentMs < slowMs) return { kind: 'again', inMs: slowMs - sentMs };
  try {
    await burnDiscount(parts, payment.id);
  } catch (cause) {
    // Its time is over, or other money has come, just now.
    if (!(cause instanceof ProblemError)) throw cause;
    return again;
  }
  return null;
}

const done = (settled: Promise<void>): Promise<null> => settled.then(() => null);
