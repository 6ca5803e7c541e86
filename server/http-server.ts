/** A Fastify server with our limits, errors, log and validation. The public listener and the operator's are built on it. */
import fastify, { type FastifyInstance, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { longestMerchantId } from '#contract';
import { upstreamFault } from './clients/http.ts';
import type { Config } from './config.ts';
import { type Limits, limits as usualLimits } from './limits.ts';
import { matchesAddressList, rateLimitKeyForIp } from './methods/client-address.ts';
import type { Clock } from './payments/model/ports.ts';
import { clientError, countRequests } from './plugins/client-error.ts';
import { connections } from './plugins/connections.ts';
import { type LogStream, logOptions, newRequestId, requestLog } from './plugins/log.ts';
import { errors, sendProblem, validator } from './plugins/problems.ts';
import { unheededProxy } from './plugins/unheeded-proxy.ts';

export interface HttpServerOptions {
  config: Pick<Config, 'trustProxy' | 'logLevel'>;
  /** The clock of the payments; the machine's by default. */
  clock?: Clock | undefined;
  /** Where log lines go; standard output by default. */
  logTo?: LogStream | undefined;
  limits?: Partial<Limits> | undefined;
}

export function createHttpServer({ config, clock, logTo, ...rest }: HttpServerOptions): FastifyInstance {
  const { trustProxy: trusted } = config;
  const limits = { ...usualLimits, ...rest.limits };
  const trusts = proxyTrust(trusted);
  const app = fastify({
    logger: logOptions(config.logLevel, logTo),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    trustProxy: trusted !== false && trusts,
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestMs,
    handlerTimeout: limits.handlerMs,
    connectionTimeout: limits.silenceMs,
    keepAliveTimeout: trusted === false ? limits.keepAliveMs : limits.proxiedKeepAliveMs,
    maxRequestsPerSocket: limits.requestsPerConnection,
    http: { maxHeaderSize: limits.headerBytes, headersTimeout: limits.headersMs, connectionsCheckingInterval: limits.sweepMs },
    // A customer's label is the longest part of a path. The router counts UTF-16 units, of which a character has one or two.
    routerOptions: { maxParamLength: 2 * longestMerchantId },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: false,
    clientErrorHandler: clientError,
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
  });
  countRequests(app.server);
  app.server.maxConnections = limits.connections;
  // Node's own answer to an unknown `Expect` is no problem document, and the header may be ignored (RFC 9110, 10.1.1).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.setValidatorCompiler(validator);
  app.setSerializerCompiler(serializerCompiler);
  // A page of another site may send text/plain without asking for permission first (a CORS preflight), so we do not read it.
  app.removeContentTypeParser('text/plain');
  // Many clients say `Content-Type: application/json` even where they send no body. So an empty body is not broken JSON but no
  // body, and the schema of the route decides whether one is required.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parseJson(request, String(body), done),
  );
  app.register(errors, { upstreamFault, ...(clock && { clock }) });
  app.register(requestLog);
  const isProxy = (address: string) => trusts(address, 0);
  app.register(connections, {
    perAddress: limits.unfinishedPerAddress,
    inAll: limits.unfinished,
    keyOf: rateLimitKeyForIp,
    isProxy,
  });
  app.register(unheededProxy, { trusts: isProxy });
  return app;
}

/** Whose `X-Forwarded-*` is believed: that of so many proxies, counted from this server, or that of these addresses. */
function proxyTrust(trusted: Config['trustProxy']): (address: string, hop: number) => boolean {
  if (trusted === false) return () => false;
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted;
  const isProxy = matchesAddressList(trusted);
  return (address) => isProxy(address);
}
