/** Turns every error into a problem document (RFC 9457): handlers throw, and this module answers. */
import type { FastifyReply, FastifyRequest, FastifySchemaCompiler } from 'fastify';
import fp from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors, validatorCompiler } from 'fastify-type-provider-zod';
import { isRecoverable, type ProblemDetails } from '#contract';
import { problemTable } from '#contract/docs';
import { ProblemError, StoreUnavailable } from '../payments/model/errors.ts';
import type { Clock } from '../payments/model/ports.ts';
import { type BrokenRule, expectation } from './expectation.ts';

interface ErrorsOptions {
  /** The clock that `Retry-After` is computed with; the machine's by default. */
  clock?: Clock;
  /** How the call of a payment service failed, if the error says that; null for any other error. */
  upstreamFault: (error: unknown) => keyof typeof upstreamStatus | null;
}

export const errors = fp<ErrorsOptions>(
  async (app, { clock = Date, upstreamFault }) => {
    app.decorate('now', () => clock.now());
    app.decorate('upstreamFault', upstreamFault);
    app.decorateReply('problem', null);
    app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
    app.setNotFoundHandler((request, reply) => sendProblem(new ProblemError('not_found'), request, reply));
  },
  { name: 'errors' },
);

/** Also answers errors that never reach a route, such as a URL that cannot be decoded. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = isAborted(request, error)
    ? new ProblemError('invalid_request', { detail: 'the body broke off' })
    : toProblem(error, request.server.upstreamFault(error));
  const body = problemBody(problem, request.id);
  reply.problem = problem.code;
  // A decline that we chose, such as "PayCodes is down", is a warning. Only an unexpected failure is an error.
  if (body.status >= 500) {
    if (error instanceof ProblemError) request.log.warn({ problem: problem.code }, 'request refused');
    else request.log.error({ err: error, problem: problem.code }, 'request failed');
  }
  if (body.status === 401) reply.header('www-authenticate', 'Bearer');
  const wait = retryAfter(problem, request.server.now());
  if (wait !== undefined) reply.header('retry-after', String(wait));
  // Sent as text, because a route's response schemas describe its successful answers and would cut the problem down.
  return reply
    .code(body.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body));
}

/** Whether the client went away during its own request. The same code from a database connection would be our error. */
const isAborted = ({ raw }: FastifyRequest, error: unknown): boolean =>
  raw.destroyed && !raw.complete && Object(error).code === 'ECONNRESET';

/** In whole seconds, as the header requires. */
function retryAfter({ code, extras }: ProblemError, now: number): number | undefined {
  if (extras.retryAt) return Math.max(1, Math.ceil((Date.parse(extras.retryAt) - now) / 1000));
  return code === 'busy' ? 2 : undefined;
}

declare module 'fastify' {
  interface FastifyInstance {
    /** The time that payments go by, in milliseconds since 1970. */
    now(): number;
    /** As in the options of `errors`. */
    upstreamFault: ErrorsOptions['upstreamFault'];
  }
  interface FastifyReply {
    /** The code of the answered problem, for the log. */
    problem: string | null;
  }
}

/**
 * Validates a request by the schema of its route. If the validation itself throws, as zod's limits of length do on
 * `{"length": {"toString": 1}}`, the request is refused as invalid without naming a field, since the mistake is the caller's.
 */
export const validator: FastifySchemaCompiler<Parameters<typeof validatorCompiler>[0]['schema']> = (route) => {
  const validate = validatorCompiler(route);
  return (input: unknown) => {
    try {
      return validate(input);
    } catch {
      return { error: new ProblemError('invalid_request', { status: 422, detail: 'a field is not as it should be' }) };
    }
  };
};

/**
 * Converts any error into a problem; only this function decides what a caller learns. An error's text is never sent, since it may
 * quote input.
 */
function toProblem(error: unknown, fault: keyof typeof upstreamStatus | null): ProblemError {
  if (error instanceof ProblemError) return error;
  // Locked, full, out of reach or shutting down: this is temporary.
  if (error instanceof StoreUnavailable) return new ProblemError('busy');
  if (fault) return new ProblemError('provider_unavailable', { status: upstreamStatus[fault] });
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error);
  const { code, statusCode: status } = httpFacts(error);
  if (code === 'FST_ERR_HANDLER_TIMEOUT') return new ProblemError('busy');
  if (status === 404) return new ProblemError('not_found');
  if (status === 413 || status === 431) return new ProblemError('too_large', { status });
  if (status >= 400 && status < 500) {
    return new ProblemError('invalid_request', { status, detail: details[code] ?? 'bad request' });
  }
  return new ProblemError('internal');
}

/** `not_sent` proves that nothing happened, so the caller may try again at once. `lost` is a missed deadline. */
const upstreamStatus = { not_sent: 503, lost: 504, http: 502, bad_shape: 502 };

const details: Record<string, string> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'the body is not JSON, or holds a key that is not allowed',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'the content type has to be application/json',
};

/**
 * Names the first wrong field as a dotted path, `items.0.price`. The path is cut, since its end may consist of the caller's own
 * keys.
 */
function invalid({ validation: [first] }: { validation: (BrokenRule & { instancePath: string })[] }): ProblemError {
  const field = first?.instancePath.slice(1, 101).replaceAll('/', '.');
  return new ProblemError('invalid_request', {
    status: 422,
    ...(field ? { field } : {}),
    detail: first ? expectation(first, field) : 'the request is not as it should be',
  });
}

function httpFacts(error: unknown): { code: string; statusCode: number } {
  const { code, statusCode } = Object(error) as { code?: unknown; statusCode?: unknown };
  return { code: typeof code === 'string' ? code : '', statusCode: typeof statusCode === 'number' ? statusCode : 500 };
}

/** The document that is sent. `requestId` becomes the reference if the problem has none of its own. */
export function problemBody({ code, extras }: ProblemError, requestId: string): ProblemDetails {
  const { status, reference = requestId, ...rest } = extras;
  const { title, status: usual } = problemTable[code];
  const recoverable = isRecoverable(code, extras.retryAt);
  return { type: `urn:pay-desk:problem:${code}`, title, status: status ?? usual, code, recoverable, reference, ...rest };
}
