/**
 * Sends what the outbox holds: at least once, in order within a payment, each merchant apart so that one whose host is down
 * holds up nobody else.
 */
import { Agent, type Dispatcher } from 'undici';
import type { Clock, Observer, Store } from '../payments/ports.ts';
import type { OutboxRecord } from '../payments/records.ts';
import { createWorker, type Worker } from '../payments/worker.ts';
import { nextTryIn } from './retry-schedule.ts';
import { signWebhook } from './sign-webhook.ts';

export interface WebhookSenderParts {
  store: Store;
  clock: Clock;
  observer: Observer;
  /** Where this merchant wants its webhooks, and the secrets (`whsec_…`) that sign them; null for one that is gone. */
  endpoint(merchantId: string): { url: string; secrets: readonly string[] } | null;
}

export interface WebhookSender extends Worker {
  /** Sends all that is due now and waits for it. */
  runOnce(): Promise<void>;
}

const timeoutMs = 15_000;
const leaseMs = 2 * timeoutMs;
const everyMs = 1_000;
const atOnce = 20;

export function createWebhookSender(parts: WebhookSenderParts): WebhookSender {
  const { store, clock, observer } = parts;
  const agent = new Agent({
    connect: { timeout: 5_000 },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: 64 * 1024,
  });
  const busy = new Map<string, Promise<void>>();

  const dispatch = async (): Promise<number> => {
    const now = clock.now();
    const rows = await store.leaseDueWebhooks(now, now + leaseMs, atOnce, [...busy.keys()]);
    for (const merchantId of new Set(rows.map((row) => row.merchantId))) {
      const own = rows.filter((row) => row.merchantId === merchantId);
      const work = Promise.all(own.map((row) => deliver(parts, agent, row)))
        .then(() => undefined)
        .catch((cause: unknown) => observer.failure('webhook', cause))
        .finally(() => {
          busy.delete(merchantId);
          worker.wake();
        });
      busy.set(merchantId, work);
    }
    return rows.length;
  };

  const worker = createWorker(
    async () => void (await dispatch()),
    everyMs,
    (cause) => observer.failure('webhook', cause),
  );
  return {
    ...worker,
    async runOnce() {
      while ((await dispatch()) > 0) await Promise.all(busy.values());
    },
    async stop() {
      await worker.stop();
      await Promise.all(busy.values());
      await agent.close();
    },
  };
}

async function deliver(parts: WebhookSenderParts, agent: Dispatcher, row: OutboxRecord): Promise<void> {
  const { store, clock, observer } = parts;
  const answer = await send(parts, agent, row);
  const now = clock.now();
  const tries = row.tries + 1;
  if (answer.status >= 200 && answer.status < 300) {
    await store.updateOutbox({ ...row, status: 'delivered', tries, leaseUntil: 0, deliveredAt: now });
    return observer.webhook('delivered');
  }
  // 410 Gone: the host says for good that it wants none.
  const delay = answer.status === 410 ? null : nextTryIn(tries, Math.random(), answer.retryAfterMs);
  await store.updateOutbox({
    ...row,
    status: delay === null ? 'parked' : 'pending',
    tries,
    leaseUntil: 0,
    nextTryAt: now + (delay ?? 0),
  });
  observer.webhook(delay === null ? 'parked' : 'failed');
}

/** Status 0: no answer. Never follows a redirect; what the host says in the body is read away and dropped. */
async function send(
  { endpoint }: WebhookSenderParts,
  agent: Dispatcher,
  row: OutboxRecord,
): Promise<{ status: number; retryAfterMs: number }> {
  const target = endpoint(row.merchantId);
  if (!target) return { status: 410, retryAfterMs: 0 };
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
        // By the machine's time, whatever clock payments go by: the host compares it with its own.
        ...signWebhook(target.secrets, row.id, row.body, new Date()),
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
