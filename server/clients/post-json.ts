/** One POST of JSON to an upstream over a keep-alive pool; every client speaks through it, so all fail in the same words. */
import type { Pool } from 'undici';
import { UpstreamError } from './upstream-error.ts';

export interface JsonPost {
  upstream: string;
  method: string;
  /** Path and query on the pool's origin. */
  path: string;
  headers: Record<string, string>;
  body: unknown;
  /** Ends the whole exchange, the body included: a total deadline, so that a dripping answer cannot outlive it. */
  signal: AbortSignal;
}

/**
 * Answers the parsed body of a 2xx answer.
 * @throws {UpstreamError} for everything else; only `not_sent` proves that nothing happened upstream.
 */
export async function postJson(pool: Pool, { upstream, method, path, headers, body, signal }: JsonPost): Promise<unknown> {
  const fail = (fault: UpstreamError['fault'], reason?: string) => new UpstreamError(fault, { upstream, method, reason });
  if (signal.aborted) throw fail('not_sent', 'aborted');
  let text: string;
  try {
    const answer = await pool.request({
      method: 'POST',
      path,
      signal,
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (answer.statusCode < 200 || answer.statusCode > 299) {
      // Not awaited and not trusted: what an error page says is of no interest, only that the connection is left clean.
      answer.body.dump({ limit: 16_384 }).catch(() => undefined);
      throw fail('http', String(answer.statusCode));
    }
    text = await answer.body.text();
  } catch (cause) {
    if (cause instanceof UpstreamError) throw cause;
    const reason = reasonOf(cause);
    throw fail(isUnsent(cause) ? 'not_sent' : isUnreadable(reason) ? 'bad_shape' : 'lost', reason);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw fail('bad_shape', 'not_json');
  }
}

/**
 * There was no connection, so no byte of the request was written. The same codes may come from a standing connection that
 * loses its way; only the system call tells the two apart.
 */
function isUnsent(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(isUnsent);
  const { code, syscall } = Object(cause) as { code?: unknown; syscall?: unknown };
  return syscall === 'connect' || syscall === 'getaddrinfo' || handshake.has(code);
}

/** Errors that name no system call, all of the time before a request is written. */
const handshake = new Set<unknown>([
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const isUnreadable = (reason: string) => reason === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || reason.startsWith('HPE_');

/** Only a machine-made code or name gets out, never a message. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
