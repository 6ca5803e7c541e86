/**
 * The hashes of the audit. Each row has a digest of its content, and a hash over its place, that digest and the hash of the row
 * before. Both are keyed: who can write to the database, and does not have the key, can neither change a row unnoticed nor guess
 * from a digest what an erased text was. The key is derived from the newest of the LOOKUP_KEYS, and each hash names it.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import type { Keys } from '../../payments/sealer.ts';

/** What is stored with each row of a chain. */
export interface Link {
  /** From 1 within its chain. */
  position: number;
  digest: string;
  hash: string;
}

/** The values of a row that nobody may change, in a fixed order. */
export type Content = readonly (string | number)[];

export interface AuditChain {
  digest(content: Content): string;
  /** @param before The row before in the same chain; null for the first. */
  next(chain: string, before: Omit<Link, 'digest'> | null, content: Content): Link;
  /** Whether a digest or hash is that of these values; null if it was made under a key that is not configured any more. */
  matches(stored: string, values: Content): boolean | null;
  /** The values under the hash of a row. */
  linked(chain: string, position: number, hashBefore: string, digest: string): Content;
}

export function createAuditChain({ lookup }: Pick<Keys, 'lookup'>): AuditChain {
  const keys = new Map(lookup.flatMap(({ id, bytes }) => (bytes ? [[id, derive(bytes)] as const] : [])));
  const newest = lookup.find(({ readOnly, bytes }) => !readOnly && bytes !== null);
  const key = newest && keys.get(newest.id);
  if (!newest || !key) throw new Error('none of the keys may be used to write');
  const digest = (values: Content) => `${newest.id}.${mac(key, values)}`;
  const linked = (chain: string, position: number, hashBefore: string, of: string) => ['link', chain, position, hashBefore, of];
  return {
    digest,
    linked,
    next(chain, before, content) {
      const position = (before?.position ?? 0) + 1;
      const ofContent = digest(content);
      return { position, digest: ofContent, hash: digest(linked(chain, position, before?.hash ?? '', ofContent)) };
    },
    matches(stored, values) {
      const [id = ''] = stored.split('.', 1);
      const used = keys.get(id);
      return used ? stored === `${id}.${mac(used, values)}` : null;
    },
  };
}

const derive = (key: Buffer): Buffer => Buffer.from(hkdfSync('sha256', key, '', 'pay-desk audit', 32));

const mac = (key: Buffer, values: Content): string =>
  createHmac('sha256', key).update(JSON.stringify(values)).digest('base64url');
