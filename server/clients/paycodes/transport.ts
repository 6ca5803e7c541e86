/** One question to PayCodes and what came back, whatever carries them. */

import { randomUUID } from 'node:crypto';
import type { Pool } from 'undici';
import * as z from 'zod';
import { postJson, request } from '../http.ts';
import { UpstreamError } from '../upstream-error.ts';
import { integer } from './schema.ts';

/** An error as PayCodes may tell one: a number that can be read, or none. Its text goes no further than this. */
export const RpcError = z.looseObject({ code: integer.nullish().catch(null) });

export type Method = 'get_code' | 'use_code' | 'generate_code' | 'generate_code_list';

/** In the words of the wire; what is undefined is not sent. */
export type Params = Record<string, string | number | undefined>;

/** `code`: upstream's number for its error, null when it gave none. */
export type Answer = { ok: true; result: unknown } | { ok: false; code: number | null };

/** Sent once, whatever happens. @throws {UpstreamError} */
export type TransportCall = (method: Method, params: Params, signal: AbortSignal) => Promise<Answer>;

/** What every question of one client has in common. */
export interface Transport {
  url: URL;
  contentType: PayCodesContentType;
  credentials: Credentials;
}

/** Asks by `POST {url}/{method}`: the body is the parameters, the answer of 2xx is the result itself. */
export function restTransport(pool: Pool, { url, contentType, credentials }: Transport): TransportCall {
  return async (method, params, signal) => {
    const { status, text } = await request(pool, {
      upstream: 'paycodes',
      method,
      signal,
      httpMethod: 'POST',
      path: `${url.pathname.replace(/\/+$/, '')}/${method}${url.search}`,
      headers: { 'content-type': contentType, accept: 'application/json', ...credentials.headers },
      body: JSON.stringify({ ...params, ...credentials.params }),
      readRefusals: true,
    });
    const body = parsed(text);
    if (status < 200 || status > 299) {
      return readRestRefusal(status, text === '' ? {} : body) ?? throwUpstream('http', method, String(status));
    }
    return body === undefined ? throwUpstream('bad_shape', method, 'not_json') : openResult(body);
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Asks by JSON-RPC 2.0: one URL, the method in the body. Any HTTP status but 2xx is a fault. */
export function rpcTransport(pool: Pool, { url, contentType, credentials }: Transport): TransportCall {
  return async (method, params, signal) => {
    const id = randomUUID();
    const answer = await postJson(pool, {
      upstream: 'paycodes',
      method,
      signal,
      path: url.pathname + url.search,
      headers: { 'content-type': contentType, ...credentials.headers },
      body: { jsonrpc: '2.0', id, method, params: { ...params, ...credentials.params } },
    });
    return readEnvelope(answer, id) ?? throwUpstream('bad_shape', method, 'envelope');
  };
}

/**
 * Opens a JSON-RPC 2.0 answer. Errors come in two places: beside `result`, and inside it (README.md, "Transport"). `undefined` = no
 * such answer, or one that contradicts itself or belongs to another question.
 */
const Envelope = z.looseObject({ id: z.unknown().optional(), result: z.unknown().optional(), error: RpcError.nullish() });

export function readEnvelope(answer: unknown, id: string): Answer | undefined {
  const envelope = Envelope.safeParse(answer);
  if (!envelope.success) return undefined;
  const { id: echoed, result, error } = envelope.data;
  if (echoed !== undefined && echoed !== null && String(echoed) !== id) return undefined;
  if (error) return result === undefined || result === null ? { ok: false, code: error.code ?? null } : undefined;
  return result === undefined ? undefined : openResult(result);
}

/** A result may hold an error of its own, `result.error`, where code 0 means "no error". Source: README.md, "Transport". */
const WithError = z.looseObject({ error: RpcError });

export function openResult(result: unknown): Answer {
  const inner = WithError.safeParse(result);
  return inner.success && inner.data.error.code !== 0 ? { ok: false, code: inner.data.error.code ?? null } : { ok: true, result };
}

/**
 * What an HTTP status of 400 and more says under `rest`, whose errors no document describes: a refusal, if the body gives a
 * number, or if the status itself can only be about the code. `undefined` = the service's own trouble, or a gateway's page.
 */
/** The number beside the text or in an object of its own. */
const Body = RpcError.extend({ error: RpcError.nullish().catch(null) });

/** @param body parsed; `{}` where there is none, undefined where it is not JSON */
export function readRestRefusal(status: number, body: unknown): Answer | undefined {
  if (status < 400 || status > 499 || troubles.has(status)) return undefined;
  const read = Body.safeParse(body).data;
  if (!read) return undefined;
  const code = read.error?.code || read.code || null; // 0 would be "no error"
  return code !== null || aboutTheCode.has(status) ? { ok: false, code } : undefined;
}

/** Who asks, how often or how long: whatever else is said, it is not about the code. */
const troubles = new Set([401, 403, 407, 408, 425, 429]);
/** Not found, in conflict, gone, not to be processed. */
const aboutTheCode = new Set([404, 409, 410, 422]);

/** What shows PayCodes who is asking: headers, or parameters that go with those of every call. */
export interface Credentials {
  headers: Record<string, string>;
  params: Record<string, string>;
}

/** @throws for a name or key that no request could carry; the error names the setting and never the key */
export function credentialsOf(auth: PayCodesAuth): Credentials {
  if (auth.type === 'none') return { headers: {}, params: {} };
  const { type, key } = auth;
  if (type !== 'param' && !/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(key)) throw unfit('auth.key', 'fit for a header');
  if (type === 'bearer') return { headers: { authorization: `Bearer ${key}` }, params: {} };
  if (type === 'header') {
    const name = auth.name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || ourHeaders.has(name)) throw unfit('auth.name', 'free for use as a header');
    return { headers: { [name]: key }, params: {} };
  }
  if (auth.name === '' || ourParams.has(auth.name)) throw unfit('auth.name', 'free for use as a parameter');
  return { headers: {}, params: { [auth.name]: key } };
}

/** A key in their place would spoil every request. */
const ourHeaders = new Set([
  'accept',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);
const ourParams = new Set(['rule_slug', 'code', 'client', 'creator', 'valid_from', 'valid_to', 'number_of_codes']);

const unfit = (setting: string, what: string) => new Error(`the PayCodes setting ${setting} is not ${what}`);

/** Throws a fault of PayCodes. */
/** @param reason a machine-made word; never anything that was sent or answered */
export function throwUpstream(fault: UpstreamError['fault'], method: Method, reason: string): never {
  throw new UpstreamError(fault, { upstream: 'paycodes', method, reason });
}

/** How a PayCodes account is reached: what the service's documents leave open is an option. Source: README.md, "Authentication". */

/** Any form may turn out to be the right one; the first is the usual one. */
export type PayCodesAuth =
  /** `Authorization: Bearer <key>` */
  | { type: 'bearer'; key: string }
  /** A header of this name. */
  | { type: 'header'; name: string; key: string }
  /** A parameter of this name in every call, as the sibling service PaySystem takes its secret. */
  | { type: 'param'; name: string; key: string }
  | { type: 'none' };

/** `jsonrpc`: POST of JSON-RPC 2.0 to the one URL · `rest`: POST of the parameters to `{url}/{method}`, answered by the result itself. */
export type PayCodesTransport = 'jsonrpc' | 'rest';

export type PayCodesContentType = 'application/json' | 'application/json-rpc';

export interface PayCodesOptions {
  url: URL;
  auth: PayCodesAuth;
  /** Default `jsonrpc`. */
  transport?: PayCodesTransport;
  /** What a request calls its body; default `application/json`. */
  contentType?: PayCodesContentType;
  /** The total time of one call, its retries included, in milliseconds; default 10,000. */
  timeoutMs?: number;
  /** Where times without an offset are local (IANA name); default `Europe/Warsaw`. */
  timeZone?: string;
}
