/** Reads the settings of a single sign-on proxy, which names the person behind an operator's key in a header. */
import { BlockList, isIP } from 'node:net';
import type { Refuse } from './read-keys.ts';

export interface UserHeader {
  /** In small letters. */
  name: string;
  /** The addresses and subnets of the proxy; from any other the header is ignored. */
  proxies: string[];
}

export const expectedHeader = 'expected the name of a header that the single sign-on proxy sets, such as x-forwarded-user';
export const expectedProxies = 'expected the addresses or subnets of the single sign-on proxy, separated by commas';

/** Headers that mean something else already. */
const taken = /^(authorization|cookie|host|connection|content-.*|idempotency-key|x-forwarded-(for|host|proto)|forwarded)$/;

export function readHeaderName(text: string): string | undefined {
  const name = text.toLowerCase();
  return /^[a-z][a-z0-9-]{0,59}$/.test(name) && !taken.test(name) ? name : undefined;
}

/** On a listener that only this machine reaches the proxy is on it, too; elsewhere it has to be named. */
export function readUserHeader(
  { host, name, proxies }: { host: string; name: string | undefined; proxies: string[] | undefined },
  refuse: Refuse,
): UserHeader | undefined {
  if (name === undefined) return undefined;
  if (proxies === undefined && !isLoopback(host))
    refuse(
      'OPERATE_USER_PROXY',
      'expected the addresses of the single sign-on proxy, since OPERATE_HOST can be reached from other machines, and any of ' +
        'them could name any person',
    );
  return { name, proxies: proxies ?? ['127.0.0.1', '::1'] };
}

/** Whether only this machine can connect to what listens there. */
export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** `0.0.0.0/0` and `::/0` are refused, since they would believe everybody. */
export function readAddresses(text: string): string[] | undefined {
  const addresses = text.split(',').map((address) => address.trim());
  return addresses.every(isAddressOrSubnet) ? addresses : undefined;
}

function isAddressOrSubnet(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (!family || rest.length > 0) return false;
  if (bits === undefined) return true;
  try {
    new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
    return /^[1-9]\d*$/.test(bits);
  } catch {
    return false;
  }
}
