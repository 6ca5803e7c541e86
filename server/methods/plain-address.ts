/**
 * One spelling for one address, since limits count by it and lists name it: without the port and the brackets that some proxies
 * write into `X-Forwarded-For` (`203.0.113.10:40001`, `[2001:db8::1]:443`), without a zone, IPv6 in its canonical form, and an IPv4
 * address inside IPv6 as IPv4. Null for whatever is no address.
 */
import { isIPv4, isIPv6 } from 'node:net';

export function plainAddress(text: string): string | null {
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
