/** A TCP proxy whose connections a test can cut, refuse or silence. */
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
      // A silent connection drops all data without an error.
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
    /** Closes all connections; new ones are accepted. */
    cut,
    refuse() {
      state = 'refusing';
      cut();
    },
    silence() {
      state = 'silent';
    },
    /** Connections that were open while it was silent stay dead, as behind a firewall that dropped their state. */
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
