/**
 * The browser's client of the BFF, with one function per endpoint, and the connection to one payment through it. A decline and a
 * lost connection are return values; nothing here throws.
 */
import ky, { type Options } from 'ky';
import type { DeskProblem, PaymentView, ProblemDetails } from '#contract';

/** The payment as it is now, or a problem; a decline brings the new view too. `unsent`: nothing left the browser. */
export type Answer =
  | { ok: true; view: PaymentView }
  | { ok: false; problem: DeskProblem; view: PaymentView | null; unsent?: true };

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
      parseJson,
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
    read: (signal) => {
      const early = takeEarlyRead(clientSecret, signal);
      return ask('checkout', { signal, ...(early && { fetch: () => early }) });
    },
    follow: (version, signal) => ask('checkout', { searchParams: { since: version, wait: 20 }, timeout: 35_000, signal }),
    post: (path, body, key, signal) =>
      send(path, key, signal, { method: 'post', ...(body instanceof FormData ? { body, timeout: 120_000 } : { json: body }) }),
    remove: (path, key, signal) => send(path, key, signal, { method: 'delete' }),
  };
}

/**
 * The first read of a payment, begun before the element's code has arrived: by the script tag where it mounts a checkout
 * (`embed/mount-element.ts`), and by a few lines in the plugin window's page (`embed/plugin/index.html`). On a slow network this saves
 * the customer a whole round trip.
 */
export interface EarlyRead {
  secret: string;
  /** `performance.now()` when it began. */
  at: number;
  answer: Promise<Response>;
  abort: AbortController;
}

declare global {
  interface Window {
    payDeskEarlyRead?: EarlyRead | undefined;
  }
}

/** Later than this the payment is read anew: whoever puts an element back on the page should not be shown what was. */
const freshMs = 15_000;

/** The early read of this payment, once; undefined where there is none. It ends with the signal. */
function takeEarlyRead(secret: string, signal: AbortSignal): Promise<Response> | undefined {
  // The own value only: an element of the page with this id would be in its place.
  const early: EarlyRead | undefined = Object.getOwnPropertyDescriptor(window, 'payDeskEarlyRead')?.value;
  if (early?.secret !== secret || performance.now() - early.at > freshMs) return;
  window.payDeskEarlyRead = undefined;
  signal.addEventListener('abort', () => early.abort.abort());
  return early.answer;
}

/** No answer arrived. */
export const lost: Answer = { ok: false, problem: { code: 'network', reference: '' }, view: null };

/**
 * Objects without a prototype: on a page where a script has added a `view` or a `status` to every object, an answer would otherwise
 * seem to have it too.
 */
const parseJson = (text: string): unknown =>
  JSON.parse(text, (_, value) => (isObject(value) && !Array.isArray(value) ? Object.setPrototypeOf(value, null) : value));

/** Anything that does not look like an answer of the BFF, such as a proxy's page, counts as no answer. */
function toAnswer(ok: boolean, body: unknown): Answer {
  if (ok) return isView(body) ? { ok, view: body } : lost;
  if (!isProblem(body)) return lost;
  const { view, code, reference = '', retryAt, at, field, recoverable } = body;
  return { ok, problem: { code, reference, retryAt, at, field, recoverable }, view: isView(view) ? view : null };
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isView = (value: unknown): value is PaymentView => isObject(value) && 'status' in value && 'nextAction' in value;
const isProblem = (value: unknown): value is ProblemDetails =>
  isObject(value) && 'code' in value && typeof value.code === 'string';

/** Which payment to open: its client secret, or the page's function that fetches one. */
export interface PaymentSource {
  apiBase: string;
  clientSecret: string | null;
  fetchClientSecret: (() => Promise<string>) | null;
}

/** A page whose new secrets do not work either is asked at most once in this time. */
const renewalIntervalMs = 60_000;

/** Keeps the client secret that opens the payment. Where it no longer does, the merchant's page is asked once for a new one. */
export class PaymentConnection {
  readonly source: PaymentSource;
  /** The secret that opens the payment now; null before the first try, and while a refused one has no successor. */
  secret: string | null = null;
  #client: BffClient | null = null;
  #renewedAt = Number.NEGATIVE_INFINITY;

  constructor(source: PaymentSource) {
    this.source = source;
  }

  /** Reads the payment for the first time, or tries that again; null where the page has not said which payment. */
  async open(signal: AbortSignal): Promise<Answer | null> {
    const { clientSecret, fetchClientSecret } = this.source;
    this.secret ??= clientSecret || (await this.#fetchSecret());
    if (clientSecret === '' && !fetchClientSecret) console.error('Pay Desk: the client secret is empty');
    if (signal.aborted || (!this.secret && !fetchClientSecret)) return null;
    return this.#orWithNewSecret(await this.#connect(signal), signal);
  }

  /** Calls the BFF, a second time with a new secret if need be. */
  async ask(call: (client: BffClient) => Promise<Answer>, signal: AbortSignal): Promise<Answer> {
    if (!this.#client) return lost;
    const first = await call(this.#client);
    const renewed = await this.#orWithNewSecret(first, signal);
    return renewed !== first && renewed.ok ? call(this.#client) : renewed;
  }

  /** The answer itself, or the view that a new secret reads. */
  async #orWithNewSecret(answer: Answer, signal: AbortSignal): Promise<Answer> {
    if (answer.ok || !isStale(answer.problem) || !this.source.fetchClientSecret || signal.aborted) return answer;
    if (performance.now() - this.#renewedAt < renewalIntervalMs) return answer;
    this.#renewedAt = performance.now();
    this.secret = await this.#fetchSecret();
    return signal.aborted ? answer : this.#connect(signal);
  }

  async #connect(signal: AbortSignal): Promise<Answer> {
    if (!this.secret) return lost;
    // A `data:` address could answer whatever the page likes, without any server.
    if (!/^https?:/i.test(this.source.apiBase)) {
      console.error('Pay Desk: api-base must begin with https: or http:');
      return lost;
    }
    this.#client = createBffClient(this.source.apiBase, this.secret);
    return this.#client.read(signal);
  }

  /** Only the page's developer can mend what goes wrong here, so the console says it. Of what came only the type: it may be secret. */
  async #fetchSecret(): Promise<string | null> {
    try {
      const secret: unknown = await this.source.fetchClientSecret?.();
      if (secret && typeof secret === 'string') return secret;
      if (this.source.fetchClientSecret)
        console.error(
          `Pay Desk: fetchClientSecret returned ${secret ? typeof secret : JSON.stringify(secret)}, not a client secret`,
        );
    } catch (error) {
      console.error('Pay Desk: fetchClientSecret failed:', error);
    }
    return null;
  }
}

/** The secret does not open the payment, or no longer does. */
export const isStale = ({ code }: DeskProblem): boolean => code === 'unauthorized' || code === 'not_found';

export const isSameSource = (one: PaymentSource | undefined, other: PaymentSource): boolean =>
  Object.entries(other).every(([name, value]) => one?.[name as keyof PaymentSource] === value);

const slowAfterMs = 4000;

/** Calls `onSlow` with true when the work takes longer than usual, and with false when it is over. */
export async function withSlowNotice<T>(work: Promise<T>, onSlow: (slow: boolean) => void): Promise<T> {
  const timer = setTimeout(onSlow, slowAfterMs, true);
  return work.finally(() => {
    clearTimeout(timer);
    onSlow(false);
  });
}
