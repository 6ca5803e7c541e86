/**
 * Reads `SEALING_KEYS`, `SEALING_KEY` and `LOOKUP_KEYS`: lists such as `2027:<key>:read-only,2026:<key>`, newest first. The first
 * key that is not read-only is written with; all of them are read with.
 */
import { demoKeys } from './demo-keys.ts';
import type { Keys, NamedKey } from './payments/sealer.ts';
import { firstKeyId } from './payments/sealer.ts';

/** 32 bytes in base64, base64url or hex; undefined for anything else. */
export function readKey(text: string): Buffer | undefined {
  if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
  return /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** Lower case only, so that a query for the texts of a key means the same in both databases. */
const keyId = /^[a-z0-9][a-z0-9-]{0,19}$/;

/** The keys of a list; undefined where an entry has another form, or two have the same id or the same key. */
export function readKeyList(text: string): NamedKey[] | undefined {
  const keys: NamedKey[] = [];
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const [id = '', secret = '', mode, ...rest] = entry.split(':');
    const bytes = secret === 'lost' ? null : readKey(secret);
    if (!keyId.test(id) || bytes === undefined || rest.length > 0) return undefined;
    if (mode !== undefined && (mode !== 'read-only' || bytes === null)) return undefined;
    if (keys.some((key) => key.id === id || (bytes && key.bytes?.equals(bytes)))) return undefined;
    keys.push({ id, bytes, readOnly: mode !== undefined });
  }
  return keys.length > 0 ? keys : undefined;
}

const mayWrite = ({ bytes, readOnly }: NamedKey): boolean => bytes !== null && !readOnly;

interface KeyVariables {
  SEALING_KEYS?: NamedKey[] | undefined;
  SEALING_KEY?: Buffer | undefined;
  LOOKUP_KEYS?: NamedKey[] | undefined;
}

/**
 * All keys together. `SEALING_KEY` is the oldest sealing key, with the id `0`. Without `LOOKUP_KEYS` the oldest sealing key is the
 * lookup key, as it was before there was a variable for it.
 * @param refuse Receives each mistake, as the name of the variable and what was expected.
 */
export function combineKeys({ SEALING_KEYS, SEALING_KEY, LOOKUP_KEYS }: KeyVariables, refuse: Refuse, demo: boolean): Keys {
  const listed = SEALING_KEYS ?? [];
  const alone = SEALING_KEY ?? (demo && listed.length === 0 ? readKey(demoKeys.sealingKey) : undefined);
  if (alone && listed.some(({ id, bytes }) => id === firstKeyId || bytes?.equals(alone))) {
    refuse('SEALING_KEYS', 'expected no key with the id 0 and not the key of SEALING_KEY, which is the key 0 itself');
  }
  const sealing = alone ? [...listed, { id: firstKeyId, bytes: alone, readOnly: false }] : listed;
  if (sealing.length === 0) refuse('SEALING_KEY', `${expectedKey}, or a list of keys in SEALING_KEYS`);
  else if (!sealing.some(mayWrite)) refuse('SEALING_KEYS', expectedWriter);
  const oldest = sealing.findLast(({ bytes }) => bytes !== null);
  const lookup = LOOKUP_KEYS ?? (oldest ? [{ ...oldest, id: firstKeyId, readOnly: false }] : []);
  if (LOOKUP_KEYS && !lookup.some(mayWrite)) refuse('LOOKUP_KEYS', expectedWriter);
  if (!demo) refuseDemoKey({ SEALING_KEY: alone ? sealing.slice(-1) : [], SEALING_KEYS: listed, LOOKUP_KEYS: lookup }, refuse);
  return { sealing, lookup };
}

export type Refuse = (variable: string, expected: string) => void;

export const expectedKey = 'expected 32 random bytes in base64 or hex';
export const expectedKeys =
  'expected id:key entries separated by commas, newest first, each key 32 random bytes in base64 or hex, and no id and no key twice';
const expectedWriter = 'expected at least one key that is neither read-only nor lost';

function refuseDemoKey(lists: Record<string, readonly NamedKey[]>, refuse: Refuse): void {
  const demoKey = Buffer.from(demoKeys.sealingKey, 'base64');
  const found = Object.entries(lists).find(([, keys]) => keys.some(({ bytes }) => bytes?.equals(demoKey)));
  if (found) refuse(found[0], `${expectedKey}, not the ones of the demo`);
}
