/** Wires all components and starts the HTTP server. Used by `main.ts` and by the demo. */
import type { FastifyBaseLogger } from 'fastify';
import { answersFolder } from './answers-folder.ts';
import { buildApp } from './app.ts';
import { checkKeys } from './check-keys.ts';
import type { Config } from './config.ts';
import { limits } from './limits.ts';
import { linkRoutes } from './links/routes.ts';
import { closeListeners, listen, pauseUnless, watchHold, watchSkew } from './listeners.ts';
import { createLiveMerchants } from './live-merchants.ts';
import { createCards } from './methods/card/method.ts';
import { matchesAddressList } from './methods/client-address.ts';
import { createPayCodes } from './methods/pay-code/method.ts';
import { createPostbackMatching } from './methods/wallet/match-postback.ts';
import { createWallets } from './methods/wallet/method.ts';
import { waitForOwnStore } from './open-store.ts';
import { reconciliationRoutes } from './operate/reconciliation-routes.ts';
import { buildOperateApp } from './operate-app.ts';
import { createActs } from './payments/acts.ts';
import { createChangeNotifier, createUnitOfWork } from './payments/change-feed.ts';
import { fiscalReceiptTaken, storeFiscalReceipt } from './payments/fiscal-receipt.ts';
import { actRoutes } from './payments/http/act-routes.ts';
import { checkoutRoutes } from './payments/http/checkout-routes.ts';
import { merchantRoutes } from './payments/http/merchant-routes.ts';
import type { Clock, Merchant, MethodPort } from './payments/model/ports.ts';
import type { Store } from './payments/model/store.ts';
import { createPayments } from './payments/payments.ts';
import { recoverFromShop } from './payments/recover-from-shop.ts';
import { createResealer } from './payments/reseal.ts';
import { reversePayment } from './payments/review.ts';
import { asKeys, createSealer } from './payments/sealer.ts';
import type { LogStream } from './plugins/log.ts';
import { createMetrics, createTelemetry } from './plugins/metrics.ts';
import { createReconciler } from './reconcile/reconciler.ts';
import { createReconciliations } from './reconcile/reconciliations.ts';
import { createReloader } from './reload.ts';
import { createAnswerFiles } from './storage/answer-files.ts';
import { endpointNamed, filtersOf, webhookWishes } from './webhook-endpoints.ts';
import { webhookRoutes } from './webhooks/routes.ts';
import { createWebhookLog } from './webhooks/webhook-log.ts';
import { createWebhookSender, howHostFails } from './webhooks/webhook-sender.ts';

interface StartOptions {
  /** The folder of the widget's build; without it no static files are served. */
  widgetRoot?: string;
  /** The folder of the console's build, for the operator's listener; without it there is no page. */
  consoleRoot?: string;
  /** Where log lines go; standard output by default. */
  logTo?: LogStream;
  /** The database's clock by default; tests and the demo pass another. */
  clock?: Clock;
}

