/**
 * The address of a client: one spelling for each, the networks that limits count it by, and lists of allowed addresses. And the tally
 * of a try, by which what was counted can be taken back.
 */
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import type { Clock, Sealer, Telemetry } from '../payments/model/ports.ts';
import type { RateLimitCount, RateLimitCounter, RateLimitSubject, Store } from '../payments/model/store.ts';

/**
 * What rate limits count by: an IPv4 address, or the /64 of an IPv6 address, because one subscriber has the whole /64. All
 * unreadable texts have one key, so that whoever makes a proxy forward nonsense gets no new allowance with each piece of it.
 */
export const rateLimitKeyForIp = (ip: string): string => networksOf(ip)[0].key;

export interface CountedNetwork {
  /** What a limit counts this network by. */
  key: string;
  /** How many times the allowance of one address the whole network has. */
  factor: number;
}

/**
 * The networks of an address that limits count beside each other, the narrowest first. An IPv6 subscriber has at least a /64, and
 * many have a /56 or a /48: then each of its /64s would bring a new allowance. So the wider ones have one, too, which is larger,
 * because at other providers they hold several subscribers.
 */
export function networksOf(ip: string): readonly [CountedNetwork, ...CountedNetwork[]] {
  const address = normalizeAddress(ip);
  if (address === null) return [{ key: 'unreadable', factor: 1 }];
  if (isIPv4(address)) return [{ key: address, factor: 1 }];
  const [head = '', tail] = address.split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const groups =
    tail === undefined ? before : [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  const [one, two, three, four = '0'] = groups;
  const upperHalf = (Number.parseInt(four, 16) & 0xff00).toString(16);
  return [
    { key: `${one}:${two}:${three}:${four}::/64`, factor: 1 },
    { key: `${one}:${two}:${three}:${upperHalf}::/56`, factor: 2 },
    { key: `${one}:${two}:${three}::/48`, factor: 4 },
  ];
}

/** What one try was counted by. Neither function throws: they run beside calls whose effect must be stored. */
export interface Tally {
  /** Counts the try once more. `subject`: an id, or the keyed hashes of what must not be stored. */
  count(kind: string, subject: RateLimitSubject, windowMs: number): Promise<RateLimitCounter>;
  /**
   * For those who must wait because a limit is used up: one of them at a time goes on, each `everyMs` milliseconds.
   * @returns Null if it is this one's turn; else when the next one is, milliseconds since 1970.
   */
  turn(kind: string, subject: RateLimitSubject, everyMs: number): Promise<number | null>;
  /** Nothing was tried after all, or it was no failure: takes back all that was counted. */
  giveBack(): Promise<void>;
  /** From now on it is taken back if this attempt pays, by whatever process. */
  keepFor(attemptId: string): Promise<void>;
}

export interface TallyDeps {
  store: Pick<Store, 'hitRateLimit' | 'refundRateLimit' | 'keepCounts'>;
  clock: Clock;
  observer: Pick<Telemetry, 'failure'>;
}

export function createTally({ store, clock, observer }: TallyDeps): Tally {
  let counts: RateLimitCount[] = [];
  const reported = (work: Promise<void>) => work.catch((cause: unknown) => observer.failure('tries', cause));
  const refund = async (counted: readonly RateLimitCount[]) => {
    for (const { kind, subject } of counted) await store.refundRateLimit(kind, subject);
  };
  return {
    async count(kind, subject, windowMs) {
      const counter = await store.hitRateLimit(kind, subject, clock.now(), windowMs);
      const [stored = ''] = typeof subject === 'string' ? [subject] : subject;
      counts.push({ kind, subject: stored, resetsAt: counter.resetsAt });
      return counter;
    },
    async turn(kind, subject, everyMs) {
      const { count, resetsAt } = await store.hitRateLimit(`${kind}_turn`, subject, clock.now(), everyMs);
      return count === 1 ? null : resetsAt;
    },
    giveBack() {
      const counted = counts;
      counts = [];
      return reported(refund(counted));
    },
    keepFor: (attemptId) => reported(store.keepCounts(attemptId, counts)),
  };
}

export interface AddressLimit {
  kind: string;
  /** Whose limit it is: the same address has another count with another owner. */
  owner: string;
  /** How many tries one address has in a window. A /56 has twice as many, a /48 four times. */
  most: number;
  windowMs: number;
  /** Beyond the limit one more try is allowed in each period of so many milliseconds. Absent: none before the window ends. */
  thenEveryMs?: number;
}

/**
 * Counts one try by the networks of its address. Whoever then does without it, because the limit is exceeded or for another reason,
 * must give the tally back: only what was tried counts. Addresses are stored as keyed hashes.
 * @returns Null while the limit is kept, this try included; else when the next try is allowed, milliseconds since 1970.
 */
export async function countByAddress(
  tally: Tally,
  sealer: Sealer,
  { kind, owner, most, windowMs, thenEveryMs }: AddressLimit,
  ip: string,
): Promise<number | null> {
  const ends: number[] = [];
  for (const { key, factor } of networksOf(ip)) {
    const subject = sealer.fingerprints(`${owner} ${key}`);
    const { count, resetsAt } = await tally.count(kind, subject, windowMs);
    if (count < most * factor || (count === most * factor && thenEveryMs === undefined)) continue;
    // The last one of the allowance begins the wait for the next.
    const turnAt = thenEveryMs === undefined ? resetsAt : await tally.turn(kind, subject, thenEveryMs);
    if (count > most * factor && turnAt !== null) ends.push(turnAt);
  }
  return ends.length > 0 ? Math.max(...ends) : null;
}

/**
 * One spelling for each address: without the port and the brackets that some proxies write into `X-Forwarded-For`
 * (`203.0.113.10:40001`, `[2001:db8::1]:443`), without a zone, IPv6 in its canonical form, and an IPv4 address inside IPv6 as
 * IPv4. Null if the text is no address.
 */
function normalizeAddress(text: string): string | null {
  const trimmed = text.trim();
  const [, inside] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(trimmed) ?? /^([\d.]+):\d{1,5}$/.exec(trimmed) ?? [];
  const address = (inside ?? trimmed).replace(/%.*$/, '');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  // The URL parser writes IPv6 as RFC 5952 requires, and an IPv4 address at its end as two groups.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return canonical;
  return [high, low].flatMap((group) => bytesOf(Number.parseInt(group, 16))).join('.');
}

const bytesOf = (group: number): [number, number] => [group >> 8, group & 255];

/**
 * A test whether an address is on the list. A text that is no address is on no list.
 * @param list Addresses such as `203.0.113.7`, and subnets such as `10.0.0.0/8`.
 */
export function matchesAddressList(list: readonly string[]): (address: string) => boolean {
  const blocks = new BlockList();
  for (const entry of list) {
    const [start = '', bits] = entry.split('/');
    if (bits !== undefined) blocks.addSubnet(start, Number(bits), familyOf(start));
    else {
      const address = normalizeAddress(start) ?? start;
      blocks.addAddress(address, familyOf(address));
    }
  }
  return (text) => {
    const address = normalizeAddress(text);
    return address !== null && blocks.check(address, familyOf(address));
  };
}

const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6');
