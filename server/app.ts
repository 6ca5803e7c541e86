/** The HTTP side of the server: what is registered here, in this order, is everything that answers. */
import fastify, { type FastifyInstance, type FastifyPluginAsync, LogController } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { upstreamFault } from './clients/http.ts';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { type Limits, limits as usualLimits } from './limits.ts';
import type { MerchantConfig } from './merchants.ts';
import { matchesAddressList } from './methods/client-address.ts';
import type { Clock } from './payments/model/ports.ts';
import type { Store } from './payments/model/store.ts';
import { authenticateCustomer, authenticateMerchant } from './plugins/authenticate.ts';
import { cors } from './plugins/cors.ts';
import { headers } from './plugins/headers.ts';
import { type LogStream, logOptions, newRequestId, requestLog } from './plugins/log.ts';
import type { Metrics } from './plugins/metrics.ts';
import { openapi } from './plugins/openapi.ts';
import { draining, operations } from './plugins/operations.ts';
import { clientError, errors, sendProblem, validator } from './plugins/problems.ts';
import { isWidgetBuilt, type StaticOptions, staticFiles } from './plugins/static.ts';
import { unheededProxy } from './plugins/unheeded-proxy.ts';

export interface AppDeps {
  config: Pick<Config, 'publicUrl' | 'trustProxy' | 'logLevel' | 'merchants'> & Partial<Pick<Config, 'demo'>>;
  /** The merchants of the moment; those of the configuration by default. */
  merchants?: () => readonly MerchantConfig[];
  store: Pick<Store, 'ready' | 'paymentBySecret'>;
  metrics: Metrics;
  /** Routes that have `request.merchant`. */
  merchantRoutes: FastifyPluginAsync[];
  /** Routes that have `request.payment`. */
  checkoutRoutes: FastifyPluginAsync[];
  /** Routes that anybody may call, and that check their callers themselves. */
  openRoutes?: FastifyPluginAsync[];
  /** The clock of the payments; the machine's by default. */
  clock?: Clock;
  /** The folder of the widget's build; without it no static files are served. */
  widgetRoot?: string;
  /** As `StaticOptions.cardConnect`. */
  cardConnect?: StaticOptions['cardConnect'];
  /** Where log lines go; standard output by default. */
  logTo?: LogStream;
  limits?: Partial<Limits>;
}

/** Its `ready()` rejects with a `ConfigError` if `widgetRoot` contains no build. */
export function buildApp({
  config,
  merchants = () => config.merchants,
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
  const { publicUrl, trustProxy: trusted, demo = false } = config;
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
  app.register(unheededProxy, { trusts: (address) => trusts(address, 0) });
  app.register(headers, { publicUrl });
  app.register(cors, { ownOrigin: publicUrl.origin, merchants });
  app.register(draining);
  app.register(openapi, { publicUrl });
  app.register(operations, { metrics, ready: () => store.ready() });
  if (widgetRoot !== undefined) {
    app.register(async () => {
      if (!isWidgetBuilt(widgetRoot)) throw new ConfigError('The widget is not built: run `npm run build` first.');
    });
    app.register(staticFiles, { root: widgetRoot, merchants, ...(cardConnect && { cardConnect }) });
  }
  for (const routes of openRoutes) app.register(routes);
  app.register(async (scope) => {
    await scope.register(authenticateMerchant, { merchants, demo });
    for (const routes of merchantRoutes) await scope.register(routes);
  });
  app.register(async (scope) => {
    const paymentBySecret = (hash: string) => store.paymentBySecret(hash);
    await scope.register(authenticateCustomer, { ownOrigin: publicUrl.origin, merchants, paymentBySecret });
    for (const routes of checkoutRoutes) await scope.register(routes);
  });
  return app;
}

/** Whose `X-Forwarded-*` is believed: that of so many proxies, counted from this server, or that of these addresses. */
function proxyTrust(trusted: Config['trustProxy']): (address: string, hop: number) => boolean {
  if (trusted === false) return () => false;
  if (typeof trusted === 'number') return (_address, hop) => hop < trusted;
  const isProxy = matchesAddressList(trusted);
  return (address) => isProxy(address);
}
