/** A list of addresses and subnets, such as `203.0.113.7` and `10.0.0.0/8`, as a question. What is no address is on no list. */
import { BlockList, isIPv4 } from 'node:net';
import { plainAddress } from './plain-address.ts';

/** @param list Each an address, or an address, `/` and the number of its leading bits that count. */
export function addressList(list: readonly string[]): (address: string) => boolean {
  const blocks = new BlockList();
  for (const entry of list) {
    const [start = '', bits] = entry.split('/');
    if (bits !== undefined) blocks.addSubnet(start, Number(bits), familyOf(start));
    else {
      const address = plainAddress(start) ?? start;
      blocks.addAddress(address, familyOf(address));
    }
  }
  return (text) => {
    const address = plainAddress(text);
    return address !== null && blocks.check(address, familyOf(address));
  };
}

const familyOf = (address: string) => (isIPv4(address) ? 'ipv4' : 'ipv6');
