/** Whether an address is on a list of addresses and subnets; without a list every one is. */
import { addressList } from '../address-list.ts';

export const isListed = (list: readonly string[] | undefined, address: string): boolean => !list || addressList(list)(address);
