/**
 * Seals again under the newest key what is still sealed under an older one, so that the older one can be let go. It may run in
 * several processes and under load: a text is replaced only while it is the one that was read.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createPollingLoop, type PollingLoop } from './background.ts';
import type { Sealer, Telemetry } from './model/ports.ts';
import type { Keys } from './sealer.ts';

/** The tables that have sealed texts. Each text is bound to its row by the row's id. */
export type SealedTable = 'attempts' | 'discounts' | 'cards' | 'code_batches';

/** What resealing requires of the database. `storage/queries/sealed-texts.ts` implements it. */
export interface SealedTexts {
  /** Rows whose text is sealed under this key, in the order of their ids, after `afterId`; '' starts at the beginning. */
  sealedTexts(table: SealedTable, keyId: string, afterId: string, limit: number): Promise<SealedText[]>;
  /** Replaces each text that is still the one that was read. Returns how many it has replaced. */
  replaceSealedTexts(table: SealedTable, replacements: readonly (SealedText & { by: string })[]): Promise<number>;
  countSealedTexts(table: SealedTable, keyId: string): Promise<number>;
}

export interface SealedText {
  id: string;
  sealed: string;
}

/** How many texts are sealed under a key. */
export interface KeyUse {
  keyId: string;
  rows: Record<SealedTable, number>;
}

/**
 * The texts of `code_batches` also need a key that only the merchant has, so they cannot be sealed again. They are erased after a
 * day.
 */
const resealable: readonly SealedTable[] = ['attempts', 'discounts', 'cards'];
const batchSize = 50;

interface ResealOptions {
  /** Told after each batch how many texts have been sealed again so far. */
  onProgress?: (resealed: number) => void;
  /** How long to rest after each batch, in milliseconds. */
  restMs?: number;
  signal?: AbortSignal;
}

/**
 * @returns How much is sealed under each key afterwards. An older key whose count is 0 may be let go, once no process writes with
 * it any more.
 */
export async function resealAll(store: SealedTexts, keys: Keys, sealer: Sealer, options?: ResealOptions): Promise<KeyUse[]> {
  await reseal(store, keys, sealer, options);
  return countByKey(store, keys);
}

async function reseal(
  store: SealedTexts,
  keys: Keys,
  sealer: Sealer,
  { onProgress, restMs = 0, signal }: ResealOptions = {},
): Promise<void> {
  let resealed = 0;
  for (const { id: keyId, bytes } of keys.sealing) {
    if (keyId === sealer.keyId || bytes === null) continue;
    for (const table of resealable) {
      let afterId = '';
      while (!signal?.aborted) {
        const found = await store.sealedTexts(table, keyId, afterId, batchSize);
        const replacements = found.flatMap((text) => sealAgain(sealer, text));
        if (replacements.length > 0) resealed += await store.replaceSealedTexts(table, replacements);
        onProgress?.(resealed);
        const last = found.at(-1);
        if (!last || found.length < batchSize) break;
        afterId = last.id;
        if (restMs > 0) await pause(restMs);
      }
    }
  }
}

/** How much is sealed under each key of the configuration. */
export const countByKey = (store: SealedTexts, keys: Keys): Promise<KeyUse[]> =>
  Promise.all(keys.sealing.map(async ({ id }) => ({ keyId: id, rows: await countOf(store, id) })));

async function countOf(store: SealedTexts, keyId: string): Promise<Record<SealedTable, number>> {
  const count = (table: SealedTable) => store.countSealedTexts(table, keyId);
  return {
    attempts: await count('attempts'),
    discounts: await count('discounts'),
    cards: await count('cards'),
    code_batches: await count('code_batches'),
  };
}

/** None for a text that cannot be opened: it stays as it is, and is counted under its key. */
function sealAgain(sealer: Sealer, { id, sealed }: SealedText): (SealedText & { by: string })[] {
  try {
    return [{ id, sealed, by: sealer.seal(sealer.open(sealed, id), id) }];
  } catch {
    return [];
  }
}

/** An older text may still be written by a process that runs with the keys of before, so it is looked for now and then. */
const everyMs = 10 * 60_000;
const restMs = 100;

/** Seals older texts again in the background, with rests, so that customers do not notice it. */
export function createResealer(
  store: SealedTexts,
  keys: Keys,
  sealer: Sealer,
  observer: Pick<Telemetry, 'failure'>,
): Pick<PollingLoop, 'start' | 'stop'> {
  const stopped = new AbortController();
  const run = () => reseal(store, keys, sealer, { restMs, signal: stopped.signal });
  const loop = createPollingLoop(run, everyMs, (cause) => observer.failure('reseal', cause));
  return {
    start: () => loop.start(),
    async stop() {
      stopped.abort();
      await loop.stop();
    },
  };
}
