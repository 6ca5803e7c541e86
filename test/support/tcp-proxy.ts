/** A line to a server that a test can cut, refuse or let fall silent. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export async function createTcpProxy(target: { host: string; port: number }) {
  const sockets = new Set<Socket>();
  let state: 'open' | 'refusing' | 'silent' = 'open';
  const server = createServer((near) => {
    if (state === 'refusing') {
      near.destroy();
      return;
    }
    const far = connect(target);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      // Silence swallows what is said and never says so.
      one.on('data', (chunk) => state === 'silent' || other.write(chunk));
      one.on('error', () => undefined);
      one.on('close', () => {
        sockets.delete(one);
        if (state !== 'silent') other.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    /** Closes all that is open; whoever comes again is let in. */
    cut,
    refuse() {
      state = 'refusing';
      cut();
    },
    silence() {
      state = 'silent';
    },
    /** What was open while it was silent stays dead, as behind a firewall that has forgotten it. */
    restore() {
      for (const socket of sockets) socket.removeAllListeners('data').on('data', () => undefined);
      state = 'open';
    },
    async close() {
      cut();
      server.close();
    },
  };
}
