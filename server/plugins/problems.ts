/** Renders every error of the house, once: handlers throw, this answers. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Clock } from '../payments/model/ports.ts';
import { ProblemError } from '../payments/model/problem-error.ts';
import { problemBody } from './problem-body.ts';
import { toProblem } from './to-problem.ts';

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
