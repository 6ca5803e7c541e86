/**
 * Sends the webhooks of the outbox: each at least once, in order within a payment, and each endpoint separately, so that a host
 * that is down delays no other, not even one of the same merchant. As soon as a host accepts anything again, what waited for it is sent. Webhooks of a merchant that
 * is missing from the merchants file wait for it, so that a mistake in the file, or in the order of a deployment, loses nothing.
 */
import { createPollingLoop, type PollingLoop } from '../payments/background.ts';
import { OperatorNotice } from '../payments/model/errors.ts';
import type { Clock, Telemetry } from '../payments/model/ports.ts';
import type { OutboxRecord } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import { type Destination, mainEndpoint } from '../payments/model/webhook-queries.ts';
import { deliver, timeoutMs } from './deliver.ts';
import { isSent, unwantedTypes } from './event-filter.ts';
import { advanceReplays } from './replay.ts';
import { longestWaits, triedForMs } from './retry-schedule.ts';
import { createWebhookAgent, type Endpoint, isDelivery, type SendResult, sendWebhook } from './send-webhook.ts';

interface WebhookSenderDeps {
  store: Store;
  clock: Clock;
  /** The time that the signature states; the machine's by default. */
  signedAt?(): Date;
  observer: Telemetry;
  /** Its address, the secrets (`whsec_…`) that sign and the wanted types; null for a missing merchant, and for an endpoint it has not. */
  endpoint(of: Destination): Endpoint | null;
  /**
   * Called when a webhook does not arrive: once for each way in which the endpoint's host fails, until it accepts one again.
   */
  onFailing?(at: Destination, result: SendResult): void;
}

export interface WebhookSender extends PollingLoop {
  /** Sends everything that is due now, and waits for it. */
  runOnce(): Promise<void>;
  /**
   * Sends this body to the endpoint's host now, once, apart from the outbox. If the host accepts it, what waited for it is sent too.
   * Null for an endpoint or a merchant that is missing.
   */
  sendNow(to: Destination, webhook: { id: string; body: string }): Promise<SendResult | null>;
  /** To be called for all endpoints when their settings may have changed: what one does not want any more holds back nothing. */
  filtersChanged(endpoints: readonly (Destination & Pick<Endpoint, 'types'>)[]): void;
}

const leaseMs = 2 * timeoutMs;
const everyMs = 1_000;
const atOnce = 20;
/** Somebody waits for the answer of `sendNow`, whose request may take 15 s. */
const sendNowMs = 10_000;
/** How long a webhook of a missing merchant or endpoint waits before it is looked at again. */
const missingMs = 60_000;
/** A webhook that keeps failing is not sent more often than this because others of its host succeed. */
const restMs = 2 * 60_000;
/** How many webhooks of a host that answered 410 are remembered and sent early; more wait for their scheduled time. */
const mostGone = 1_000;

/** What is remembered of each endpoint is found by this. */
const keyOf = ({ merchantId, endpoint }: Destination): string => `${merchantId}/${endpoint}`;
const destinationOf = ({ merchantId, endpoint }: Destination): Destination => ({ merchantId, endpoint });

