/**
 * The browser's client of the BFF: one function per endpoint. A decline and a lost connection are return values; nothing here
 * throws.
 */
import ky, { type Options } from 'ky';
import type { DeskProblem, PaymentView, ProblemDetails } from '#contract';

/** The payment as it is now, or a problem; a decline brings the new view too. */
export type Answer = { ok: true; view: PaymentView } | { ok: false; problem: DeskProblem; view: PaymentView | null };

export interface BffClient {
  /** `GET /checkout`: the view as it is now. */
  read(signal: AbortSignal): Promise<Answer>;
  /** `GET /checkout?since=…`: the view as soon as it is newer than `version`, after 20 s at the latest. */
  follow(version: number, signal: AbortSignal): Promise<Answer>;
  /**
   * `POST /checkout/<path>`: a form goes as multipart, anything else as JSON. The BFF answers within 8 s, with status
   * `processing` if the outcome is still open.
   */
  post(path: string, body: object, idempotencyKey: string, signal: AbortSignal): Promise<Answer>;
  /** `DELETE /checkout/<path>`: removes something, such as a saved card. */
  remove(path: string, idempotencyKey: string, signal: AbortSignal): Promise<Answer>;
}

/** The BFF lies at the origin `apiBase`; the client secret is sent as a bearer token. */
export function createBffClient(apiBase: string, clientSecret: string): BffClient {
  // Created for each call, inside the `try`: ky throws at once for a secret that no header can carry.
  const http = () =>
    ky.create({
      prefixUrl: apiBase,
      headers: { authorization: `Bearer ${clientSecret}` },
      retry: 0, // Only the caller knows what may be sent twice.
      timeout: 15_000,
      throwHttpErrors: false,
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  const ask = async (path: string, options: Options): Promise<Answer> => {
    try {
      const response = await http()(path, options);
      return toAnswer(response.ok, await response.json<unknown>());
    } catch {
      return lost;
    }
  };
  const send = (path: string, key: string, signal: AbortSignal, options: Options) =>
    ask(`checkout/${path}`, { headers: { 'idempotency-key': key }, signal, ...options });

  return {
    read: (signal) => ask('checkout', { signal }),
    follow: (version, signal) => ask('checkout', { searchParams: { since: version, wait: 20 }, timeout: 35_000, signal }),
    post: (path, body, key, signal) =>
      send(path, key, signal, { method: 'post', ...(body instanceof FormData ? { body, timeout: 120_000 } : { json: body }) }),
    remove: (path, key, signal) => send(path, key, signal, { method: 'delete' }),
  };
}

/** No answer arrived. */
export const lost: Answer = { ok: false, problem: { code: 'network', ref: '' }, view: null };

/** Anything that does not look like an answer of the BFF, such as a proxy's page, counts as no answer. */
function toAnswer(ok: boolean, body: unknown): Answer {
  if (ok) return isView(body) ? { ok, view: body } : lost;
  if (!isProblem(body)) return lost;
  const { view, code, ref = '', retryAt, at, field } = body;
  return { ok, problem: { code, ref, retryAt, at, field }, view: isView(view) ? view : null };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isView = (value: unknown): value is PaymentView => isObject(value) && 'status' in value && 'nextAction' in value;
const isProblem = (value: unknown): value is ProblemDetails =>
  isObject(value) && 'code' in value && typeof value.code === 'string';
