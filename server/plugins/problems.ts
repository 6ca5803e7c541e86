/** Renders every error of the house, once: handlers throw, this answers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { ProblemCode, ProblemDetails } from '#contract';
import { type TransportError, UpstreamError } from '../clients/upstream-error.ts';
import type { Clock } from '../payments/model/ports.ts';
import { ProblemError } from '../payments/model/problem-error.ts';
import { StoreUnavailable } from '../payments/model/store-unavailable.ts';

export interface ErrorsOptions {
  /** By which `retryAt` is reckoned; the machine's by default. */
  clock?: Clock;
}

export const errors = fp<ErrorsOptions>(
  async (app, { clock = Date }) => {
    app.decorate('now', () => clock.now());
    app.decorateReply('problem', null);
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
    app.setNotFoundHandler((request, reply) => sendProblem(new ProblemError('not_found'), request, reply));
  },
  { name: 'errors' },
);

/** Also for errors that never reach a route, such as a URL that cannot be decoded. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = isBrokenOff(request, error)
    ? new ProblemError('invalid_request', { detail: 'the body broke off' })
    : toProblem(error);
  const body = problemBody(problem, request.id);
  reply.problem = problem.code;
  // A refusal we chose to give, such as "PayCodes is down", is news; only what nobody expected is an error.
  if (body.status >= 500) {
    if (error instanceof ProblemError) request.log.warn({ problem: problem.code }, 'request refused');
    else request.log.error({ err: error, problem: problem.code }, 'request failed');
  }
  if (body.status === 401) reply.header('www-authenticate', 'Bearer');
  const wait = retryAfter(problem, request.server.now());
  if (wait !== undefined) reply.header('retry-after', String(wait));
  // Sent as text: a route's own response schemas are of its good answers and must not cut the problem to their shape.
  return reply
    .code(body.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** The client went away within its own request: the same code from a connection to the database would be ours to mend. */
const isBrokenOff = ({ raw }: FastifyRequest, error: unknown): boolean =>
  raw.destroyed && !raw.complete && Object(error).code === 'ECONNRESET';

/** Whole seconds, as the header wants them. */
function retryAfter({ code, extras }: ProblemError, now: number): number | undefined {
  if (extras.retryAt) return Math.max(1, Math.ceil((Date.parse(extras.retryAt) - now) / 1000));
  return code === 'busy' ? 2 : undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The time that payments go by. */
    now(): number;
  }
  interface FastifyReply {
    /** The code of the problem that was answered, for the log. */
    problem: string | null;
  }
}

/** Any error as a problem: the one place that decides what a caller is told. Texts of errors are never told; they may quote input. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  // Locked, full, out of reach or shutting down: it passes.
  if (error instanceof StoreUnavailable) return new ProblemError('busy');
  if (error instanceof UpstreamError) return new ProblemError('provider_unavailable', { status: upstreamStatus[error.fault] });
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error);
  const { code, statusCode: status } = facts(error);
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return new ProblemError('busy');
  if (status === 404) return new ProblemError('not_found');
  if (status === 413 || status === 431) return new ProblemError('too_large', { status });
  if (status >= 400 && status < 500)
    return new ProblemError('invalid_request', { status, detail: details[code] ?? 'bad request' });
  return new ProblemError('internal');
}

/** `not_sent` is proof that nothing happened, so the caller may come again at once; `lost` ran into a deadline. */
const upstreamStatus: Record<TransportError, number> = { not_sent: 503, lost: 504, http: 502, bad_shape: 502 };

const details: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON, or holds a key that is not allowed',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'the content type has to be application/json',
};

/** The first field at fault, as a dotted path: `items.0.price`. A path is cut short: its last steps may be the caller's own keys. */
function invalid({ validation }: { validation: { instancePath: string; keyword: string }[] }): ProblemError {
  const field = validation[0]?.instancePath.slice(1, 101).replaceAll('/', '.');
  const unknownKey = validation[0]?.keyword === 'unrecognized_keys';
  return new ProblemError('invalid_request', {
    status: 422,
    ...(field ? { field } : {}),
    detail: unknownKey ? 'there is a field that this route does not know' : 'a field is missing or not as it should be',
  });
}

function facts(error: unknown): { code: string; statusCode: number } {
  const { code, statusCode } = Object(error) as { code?: unknown; statusCode?: unknown };
  return { code: typeof code === 'string' ? code : '', statusCode: typeof statusCode === 'number' ? statusCode : 500 };
}

