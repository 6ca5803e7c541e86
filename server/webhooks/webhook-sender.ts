/**
 * Sends what the outbox holds: at least once, in order within a payment, each merchant apart so that one whose host is down
 * holds up nobody else. A host that answers again gets all that waited for it at once. Webhooks of a merchant who is missing from the file wait for
 * it: a slip in a file, or in the order of a deployment, decides nothing.
 */

import { Webhook } from 'standardwebhooks';
import { Agent, type Dispatcher } from 'undici';
import { createPollingLoop, type PollingLoop } from '../payments/background.ts';
import type { Clock, Telemetry } from '../payments/model/ports.ts';
import type { OutboxRecord } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import { type Failure, longestWaits, nextTryIn } from './retry-schedule.ts';

export interface WebhookSenderDeps {
  store: Store;
  clock: Clock;
  /** The time that a webhook says it was sent at; the machine's by default. */
  signedAt?(): Date;
  observer: Telemetry;
  /** Where this merchant wants its webhooks, and the secrets (`whsec_…`) that sign them; null for one that is missing. */
  endpoint(merchantId: string): Endpoint | null;
}

interface Endpoint {
  url: string;
  secrets: readonly string[];
}

export interface WebhookSender extends PollingLoop {
  /** Sends all that is due now and waits for it. */
  runOnce(): Promise<void>;
}

const timeoutMs = 15_000;
const leaseMs = 2 * timeoutMs;
const everyMs = 1_000;
const atOnce = 20;
/** How often it is looked whether a missing merchant is there again. */
const missingMs = 60_000;
/** One webhook that a host refuses again and again is sent to it about so often, and not more often, because others get through. */
const restMs = 2 * 60_000;
/** So many that a host refused for good are remembered, to be sent once it answers again; more wait for their hour. */
const mostGone = 1_000;

export function createWebhookSender(parts: WebhookSenderDeps): WebhookSender {
  const { store, clock, observer } = parts;
  const agent = new Agent({
    connect: { timeout: 5_000 },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: 64 * 1024,
  });
  const busy = new Map<string, Promise<void>>();
  const missing = new Set<string>();
  /** Merchants whose host has answered, and when what has failed shortly before is brought forward too. */
  const answering = new Map<string, number>();

  /** The webhooks of a merchant whose host said that it is gone. In memory: after a restart they wait for their hour at the most. */
  const gone = new Map<string, Set<string>>();
  const sendSoon = async (merchantId: string, now: number): Promise<void> => {
    const ids = [...(gone.get(merchantId) ?? [])];
    gone.delete(merchantId);
    await store.expediteWebhooks(merchantId, now, restMs, longestWaits, ids);
  };

  /** What waited for this host goes out now; what failed too short a time ago, after a rest. */
  const answered = async (merchantId: string): Promise<void> => {
    if (answering.has(merchantId)) return;
    const now = clock.now();
    answering.set(merchantId, now + restMs);
    await sendSoon(merchantId, now);
  };

  const remember = (merchantId: string, id: string): void => {
    const ids = gone.get(merchantId) ?? new Set();
    gone.set(merchantId, ids);
    if (ids.size < mostGone) ids.add(id);
  };

  const afterRest = async (now: number): Promise<void> => {
    for (const [merchantId, at] of answering) {
      if (at > now) continue;
      answering.delete(merchantId);
      await sendSoon(merchantId, now);
    }
  };

  const work = async (merchantId: string, rows: OutboxRecord[]): Promise<void> => {
    const target = parts.endpoint(merchantId);
    if (!target) return waitFor(merchantId, rows);
    missing.delete(merchantId);
    const ends = await Promise.all(rows.map((row) => deliver(parts, agent, target, row)));
    for (const [at, { id }] of rows.entries()) if (ends[at] === 'gone') remember(merchantId, id);
    if (ends.includes('delivered')) await answered(merchantId);
  };

  const waitFor = async (merchantId: string, rows: OutboxRecord[]): Promise<void> => {
    if (!missing.has(merchantId))
      observer.failure('webhook', new Error(`merchant ${merchantId} is not in the merchants file: its webhooks wait for it`));
    missing.add(merchantId);
    for (const row of rows) {
      await store.updateOutbox({ ...row, leaseUntil: 0, nextTryAt: clock.now() + missingMs }, row.leaseUntil);
      observer.webhook('no_merchant');
    }
  };

  const dispatch = async (): Promise<number> => {
    const now = clock.now();
    await afterRest(now);
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
  // This process stood still since it took the row. Another may send it, and the next one, before this call would arrive.
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
  if (gone && row.tries === 0)
    observer.failure(
      'webhook',
      new Error(`the host of merchant ${row.merchantId} says that it is gone (410); it is tried again`),
    );
  await store.updateOutbox(
    { ...row, status: delay === null ? 'parked' : 'pending', tries, leaseUntil: 0, nextTryAt: now + (delay ?? 0) },
    row.leaseUntil,
  );
  observer.webhook(delay === null ? 'parked' : gone ? 'gone' : 'failed');
  return gone ? 'gone' : 'failed';
}

/** Status 0: no answer. Never follows a redirect; what the host says in the body is read away and dropped. */
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

/** The headers of Standard Webhooks 1.0. During a rotation both secrets sign, so either one verifies. */
/** `secrets`: `whsec_…`, one or two. */
export function signWebhook(secrets: readonly string[], id: string, body: string, at: Date): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
