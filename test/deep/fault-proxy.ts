/**
 * An HTTP proxy before one upstream. It records each call, and can lose it before or after its effect, cut the answer in half,
 * answer like a broken gateway, delay the answer, or deliver the call long after the BFF has given up.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request as send } from 'undici';

export type Upstream = 'paycodes' | 'paykassma' | 'payme';

export type CallFault =
  /** The call does not reach the service: the connection is cut, the gateway answers 502, or there is no answer. */
  | { kind: 'cut_before' | 'gateway_before' | 'silence' }
  /** The call takes effect, and its answer is lost. */
  | { kind: 'cut_after' | 'gateway_after' | 'half' }
  /** The answer is delayed by so much. */
  | { kind: 'slow'; realMs: number }
  /** The call is delivered so much later, even where nobody waits any more. */
  | { kind: 'late'; realMs: number };

/** One recorded call. Times are simulated milliseconds. */
export interface UpstreamCall {
  upstream: Upstream;
  operation: string;
  /** Fields that identify it: code, client, receipt, order … */
  about: Readonly<Record<string, string>>;
  receivedAt: number;
  /** When the service received it; null: never. */
  deliveredAt: number | null;
  /** When the whole answer was passed to the BFF; null: never. */
  answeredAt: number | null;
  /** The kind of the fault that it met. */
  fault: string | null;
  /** The answer of the service, shortened. */
  answer: string | null;
}

export interface FaultProxyDeps {
  upstream: Upstream;
  /** Origin of the service. */
  target: string;
  now(): number;
  read(path: string, body: Buffer): Pick<UpstreamCall, 'operation' | 'about'>;
  faultFor(call: UpstreamCall): CallFault | null;
  seen(call: UpstreamCall, answer: string): void;
}

export interface FaultProxy {
  origin: string;
  /** Cuts every open connection. @returns How many there were. */
  cutAll(): number;
  /** Delivers all delayed calls at once. */
  release(): void;
  close(): Promise<void>;
}

export async function createFaultProxy(deps: FaultProxyDeps): Promise<FaultProxy> {
  const agent = new Agent({ keepAliveTimeout: 2_000 });
  const sockets = new Set<Socket>();
  let holding = new AbortController();
  const hold = (ms: number) => pause(ms, undefined, { signal: holding.signal }).catch(() => undefined);

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bytesOf(request);
    const path = request.url ?? '/';
    const call: UpstreamCall = {
      upstream: deps.upstream,
      ...deps.read(path, body),
      receivedAt: deps.now(),
      deliveredAt: null,
      answeredAt: null,
      fault: null,
      answer: null,
    };
    const fault = deps.faultFor(call);
    call.fault = fault?.kind ?? null;
    if (fault?.kind === 'cut_before' || fault?.kind === 'gateway_before' || fault?.kind === 'silence') {
      deps.seen(call, '');
      if (fault.kind === 'cut_before') response.socket?.resetAndDestroy();
      if (fault.kind === 'gateway_before') badGateway(response);
      return;
    }
    if (fault?.kind === 'late') await hold(fault.realMs);
    call.deliveredAt = deps.now();
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...headers } = request.headers;
    const answer = await send(deps.target + path, {
      method: request.method ?? 'POST',
      headers,
      dispatcher: agent,
      ...(body.length > 0 && { body }),
    });
    const text = await answer.body.text();
    call.answer = text.replace(/\s+/g, ' ').slice(0, 160);
    if (fault?.kind === 'slow') await hold(fault.realMs);
    if (fault?.kind === 'cut_after') response.socket?.resetAndDestroy();
    else if (fault?.kind === 'gateway_after') badGateway(response);
    else if (fault?.kind === 'half') {
      response.writeHead(answer.statusCode, { 'content-type': 'application/json', 'content-length': text.length * 2 });
      response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
    } else if (!response.destroyed) {
      const type = String(answer.headers['content-type'] ?? 'application/json');
      response.writeHead(answer.statusCode, { 'content-type': type });
      response.end(text, () => {
        call.answeredAt = deps.now();
      });
    }
    deps.seen(call, text);
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.socket?.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAll() {
      const open = [...sockets];
      for (const socket of open) socket.resetAndDestroy();
      return open.length;
    },
    release() {
      holding.abort();
      holding = new AbortController();
    },
    async close() {
      holding.abort();
      server.close();
      server.closeAllConnections();
      await agent.close();
    },
  };
}

const badGateway = (response: ServerResponse): void =>
  void response.writeHead(502, { 'content-type': 'text/html' }).end('<!doctype html><title>502 Bad Gateway</title>');

async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
