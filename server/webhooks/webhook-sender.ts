/**
 * Sends the webhooks of the outbox: each at least once, in order within a payment, and each merchant separately, so that a host
 * that is down delays nobody else. A host that answers again gets everything that waited for it at once. Webhooks of a merchant
 * that is missing from the merchants file wait for it, so that a mistake in the file, or in the order of a deployment, loses
 * nothing.
 */
import { Webhook } from 'standardwebhooks';
import { Agent, type Dispatcher } from 'undici';
import { createPollingLoop, type PollingLoop } from '../payments/background.ts';
import type { Clock, Telemetry } from '../payments/model/ports.ts';
import type { OutboxRecord } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import { type Failure, longestWaits, nextTryIn } from './retry-schedule.ts';

interface WebhookSenderDeps {
  store: Store;
  clock: Clock;
  /** The time that the signature states; the machine's by default. */
  signedAt?(): Date;
  observer: Telemetry;
  /** The merchant's address for webhooks and the secrets (`whsec_…`) that sign them; null for a merchant that is missing. */
  endpoint(merchantId: string): Endpoint | null;
}

interface Endpoint {
  url: string;
  secrets: readonly string[];
}

export interface WebhookSender extends PollingLoop {
  /** Sends everything that is due now, and waits for it. */
  runOnce(): Promise<void>;
}

const timeoutMs = 15_000;
const leaseMs = 2 * timeoutMs;
const everyMs = 1_000;
const atOnce = 20;
/** How long a webhook of a missing merchant waits before it is looked at again. */
const missingMs = 60_000;
/** A webhook that keeps failing is not sent more often than this because others of its host succeed. */
const restMs = 2 * 60_000;
/** How many webhooks of a host that answered 410 are remembered and sent early; more wait for their scheduled time. */
const mostGone = 1_000;

export function createWebhookSender(deps: WebhookSenderDeps): WebhookSender {
  const { store, clock, observer } = deps;
  const agent = new Agent({
    connect: { timeout: 5_000 },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: 64 * 1024,
  });
  /** The merchants that webhooks are being sent to. */
  const busy = new Map<string, Promise<void>>();
  const missing = new Set<string>();
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
    if (answering.has(merchantId)) return;
    const now = clock.now();
    answering.set(merchantId, now + restMs);
    await sendSoon(merchantId, now);
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

  const work = async (merchantId: string, rows: OutboxRecord[]): Promise<void> => {
    const target = deps.endpoint(merchantId);
    if (!target) return waitForMerchant(merchantId, rows);
    missing.delete(merchantId);
    const results = await Promise.all(rows.map((row) => deliver(deps, agent, target, row)));
    for (const [at, { id }] of rows.entries()) if (results[at] === 'gone') rememberGone(merchantId, id);
    if (results.includes('delivered')) await onHostAnswered(merchantId);
  };

  const waitForMerchant = async (merchantId: string, rows: OutboxRecord[]): Promise<void> => {
    if (!missing.has(merchantId)) {
      observer.failure('webhook', new Error(`merchant ${merchantId} is not in the merchants file: its webhooks wait for it`));
    }
    missing.add(merchantId);
    for (const row of rows) {
      await store.updateOutbox({ ...row, leaseUntil: 0, nextTryAt: clock.now() + missingMs }, row.leaseUntil);
      observer.webhook('no_merchant');
    }
  };

  const dispatch = async (): Promise<number> => {
    const now = clock.now();
    await sendAfterRest(now);
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

async function deliver(
  { store, clock, observer, signedAt = () => new Date() }: WebhookSenderDeps,
  agent: Dispatcher,
  target: Endpoint,
  row: OutboxRecord,
): Promise<'delivered' | 'gone' | 'failed' | 'late'> {
  // This process was suspended since it leased the row: another process may send it, and the next one, before this call arrives.
  if (clock.now() + timeoutMs > row.leaseUntil) return 'late';
  const answer = await send(target, agent, row, signedAt());
  const now = clock.now();
  const tries = row.tries + 1;
  if (answer.status >= 200 && answer.status < 300) {
    await store.updateOutbox({ ...row, status: 'delivered', tries, leaseUntil: 0, deliveredAt: now }, row.leaseUntil);
    observer.webhook('delivered');
    return 'delivered';
  }
  const delay = nextTryIn(tries, now - row.createdAt, Math.random(), answer);
  const gone = answer.status === 410;
  if (gone && row.tries === 0) {
    observer.failure(
      'webhook',
      new Error(`the host of merchant ${row.merchantId} says that it is gone (410); it is tried again`),
    );
  }
  await store.updateOutbox(
    { ...row, status: delay === null ? 'parked' : 'pending', tries, leaseUntil: 0, nextTryAt: now + (delay ?? 0) },
    row.leaseUntil,
  );
  observer.webhook(delay === null ? 'parked' : gone ? 'gone' : 'failed');
  return gone ? 'gone' : 'failed';
}

/** Returns status 0 where there is no answer. Redirects are not followed, and the body of the answer is ignored. */
async function send(target: Endpoint, agent: Dispatcher, row: OutboxRecord, at: Date): Promise<Failure> {
  const url = new URL(target.url);
  try {
    const response = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'content-type': 'application/json',
        'user-agent': 'pay-desk',
        ...signWebhook(target.secrets, row.id, row.body, at),
      },
      body: row.body,
    });
    await response.body.dump();
    const after = Number(response.headers['retry-after']);
    return { status: response.statusCode, retryAfterMs: Number.isFinite(after) ? Math.max(0, after) * 1000 : 0 };
  } catch {
    return { status: 0, retryAfterMs: 0 };
  }
}

/**
 * The headers of Standard Webhooks 1.0. During a rotation both secrets sign, so either one verifies.
 * @param secrets `whsec_…`, one or two
 */
export function signWebhook(secrets: readonly string[], id: string, body: string, at: Date): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
