/**
 * Records every HTTP message of one demo at the servers' side: those of customers and the shop's server to the BFF, and of the
 * BFF to services and shop. Node's diagnostics channel reports each request of every server in this process, so no proxy is
 * needed.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A server of the demo. */
export type Place = 'bff' | 'shop' | 'paycodes' | 'paykassma' | 'payme';

export interface Message {
  to: Place;
  method: string;
  /** Path and query. */
  url: string;
  /** Name, value, name, value …, as received. */
  headers: string[];
  body: Buffer;
  answer: { status: number; headers: Record<string, string>; body: Buffer } | null;
  /** Whether it was answered, or its connection was lost. */
  isOver: boolean;
  /** Duration in milliseconds; 0 until its end. */
  took: number;
  /** Number of the page's request that it followed. */
  turn: number;
}

export interface HttpRecorder {
  /** In order of arrival. */
  readonly messages: readonly Message[];
  /** Begins the next turn. */
  nextTurn(): void;
  /** Resolves when a message that meets the condition is complete. */
  until(isSo: (message: Message) => boolean): Promise<void>;
  close(): void;
}

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
}

/** @param places Port of each server. */
export function recordHttp(places: ReadonlyMap<number, Place>): HttpRecorder {
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  let turn = 0;

  const onRequest = (event: unknown) => {
    const { request, response } = event as Started;
    const to = places.get(request.socket.localPort ?? 0);
    if (!to || !isTraffic(to, request)) return;
    const { method = '', url = '', rawHeaders } = request;
    const began = performance.now();
    const body = Buffer.alloc(0);
    const message: Message = { to, method, url, headers: rawHeaders, body, answer: null, isOver: false, took: 0, turn };
    messages.push(message);
    const sent = copyOf(request, 'emit', (type, chunk) => (type === 'data' ? chunk : undefined));
    request.once('end', () => {
      message.body = Buffer.concat(sent);
      for (const look of waiting) look();
    });
    const wrote = copyOf(response, 'write', (chunk) => chunk);
    const ended = copyOf(response, 'end', (chunk) => (typeof chunk === 'function' ? undefined : chunk));
    response.once('finish', () => {
      const headers = Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]);
      message.answer = {
        status: response.statusCode,
        headers: Object.fromEntries(headers),
        body: Buffer.concat([...wrote, ...ended]),
      };
    });
    response.once('close', () => {
      message.isOver = true;
      message.took = performance.now() - began;
    });
  };
  subscribe('http.server.request.start', onRequest);

  return {
    messages,
    nextTurn() {
      turn += 1;
    },
    until: (isSo) =>
      new Promise((resolve) => {
        const look = () => {
          if (!messages.some(isSo)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () => void unsubscribe('http.server.request.start', onRequest),
  };
}

/** Pages, files, health and the demo's controls are left out. */
function isTraffic(to: Place, { url = '', headers }: IncomingMessage): boolean {
  if (headers['x-unheard']) return false;
  if (to === 'bff') return /^\/(checkout|v1\/(?!.*\.)|postbacks|openapi)/.test(url);
  return to === 'shop' ? url.startsWith('/webhooks') : !url.startsWith('/_/');
}

type Method = (...args: unknown[]) => unknown;

/** Copies what is passed to a method of a stream. */
function copyOf(stream: object, name: string, chunkOf: (...args: unknown[]) => unknown): Buffer[] {
  const chunks: Buffer[] = [];
  const own = (stream as Record<string, Method>)[name] as Method;
  Object.assign(stream, {
    [name](this: unknown, ...args: unknown[]) {
      const chunk = chunkOf(...args);
      if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk as string));
      return own.apply(this, args);
    },
  });
  return chunks;
}
