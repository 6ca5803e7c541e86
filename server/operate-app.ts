/** The listener for the people who run it. It belongs inside the network: nothing of it is on the public listener. */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { createHttpServer, type HttpServerOptions } from './http-server.ts';
import { authenticateOperator } from './operate/authenticate.ts';
import type { Operator } from './payments/model/access-keys.ts';
import type { Clock, Sealer } from './payments/model/ports.ts';
import type { Store } from './payments/model/store.ts';
import { headers } from './plugins/headers.ts';
import type { Metrics } from './plugins/metrics.ts';
import { openapi, operatorInterface } from './plugins/openapi.ts';
import { draining, operations } from './plugins/operations.ts';

export interface OperateAppDeps extends Omit<HttpServerOptions, 'clock'> {
  /** The operators of this moment. */
  operators: () => readonly Operator[];
  store: Store;
  clock: Clock;
  sealer: Sealer;
  metrics: Metrics;
  /** Routes that have `request.operator`. */
  routes: FastifyPluginAsync[];
}

export function buildOperateApp({
  operators,
  store,
  clock,
  sealer,
  metrics,
  routes,
  ...server
}: OperateAppDeps): FastifyInstance {
  const app = createHttpServer({ ...server, clock });
  // It speaks http, whatever the public address is.
  app.register(headers, { publicUrl: new URL('http://127.0.0.1') });
  app.register(draining);
  app.register(openapi, { about: operatorInterface, page: false });
  app.register(operations, { metrics, ready: () => store.ready(), inside: true });
  app.register(async (scope) => {
    await scope.register(authenticateOperator, { operators, store, clock, sealer });
    for (const plugin of routes) await scope.register(plugin);
  });
  return app;
}
