/**
 * A proxy before an upstream that can delay calls. The caller of a delayed call gets a reset connection, and the call reaches the
 * upstream only when the test releases it. All other calls pass at once.
 */
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scaledTimeout } from './load-factor.ts';

export interface CallHolder {
  url: string;
  /** Delays every call whose body contains this text, until `pass`. */
  hold(text: string): void;
  /** Delays no more calls; delayed ones stay delayed. */
  pass(): void;
  /** How many calls are delayed now. */
  held(): number;
  /** Delivers the delayed calls, oldest first, and waits for each answer of the upstream, or a second where it gives none. */
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
      queue.push(async () => void (await send(upstream, request, body, scaledTimeout(unansweredMs)))?.resume());
      request.socket.resetAndDestroy();
      return;
    }
    const answer = await send(upstream, request, body);
    if (!answer) return void request.socket.resetAndDestroy();
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  // Longer than any client keeps a connection, so that none is ended while a request is being sent on it.
  server.keepAliveTimeout = 65_000;
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

/** A simulator's fault may be that it never answers. The call has had its effect long before. */
const unansweredMs = 1_000;

/** Null where the upstream closes the connection, or gives no answer within `waitMs`. */
const send = (upstream: string, { method, url = '/', headers }: IncomingMessage, body: Buffer, waitMs?: number) =>
  new Promise<IncomingMessage | null>((answered) => {
    const { host: _, ...kept } = headers;
    const call = forward(new URL(url, upstream), { method: method ?? 'POST', headers: kept, agent: false }, answered);
    call.on('error', () => answered(null));
    if (waitMs !== undefined) call.setTimeout(waitMs, () => call.destroy(new Error('no answer')));
    call.end(body);
  });
