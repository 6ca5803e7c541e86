/** Where a request comes from, as limits count it: of IPv6 the /64, since one subscriber has all of it. */
import { isIPv4 } from 'node:net';
import { plainAddress } from './plain-address.ts';

export function addressOf(ip: string): string {
  const plain = plainAddress(ip);
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
