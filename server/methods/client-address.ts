/** Where a request comes from, as limits count it: of IPv6 the /64, since one subscriber has all of it. */
import { BlockList, isIPv4, isIPv6 } from 'node:net';

export function rateLimitKeyForIp(ip: string): string {
  const plain = normalizeAddress(ip);
  // Counted as one: whoever can make a proxy write nonsense must not get a fresh allowance for each piece of it.
  if (plain === null) return 'unreadable';
  if (isIPv4(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const filled =
    tail === undefined ? before : [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return `${filled.slice(0, 4).join(':')}::/64`;
}

/**
 * One spelling for one address, since limits count by it and lists name it: without the port and the brackets that some proxies
 * write into `X-Forwarded-For` (`203.0.113.10:40001`, `[2001:db8::1]:443`), without a zone, IPv6 in its canonical form, and an IPv4
 * address inside IPv6 as IPv4. Null for whatever is no address.
 */
export function normalizeAddress(text: string): string | null {
  const trimmed = text.trim();
  const [, inside] = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(trimmed) ?? /^([\d.]+):\d{1,5}$/.exec(trimmed) ?? [];
  const address = (inside ?? trimmed).replace(/%.*$/, '');
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  // The URL parser writes IPv6 as RFC 5952 wants it, an IPv4 address at the end as two groups.
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(canonical) ?? [];
  if (high === undefined || low === undefined) return canonical;
  return [high, low].flatMap((group) => bytesOf(Number.parseInt(group, 16))).join('.');
}

const bytesOf = (group: number): [number, number] => [group >> 8, group & 255];

/** A list of addresses and subnets, such as `203.0.113.7` and `10.0.0.0/8`, as a question. What is no address is on no list. */
/** @param list Each an address, or an address, `/` and the number of its leading bits that count. */
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
