/**
 * One HTTP exchange with a payment service over a keep-alive pool, and the error of one that failed. All clients send through it, so
 * all fail in the same way.
 */
import { Pool } from 'undici';
import * as z from 'zod';

interface HttpRequest {
  upstream: string;
  /** Which of the upstream's methods, for the error. */
  method: string;
  httpMethod: 'GET' | 'POST';
  /** Path and query on the pool's origin. It may hold a secret, so no error names it. */
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array | undefined;
  /** Ends the whole exchange, the body included: a total deadline, so that an answer arriving in drips cannot outlive it. */
  signal: AbortSignal;
  /** Whether the body of an answer other than 2xx is read too; otherwise such an answer is an `http` fault at once. */
  readRefusals?: boolean;
}

interface HttpAnswer {
  status: number;
  text: string;
}

/**
 * Sends one request, and never a second one: undici does not repeat a request that was under way when the connection broke.
 * @throws {UpstreamError} when there is no complete answer; only `not_sent` proves that nothing happened upstream.
 */
export async function request(pool: Pool, options: HttpRequest): Promise<HttpAnswer> {
  const { upstream, method, httpMethod, path, headers, body, signal, readRefusals = false } = options;
  const failure = (fault: UpstreamError['fault'], reason?: string) => new UpstreamError(fault, { upstream, method, reason });
  if (signal.aborted) throw failure('not_sent', 'aborted');
  try {
    const answer = await pool.request({ method: httpMethod, path, signal, headers, body: body ?? null });
    const status = answer.statusCode;
    if (!readRefusals && !isSuccess(status)) {
      // The error page is of no interest. It is read to its end, without waiting, so that the connection can be used again.
      answer.body.dump({ limit: 16_384 }).catch(() => undefined);
      throw failure('http', String(status));
    }
    return { status, text: await answer.body.text() };
  } catch (cause) {
    if (cause instanceof UpstreamError) throw cause;
    const reason = reasonOf(cause);
    throw failure(isUnsent(cause) ? 'not_sent' : isUnreadable(reason) ? 'bad_shape' : 'lost', reason);
  }
}

export const isSuccess = (status: number): boolean => status >= 200 && status <= 299;

/**
 * Whether no byte of the request was written, because there was no connection. An open connection that breaks may give the same
 * codes; only the name of the system call differs.
 */
function isUnsent(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(isUnsent);
  const { code, syscall } = Object(cause) as { code?: unknown; syscall?: unknown };
  return syscall === 'connect' || syscall === 'getaddrinfo' || handshakeErrors.has(code);
}

/** Errors that name no system call and can only happen before a request is written. */
const handshakeErrors = new Set<unknown>([
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

const isUnreadable = (reason: string) => reason === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' || reason.startsWith('HPE_');

/** The code or the name of an error. Its message is never used, since it may quote the request or the answer. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/** One POST of JSON to an upstream that answers JSON. */
interface JsonPost extends Pick<HttpRequest, 'upstream' | 'method' | 'path' | 'headers' | 'signal'> {
  body: unknown;
}

/**
 * Returns the parsed body of a 2xx answer.
 * @throws {UpstreamError} for everything else; only `not_sent` proves that nothing happened upstream.
 */
export async function postJson(pool: Pool, { headers, body, ...post }: JsonPost): Promise<unknown> {
  const { text } = await request(pool, {
    ...post,
    httpMethod: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const answer = parseJson(text);
  if (answer === undefined)
    throw new UpstreamError('bad_shape', { upstream: post.upstream, method: post.method, reason: 'not_json' });
  return answer;
}

/** `undefined` = not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a JSON-RPC 2.0 answer holds. `result` is undefined where the answer has neither a result nor an error. */
type RpcEnvelope<RpcError> = { ok: true; result: unknown } | { ok: false; error: RpcError };

/**
 * Opens a JSON-RPC 2.0 answer; `errorSchema` reads the service's own form of an error. `undefined` = not such an answer, or
 * one that contradicts itself (a result beside an error) or that belongs to another call. The `id` may be echoed as number or
 * text, be null or be left out: the services' own pages show all four.
 */
export function readRpcEnvelope<RpcError>(
  answer: unknown,
  id: string | number,
  errorSchema: z.ZodType<RpcError>,
): RpcEnvelope<RpcError> | undefined {
  const envelope = Envelope.safeParse(answer).data;
  if (!envelope || String(envelope.id ?? id) !== String(id)) return undefined;
  const { result, error } = envelope;
  if (error === undefined || error === null) return { ok: true, result };
  const read = errorSchema.safeParse(error);
  return read.success && (result === undefined || result === null) ? { ok: false, error: read.data } : undefined;
}

const Envelope = z.looseObject({
  id: z.union([z.string(), z.number()]).nullish(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});

/** Where an answer broke its schema, for the operator. The names are those of our schema, so nothing of the answer leaks. */
export const schemaPath = (error: z.ZodError): string => error.issues[0]?.path.join('.') || 'result';

/** The keep-alive connections to one upstream: 20 of them, 2 s to make one, answers of at most 256 KiB. */
export const openPool = (origin: string): Pool =>
  new Pool(origin, {
    connections: 20,
    connect: { timeout: 2_000 },
    // undici's own timers count idle time. The signal of an exchange is its total deadline, so they stay off.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: 256 * 1024,
  });

/** Aborts when the call's time is over or when its caller gives up, whichever comes first. */
export function deadlineOf(timeoutMs: number, signal?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([timeout, signal]) : timeout;
}

/**
 * A broken payment service: no answer, or none that can be understood. A refusal is not such an error; refusals are values.
 *
 * The error names the service, the method and the kind of fault, and deliberately has no `cause`: the message of a parser quotes
 * the answer, an HTTP error may carry the request, and either may hold a pay code, a card number or a key.
 */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly fault: TransportError;
  readonly upstream: string;
  readonly method: string;
  readonly reason: string | undefined;

  constructor(fault: TransportError, { upstream, method, reason }: UpstreamErrorDetails) {
    super(`${upstream} ${method}: ${fault}${reason ? ` (${reason})` : ''}`);
    this.fault = fault;
    this.upstream = upstream;
    this.method = method;
    this.reason = reason;
  }
}

export type TransportError =
  /** The request never left, so nothing happened upstream. This is the only fault that proves it. */
  | 'not_sent'
  /** The connection broke or the deadline passed after the request may have left. The outcome is unknown. */
  | 'lost'
  /** The service's own error: an HTTP status other than 2xx, or a JSON-RPC error of the protocol. The outcome is unknown. */
  | 'http'
  /** An answer that is too long, not JSON or not of the promised form. The outcome is unknown. */
  | 'bad_shape';

/** For who catches errors of any kind; null for one of another kind. */
export const upstreamFault = (error: unknown): TransportError | null => (error instanceof UpstreamError ? error.fault : null);

interface UpstreamErrorDetails {
  /** Which service, e.g. `paycodes`. */
  upstream: string;
  /** Which of its methods, e.g. `use_code`. */
  method: string;
  /** A code for the operator (`ECONNRESET`, `500`, `code.use_time`); never text that the service sent. */
  reason?: string | undefined;
}

/** Throws, as an expression. `reason` is never anything that was sent or answered. */
export function throwUpstream(upstream: string, fault: TransportError, method: string, reason: string): never {
  throw new UpstreamError(fault, { upstream, method, reason });
}
