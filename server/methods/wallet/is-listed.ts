/** Whether an address is on a list of addresses and subnets; without a list every one is. */
import { BlockList, isIP } from 'node:net';

export function isListed(list: readonly string[] | undefined, address: string): boolean {
  if (!list) return true;
  const blocks = new BlockList();
  for (const entry of list) {
    const [start = '', bits] = entry.split('/');
    const family = familyOf(start);
    if (bits === undefined) blocks.addAddress(start, family);
    else blocks.addSubnet(start, Number(bits), family);
  }
  return isIP(address) !== 0 && blocks.check(address, familyOf(address));
}

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');
