/** One POST of JSON to an upstream that answers JSON. */
import type { Pool } from 'undici';
import { type Exchange, exchange } from './http.ts';
import { UpstreamError } from './upstream-error.ts';

export interface JsonPost extends Pick<Exchange, 'upstream' | 'method' | 'path' | 'headers' | 'signal'> {
  body: unknown;
}

/**
 * Answers the parsed body of a 2xx answer.
 * @throws {UpstreamError} for everything else; only `not_sent` proves that nothing happened upstream.
 */
export async function postJson(pool: Pool, { headers, body, ...post }: JsonPost): Promise<unknown> {
  const { text } = await exchange(pool, {
    ...post,
    httpMethod: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new UpstreamError('bad_shape', { upstream: post.upstream, method: post.method, reason: 'not_json' });
  }
}
