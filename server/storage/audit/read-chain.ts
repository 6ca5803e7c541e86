/** Follows one chain of the audit from its oldest kept row, and finds the first row that does not hold. */
import type { AuditChain, Content, Link } from './chain.ts';

export interface Fault {
  /** The id of a payment, `merchant:<id>`, or `operators`. */
  chain: string;
  /** The row at which it was noticed; null if rows are missing at the end. */
  id: string | null;
  position: number | null;
  /**
   * `content`: the row is not what was written. `link`: it does not follow from the row before, so one of the two was exchanged or
   * added. `missing`: rows before it are gone. `end`: the newest rows are gone. `anchor`: the row that an anchor has in this place is gone or another one.
   */
  what: 'content' | 'link' | 'missing' | 'end' | 'anchor';
}

export interface ReadRow extends Link {
  id: string;
  type: string;
  /** JSON. */
  data: string;
  content: Content;
}

export interface ChainReader {
  /** Takes the next row by position. */
  take(row: ReadRow): void;
  /** How far it came: 0 without rows. */
  position(): number;
  /** The hash of the last row; '' without rows. */
  hash(): string;
  /** Rows whose digest or hash is under a key that is not configured. */
  unreadable(): number;
  fault(): Fault | null;
}

/** The event of an erasure: its `rewritten` has the digests of the rows of this chain as they are since then. */
export const erasedType = 'customer.erased';

/** @param removedUpTo Retention has deleted rows up to this position; 0 for none. */
export function createChainReader(chain: AuditChain, name: string, removedUpTo: number): ChainReader {
  let last: ReadRow | null = null;
  let fault: Fault | null = null;
  let unreadable = 0;
  /** Rows with another content than they were written with. An erasure that comes later in the chain may account for it. */
  const changed = new Map<string, ReadRow>();
  const faultAt = ({ id, position }: ReadRow, what: Fault['what']): Fault => ({ chain: name, id, position, what });

  return {
    take(row) {
      const before = last;
      last = row;
      if (fault) return;
      const next = (before?.position ?? 0) + 1;
      if (row.position > next && row.position - 1 > removedUpTo) {
        fault = faultAt(row, 'missing');
        return;
      }
      // After a gap of retention the hash before is not known; the row's own content still is.
      const hashBefore = row.position === next ? (before?.hash ?? '') : null;
      const follows = hashBefore === null || chain.matches(row.hash, chain.linked(name, row.position, hashBefore, row.digest));
      if (follows === false) {
        fault = faultAt(row, 'link');
        return;
      }
      const unchanged = chain.matches(row.digest, row.content);
      if (follows === null || unchanged === null) unreadable += 1;
      if (unchanged === false) changed.set(row.id, row);
      if (row.type !== erasedType || unchanged !== true) return;
      for (const [id, digest] of Object.entries(rewrittenBy(row))) {
        const erased = changed.get(id);
        if (erased && chain.matches(digest, erased.content)) changed.delete(id);
      }
    },
    position: () => last?.position ?? 0,
    hash: () => last?.hash ?? '',
    unreadable: () => unreadable,
    fault() {
      // The first that was put in, which is the first of the chain, and before any fault that ended the reading.
      const [first] = changed.values();
      return first ? faultAt(first, 'content') : fault;
    },
  };
}

const rewrittenBy = ({ data }: ReadRow): Record<string, string> =>
  (JSON.parse(data) as { rewritten?: Record<string, string> }).rewritten ?? {};
