/**
 * Counts tries by the address they come from: an IPv4 address, or of IPv6 its /64 and, with a larger allowance, its /56 and /48.
 * Counts of one merchant, or of one account, never touch another. Addresses are stored as keyed hashes.
 */
import type { Clock, Sealer } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import { networksOf } from './client-address.ts';

export interface AddressLimit {
  kind: string;
  /** Whose limit it is: the same address has another count with another owner. */
  owner: string;
  /** How many tries one address has in a window. A /56 has twice as many, a /48 four times. */
  most: number;
  windowMs: number;
}

export interface CountedByAddress {
  /** Null while the limit is kept, this try included; else when its window ends, milliseconds since 1970. */
  exceededUntil: number | null;
  giveBack(): Promise<void>;
}

/**
 * Counts one try. Whoever then does without it, because the limit is exceeded or for another reason, must give it back: only what
 * was tried counts.
 */
export async function countByAddress(
  { store, sealer, clock }: { store: Pick<Store, 'hitRateLimit' | 'refundRateLimit'>; sealer: Sealer; clock: Clock },
  { kind, owner, most, windowMs }: AddressLimit,
  ip: string,
): Promise<CountedByAddress> {
  const now = clock.now();
  const networks = networksOf(ip).map(({ key, factor }) => ({
    subject: sealer.fingerprints(`${owner} ${key}`),
    allowance: most * factor,
  }));
  const ends: number[] = [];
  for (const { subject, allowance } of networks) {
    const { count, resetsAt } = await store.hitRateLimit(kind, subject, now, windowMs);
    if (count > allowance) ends.push(resetsAt);
  }
  return {
    exceededUntil: ends.length > 0 ? Math.max(...ends) : null,
    async giveBack() {
      for (const { subject } of networks) await store.refundRateLimit(kind, subject);
    },
  };
}
