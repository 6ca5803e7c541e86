/** Ports for a demo that is a process of its own, which cannot be asked to take any free ones. */
import { randomInt } from 'node:crypto';
import { connect } from 'node:net';

/** Whether something listens on this port of the machine. */
export const isOpen = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });

/** Below the ports that the system assigns, so that no other test gets one of them before the demo opens it. */
export async function freePortBase(): Promise<number> {
  for (;;) {
    const base = 10_000 + randomInt(20_000);
    const taken = await Promise.all(demoPorts.map((beyond) => isOpen(base + beyond)));
    if (!taken.includes(true)) return base;
  }
}
const demoPorts = [0, 1, 11, 12, 13, 90];
