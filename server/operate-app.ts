/** The listener for the people who run it. It belongs inside the network: nothing of it is on the public listener. */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import manifest from '../package.json' with { type: 'json' };
import { createHttpServer, type HttpServerOptions } from './http-server.ts';
import { createLinkMaker, type MakeLinkDeps } from './links/make-link.ts';
import { type OperatorActDeps, operatorActRoutes } from './operate/act-routes.ts';
import { authenticateOperator } from './operate/authenticate.ts';
import { consoleFiles, isConsoleBuilt } from './operate/console-files.ts';
import { type EventRouteDeps, eventRoutes } from './operate/event-routes.ts';
import { operatorLinkRoutes } from './operate/link-routes.ts';
import type { SingleSignOn } from './operate/person.ts';
import { readRoutes } from './operate/read-routes.ts';
import type { Operator } from './payments/model/access-keys.ts';
import type { Payments } from './payments/payments.ts';
import { headers } from './plugins/headers.ts';
import type { Metrics } from './plugins/metrics.ts';
import { openapi, operatorInterface } from './plugins/openapi.ts';
import { draining, operations } from './plugins/operations.ts';
import type { OpenStore } from './storage/store.ts';

export interface OperateAppDeps
  extends Omit<HttpServerOptions, 'clock'>,
    Omit<OperatorActDeps, 'reads' | 'payments'>,
    Pick<EventRouteDeps, 'webhooks'> {
  /** The operators of this moment. */
  operators: () => readonly Operator[];
  store: OpenStore;
  payments: Pick<Payments, 'read' | 'pendingAnswers'>;
  metrics: Metrics;
  /** Whose keys sign the links that operators make, and where these lead. */
  links: Omit<MakeLinkDeps, 'clock'>;
  /** Since when the merchants file is refused, milliseconds since 1970; null, or absent: it is in force. */
  fileRefusedSince?(): number | null;
  /** The proxy that names the person behind an operator's key; absent without one. */
  singleSignOn?: SingleSignOn | undefined;
  /** The folder of the console's build; without it, or while it is empty, there is no page. */
  consoleRoot?: string;
  /** More routes that have `request.operator`. */
  routes?: FastifyPluginAsync[];
  /** Aborts when the process begins to stop. */
  stopping?: AbortSignal;
}

export function buildOperateApp({
  operators,
  metrics,
  links,
  singleSignOn,
  consoleRoot,
  routes = [],
  ...deps
}: OperateAppDeps): FastifyInstance {
  const { store, clock, sealer, payments } = deps;
  const app = createHttpServer(deps);
  // It speaks http, whatever the public address is.
  app.register(headers, { publicUrl: new URL('http://127.0.0.1') });
  app.register(draining, { stopping: deps.stopping });
  app.register(openapi, { about: operatorInterface, page: false });
  app.register(operations, { metrics, ready: () => store.ready(), inside: true, stopping: deps.stopping });
  if (consoleRoot !== undefined && isConsoleBuilt(consoleRoot)) app.register(consoleFiles, { root: consoleRoot });
  const about = {
    version: manifest.version,
    engine: store.engine,
    pendingAnswers: () => payments.pendingAnswers(),
    skewMs: () => store.clock.skewMs(),
    fileRefusedSince: () => deps.fileRefusedSince?.() ?? null,
  };
  app.register(async (scope) => {
    await scope.register(authenticateOperator, { operators, store, clock, sealer, singleSignOn });
    await scope.register(readRoutes, { ...deps, reads: store.reads, about });
    await scope.register(operatorActRoutes, { ...deps, reads: store.reads });
    await scope.register(eventRoutes, deps);
    await scope.register(operatorLinkRoutes, { store, clock, makeLink: createLinkMaker({ ...links, clock }) });
    for (const plugin of routes) await scope.register(plugin);
  });
  return app;
}
