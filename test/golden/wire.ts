/**
 * Hears every HTTP message of one demo, at the servers' side: what customers and the shop's server send to the BFF, what the BFF sends to the
 * services and to the shop. Node tells of each request that any server of this process gets, so nothing has to stand in between.
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
  /** Name, value, name, value …, as they came. */
  headers: string[];
  body: Buffer;
  answer: { status: number; headers: Record<string, string>; body: Buffer } | null;
  /** It was answered, or its connection is gone. */
  isOver: boolean;
  /** From its coming to its end, in milliseconds; 0 until then. */
  took: number;
  /** Which request of the page's it followed. */
  turn: number;
}

export interface Wire {
  /** In the order in which they came. */
  readonly messages: readonly Message[];
  /** From now on what comes belongs to the next turn. */
  nextTurn(): void;
  /** Settles when a message that is so has come whole. */
  until(isSo: (message: Message) => boolean): Promise<void>;
  close(): void;
}

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
}

/** @param places The port of each server. */
export function listenIn(places: ReadonlyMap<number, Place>): Wire {
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  let turn = 0;

  const hear = (event: unknown) => {
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
  subscribe('http.server.request.start', hear);

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
    close: () => void unsubscribe('http.server.request.start', hear),
  };
}

/** Pages, files, health and the switches of the demo are no traffic of payments. */
function isTraffic(to: Place, { url = '', headers }: IncomingMessage): boolean {
  if (headers['x-unheard']) return false;
  if (to === 'bff') return /^\/(checkout|v1\/(?!.*\.)|postbacks|openapi)/.test(url);
  return to === 'shop' ? url.startsWith('/webhooks') : !url.startsWith('/_/');
}

type Method = (...args: unknown[]) => unknown;

/** Copies what is handed to a method of a stream. */
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