export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:4400`, with the real port if the configuration has 0. */
  address: string;
  /** Where the operator's listener is; null without one. */
  operateAddress: string | null;
  log: FastifyBaseLogger;
  /** For the demo and tests, which run in the same process. */
  store: Store;
  /** Does the background work that is due now, and waits for it; for callers that have moved the clock. */
  runNow(): Promise<void>;
  /** Reads the merchants file again. False if it is wrong; then everything stays as it is. */
  reload(): boolean;
  /**
   * Is not ready any more, but goes on to accept connections for `drainMs`. Then it accepts none, lets running requests finish within
   * `shutdownMs`, ends background work, and closes the database.
   */
  stop(): Promise<void>;
  /** During `stop`: waits no longer for new and idle connections. False if it does not wait for them. */
  hurry(): boolean;
}

/** @throws {ConfigError} if the database cannot be opened or the port is taken */
export async function startServer(config: Config, { clock: givenClock, ...options }: StartOptions = {}): Promise<RunningServer> {
  const store = await waitForOwnStore(config, options.logTo);
  const clock = givenClock ?? store.clock;
  const metrics = createMetrics({
    backlog: () => store.backlog(),
    pendingAnswers: () => payments.pendingAnswers(),
    skewMs: () => store.clock.skewMs(),
    money: { reads: store.money, now: () => store.clock.now() },
  });
  const stopping = new AbortController();
  const waiting = new AbortController();
  const observer = createTelemetry(metrics, () => app.log);
  const keys = asKeys(config.keys);
  const sealer = createSealer(keys);
  const keyWarnings = await checkKeys(store, keys, sealer).catch(async (cause: unknown) => {
    await store.close();
    throw cause;
  });
  const merchants = createLiveMerchants(config, (replaced) => sender.filtersChanged(replaced.flatMap(filtersOf)));
  const sender = createWebhookSender({
    store,
    clock,
    // The real time even if another clock was given, since the host compares it with its own.
    signedAt: () => new Date(store.clock.now()),
    observer,
    endpoint: ({ merchantId, endpoint }) => endpointNamed(merchants.get(merchantId), endpoint),
    onFailing: (at, { status, reason }) =>
      app.log.warn({ ...at, status, reason }, `${howHostFails(status)}: its webhooks do not arrive, and are tried again`),
  });
  const wishes = webhookWishes((id) => merchants.get(id));
  const webhookLog = createWebhookLog({ store, clock, sender, endpoints: wishes.endpoints });
  // The methods need `payments`, and `payments` looks the methods up at each call, so this list is filled below.
  const methods: MethodPort[] = [];
  const changes = createChangeNotifier();
  // Payments of a merchant that has left the merchants file can still be finished, under the merchant's id.
  const merchantOf = (id: string): Merchant => merchants.get(id) ?? { id, name: id, test: false, allowedOrigins: [] };
  const writing = { store, clock, changes, observer, ...wishes, wakeSender: () => sender.wake() };
  const payments = createPayments({
    ...writing,
    methods,
    merchant: merchantOf,
    answerFiles: createAnswerFiles(answersFolder(config), sealer, (cause) => observer.failure('answers', cause)),
    wakeReconciler: () => reconciler.wake(),
  });
  const sharedDeps = { store, clock, sealer, payments, observer };
  const payCodes = createPayCodes({ ...sharedDeps, account: merchants.payCode.account });
  const methodDeps = { ...sharedDeps, redeemDiscount: payCodes.redeemDiscount };
  const wallets = createWallets({ ...methodDeps, account: merchants.wallet.account });
  const merchantIds = () => merchants.all().map(({ id }) => id);
  const unitOfWork = createUnitOfWork(writing);
  const cards = createCards({
    ...methodDeps,
    account: merchants.card.account,
    publicUrl: config.publicUrl,
    merchantIds,
    reversed: (paymentId, money) => reversePayment(unitOfWork, paymentId, money),
    fiscalReceipts: {
      store: (paymentId, reported) => storeFiscalReceipt(unitOfWork, paymentId, reported),
      taken: (paymentId, receipt) => fiscalReceiptTaken(unitOfWork, paymentId, receipt),
    },
  });
  methods.push(payCodes.port, wallets.port, cards.port);
  const acts = createActs({ ...unitOfWork, methods, merchant: merchantOf, payments, settleAttempt: payments.settleAttempt });
  const resealer = createResealer(store, keys, sealer, observer);
  const reconciler = createReconciler({ store, payments, methods, clock, observer, sweeps: [cards.sweep] });
  const statements = [cards.statements, wallets.statements];
  const reconciliations = createReconciliations({ store, clock, observer, sources: statements, merchants: merchants.all });

  const app = buildApp({
    config,
    merchants: merchants.all,
    store,
    metrics,
    clock,
    ...options,
    cardConnect: merchants.card.frameOrigins,
    probesOutside: !config.operate,
    stopping: stopping.signal,
    merchantRoutes: [
      async (scope) => void scope.register(merchantRoutes, { ...sharedDeps, publicUrl: config.publicUrl }),
      async (scope) => void scope.register(actRoutes, { ...sharedDeps, acts, publicUrl: config.publicUrl }),
      payCodes.merchantRoutes,
      cards.merchantRoutes,
      async (scope) => void scope.register(webhookRoutes, { ...sharedDeps, log: webhookLog }),
    ],
    checkoutRoutes: [
      async (scope) => void scope.register(checkoutRoutes, sharedDeps),
      payCodes.routes,
      wallets.routes,
      cards.routes,
    ],
    openRoutes: [
      async (scope) => void scope.register(linkRoutes, { payments, clock, merchants, ownOrigin: config.publicUrl.origin }),
      wallets.openRoutes,
    ],
  });

  const userHeader = config.operate?.userHeader;
  const operate =
    config.operate &&
    buildOperateApp({
      ...options,
      ...sharedDeps,
      config,
      metrics,
      stopping: stopping.signal,
      operators: merchants.operators,
      singleSignOn: userHeader && { header: userHeader.name, isProxy: matchesAddressList(userHeader.proxies) },
      fileRefusedSince: () => reloader?.refusedSince() ?? null,
      merchantIds,
      acts,
      recover: (wanted, who) => recoverFromShop({ ...unitOfWork, methods, merchant: merchantOf }, wanted, who),
      postbacks: createPostbackMatching({
        ...unitOfWork,
        account: merchants.wallet.account,
        merchantIds,
        secondPersonAbove: (id, currency) => merchants.get(id)?.fourEyesAbove?.[currency] ?? null,
      }),
      webhooks: webhookLog,
      links: { merchants, publicUrl: config.publicUrl },
      routes: [async (scope) => void scope.register(reconciliationRoutes, { reconciliations, ...sharedDeps })],
    });

  const apps = operate ? [app, operate] : [app];
  const watches = [watchSkew(app.log, () => store.clock.skewMs()), watchHold(app.log, store)];
  const { readMerchants } = config;
  const reloader =
    readMerchants && createReloader({ read: readMerchants, apply: (content) => merchants.replace(content), log: app.log });
  const stop = async () => {
    stopping.abort();
    for (const watch of watches) watch.stop();
    reloader?.stop();
    // Whoever follows a payment is answered now, and follows it elsewhere.
    changes.close();
    if (config.drainMs) await pauseUnless(waiting.signal, config.drainMs);
    // Where no proxy is known, idle connections are those of browsers, which send a request again themselves.
    const idleMs = config.trustProxy === false ? 0 : limits.proxiedDrainMs;
    await closeListeners(apps, { ms: config.shutdownMs ?? 8_000, idleMs, waiting });
    await Promise.all([reconciler.stop(), reconciliations.stop(), sender.stop(), resealer.stop()]);
    await payments.stop();
    await merchants.close();
    await store.close();
  };
  try {
    await Promise.all(apps.map((one) => one.ready()));
    // What a crash left unfinished is checked before new requests arrive. An SQLite file is locked, so nobody else is working on it;
    // where processes share a database another one may be, so there the leases have to expire.
    if (store.engine === 'sqlite') await reconciler.recover();
    await payments.recoverAnswers();
    for (const watch of watches) watch.start();
    const address = await listen(app, config, 'PORT');
    const operateAddress = operate && config.operate ? await listen(operate, config.operate, 'OPERATE_PORT') : null;
    reconciler.start();
    reconciliations.start();
    sender.start();
    resealer.start();
    for (const warning of [...keyWarnings, ...(config.dangers ?? [])]) app.log.warn(warning);
    const runNow = async () => {
      await reconciler.runNow();
      await reconciliations.runNow();
      await sender.runNow();
    };
    const hurry = () => {
      if (!stopping.signal.aborted || waiting.signal.aborted) return false;
      waiting.abort();
      return true;
    };
    return { address, operateAddress, log: app.log, store, runNow, reload: () => reloader?.reload() ?? true, stop, hurry };
  } catch (cause) {
    waiting.abort();
    await stop();
    throw cause;
  }
}
