/** One try to deliver a webhook of the outbox: it is sent, and what came of it and when it is tried again are stored together. */
import type { Dispatcher } from 'undici';
import { newId } from '../payments/model/ids.ts';
import type { Clock, Telemetry } from '../payments/model/ports.ts';
import type { OutboxRecord } from '../payments/model/records.ts';
import type { Store } from '../payments/model/store.ts';
import { nextTryIn, triesOfRedelivery } from './retry-schedule.ts';
import { type Endpoint, isDelivery, type SendResult, sendWebhook } from './send-webhook.ts';

interface DeliverDeps {
  store: Store;
  clock: Clock;
  observer: Telemetry;
  /** The time that the signature states. */
  signedAt(): Date;
}

/** For the host's whole answer. */
export const timeoutMs = 15_000;

/** @returns What came of it; null if it was not sent. */
export async function deliver(
  { store, clock, observer, signedAt }: DeliverDeps,
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
