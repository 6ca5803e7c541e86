/** Where a request comes from, as limits count it: of IPv6 the /64, since one subscriber has all of it. */
import { isIPv6 } from 'node:net';

export function addressOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = plain.toLowerCase().split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  // An IPv4 address at the end stands for two groups.
  const groups = [...before, ...after].reduce((count, group) => count + (group.includes('.') ? 2 : 1), 0);
  const filled = tail === undefined ? before : [...before, ...Array<string>(8 - groups).fill('0'), ...after];
  return `${filled
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