export function createWebhookSender(deps: WebhookSenderDeps): WebhookSender {
  const { store, clock, observer, signedAt = () => new Date() } = deps;
  const agent = createWebhookAgent(timeoutMs);
  /** The endpoints that webhooks are being sent to. */
  const busy = new Map<string, { to: Destination; running: Promise<void> }>();
  const missing = new Set<string>();
  /** The types that an endpoint does not want, as long as what waits of them is not brought forward. */
  let changedFilters: (Destination & { unwanted: string[] })[] = [];
  /** By endpoint, the address whose host fails, and the ways in which it was reported to fail. */
  const failing = new Map<string, { url: string; ways: Set<string> }>();
  /** Endpoints whose host has answered lately, and when the webhooks that failed shortly before are tried again too. */
  const answering = new Map<string, { to: Destination; at: number }>();
  /**
   * By endpoint, the webhooks that its host answered with 410. Kept in memory; after a restart they wait for their scheduled
   * time.
   */
  const gone = new Map<string, Set<string>>();
  const sendSoon = async (to: Destination, now: number): Promise<void> => {
    const ids = [...(gone.get(keyOf(to)) ?? [])];
    gone.delete(keyOf(to));
    await store.expediteWebhooks(to, now, restMs, longestWaits, ids);
  };

  /** Sends what waited for this host now, and what failed a short time ago after a rest. */
  const onHostAnswered = async (to: Destination): Promise<void> => {
    failing.delete(keyOf(to));
    if (answering.has(keyOf(to))) return;
    const now = clock.now();
    answering.set(keyOf(to), { to, at: now + restMs });
    await sendSoon(to, now);
  };

  const reportFailing = (to: Destination, { url }: Endpoint, result: SendResult): void => {
    const known = failing.get(keyOf(to));
    const { ways } = known?.url === url ? known : { ways: new Set<string>() };
    failing.set(keyOf(to), { url, ways });
    const way = result.status === 0 ? String(result.reason) : String(result.status);
    if (ways.has(way)) return;
    ways.add(way);
    deps.onFailing?.(to, result);
  };

  const rememberGone = (to: Destination, id: string): void => {
    const ids = gone.get(keyOf(to)) ?? new Set();
    gone.set(keyOf(to), ids);
    if (ids.size < mostGone) ids.add(id);
  };

  const sendAfterRest = async (now: number): Promise<void> => {
    for (const { to, at } of answering.values()) {
      if (at > now) continue;
      answering.delete(keyOf(to));
      await sendSoon(to, now);
    }
  };

  /** One that is left out when it was to be sent again had been delivered before, and the log must go on saying so. */
  const leaveOut = async (row: OutboxRecord): Promise<void> => {
    const status = row.deliveredAt === null ? 'filtered' : 'delivered';
    await store.updateOutbox({ ...row, status, leaseUntil: 0 }, row.leaseUntil);
    observer.webhook('filtered');
  };

  const work = async (to: Destination, due: OutboxRecord[]): Promise<void> => {
    const target = deps.endpoint(to);
    if (!target) return waitForEndpoint(to, due);
    missing.delete(keyOf(to));
    const rows = due.filter((row) => isSent(target.types, row));
    for (const row of due.filter((row) => !rows.includes(row))) await leaveOut(row);
    const results = await Promise.all(rows.map((row) => deliver({ ...deps, signedAt }, agent, target, row)));
    for (const [at, { id }] of rows.entries()) if (results[at]?.status === 410) rememberGone(to, id);
    if (results.some((result) => result && isDelivery(result))) await onHostAnswered(to);
    for (const result of results) if (result && !isDelivery(result)) reportFailing(to, target, result);
  };

  /** A merchant or an endpoint may be missing by mistake, so what is for it waits. An endpoint that stays away was removed. */
  const waitForEndpoint = async (to: Destination, rows: OutboxRecord[]): Promise<void> => {
    const isRemoved = to.endpoint !== mainEndpoint && deps.endpoint({ ...to, endpoint: mainEndpoint }) !== null;
    if (!missing.has(keyOf(to))) {
      const what = isRemoved ? `endpoint ${to.endpoint} of merchant ${to.merchantId}` : `merchant ${to.merchantId}`;
      observer.failure('webhook', new OperatorNotice(`${what} is not in the merchants file: its webhooks wait for it`));
    }
    missing.add(keyOf(to));
    failing.delete(keyOf(to));
    const now = clock.now();
    for (const row of rows) {
      if (isRemoved && now - (row.replayedAt ?? row.createdAt) > triedForMs) {
        await leaveOut(row);
        continue;
      }
      await store.updateOutbox({ ...row, leaseUntil: 0, nextTryAt: now + missingMs }, row.leaseUntil);
      observer.webhook('no_merchant');
    }
  };

  const settleUnwanted = async (now: number): Promise<void> => {
    const changed = changedFilters;
    for (let next = changed[0]; next; next = changed[0]) {
      await store.expediteUnwanted(next, now, next.unwanted);
      changed.shift();
    }
  };
  const unwanted = (to: Destination): string[] => unwantedTypes(deps.endpoint(to)?.types);

  const dispatch = async (): Promise<number> => {
    const now = clock.now();
    await sendAfterRest(now);
    await settleUnwanted(now);
    await advanceReplays({ ...deps, unwanted }).catch((cause: unknown) => observer.failure('replay', cause));
    const sending = [...busy.values()].map(({ to }) => to);
    const rows = await store.leaseDueWebhooks(now, now + leaseMs, atOnce, sending);
    for (const [key, to] of new Map(rows.map((row) => [keyOf(row), destinationOf(row)]))) {
      const own = rows.filter((row) => keyOf(row) === key);
      const running = work(to, own)
        .catch((cause: unknown) => observer.failure('webhook', cause))
        .finally(() => {
          busy.delete(key);
          worker.wake();
        });
      busy.set(key, { to, running });
    }
    return rows.length;
  };

  const allSent = () => Promise.all([...busy.values()].map(({ running }) => running));
  const worker = createPollingLoop(
    async () => void (await dispatch()),
    everyMs,
    (cause) => observer.failure('webhook', cause),
  );
  return {
    ...worker,
    async runOnce() {
      while ((await dispatch()) > 0) await allSent();
    },
    async sendNow(to, webhook) {
      const target = deps.endpoint(to);
      if (!target) return null;
      const result = await sendWebhook(agent, target, webhook, signedAt(), sendNowMs);
      if (isDelivery(result)) {
        await onHostAnswered(to).catch((cause: unknown) => observer.failure('webhook', cause));
        worker.wake();
      }
      return result;
    },
    filtersChanged(endpoints) {
      const filters = endpoints.map(({ types, ...to }) => ({ ...to, unwanted: unwantedTypes(types) }));
      changedFilters = filters.filter(({ unwanted }) => unwanted.length > 0);
      worker.wake();
    },
    async runNow() {
      await worker.runNow();
      while (busy.size > 0) {
        await allSent();
        await worker.runNow();
      }
    },
    async stop() {
      await worker.stop();
      await allSent();
      await agent.close();
    },
  };
}

/** For the operator. @param status HTTP's, or 0 if there was no answer. */
export function howHostFails(status: number): string {
  if (status === 0) return 'the webhook host does not answer';
  if (status === 410) return 'the webhook host says that it is gone';
  return status >= 300 && status < 400
    ? 'the webhook host redirects, which is not followed'
    : 'the webhook host answers with an error';
}
