/** One HTTP exchange with an upstream over a keep-alive pool; every client speaks through it, so all fail in the same words. */
import { Pool } from 'undici';
import { UpstreamError } from './upstream-error.ts';

export interface HttpRequest {
  upstream: string;
  /** Which of the upstream's methods, for the error. */
  method: string;
  httpMethod: 'GET' | 'POST';
  /** Path and query on the pool's origin. It may hold a secret, so no error names it. */
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array | undefined;
  /** Ends the whole exchange, the body included: a total deadline, so that a dripping answer cannot outlive it. */
  signal: AbortSignal;
  /** Whether the body of an answer other than 2xx is read too; otherwise such an answer is an `http` fault at once. */
  readRefusals?: boolean;
}

export interface HttpAnswer {
  status: number;
  text: string;
}

/**
 * Sends once, whatever happens: undici never sends a request again that was on its way when the connection broke.
 * @throws {UpstreamError} when there is no whole answer; only `not_sent` proves that nothing happened upstream.
 */
export async function request(pool: Pool, asked: HttpRequest): Promise<HttpAnswer> {
  const { upstream, method, httpMethod, path, headers, body, signal, readRefusals = false } = asked;
  const fail = (fault: UpstreamError['fault'], reason?: string) => new UpstreamError(fault, { upstream, method, reason });
  if (signal.aborted) throw fail('not_sent', 'aborted');
  try {
    const answer = await pool.request({ method: httpMethod, path, signal, headers, body: body ?? null });
    const status = answer.statusCode;
    if (!readRefusals && (status < 200 || status > 299)) {
      // Not awaited and not trusted: what an error page says is of no interest, only that the connection is left clean.
      answer.body.dump({ limit: 16_384 }).catch(() => undefined);
      throw fail('http', String(status));
    }
    return { status, text: await answer.body.text() };
  } catch (cause) {
    if (cause instanceof UpstreamError) throw cause;
    const reason = reasonOf(cause);
    throw fail(isUnsent(cause) ? 'not_sent' : isUnreadable(reason) ? 'bad_shape' : 'lost', reason);
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

/** One POST of JSON to an upstream that answers JSON. */
export interface JsonPost extends Pick<HttpRequest, 'upstream' | 'method' | 'path' | 'headers' | 'signal'> {
  body: unknown;
}

/**
 * Answers the parsed body of a 2xx answer.
 * @throws {UpstreamError} for everything else; only `not_sent` proves that nothing happened upstream.
 */
export async function postJson(pool: Pool, { headers, body, ...post }: JsonPost): Promise<unknown> {
  const { text } = await request(pool, {
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

/** The keep-alive connections to one upstream: 20 of them, 2 s to make one, answers of at most 256 KiB. */
export const openPool = (origin: string): Pool =>
  new Pool(origin, {
    connections: 20,
    connect: { timeout: 2_000 },
    // undici's own timers are idle timers; the signal of an exchange is the total one, so they stay off.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: 256 * 1024,
  });

/** The end of one call: when its time is over, or when its caller gives up, whichever is first. */
export function deadlineOf(timeoutMs: number, signal?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([timeout, signal]) : timeout;
}
