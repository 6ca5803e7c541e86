/**
 * The network of a simulation in one process. Fastify servers that listen get an address without a socket, and requests by undici or
 * `fetch` are handed to the host of their origin. What a host answers, loses or cuts is its own affair.
 */
import diagnostics from 'node:diagnostics_channel';
import { Server } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Agent, type Dispatcher } from 'undici';
import { currentOwner } from './virtual-time.ts';

export interface NetRequest {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface NetAnswer {
  status: number;
  type: string;
  /** Of the answer's headers only this one matters to a caller here. */
  retryAfter?: string | undefined;
  body: string;
  /** The connection breaks after so much of the body. */
  cutAfter?: number;
}

/** Rejects where the connection breaks before an answer. May never settle. */
export type Host = (request: NetRequest) => Promise<NetAnswer>;

const hosts = new Map<string, Host>();
export const setHost = (origin: string, host: Host): void => void hosts.set(origin, host);
export const removeHost = (origin: string): void => void hosts.delete(origin);

/** The connection broke when the request may have arrived. */
export const cut = (): Error => Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
/** There was no connection. */
export const refused = (): Error => Object.assign(new Error('connect refused'), { code: 'ECONNREFUSED', syscall: 'connect' });

/** Hands a request to a Fastify server. */
export async function inject(app: FastifyInstance, { method, path, headers, body }: NetRequest): Promise<NetAnswer> {
  const { 'content-length': _, 'transfer-encoding': __, ...others } = headers;
  const payload = body.length > 0 ? { payload: body } : {};
  running.set(app.server, (running.get(app.server) ?? 0) + 1);
  const injected = app.inject({ method: method as 'POST', url: path, headers: others, ...payload });
  const answer = await injected.finally(() => {
    running.set(app.server, (running.get(app.server) ?? 0) - 1);
    app.server.emit('virtual idle');
  });
  const { 'content-type': type = 'application/json', 'retry-after': retryAfter } = answer.headers;
  return { status: answer.statusCode, type: String(type), retryAfter: retryAfter?.toString(), body: answer.payload };
}

/** The Fastify server that listens at this address. */
export const serverAt = (address: string): FastifyInstance => {
  const app = listening.get(Number(new URL(address).port));
  if (!app) throw new Error(`nobody listens at ${address}`);
  return app;
};
export const forgetServer = (address: string): void => void listening.delete(Number(new URL(address).port));

/** How many requests a server is answering. */
const running = new WeakMap<object, number>();
const apps = new WeakMap<object, FastifyInstance>();
const listening = new Map<number, FastifyInstance>();
let port = 10_000;

/** Replaces the network of this process, for good. */
export function installVirtualNetwork(): void {
  diagnostics.subscribe('fastify.initialization', (message) => {
    const { fastify } = message as { fastify: FastifyInstance };
    apps.set(fastify.server, fastify);
  });
  const addresses = new WeakMap<object, number>();
  Object.assign(Server.prototype, {
    listen(this: Server) {
      port += 1;
      addresses.set(this, port);
      const app = apps.get(this);
      if (app) listening.set(port, app);
      // Watches for slow connections, of which there are none.
      for (const listener of this.listeners('listening'))
        if (listener.name === 'setupConnectionsTracking') this.off('listening', listener as () => void);
      process.nextTick(() => this.emit('listening'));
      return this;
    },
    close(this: Server, done?: () => void) {
      const wait = (): void => {
        if ((running.get(this) ?? 0) > 0) this.once('virtual idle', wait);
        else process.nextTick(() => done?.());
      };
      wait();
      return this;
    },
    address(this: Server) {
      return { address: '127.0.0.1', family: 'IPv4', port: addresses.get(this) ?? 0 };
    },
  });
  const base = Object.getPrototypeOf(Agent.prototype) as Dispatcher;
  base.dispatch = dispatch;
  globalThis.fetch = virtualFetch as typeof fetch;
}

const reach = (origin: string, request: NetRequest): Promise<NetAnswer> =>
  hosts.get(origin)?.(request) ?? Promise.reject(refused());

async function virtualFetch(url: string | URL, { method = 'GET', headers = {}, body = '' }: RequestInit = {}): Promise<Response> {
  const { origin, pathname, search } = new URL(url);
  const request = {
    method,
    path: pathname + search,
    headers: headers as Record<string, string>,
    body: Buffer.from(String(body)),
  };
  const answer = await reach(origin, request);
  return new Response(answer.body, { status: answer.status, headers: { 'content-type': answer.type } });
}

function dispatch(this: Dispatcher, options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
  const owner = currentOwner();
  let over = false;
  const controller = {
    aborted: false,
    paused: false,
    reason: null as Error | null,
    rawHeaders: null,
    rawTrailers: null,
    pause: () => undefined,
    resume: () => undefined,
    abort(reason: Error) {
      if (over) return;
      over = true;
      controller.aborted = true;
      controller.reason = reason;
      handler.onResponseError?.(controller as never, reason);
    },
  };
  handler.onRequestStart?.(controller as never, {});
  if (over) return true;
  const { method, path, headers, body } = options;
  const request: NetRequest = {
    method,
    path,
    headers: { ...(headers as Record<string, string>) },
    body: body ? Buffer.from(body as Buffer) : Buffer.alloc(0),
  };
  const fail = (error: Error): void => {
    if (over || owner?.dead) return;
    over = true;
    handler.onResponseError?.(controller as never, error);
  };
  reach(originOf(this, options), request).then((answer) => {
    if (over || owner?.dead) return;
    const { status, type, retryAfter, cutAfter } = answer;
    handler.onResponseStart?.(
      controller as never,
      status,
      { 'content-type': type, ...(retryAfter && { 'retry-after': retryAfter }) },
      '',
    );
    if (over) return;
    if (cutAfter !== undefined) {
      handler.onResponseData?.(controller as never, Buffer.from(answer.body.slice(0, cutAfter)));
      return fail(cut());
    }
    if (answer.body !== '') handler.onResponseData?.(controller as never, Buffer.from(answer.body));
    over = true;
    handler.onResponseEnd?.(controller as never, {});
  }, fail);
  return true;
}

/** A pool has one origin, and the options of its requests name none. */
function originOf(dispatcher: Dispatcher, { origin }: Dispatcher.DispatchOptions): string {
  if (origin) return new URL(origin).origin;
  const key = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === 'url');
  return (dispatcher as unknown as Record<symbol, URL>)[key as symbol]?.origin ?? '';
}
