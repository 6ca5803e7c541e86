/**
 * A proxy before an upstream that loses calls to a queue: a call it holds gets a reset connection and reaches the upstream only when the test lets
 * it go, however much later that is. Everything else passes through at once.
 */
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CallHolder {
  url: string;
  /** Holds every call whose body has this text in it, until `pass`. */
  hold(text: string): void;
  /** Holds no more calls; those that are held stay so. */
  pass(): void;
  /** How many are held now. */
  held(): number;
  /** Delivers what is held, oldest first, and waits until the upstream has answered each. */
  release(): Promise<void>;
  close(): Promise<void>;
}

export async function holdCalls(upstream: string): Promise<CallHolder> {
  let wanted: string | undefined;
  let queue: (() => Promise<void>)[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    if (wanted !== undefined && body.includes(wanted)) {
      queue.push(async () => void (await send(upstream, request, body))?.resume());
      request.socket.resetAndDestroy();
      return;
    }
    const answer = await send(upstream, request, body);
    if (!answer) return void request.socket.resetAndDestroy();
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold: (text) => {
      wanted = text;
    },
    pass: () => {
      wanted = undefined;
    },
    held: () => queue.length,
    async release() {
      const late = queue;
      queue = [];
      for (const deliver of late) await deliver();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** Null where the upstream breaks off. */
const send = (upstream: string, { method, url = '/', headers }: IncomingMessage, body: Buffer) =>
  new Promise<IncomingMessage | null>((answered) => {
    const { host: _, ...kept } = headers;
    const call = forward(new URL(url, upstream), { method: method ?? 'POST', headers: kept, agent: false }, answered);
    call.on('error', () => answered(null));
    call.end(body);
  });
