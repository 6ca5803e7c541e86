/** Asks by JSON-RPC 2.0: one URL, the method in the body. Any HTTP status but 2xx is a fault. */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'undici';
import { postJson } from '../post-json.ts';
import { raise } from './raise.ts';
import { readEnvelope } from './read-envelope.ts';
import type { Ask, Line } from './transport.ts';

export function askByRpc(pool: Pool, { url, contentType, credentials }: Line): Ask {
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
    return readEnvelope(answer, id) ?? raise('bad_shape', method, 'envelope');
  };
}
