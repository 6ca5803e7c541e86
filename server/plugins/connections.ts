/**
 * Limits how many requests of one address are unfinished: begun, and not received whole. Whoever sent many of them slowly would take
 * all connections otherwise. A customer's request is received within moments, so beyond the limit the oldest is cut off, and
 * whoever comes anew is served, also from the same address. Behind a trusted proxy a request counts for its client, and the proxy's
 * own connections, which wait for requests of many clients, do not count.
 */
import type { Socket } from 'node:net';
import fp from 'fastify-plugin';

interface ConnectionsOptions {
  /** Unfinished requests of one address, and of all together. */
  perAddress: number;
  inAll: number;
  /** What an address is counted by. */
  keyOf(ip: string): string;
  /** Whether the connections of this address carry the requests of many clients. */
  isProxy(address: string): boolean;
}

const warnEveryMs = 60_000;

export const connections = fp<ConnectionsOptions>(
  async (app, { perAddress, inAll, keyOf, isProxy }) => {
    /** Both in the order in which the requests began. */
    const keys = new Map<Socket, string>();
    const byKey = new Map<string, Set<Socket>>();
    let warnedAt = Number.NEGATIVE_INFINITY;

    const finish = (socket: Socket): void => {
      const key = keys.get(socket);
      if (key === undefined) return;
      keys.delete(socket);
      const others = byKey.get(key);
      others?.delete(socket);
      if (others?.size === 0) byKey.delete(key);
    };
    const cutOff = ([oldest]: Iterable<Socket>): void => {
      if (!oldest) return;
      finish(oldest);
      oldest.destroy();
      const now = performance.now();
      if (now - warnedAt < warnEveryMs) return;
      warnedAt = now;
      app.log.warn({ count: keys.size }, 'too many requests are begun and not finished: the oldest are cut off');
    };
    const begin = (socket: Socket, key: string): void => {
      finish(socket);
      keys.set(socket, key);
      const others = byKey.get(key) ?? new Set();
      byKey.set(key, others.add(socket));
      if (others.size > perAddress) cutOff(others);
      else if (keys.size > inAll) cutOff(keys.keys());
    };

    app.server.on('connection', (socket: Socket) => {
      socket.once('close', () => finish(socket));
      const { remoteAddress = '' } = socket;
      if (!isProxy(remoteAddress)) begin(socket, keyOf(remoteAddress));
    });
    app.addHook('onRequest', async ({ raw, ip }) => {
      const { socket, headers } = raw;
      if (headers['transfer-encoding'] === undefined && !Number(headers['content-length'] ?? 0)) return finish(socket);
      begin(socket, keyOf(ip));
      // Also where nobody reads the body: Node receives what is left of it after the answer.
      raw.once('end', () => finish(socket));
    });
  },
  { name: 'connections' },
);
