/** Puts the house together and opens its door: configuration in, a running server out. `main.ts` and the demo start it. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { cardAccounts, payCodeAccounts, walletAccounts } from './accounts.ts';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { answersFolder } from './config.ts';
import { ConfigError } from './config-error.ts';
import { linkRoutes } from './links/routes.ts';
import { createCards } from './methods/card/method.ts';
import { createPayCodes } from './methods/pay-code/method.ts';
import { createWallets } from './methods/wallet/method.ts';
import { codeOf, waitForStore } from './open-store.ts';
import { createChangeNotifier } from './payments/change-feed.ts';
import { checkoutRoutes } from './payments/http/checkout-routes.ts';
import { merchantRoutes } from './payments/http/merchant-routes.ts';
import type { Clock, MethodPort } from './payments/model/ports.ts';
import type { Store } from './payments/model/store.ts';
import { createPayments } from './payments/payments.ts';
import { createSealer } from './payments/sealer.ts';
import type { LogStream } from './plugins/log.ts';
import { createMetrics, createTelemetry } from './plugins/metrics.ts';
import { createReconciler } from './reconcile/reconciler.ts';
import { createAnswerFiles } from './storage/answer-files.ts';
import { createWebhookSender } from './webhooks/webhook-sender.ts';

export interface StartOptions {
  /** The build of the widget; without it no static files are served. */
  widgetRoot?: string;
  /** Where log lines go; standard output by default. */
  logTo?: LogStream;
  /** The database's, but for tests and the demo. */
  clock?: Clock;
}

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:4400`; tells the real port where 0 was asked for. */
  address: string;
  log: FastifyBaseLogger;
  /** What it keeps, for who lives in the same process: the demo, and tests. */
  store: Store;
  /** Does what is due in the background now rather than within a second, and waits for it: for who has moved the clock. */
  runNow(): Promise<void>;
  /** Takes no more, lets requests finish within `shutdownMs` of the configuration, ends the work in the background, closes the database. */
  stop(): Promise<void>;
}

/** @throws {ConfigError} where the database cannot be opened or the port is taken. */
export async function startServer(config: Config, { clock: given, ...options }: StartOptions = {}): Promise<RunningServer> {
  const store = await waitForStore(config, options.logTo);
  const clock = given ?? store.clock;
  const metrics = createMetrics({
    backlog: () => store.backlog(),
    pendingAnswers: () => payments.pendingAnswers(),
    skewMs: () => store.clock.skewMs(),
  });
  const observer = createTelemetry(metrics, () => app.log);
  const sealer = createSealer(config.sealingKey);
  const merchants = new Map(config.merchants.map((merchant) => [merchant.id, merchant]));
  const payCodeClients = payCodeAccounts(config.merchants);
  const walletClients = walletAccounts(config.merchants);
  const cardClients = cardAccounts(config.merchants);
  // The methods need `payments`, and `payments` looks the methods up with each call: so the list is filled below.
  const methods: MethodPort[] = [];
  const changes = createChangeNotifier();
  const payments = createPayments({
    store,
    clock,
    methods,
    observer,
    changes,
    // A merchant may leave the file while payments of it live on: they can be seen to their end, under its id.
    merchant: (id) => merchants.get(id) ?? { id, name: id, test: false, allowedOrigins: [] },
    answerFiles: createAnswerFiles(answersFolder(config), sealer, (cause) => observer.failure('answers', cause)),
    wakeSender: () => sender.wake(),
    wakeReconciler: () => reconciler.wake(),
  });
  const checkoutParts = { store, clock, sealer, payments, observer };
  const payCodes = createPayCodes({ ...checkoutParts, account: payCodeClients.account });
  const methodDeps = { ...checkoutParts, redeemDiscount: payCodes.redeemDiscount };
  const wallets = createWallets({ ...methodDeps, account: walletClients.account });
  const cards = createCards({ ...methodDeps, account: cardClients.account, publicUrl: config.publicUrl });
  methods.push(payCodes.port, wallets.port, cards.port);
  const reconciler = createReconciler({ store, payments, methods, clock, observer });
  const sender = createWebhookSender({
    store,
    clock,
    // Never a clock that is given: the host compares the time with its own.
    signedAt: () => new Date(store.clock.now()),
    observer,
    endpoint: (id) => merchants.get(id)?.webhook ?? null,
  });

  const app = buildApp({
    config,
    store,
    metrics,
    clock,
    ...options,
    cardConnect: cardClients.frameOrigins,
    merchantRoutes: [
      async (scope) => void scope.register(merchantRoutes, { ...checkoutParts, publicUrl: config.publicUrl }),
      payCodes.merchantRoutes,
      cards.merchantRoutes,
    ],
    checkoutRoutes: [
      async (scope) => void scope.register(checkoutRoutes, checkoutParts),
      payCodes.routes,
      wallets.routes,
      cards.routes,
    ],
    openRoutes: [
      async (scope) => void scope.register(linkRoutes, { payments, clock, merchants, ownOrigin: config.publicUrl.origin }),
      wallets.openRoutes,
    ],
  });

  let skewTimer: NodeJS.Timeout | undefined;
  const stop = async () => {
    clearInterval(skewTimer);
    changes.close();
    await Promise.race([app.close(), pause(config.shutdownMs ?? 8_000, undefined, { ref: false })]);
    app.server.closeAllConnections();
    await Promise.all([reconciler.stop(), sender.stop()]);
    await payments.stop();
    await Promise.all([payCodeClients.close(), walletClients.close(), cardClients.close()]);
    await store.close();
  };
  try {
    await app.ready();
    // What a crash left open is looked at before anything new comes in. With one database for many processes others may
    // be at work on it, so there the leases run out by themselves.
    if (store.engine === 'sqlite') await reconciler.recover();
    await payments.recoverAnswers();
    const checkSkew = warnOfSkew(app.log, () => store.clock.skewMs());
    checkSkew();
    skewTimer = setInterval(checkSkew, 60_000).unref();
    const address = await listen(app, config);
    reconciler.start();
    sender.start();
    const runNow = async () => {
      await reconciler.runNow();
      await sender.runNow();
    };
    return { address, log: app.log, store, runNow, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function listen(app: ReturnType<typeof buildApp>, { host, port }: Config): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    throw new ConfigError(`PORT: expected a free port, and HOST an address of this machine${codeOf(cause)}.`);
  }
}

/** More than this and an operator should look, though payments go by the database's time. */
const skewToTellMs = 5_000;

/** Tells it once, however often it looks. */
function warnOfSkew(log: FastifyBaseLogger, skewMs: () => number): () => void {
  let told = false;
  return () => {
    const ms = Math.round(skewMs());
    if (told || Math.abs(ms) <= skewToTellMs) return;
    told = true;
    log.warn({ ms }, "this machine's clock is not the database's, which payments go by");
  };
}
