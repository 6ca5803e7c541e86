/**
 * Logging by allow-list: a line contains only the names listed here, and each is rendered by a function that picks what may be
 * logged. Bodies, headers, queries and texts of errors are not filtered out; they never get in.
 */
import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import fp from 'fastify-plugin';

type Logger = Exclude<FastifyServerOptions['logger'], boolean | undefined>;

export interface LogStream {
  /** One line of JSON. */
  write(line: string): void;
}

/** The names that may be logged. All are ids, codes, counts, times or sentences of our own. */
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
  'since',
  'address',
  'signal',
  'where',
  'mistakes',
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
  serializers: { req: renderRequest, res: renderReply, err: renderError },
  hooks: {
    // pino and Fastify would use an error's own text as the message, and that text may quote anything.
    logMethod(args, method) {
      const [first, second, ...rest] = args as unknown[];
      const error = first instanceof Error ? first : (Object(first) as { err?: unknown }).err;
      if (!(error instanceof Error)) return method.apply(this, args);
      const message = typeof second === 'string' && second !== error.message ? second : 'error';
      method.apply(this, [first instanceof Error ? { err: first } : first, message, ...rest] as unknown as typeof args);
    },
  },
});

/** The route's pattern and never the URL, which may contain anything that somebody pasted into it. */
const renderRequest = (request: FastifyRequest) => ({
  id: request.id,
  method: request.method,
  route: request.routeOptions?.url ?? 'unmatched',
});

const renderReply = (reply: Pick<FastifyReply, 'statusCode'>) => ({ statusCode: reply.statusCode });

/** An error of ours or of Node's, with the codes that it may have. */
interface ErrorWithCodes {
  name: string;
  code?: unknown;
  fault?: unknown;
  reason?: unknown;
  upstream?: unknown;
  method?: unknown;
}

interface RenderedError {
  [detail: string]: unknown;
  type: string;
  message: string;
  stack: string;
}

/**
 * The kind of an error and where it happened, under the names that log readers know. Its text is left out, and so is the first
 * line of the stack, which repeats the text.
 */
function renderError(error: unknown): RenderedError {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const { name, code, fault, reason, upstream, method }: ErrorWithCodes = error;
  return {
    type: word(name) ?? 'Error',
    message: [code, fault, reason].map(word).filter(Boolean).join(' '),
    upstream: word(upstream),
    method: word(method),
    stack: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^ {4}at .+:\d+:\d+\)?$/.test(line))
      .join('\n'),
    ...(error.cause instanceof Error ? { cause: renderError(error.cause) } : {}),
  };
}

/** A single word that a programmer wrote; undefined for a sentence. */
const word = (value: unknown): string | undefined =>
  typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : undefined;

/** One line for each answer, without the caller, and with the route's pattern only. */
export const requestLog = fp(
  async (app) => {
    app.addHook('onResponse', async (request, reply) => {
      const { problem, elapsedTime } = reply;
      const line = { req: request, res: reply, responseTime: Math.round(elapsedTime), ...(problem ? { problem } : {}) };
      // Probes come every few seconds and are of no interest.
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

/** Random, so that it reveals nothing about traffic, and short, so that a customer can read it out. */
export const newRequestId = (): string => randomBytes(6).toString('hex');
