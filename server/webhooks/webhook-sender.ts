/**
 * Sends the webhooks of the outbox: each at least once, in order within a payment, and each merchant separately, so that a host
 * that is down delays nobody else. As soon as a host accepts anything again, what waited for it is sent. Webhooks of a merchant that
 * is missing from the merchants file wait for it, so that a mistake in the file, or in the order of a deployment, loses nothing.
 */
import type { Dispatcher } from 'undici';
import { createPollingLoop, type PollingLoop } from '../payments/background.ts';
import { OperatorNotice } from '../payments/model/errors.ts';
import { newId } from '../payments/model/ids.ts';
import type { Clock, Telemetry } from '../payments/model/ports.ts';
import type { OutboxRecord } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import { isSent, unwantedTypes } from './event-filter.ts';
import { advanceReplays } from './replay.ts';
import { longestWaits, nextTryIn, triesOfRedelivery } from './retry-schedule.ts';
import { createWebhookAgent, type Endpoint, isDelivery, type SendResult, sendWebhook } from './send-webhook.ts';

interface WebhookSenderDeps {
  store: Store;
  clock: Clock;
  /** The time that the signature states; the machine's by default. */
  signedAt?(): Date;
  observer: Telemetry;
  /** The merchant's address for webhooks, the secrets (`whsec_…`) that sign them and the wanted types; null for a missing merchant. */
  endpoint(merchantId: string): Endpoint | null;
  /**
   * Called when a webhook does not arrive: once for each way in which the merchant's host fails, until it accepts one again.
   */
  onFailing?(merchantId: string, result: SendResult): void;
}

export interface WebhookSender extends PollingLoop {
  /** Sends everything that is due now, and waits for it. */
  runOnce(): Promise<void>;
  /**
   * Sends this body to the merchant's host now, once, apart from the outbox. If the host accepts it, what waited for it is sent too.
   * Null for a merchant that is missing.
   */
  sendNow(merchantId: string, webhook: { id: string; body: string }): Promise<SendResult | null>;
  /** To be called for all merchants when their settings may have changed: what one does not want any more holds back nothing. */
  filtersChanged(merchants: readonly { id: string; webhook: Pick<Endpoint, 'types'> }[]): void;
}

const timeoutMs = 15_000;
const leaseMs = 2 * timeoutMs;
const everyMs = 1_000;
const atOnce = 20;
/** Somebody waits for the answer of `sendNow`, whose request may take 15 s. */
const sendNowMs = 10_000;
/** How long a webhook of a missing merchant waits before it is looked at again. */
const missingMs = 60_000;
/** A webhook that keeps failing is not sent more often than this because others of its host succeed. */
const restMs = 2 * 60_000;
/** How many webhooks of a host that answered 410 are remembered and sent early; more wait for their scheduled time. */
const mostGone = 1_000;

