/**
 * Sending webhooks again. A replayed webhook is pending once more, so the rule of every webhook orders it: within a payment by
 * sequence, never past a pending lower one, and later ones of the payment wait for it. A range of time is worked off in small
 * batches, so that new webhooks of other payments pass between them.
 */
import { setImmediate } from 'node:timers/promises';
import { newId } from '../payments/model/ids.ts';
import type { Actor } from '../payments/model/operator-records.ts';
import type { Clock } from '../payments/model/ports.ts';
import type { Store } from '../payments/model/store.ts';
import {
  type Destination,
  type LoggedWebhook,
  type LogPosition,
  mainEndpoint,
  type ReplayRecord,
} from '../payments/model/webhook-queries.ts';

interface ReplayDeps {
  store: Store;
  clock: Clock;
}

interface RangeReplayDeps extends ReplayDeps {
  /** The types that an endpoint does not want. A range leaves them out; whoever names one webhook gets it. */
  unwanted(of: Destination): readonly string[];
}

/** How many replayed webhooks of an endpoint wait for their first try: half of what the sender takes at once. */
const mostUntried = 10;
/** How many replayed webhooks of an endpoint wait in all: while its host is down, a replay pauses. */
const mostWaiting = 200;

export async function replayWebhook({ store, clock }: ReplayDeps, webhook: LoggedWebhook, by: Actor): Promise<void> {
  const at = clock.now();
  await store.transaction(async (tx) => {
    // Its audit is a chain, which grows under the payment's lock.
    await tx.lockPayment(webhook.paymentId);
    if (await tx.replayWebhook(webhook, at)) await tx.insertAudit(auditOf(webhook, at, { by }));
  });
}

/** A payment's history has the replay, although the payment did not change: so without a version. */
const auditOf = (
  { id, paymentId, merchantId, endpoint, sequence }: LoggedWebhook,
  at: number,
  data: { by: string; replay?: string },
) => ({
  id: newId('aud'),
  paymentId,
  merchantId,
  type: 'webhook.replayed',
  data: { ...data, event: id, sequence, ...(endpoint !== mainEndpoint && { endpoint }) },
  at,
});

/**
 * Moves the oldest running replay of each endpoint on by as many webhooks as its host has taken. The sender calls this
 * before it looks for webhooks that are due.
 */
export async function advanceReplays(deps: RangeReplayDeps): Promise<void> {
  const endpoints = new Set<string>();
  for (const replay of await deps.store.runningReplays()) {
    const key = `${replay.merchantId}/${replay.endpoint}`;
    if (endpoints.has(key)) continue;
    endpoints.add(key);
    await advance(deps, replay);
  }
}

async function advance({ store, clock, unwanted }: RangeReplayDeps, replay: ReplayRecord): Promise<void> {
  const tries = await store.triesOfReplayed(replay, mostWaiting);
  const room = mostUntried - tries.filter((count) => count === 0).length;
  if (room <= 0 || tries.length >= mostWaiting) return;
  const missing = placeInMissing(replay);
  if (missing && !(await writeMissing(store, replay, missing))) return;
  const unwantedNow = unwanted(replay);
  const start = missing ? { cursorAt: replay.fromAt, cursorId: '' } : {};
  const found = await store.webhooksToReplay({ ...replay, ...start }, room, unwantedNow);
  const last = found.at(-1);
  // By the time of the request at least, so that this replay recognises what it has replayed even if clocks differ.
  const at = Math.max(clock.now(), replay.createdAt);
  await store
    .transaction(async (tx) => {
      // All webhooks of a payment are queued together, so that they go in order, whatever their times say.
      const payments = [...new Set(found.map(({ paymentId }) => paymentId))].sort();
      for (const id of payments) await tx.lockPayment(id);
      const queued = payments.length > 0 ? await tx.replayOfPayments(replay, payments, at, unwantedNow) : [];
      for (const webhook of queued) await tx.insertAudit(auditOf(webhook, at, { by: replay.requestedBy, replay: replay.id }));
      const moved = {
        ...replay,
        ...(last && { cursorAt: last.createdAt, cursorId: last.id }),
        replayed: replay.replayed + queued.length,
        endedAt: found.length < room ? at : null,
      };
      if (!(await tx.updateReplay(moved, replay))) throw new MovedByAnother();
    })
    .catch((cause: unknown) => {
      if (!(cause instanceof MovedByAnother)) throw cause;
    });
}

/** Of a range, so many webhooks are looked at in one statement, and so many times in one pass of the sender. */
const mostLooked = 500;
const timesInPass = 20;

/** Stands in the cursor before the id of a webhook of the first endpoint. */
const ofMissing = 'missing ';

/** Where to go on writing what the endpoint lacks of the range; null if all is there. */
function placeInMissing({ endpoint, fromAt, cursorAt, cursorId }: ReplayRecord): LogPosition | null {
  if (endpoint === mainEndpoint) return null;
  if (cursorId === '') return { createdAt: fromAt, id: '' };
  return cursorId.startsWith(ofMissing) ? { createdAt: cursorAt, id: cursorId.slice(ofMissing.length) } : null;
}

/**
 * Writes what happened while the endpoint was not in the merchants file, before any of it is queued: all webhooks of a payment are queued
 * together. False if there is more of the range than one pass looks at.
 */
async function writeMissing(store: Store, replay: ReplayRecord, from: LogPosition): Promise<boolean> {
  let place: LogPosition | null = from;
  for (let times = 0; times < timesInPass; times += 1) {
    place = await store.writeMissingWebhooks(replay, place, mostLooked);
    if (!place) return true;
    // SQLite answers at once, so without this nothing else would have a turn.
    await setImmediate();
  }
  await store.updateReplay({ ...replay, cursorAt: place.createdAt, cursorId: `${ofMissing}${place.id}` }, replay);
  return false;
}

/** Another process has moved the replay on, so what this one queued is rolled back. */
class MovedByAnother extends Error {}
