/**
 * Logging by allow-list: a line holds only the names listed here, each rendered by a function that takes what may be told.
 * A body, header, query or error text is not filtered out; it has no way in.
 */

import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import fp from 'fastify-plugin';

type Logger = Exclude<FastifyServerOptions['logger'], boolean | undefined>;

export interface LogStream {
  /** One line of JSON. */
  write(line: string): void;
}

/** Names that other rooms may log. All are ids, codes, counts or times of ours. */
const allowed = new Set([
  'reqId',
  'req',
  'res',
  'err',
  'problem',
  'responseTime',
  'merchantId',
  'paymentId',
  'attemptId',
  'intentId',
  'webhookId',
  'type',
  'status',
  'method',
  'outcome',
  'upstream',
  'operation',
  'fault',
  'tries',
  'count',
  'ms',
  'address',
  'signal',
  'where',
]);

export const logOptions = (level: string, stream?: LogStream): Logger => ({
  level,
  ...(stream ? { stream } : {}),
  base: null,
  timestamp: () => `,"time":"${new Date().toISOString()}"`,
  formatters: {
    level: (label) => ({ level: label }),
    log: (line) => Object.fromEntries(Object.entries(line).filter(([name]) => allowed.has(name))),
  },
  serializers: { req: tellRequest, res: tellReply, err: tellError },
  hooks: {
    // pino takes an error's own text for the message, and so does Fastify; that text may quote anything.
    logMethod(args, method) {
      const [first, second, ...rest] = args as unknown[];
      const error = first instanceof Error ? first : (Object(first) as { err?: unknown }).err;
      if (!(error instanceof Error)) return method.apply(this, args);
      const said = typeof second === 'string' && second !== error.message ? second : 'error';
      method.apply(this, [first instanceof Error ? { err: first } : first, said, ...rest] as unknown as typeof args);
    },
  },
});

/** The route's pattern, never the URL: that may carry what somebody pasted into it. */
const tellRequest = (request: FastifyRequest) => ({
  id: request.id,
  method: request.method,
  route: request.routeOptions?.url ?? 'unmatched',
});

const tellReply = (reply: Pick<FastifyReply, 'statusCode'>) => ({ statusCode: reply.statusCode });

/** An error of ours or of Node's, with whatever codes it bears. */
interface Faulty {
  name: string;
  code?: unknown;
  fault?: unknown;
  reason?: unknown;
  upstream?: unknown;
  method?: unknown;
}

interface ToldError {
  [detail: string]: unknown;
  type: string;
  message: string;
  stack: string;
}

/** What kind and where, under the names that log readers know. The text of an error and the head of its stack, which repeats it, stay out. */
function tellError(error: unknown): ToldError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const { name, code, fault, reason, upstream, method }: Faulty = error;
  return {
    type: word(name) ?? 'Error',
    message: [code, fault, reason].map(word).filter(Boolean).join(' '),
    upstream: word(upstream),
    method: word(method),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at .+:\d+:\d+\)?$/.test(line))
      .join('\n'),
    ...(error.cause instanceof Error ? { cause: tellError(error.cause) } : {}),
  };
}

/** A name that a programmer wrote, and no sentence. */
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;

/** One line for each answer: who asked is not told, what was asked only as the route's pattern. */
export const requestLog = fp(
  async (app) => {
    app.addHook('onResponse', async (request, reply) => {
      const { problem, elapsedTime } = reply;
      const line = { req: request, res: reply, responseTime: Math.round(elapsedTime), ...(problem ? { problem } : {}) };
      // Probes come every few seconds and say nothing.
      if (request.routeOptions.config.quiet) request.log.debug(line, 'answered');
      else request.log.info(line, 'answered');
    });
  },
  { name: 'request-log' },
);

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Log its answers at debug level only. */
    quiet?: boolean;
  }
}

/** Random, so that it tells nothing of traffic; short, so that a customer can read it out. */
export const newRequestId = (): string => randomBytes(6).toString('hex');