export function createWebhookSender(deps: WebhookSenderDeps): WebhookSender {
  const { store, clock, observer, signedAt = () => new Date() } = deps;
  const agent = createWebhookAgent(timeoutMs);
  /** The merchants that webhooks are being sent to. */
  const busy = new Map<string, Promise<void>>();
  const missing = new Set<string>();
  /** By merchant, the types that it does not want, as long as what waits of them is not brought forward. */
  let changedFilters = new Map<string, string[]>();
  /** By merchant, the address whose host fails, and the ways in which it was reported to fail. */
  const failing = new Map<string, { url: string; ways: Set<string> }>();
  /** Merchants whose host has answered lately, and when the webhooks that failed shortly before are tried again too. */
  const answering = new Map<string, number>();
  /**
   * By merchant, the webhooks that its host answered with 410. Kept in memory; after a restart they wait for their scheduled
   * time.
   */
  const gone = new Map<string, Set<string>>();
  const sendSoon = async (merchantId: string, now: number): Promise<void> => {
    const ids = [...(gone.get(merchantId) ?? [])];
    gone.delete(merchantId);
    await store.expediteWebhooks(merchantId, now, restMs, longestWaits, ids);
  };

  /** Sends what waited for this host now, and what failed a short time ago after a rest. */
  const onHostAnswered = async (merchantId: string): Promise<void> => {
    failing.delete(merchantId);
    if (answering.has(merchantId)) return;
    const now = clock.now();
    answering.set(merchantId, now + restMs);
    await sendSoon(merchantId, now);
  };

  const reportFailing = (merchantId: string, { url }: Endpoint, result: SendResult): void => {
    const known = failing.get(merchantId);
    const { ways } = known?.url === url ? known : { ways: new Set<string>() };
    failing.set(merchantId, { url, ways });
    const way = result.status === 0 ? String(result.reason) : String(result.status);
    if (ways.has(way)) return;
    ways.add(way);
    deps.onFailing?.(merchantId, result);
  };

  const rememberGone = (merchantId: string, id: string): void => {
    const ids = gone.get(merchantId) ?? new Set();
    gone.set(merchantId, ids);
    if (ids.size < mostGone) ids.add(id);
  };

  const sendAfterRest = async (now: number): Promise<void> => {
    for (const [merchantId, at] of answering) {
      if (at > now) continue;
      answering.delete(merchantId);
      await sendSoon(merchantId, now);
    }
  };

  const work = async (merchantId: string, due: OutboxRecord[]): Promise<void> => {
    const target = deps.endpoint(merchantId);
    if (!target) return waitForMerchant(merchantId, due);
    missing.delete(merchantId);
    const rows = due.filter((row) => isSent(target.types, row));
    for (const row of due.filter((row) => !rows.includes(row))) {
      await store.updateOutbox({ ...row, status: 'filtered', leaseUntil: 0 }, row.leaseUntil);
      observer.webhook('filtered');
    }
    const results = await Promise.all(rows.map((row) => deliver({ ...deps, signedAt }, agent, target, row)));
    for (const [at, { id }] of rows.entries()) if (results[at]?.status === 410) rememberGone(merchantId, id);
    if (results.some((result) => result && isDelivery(result))) await onHostAnswered(merchantId);
    for (const result of results) if (result && !isDelivery(result)) reportFailing(merchantId, target, result);
  };

  const waitForMerchant = async (merchantId: string, rows: OutboxRecord[]): Promise<void> => {
    if (!missing.has(merchantId)) {
      observer.failure(
        'webhook',
        new OperatorNotice(`merchant ${merchantId} is not in the merchants file: its webhooks wait for it`),
      );
    }
    missing.add(merchantId);
    failing.delete(merchantId);
    for (const row of rows) {
      await store.updateOutbox({ ...row, leaseUntil: 0, nextTryAt: clock.now() + missingMs }, row.leaseUntil);
      observer.webhook('no_merchant');
    }
  };

  const settleUnwanted = async (now: number): Promise<void> => {
    const changed = changedFilters;
    for (const [merchantId, unwanted] of changed) {
      await store.expediteUnwanted(merchantId, now, unwanted);
      changed.delete(merchantId);
    }
  };
  const unwanted = (merchantId: string): string[] => unwantedTypes(deps.endpoint(merchantId)?.types);

  const dispatch = async (): Promise<number> => {
    const now = clock.now();
    await sendAfterRest(now);
    await settleUnwanted(now);
    await advanceReplays({ ...deps, unwanted }).catch((cause: unknown) => observer.failure('replay', cause));
    const rows = await store.leaseDueWebhooks(now, now + leaseMs, atOnce, [...busy.keys()]);
    for (const merchantId of new Set(rows.map((row) => row.merchantId))) {
      const own = rows.filter((row) => row.merchantId === merchantId);
      const running = work(merchantId, own)
        .catch((cause: unknown) => observer.failure('webhook', cause))
        .finally(() => {
          busy.delete(merchantId);
          worker.wake();
        });
      busy.set(merchantId, running);
    }
    return rows.length;
  };

  const worker = createPollingLoop(
    async () => void (await dispatch()),
    everyMs,
    (cause) => observer.failure('webhook', cause),
  );
  return {
    ...worker,
    async runOnce() {
      while ((await dispatch()) > 0) await Promise.all(busy.values());
    },
    async sendNow(merchantId, webhook) {
      const target = deps.endpoint(merchantId);
      if (!target) return null;
      const result = await sendWebhook(agent, target, webhook, signedAt(), sendNowMs);
      if (isDelivery(result)) {
        await onHostAnswered(merchantId).catch((cause: unknown) => observer.failure('webhook', cause));
        worker.wake();
      }
      return result;
    },
    filtersChanged(merchants) {
      const filters = merchants.map(({ id, webhook }) => [id, unwantedTypes(webhook.types)] as const);
      changedFilters = new Map(filters.filter(([, types]) => types.length > 0));
      worker.wake();
    },
    async runNow() {
      await worker.runNow();
      while (busy.size > 0) {
        await Promise.all(busy.values());
        await worker.runNow();
      }
    },
    async stop() {
      await worker.stop();
      await Promise.all(busy.values());
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

/** Returns what came of it; null if it was not sent. */
async function deliver(
  { store, clock, observer, signedAt }: WebhookSenderDeps & { signedAt(): Date },
  agent: Dispatcher,
  target: Endpoint,
  row: OutboxRecord,
): Promise<SendResult | null> {
  // This process was suspended since it leased the row: another process may send it, and the next one, before this call arrives.
  const begun = clock.now();
  if (begun + timeoutMs > row.leaseUntil) return null;
  const result = await sendWebhook(agent, target, row, signedAt(), timeoutMs);
  const after = afterTry(row, result, clock.now());
  const { status, reason, durationMs } = result;
  await store.transaction(async (tx) => {
    await tx.insertDelivery({ id: newId('dlv'), eventId: row.id, at: begun, durationMs, status, reason });
    await tx.updateOutbox(after, row.leaseUntil);
  });
  observer.webhook(isDelivery(result) ? 'delivered' : after.status === 'parked' ? 'parked' : status === 410 ? 'gone' : 'failed');
  return result;
}

function afterTry(row: OutboxRecord, result: SendResult, now: number): OutboxRecord {
  const tried = { ...row, tries: row.tries + 1, leaseUntil: 0 };
  if (isDelivery(result)) return { ...tried, status: 'delivered', deliveredAt: row.deliveredAt ?? now };
  const delivered = row.deliveredAt !== null;
  const age = now - (row.replayedAt ?? row.createdAt);
  const delay = delivered && tried.tries >= triesOfRedelivery ? null : nextTryIn(tried.tries, age, Math.random(), result);
  if (delay === null) return { ...tried, status: delivered ? 'delivered' : 'parked', nextTryAt: now };
  return { ...tried, nextTryAt: now + delay };
}
