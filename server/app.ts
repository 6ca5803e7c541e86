/** The HTTP side of the house, from its parts: what is registered here, in this order, is all that answers. */
import fastify, { type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import type { Config } from './config.ts';
import { type Limits, limits as usualLimits } from './limits.ts';
import { matchesAddressList } from './methods/client-address.ts';
import type { Clock } from './payments/model/ports.ts';
import type { Store } from './payments/model/store.ts';
import { authenticateCustomer, authenticateMerchant } from './plugins/authenticate.ts';
import { clientError } from './plugins/client-error.ts';
import { cors } from './plugins/cors.ts';
import { headers } from './plugins/headers.ts';
import { type LogStream, logOptions, newRequestId, requestLog } from './plugins/log.ts';
import type { Metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { draining, operations } from './plugins/operations.ts';
import { errors, sendProblem } from './plugins/problems.ts';
import { type StaticOptions, staticFiles } from './plugins/static.ts';
import { unheededProxy } from './plugins/unheeded-proxy.ts';
import { validator } from './plugins/validator.ts';

export interface AppDeps {
  config: Pick<Config, 'publicUrl' | 'trustProxy' | 'logLevel' | 'merchants'>;
  store: Pick<Store, 'ready' | 'paymentBySecret'>;
  metrics: Metrics;
  /** Routes that find `request.merchant`. */
  merchantRoutes: FastifyPluginAsync[];
  /** Routes that find `request.payment`. */
  checkoutRoutes: FastifyPluginAsync[];
  /** Routes that anybody may call, and that check for themselves what they are told. */
  openRoutes?: FastifyPluginAsync[];
  /** By which payments go; the machine's by default. */
  clock?: Clock;
  /** Where the widget's build lies; without it no static files are served. */
  widgetRoot?: string;
  /** As `StaticOptions.cardConnect`. */
  cardConnect?: StaticOptions['cardConnect'];
  /** Where log lines go; standard output by default. */
  logTo?: LogStream;
  limits?: Partial<Limits>;
}

export function buildApp({
  config,
  store,
  metrics,
  merchantRoutes,
  checkoutRoutes,
  openRoutes = [],
  clock,
  widgetRoot,
  cardConnect,
  logTo,
  ...rest
}: AppDeps): FastifyInstance {
  const { publicUrl, merchants, trustProxy: trusted } = config;
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
    routerOptions: { maxParamLength: 128 },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    return503OnClosing: false,
    clientErrorHandler: clientError,
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
  });
  app.server.maxConnections = limits.connections;
  // Node's own answer to an `Expect` it does not know is no problem document, and the header may be ignored (RFC 9110, 10.1.1).
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response));
  app.setValidatorCompiler(validator);
  app.setSerializerCompiler(serializerCompiler);
  // A form of another site can post text/plain without asking; JSON it cannot.
  app.removeContentTypeParser('text/plain');
  // Many clients send the header with every request: an empty body is as none, and the schema says whether the route needs one.
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parseJson(request, String(body), done),
  );

  app.register(errors, { ...(clock && { clock }) });
  app.register(requestLog);
  app.register(unheededProxy, { trusts: (address) => trusts(address, 0) });
  app.register(headers, { publicUrl });
  app.register(cors, { ownOrigin: publicUrl.origin, merchants });
  app.register(draining);
  app.register(openapi, { publicUrl });
  app.register(operations, { metrics, ready: () => store.ready() });
  if (widgetRoot !== undefined) app.register(staticFiles, { root: widgetRoot, merchants, ...(cardConnect && { cardConnect }) });
  for (const routes of openRoutes) app.register(routes);
  app.register(async (scope) => {
    await scope.register(authenticateMerchant, { merchants });
    for (const routes of merchantRoutes) await scope.register(routes);
  });
  app.register(async (scope) => {
    const paymentBySecret = (hash: string) => store.paymentBySecret(hash);
    await scope.register(authenticateCustomer, { ownOrigin: publicUrl.origin, merchants, paymentBySecret });
    for (const routes of checkoutRoutes) await scope.register(routes);
  });
  return app;
}

/** Whose `X-Forwarded-*` is believed: of so many hops, counted from us outwards, or of these addresses. */
function proxyTrust(trusted: Config['trustProxy']): (address: string, hop: number) => boolean {
  if (trusted === false) return () => false;
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted;
  const isProxy = matchesAddressList(trusted);
  return (address) => isProxy(address);
}
