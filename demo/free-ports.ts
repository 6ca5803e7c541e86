/** Ports of 127.0.0.1 that nothing listens on now. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** They are all held before any is let go: so no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const holders = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(holders.map((holder) => once(holder, 'listening')));
  const ports = holders.map((holder) => (holder.address() as AddressInfo).port);
  await Promise.all(holders.map((holder) => once(holder.close(), 'close')));
  return ports;
}
