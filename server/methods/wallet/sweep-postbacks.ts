/** Applies what was stored and had no effect yet: the process died in between, or the store failed. */
import { applyPostback } from './apply-postback.ts';
import type { TransferParts } from './wallet-parts.ts';

/** Somebody may be at work on younger ones. */
const restMs = 30_000;

export async function sweepPostbacks(parts: TransferParts): Promise<void> {
  for (const postback of await parts.store.waitingPostbacks(parts.clock.now() - restMs, 50)) {
    await applyPostback(parts, postback).catch((cause: unknown) => parts.observer.failure('postback', cause));
  }
}
