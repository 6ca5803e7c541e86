/** Sends one call to PayCodes and opens the answer, over JSON-RPC 2.0 or REST, with the configured form of authentication. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'undici';
import * as z from 'zod';
import { isSuccess, parseJson, postJson, readRpcEnvelope, request, throwUpstream } from '../http.ts';
import { integer } from './schema.ts';

export type Method = 'get_code' | 'use_code' | 'generate_code' | 'generate_code_list';

/** Named as on the wire. A parameter that is undefined is not sent. */
export type Params = Record<string, string | number | undefined>;

/** `code`: the service's number for its error, null when it gave none. */
export type Answer = { ok: true; result: unknown } | { ok: false; code: number | null };

/** Makes one HTTP request, whatever happens. @throws {UpstreamError} */
export type TransportCall = (method: Method, params: Params, signal: AbortSignal) => Promise<Answer>;

/** `jsonrpc`: POST of JSON-RPC 2.0 to `url` · `rest`: POST of the parameters to `{url}/{method}`, whose answer is the result. */
export type PayCodesTransport = 'jsonrpc' | 'rest';

export type PayCodesContentType = 'application/json' | 'application/json-rpc';

/** Which form the service expects is unknown; the first is the usual one. Source: README.md, "Authentication". */
export type PayCodesAuth =
  /** `Authorization: Bearer <key>` */
  | { type: 'bearer'; key: string }
  /** A header of this name. */
  | { type: 'header'; name: string; key: string }
  /** A parameter of this name in every call, as the sibling service PaySystem takes its secret. */
  | { type: 'param'; name: string; key: string }
  | { type: 'none' };

/** What all calls of one client have in common. */
export interface Transport {
  url: URL;
  contentType: PayCodesContentType;
  credentials: Credentials;
}

/** JSON-RPC 2.0: one URL, the method in the body. Any HTTP status but 2xx is a fault. */
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
    return readEnvelope(answer, id) ?? throwUpstream('paycodes', 'bad_shape', method, 'envelope');
  };
}

/** An error as PayCodes may write one: with a number that can be read, or without. Its text is dropped here. */
export const RpcError = z.looseObject({ code: integer.nullish().catch(null) });

/** Errors come beside `result` or inside it. Source: README.md, "Transport". `undefined` = not such an answer. */
export function readEnvelope(answer: unknown, id: string): Answer | undefined {
  const envelope = readRpcEnvelope(answer, id, RpcError);
  if (!envelope) return undefined;
  if (!envelope.ok) return { ok: false, code: envelope.error.code ?? null };
  return envelope.result === undefined ? undefined : openResult(envelope.result);
}

const WithError = z.looseObject({ error: RpcError });

/** A result may hold an error of its own, `result.error`, where code 0 means "no error". */
function openResult(result: unknown): Answer {
  const inner = WithError.safeParse(result);
  return inner.success && inner.data.error.code !== 0 ? { ok: false, code: inner.data.error.code ?? null } : { ok: true, result };
}

/** REST: `POST {url}/{method}`; the body is the parameters, and a 2xx answer is the result itself. */
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
    const body = parseJson(text);
    if (!isSuccess(status)) {
      return readRestRefusal(status, text === '' ? {} : body) ?? throwUpstream('paycodes', 'http', method, String(status));
    }
    return body === undefined ? throwUpstream('paycodes', 'bad_shape', method, 'not_json') : openResult(body);
  };
}

/**
 * What an HTTP status of 400 and more means under `rest`: a refusal, if the body holds a number, or if the status itself can
 * only be about the code. `undefined` = the service's own trouble, or a page of some gateway. The rule is ours, since no
 * document describes these errors.
 * @param body parsed; `{}` where there is none, undefined where it is not JSON
 */
function readRestRefusal(status: number, body: unknown): Answer | undefined {
  if (status < 400 || status > 499 || statusesAboutTheCaller.has(status)) return undefined;
  const read = RestError.safeParse(body).data;
  if (!read) return undefined;
  const code = read.error?.code || read.code || null; // 0 would mean "no error"
  return code !== null || statusesAboutTheCode.has(status) ? { ok: false, code } : undefined;
}

/** The number stands beside the text or in an object of its own. */
const RestError = RpcError.extend({ error: RpcError.nullish().catch(null) });

/** Who calls, how often or how slowly: whatever else the answer holds, it is not about the code. */
const statusesAboutTheCaller = new Set([401, 403, 407, 408, 425, 429]);
/** Not found, in conflict, gone, not to be processed. */
const statusesAboutTheCode = new Set([404, 409, 410, 422]);

/** What authenticates us to PayCodes: headers, or parameters that are added to those of every call. */
export interface Credentials {
  headers: Record<string, string>;
  params: Record<string, string>;
}

/** @throws for a name or key that no request could carry; the error names the setting and never the key */
export function credentialsOf(auth: PayCodesAuth): Credentials {
  if (auth.type === 'none') return { headers: {}, params: {} };
  const { type, key } = auth;
  if (type !== 'param' && !/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(key))
    throw wrongSetting('auth.key', 'fit for a header');
  if (type === 'bearer') return { headers: { authorization: `Bearer ${key}` }, params: {} };
  if (type === 'header') {
    const name = auth.name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name) || ourHeaders.has(name)) {
      throw wrongSetting('auth.name', 'free for use as a header');
    }
    return { headers: { [name]: key }, params: {} };
  }
  if (auth.name === '' || ourParams.has(auth.name)) throw wrongSetting('auth.name', 'free for use as a parameter');
  return { headers: {}, params: { [auth.name]: key } };
}

/** Headers and parameters that every request needs: a key that replaced one of them would spoil the request. */
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

const wrongSetting = (setting: string, what: string) => new Error(`the PayCodes setting ${setting} is not ${what}`);
