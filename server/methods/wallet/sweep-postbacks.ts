/**
 * Applies what was stored and had no effect yet: the process died in between, or the store failed. What no payment was found for is tried again with
 * each start and each hour: its merchant may have been missing from the file.
 */
import { applyPostback } from './apply-postback.ts';
import type { TransferParts } from './wallet-parts.ts';

/** Somebody may be at work on younger ones. */
const restMs = 30_000;

const hourMs = 3_600_000;
const atOnce = 50;
/** When each store's unmatched ones were tried last. */
const triedAt = new WeakMap<TransferParts['store'], number>();

export async function sweepPostbacks(parts: TransferParts): Promise<void> {
  const now = parts.clock.now();
  if (now - (triedAt.get(parts.store) ?? 0) >= hourMs) {
    triedAt.set(parts.store, now);
    await tryUnmatched(parts);
  }
  for (const postback of await parts.store.waitingPostbacks(parts.clock.now() - restMs, 50)) {
    await applyPostback(parts, postback).catch((cause: unknown) => parts.observer.failure('postback', cause));
  }
}

async function tryUnmatched(parts: TransferParts): Promise<void> {
  for (let after = ''; ; ) {
    const postbacks = await parts.store.unmatchedPostbacks(after, atOnce);
    for (const postback of postbacks)
      await applyPostback(parts, postback).catch((cause: unknown) => parts.observer.failure('postback', cause));
    const last = postbacks.at(-1);
    if (!last || postbacks.length < atOnce) return;
    after = last.id;
  }
}
