/** A client of the HTTP interface for merchants' servers: one function for each call, typed by the server's own OpenAPI document. */
import createClient from 'openapi-fetch';
import type { paths } from './openapi.d.ts';
import { PayDeskError } from './problem.ts';

export interface PayDeskClientOptions {
  /** Origin of the Pay Desk server, e.g. `https://pay.example`. */
  baseUrl: string;
  /** `sk_…`. It belongs on a server, never into a page. */
  apiKey: string;
  /** How long to wait for an answer, in milliseconds. Default: 30 000. */
  timeoutMs?: number;
  /** Instead of the global `fetch`. */
  fetch?: (request: Request) => Promise<Response>;
}

export interface CallOptions {
  /** The same key again has no second effect. By default a random one, so a call that is made again needs its own. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export type PayDeskClient = ReturnType<typeof createPayDeskClient>;

type Body<Path extends keyof paths> = paths[Path] extends {
  post: { requestBody?: { content: { 'application/json': infer Json } } };
}
  ? Json
  : never;
type Changes = paths['/v1/payments/{id}']['patch']['requestBody']['content']['application/json'];
type Query<Path extends keyof paths> = paths[Path] extends { get: { parameters: { query?: infer Found } } } ? Found : never;

/**
 * Every function rejects with `PayDeskError` when the server refuses, and with what `fetch` throws where no answer came.
 * @throws {TypeError} if an option is missing or not as it should be
 */
export function createPayDeskClient({ baseUrl, apiKey, timeoutMs = 30_000, fetch = globalThis.fetch }: PayDeskClientOptions) {
  if (!URL.canParse(baseUrl)) throw new TypeError('baseUrl: expected an origin such as https://pay.example.');
  if (!/^sk_[\x21-\x7e]+$/.test(apiKey)) throw new TypeError('apiKey: expected a key that begins with sk_.');
  const http = createClient<paths>({
    baseUrl,
    headers: { authorization: `Bearer ${apiKey}` },
    // The server redirects no call, and a key must not follow one.
    redirect: 'manual',
    fetch: (request) => fetch(new Request(request, { signal: eitherOf(request.signal, AbortSignal.timeout(timeoutMs)) })),
  });
  const write = ({ idempotencyKey = crypto.randomUUID(), signal }: CallOptions = {}) => ({
    header: { 'Idempotency-Key': idempotencyKey },
    ...(signal && { signal }),
  });
  /** A call about one payment. */
  const ofPayment = (id: string, options?: CallOptions) => {
    const { header, ...rest } = write(options);
    return { params: { path: { id }, header }, ...rest };
  };
  const create = (options?: CallOptions) => {
    const { header, ...rest } = write(options);
    return { params: { header }, ...rest };
  };
  return {
    payments: {
      /** Creates the payment of an order, or finds the one that it has. `clientSecret` opens it in the customer's browser. */
      create: (body: Body<'/v1/payments'>, options?: CallOptions) =>
        answerOf(http.POST('/v1/payments', { ...create(options), body })),
      get: (id: string) => answerOf(http.GET('/v1/payments/{id}', { params: { path: { id } } })),
      list: (query: Query<'/v1/payments'> = {}) => answerOf(http.GET('/v1/payments', { params: { query } })),
      /** Changes what it costs, is for, or how long it is open, while nobody pays. */
      update: (id: string, body: Changes, options?: CallOptions) =>
        answerOf(http.PATCH('/v1/payments/{id}', { ...ofPayment(id, options), body })),
      cancel: (id: string, options?: CallOptions) => answerOf(http.POST('/v1/payments/{id}/cancel', ofPayment(id, options))),
      /** Returns a card payment, or records what you returned yourself (`byHand`). */
      refund: (id: string, body: Body<'/v1/payments/{id}/refund'> = {}, options?: CallOptions) =>
        answerOf(http.POST('/v1/payments/{id}/refund', { ...ofPayment(id, options), body })),
      /** Decides what only a person can tell. */
      resolve: (id: string, body: Body<'/v1/payments/{id}/resolve'>, options?: CallOptions) =>
        answerOf(http.POST('/v1/payments/{id}/resolve', { ...ofPayment(id, options), body })),
      accept: (id: string, body: Body<'/v1/payments/{id}/accept'>, options?: CallOptions) =>
        answerOf(http.POST('/v1/payments/{id}/accept', { ...ofPayment(id, options), body })),
      reopen: (id: string, body: Body<'/v1/payments/{id}/reopen'>, options?: CallOptions) =>
        answerOf(http.POST('/v1/payments/{id}/reopen', { ...ofPayment(id, options), body })),
      dispose: (id: string, body: Body<'/v1/payments/{id}/dispose'>, options?: CallOptions) =>
        answerOf(http.POST('/v1/payments/{id}/dispose', { ...ofPayment(id, options), body })),
      recheck: (id: string, body: Body<'/v1/payments/{id}/recheck'> = {}, options?: CallOptions) =>
        answerOf(http.POST('/v1/payments/{id}/recheck', { ...ofPayment(id, options), body })),
      sendReceipt: (id: string, body: Body<'/v1/payments/{id}/send-receipt'> = {}, options?: CallOptions) =>
        answerOf(http.POST('/v1/payments/{id}/send-receipt', { ...ofPayment(id, options), body })),
      /** Reports the fiscal receipt that your own cash register has made (Uzbekistan). */
      reportFiscalReceipt: (id: string, body: Body<'/v1/payments/{id}/fiscal-receipt'>, options?: CallOptions) =>
        answerOf(http.POST('/v1/payments/{id}/fiscal-receipt', { ...ofPayment(id, options), body })),
    },
    /** Codes are money: a call that is made again with its idempotency key returns the same ones, for a day. */
    payCodes: {
      generate: (body: Body<'/v1/pay-codes'>, options?: CallOptions) =>
        answerOf(http.POST('/v1/pay-codes', { ...create(options), body })),
      generateBatch: (body: Body<'/v1/pay-codes/batch'>, options?: CallOptions) =>
        answerOf(http.POST('/v1/pay-codes/batch', { ...create(options), body })),
      acknowledgeBatch: (id: string, options?: CallOptions) =>
        answerOf(http.POST('/v1/pay-codes/batches/{id}/acknowledge', { ...ofPayment(id, options), body: {} })),
      lookUp: (body: Body<'/v1/pay-codes/lookup'>) => answerOf(http.POST('/v1/pay-codes/lookup', { body })),
    },
    cards: {
      list: (label: string) => answerOf(http.GET('/v1/customers/{label}/cards', { params: { path: { label } } })),
      remove: (label: string, id: string) =>
        answerOf(http.DELETE('/v1/customers/{label}/cards/{id}', { params: { path: { label, id } } })),
    },
    receipts: { list: (query: Query<'/v1/receipts'>) => answerOf(http.GET('/v1/receipts', { params: { query } })) },
    /** The webhooks that were sent or wait to be. */
    events: {
      list: (query: Query<'/v1/events'> = {}) => answerOf(http.GET('/v1/events', { params: { query } })),
      get: (id: string) => answerOf(http.GET('/v1/events/{id}', { params: { path: { id } } })),
      replay: (id: string, options?: CallOptions) =>
        answerOf(http.POST('/v1/events/{id}/replay', { ...ofPayment(id, options), body: {} })),
      replayRange: (body: Body<'/v1/events/replay'>, options?: CallOptions) =>
        answerOf(http.POST('/v1/events/replay', { ...create(options), body })),
      getReplay: (id: string) => answerOf(http.GET('/v1/events/replays/{id}', { params: { path: { id } } })),
      test: () => answerOf(http.POST('/v1/events/test', { body: {} })),
    },
  };
}

/** `AbortSignal.any`, also at edges that do not have it. Elsewhere only the platform's own lets a program end before the time is over. */
function eitherOf(...signals: AbortSignal[]): AbortSignal {
  if ('any' in AbortSignal) return AbortSignal.any(signals);
  const controller = new AbortController();
  for (const signal of signals) {
    const abort = () => controller.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  }
  return controller.signal;
}

async function answerOf<Data>(call: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Data> {
  const { data, error, response } = await call;
  if (!response.ok || data === undefined) throw new PayDeskError(response.status, error);
  return data;
}