/** What each problem is on HTTP. The titles are for developers; customers read the widget's own words. */
export const problemTable: Readonly<Record<ProblemCode, { status: number; title: string }>> = {
  code_format: { status: 422, title: 'This cannot be a pay code' },
  code_invalid: { status: 422, title: 'The pay code is not valid' },
  code_used: { status: 409, title: 'The pay code has been used' },
  code_expired: { status: 410, title: 'The pay code has expired' },
  code_not_yet_valid: { status: 409, title: 'The pay code is not valid yet' },
  code_value_too_low: { status: 409, title: 'The pay code is worth less than is due' },
  code_value_too_high: { status: 409, title: 'The pay code is worth more than is due' },
  discount_taken: { status: 409, title: 'The payment has a discount that cannot be changed now' },
  discount_lost: { status: 409, title: 'The discount code cannot be used any more: the whole is due' },
  too_many_attempts: { status: 429, title: 'Too many attempts' },
  no_requisites: { status: 409, title: 'This wallet takes no transfer now' },
  number_format: { status: 422, title: 'This cannot be a transaction number of this wallet' },
  number_taken: { status: 409, title: 'The transaction number has paid something already' },
  number_checking: { status: 409, title: 'The transaction number is being checked already' },
  transfer_not_found: { status: 409, title: 'No transfer of this number is known yet' },
  transfer_refused: { status: 409, title: 'The transfer was refused' },
  screenshot_format: { status: 422, title: 'The picture is not a PNG, JPEG or WebP of at most 5 MB' },
  card_number: { status: 422, title: 'This cannot be the number of a card, or Payme does not know the card' },
  card_expire: { status: 422, title: 'This cannot be the expiry of the card' },
  card_declined: { status: 409, title: 'The card was declined' },
  card_sms_off: { status: 409, title: 'The card cannot be confirmed by SMS, has expired or is blocked' },
  card_not_saved: { status: 409, title: 'The saved card cannot be used any more' },
  insufficient_funds: { status: 409, title: 'There is not enough money on the card' },
  phone_format: { status: 422, title: 'This cannot be a phone number of Uzbekistan' },
  sms_code_format: { status: 422, title: 'This cannot be an SMS code' },
  sms_code_wrong: { status: 422, title: 'The SMS code is wrong' },
  sms_code_expired: { status: 410, title: 'The SMS code has expired, or was tried too often' },
  sms_not_sent: { status: 503, title: 'The SMS could not be sent' },
  payment_reversed: { status: 409, title: 'The card was charged, and the money has been returned' },
  refund_unsupported: { status: 409, title: 'This payment cannot be refunded through us' },
  outcome_unknown: { status: 409, title: 'Pay codes may have been made, and their answer was lost: nothing is made again' },
  codes_erased: { status: 410, title: 'These pay codes were told before and are not kept any more' },
  receipt_sent: { status: 409, title: 'The receipt of this payment has been sent already' },
  provider_unavailable: { status: 503, title: 'The payment service is not available' },
  payment_processing: { status: 409, title: 'An attempt to pay is being checked' },
  payment_expired: { status: 410, title: 'The time to pay is over' },
  method_unavailable: { status: 409, title: 'This way to pay is not offered here' },
  order_conflict: { status: 409, title: 'The order has a payment of other money, or of another customer' },
  idempotency_conflict: { status: 409, title: 'The Idempotency-Key cannot be used so' },
  unauthorized: { status: 401, title: 'A valid key is needed' },
  not_found: { status: 404, title: 'There is nothing here' },
  invalid_request: { status: 400, title: 'The request is not as it should be' },
  too_large: { status: 413, title: 'The request is too large' },
  busy: { status: 503, title: 'The server is busy' },
  internal: { status: 500, title: 'Something went wrong here' },
};

/** A problem as it goes over the wire: RFC 9457, with the names the contract promises. */
/** `requestId` becomes the reference where the problem has none of its own. */
export function problemBody({ code, extras }: ProblemError, requestId: string): ProblemDetails {
  const { status, ref = requestId, ...rest } = extras;
  const { title, status: usual } = problemTable[code];
  return { type: `urn:pay-desk:problem:${code}`, title, status: status ?? usual, code, ref, ...rest };
}
