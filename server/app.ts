/** The public listener: what is registered here, in this order, is everything that merchants and customers can call. */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { createHttpServer } from './http-server.ts';
import type { Limits } from './limits.ts';
import type { MerchantConfig } from './merchants.ts';
import type { Clock } from './payments/model/ports.ts';
import type { Store } from './payments/model/store.ts';
import { authenticateCustomer, authenticateMerchant } from './plugins/authenticate.ts';
import { cors } from './plugins/cors.ts';
import { headers } from './plugins/headers.ts';
import type { LogStream } from './plugins/log.ts';
import type { Metrics } from './plugins/metrics.ts';
import { openapi, publicInterface } from './plugins/openapi.ts';
import { draining, operations } from './plugins/operations.ts';
import { originCheck } from './plugins/origin-check.ts';
import { isWidgetBuilt, type StaticOptions, staticFiles } from './plugins/static.ts';

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
  /** Whether `/readyz` and `/metrics` answer here, where no listener for operators has them; true by default. */
  probesOutside?: boolean;
  /** Aborts when the process begins to stop. */
  stopping?: AbortSignal;
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
  limits,
  probesOutside = true,
  stopping,
}: AppDeps): FastifyInstance {
  const { publicUrl, demo = false } = config;
  const app = createHttpServer({ config, clock, logTo, limits });
  app.register(headers, { publicUrl });
  app.register(cors, { ownOrigin: publicUrl.origin, merchants });
  app.register(originCheck, { ownOrigin: publicUrl.origin, merchants });
  app.register(draining, { stopping });
  app.register(openapi, { origin: publicUrl.origin, about: publicInterface, page: true });
  app.register(operations, { metrics, ready: () => store.ready(), inside: probesOutside, stopping });
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
    const paymentBySecret: Store['paymentBySecret'] = (hash, endedSince) => store.paymentBySecret(hash, endedSince);
    await scope.register(authenticateCustomer, {
      ownOrigin: publicUrl.origin,
      merchants,
      paymentBySecret,
      clock: clock ?? { now: Date.now },
    });
    for (const routes of checkoutRoutes) await scope.register(routes);
  });
  return app;
}
