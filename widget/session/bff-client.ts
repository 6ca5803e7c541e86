/** The browser's side of the BFF: one function per endpoint. A refusal and a lost connection are values; nothing here throws. */
import ky, { type Options } from 'ky';
import type { PaymentView, Problem, ProblemCode, ProblemDetails } from '#contract';

/** The payment as it stands, or why not; a refusal brings the fresh view too. */
export type Answer = { ok: true; view: PaymentView } | { ok: false; problem: DeskProblem; view: PaymentView | null };

export interface BffClient {
  /** The view now. */
  read(signal: AbortSignal): Promise<Answer>;
  /** The view as soon as it is newer than `version`, after 20 s at the latest. */
  follow(version: number, signal: AbortSignal): Promise<Answer>;
  /**
   * `POST /checkout/<path>`: what a room sends, and the clicks that say all by their name. A form goes as multipart, anything else as JSON. Answers within 8 s, with status
   * `processing` if the outcome is still open.
   */
  post(path: string, body: object, idempotencyKey: string, signal: AbortSignal): Promise<Answer>;
  /** Takes something away: `DELETE /checkout/<path>`. */
  remove(path: string, idempotencyKey: string, signal: AbortSignal): Promise<Answer>;
}

/** Source of the routes: `GET /checkout`, `POST /checkout/…` of the BFF at `apiBase`, the client secret as bearer. */
export function createBffClient(apiBase: string, clientSecret: string): BffClient {
  // Made anew for each call, where a throw is caught: ky refuses at once a secret that no header can hold.
  const http = () =>
    ky.create({
      prefixUrl: apiBase,
      headers: { authorization: `Bearer ${clientSecret}` },
      retry: 0, // what may be sent twice is the payment's decision, not the transport's
      timeout: 15_000,
      throwHttpErrors: false,
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
  const ask = async (path: string, options: Options): Promise<Answer> => {
    try {
      const response = await http()(path, options);
      return understand(response.ok, await response.json<unknown>());
    } catch {
      return lost;
    }
  };
  const send = (path: string, key: string, signal: AbortSignal, what: Options) =>
    ask(`checkout/${path}`, { headers: { 'idempotency-key': key }, signal, ...what });

  return {
    read: (signal) => ask('checkout', { signal }),
    follow: (version, signal) => ask('checkout', { searchParams: { since: version, wait: 20 }, timeout: 35_000, signal }),
    post: (path, body, key, signal) =>
      send(path, key, signal, { method: 'post', ...(body instanceof FormData ? { body, timeout: 120_000 } : { json: body }) }),
    remove: (path, key, signal) => send(path, key, signal, { method: 'delete' }),
  };
}

/** No answer at all. */
export const lost: Answer = { ok: false, problem: { code: 'network', ref: '' }, view: null };

/** Anything that does not look like the BFF, a proxy's page for instance, counts as no answer at all. */
function understand(ok: boolean, body: unknown): Answer {
  if (ok) return isView(body) ? { ok, view: body } : lost;
  if (!isProblem(body)) return lost;
  const { view, code, ref = '', retryAt, at, field } = body;
  return { ok, problem: { code, ref, retryAt, at, field }, view: isView(view) ? view : null };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isView = (value: unknown): value is PaymentView => isObject(value) && 'status' in value && 'nextAction' in value;
const isProblem = (value: unknown): value is ProblemDetails =>
  isObject(value) && 'code' in value && typeof value.code === 'string';

/** A problem as the widget knows it: one of the contract's, or `network` when no answer came at all. Times are ISO 8601. */
export type DeskProblem = { [Key in keyof Omit<Problem, 'code'>]: Problem[Key] | undefined } & {
  code: ProblemCode | 'network';
  ref: string;
};
