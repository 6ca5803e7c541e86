/** Asks by `POST {url}/{method}`: the body is the parameters, the answer of 2xx is the result itself. */
import type { Pool } from 'undici';
import { exchange } from '../http.ts';
import { openResult } from './open-result.ts';
import { raise } from './raise.ts';
import { readRestRefusal } from './read-rest-refusal.ts';
import type { Ask, Line } from './transport.ts';

export function askByRest(pool: Pool, { url, contentType, credentials }: Line): Ask {
  return async (method, params, signal) => {
    const { status, text } = await exchange(pool, {
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
      return readRestRefusal(status, text === '' ? {} : body) ?? raise('http', method, String(status));
    }
    return body === undefined ? raise('bad_shape', method, 'not_json') : openResult(body);
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
