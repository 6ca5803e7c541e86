/**
 * Compares the keys of the configuration with those that the database was written with. A wrong key would otherwise be noticed
 * only when a customer's payment needs it.
 */
import { ConfigError } from './config-error.ts';
import { StoreUnavailable } from './payments/model/errors.ts';
import type { Sealer } from './payments/model/ports.ts';
import type { SealedTable } from './payments/reseal.ts';
import type { Keys } from './payments/sealer.ts';
import { checkValue, firstKeyId } from './payments/sealer.ts';
import type { KeyCheck, SealedTextQueries } from './storage/queries/sealed-texts.ts';

const tables: readonly SealedTable[] = ['attempts', 'discounts', 'cards', 'code_batches'];
const variables = { sealing: 'SEALING_KEYS', lookup: 'LOOKUP_KEYS' } as const;

/**
 * @returns What an operator should know, in sentences.
 * @throws {ConfigError} for a key that is not the one of its id, that opens nothing, or that is missing and still needed
 */
export async function checkKeys(store: SealedTextQueries, keys: Keys, sealer: Sealer): Promise<string[]> {
  const checks = await store.keyChecks();
  await requireSealingKeys(store, keys, checks);
  requireLookupKey(keys, checks);
  const isUpgrade = !checks.some(({ purpose }) => purpose === 'sealing');
  const unannounced = !isUpgrade && !checks.some(({ purpose, id }) => purpose === 'sealing' && id === sealer.keyId);
  for (const purpose of ['sealing', 'lookup'] as const) {
    for (const { id, bytes } of keys[purpose]) if (bytes) await requireSameKey(store, sealer, checks, { purpose, id, bytes });
  }
  return unannounced
    ? [
        `the sealing key ${sealer.keyId} is used at once, without having been listed as read-only before: another process on this ` +
          'database that does not know it yet cannot read what is sealed with it',
      ]
    : [];
}

/** All keys must be listed that something is still sealed under. */
async function requireSealingKeys(store: SealedTextQueries, { sealing }: Keys, checks: readonly KeyCheck[]): Promise<void> {
  const used = new Set([firstKeyId, ...checks.filter(({ purpose }) => purpose === 'sealing').map(({ id }) => id)]);
  for (const id of used) {
    if (sealing.some((key) => key.id === id)) continue;
    const counts = await Promise.all(tables.map((table) => store.countSealedTexts(table, id)));
    const count = counts.reduce((sum, each) => sum + each, 0);
    if (count > 0) {
      throw new ConfigError(
        `SEALING_KEYS: expected the key with the id ${id} as well, because ${count} stored texts are still sealed under it; ` +
          `if it is lost, write ${id}:lost.`,
      );
    }
    await unlessFull(store.dropKeyCheck({ purpose: 'sealing', id }));
  }
}

/** Hashes under no known key would find nothing again: used Idempotency-Keys would count as new ones. */
function requireLookupKey({ lookup }: Keys, checks: readonly KeyCheck[]): void {
  const known = checks.filter(({ purpose }) => purpose === 'lookup');
  if (known.length === 0 || known.some(({ id }) => lookup.some((key) => key.id === id))) return;
  throw new ConfigError(
    `LOOKUP_KEYS: expected one of the keys that this database was used with, with the ids ${known.map(({ id }) => id).join(', ')}; ` +
      'without this variable it was the oldest sealing key, with the id 0.',
  );
}

async function requireSameKey(
  store: SealedTextQueries,
  sealer: Sealer,
  checks: readonly KeyCheck[],
  { purpose, id, bytes }: { purpose: KeyCheck['purpose']; id: string; bytes: Buffer },
): Promise<void> {
  const value = checkValue(bytes);
  const known = checks.find((check) => check.purpose === purpose && check.id === id);
  if (!known && purpose === 'sealing' && !(await opensSomething(store, sealer, id))) {
    throw new ConfigError(
      `SEALING_KEYS: expected another key with the id ${id}, because this one opens nothing of what is stored.`,
    );
  }
  const stored = known ?? (await unlessFull(store.keepKeyCheck({ purpose, id, value })));
  if (stored === null || stored.value === value) return;
  const also = purpose === 'lookup' && id === firstKeyId ? ', which was the oldest sealing key if this variable is absent' : '';
  throw new ConfigError(`${variables[purpose]}: expected the same key with the id ${id} as before${also}.`);
}

/** Null if the disk is full: the server starts all the same, and compares the keys again the next time. */
const unlessFull = <T>(write: Promise<T>): Promise<T | null> =>
  write.catch((cause: unknown) => {
    if (cause instanceof StoreUnavailable && cause.code === 'SQLITE_FULL') return null;
    throw cause;
  });

/** Also true if nothing is sealed under this key. One text alone proves nothing, because it may be damaged. */
async function opensSomething(store: SealedTextQueries, sealer: Sealer, keyId: string): Promise<boolean> {
  const samples = await Promise.all(
    // The texts of `code_batches` need a merchant's key, too.
    tables.filter((table) => table !== 'code_batches').map((table) => store.sealedTexts(table, keyId, '', 10)),
  );
  const texts = samples.flat();
  return texts.length === 0 || texts.some(({ id, sealed }) => canOpen(sealer, sealed, id));
}

function canOpen(sealer: Sealer, sealed: string, context: string): boolean {
  try {
    sealer.open(sealed, context);
    return true;
  } catch {
    return false;
  }
}
