/** The log of webhooks: its pages, the tries to deliver each, and what is sent again. */
import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { OutboxRecord } from '../../payments/model/records.ts';
import {
  erasedBody,
  type LoggedWebhook,
  type MerchantScope,
  type ReplayRecord,
  type WebhookQueries,
} from '../../payments/model/webhook-queries.ts';
import { rows } from '../rows.ts';
import type { Schema } from '../schema.ts';
import type { OutboxTable } from '../webhook-log-schema.ts';
import { type EndpointOfRow, isAfter, isFurther, isOf, tableOf, webhookTables } from './webhook-tables.ts';

/** How many tries of one webhook are kept. */
const mostDeliveries = 50;

export const webhookLogQueries = (db: Kysely<Schema>): Omit<WebhookQueries, 'writeMissingWebhooks'> => ({
  async insertDelivery(delivery) {
    const { newest } = await db
      .selectFrom('deliveries')
      .select((is) => is.fn.max('number').as('newest'))
      .where('event_id', '=', delivery.eventId)
      .executeTakeFirstOrThrow();
    const number = Number(newest) + 1;
    await db
      .insertInto('deliveries')
      .values(rows.deliveries.toRow({ ...delivery, number }))
      .execute();
    if (number <= mostDeliveries) return;
    await db
      .deleteFrom('deliveries')
      .where('event_id', '=', delivery.eventId)
      .where('number', '<=', number - mostDeliveries)
      .execute();
  },
  async deliveries(eventId) {
    const found = await db
      .selectFrom('deliveries')
      .selectAll()
      .where('event_id', '=', eventId)
      .orderBy('number')
      .orderBy('id')
      .execute();
    return found.map(rows.deliveries.toRecord);
  },
  async lastDeliveries(eventIds) {
    if (eventIds.length === 0) return [];
    const found = await db
      .selectFrom('deliveries')
      .selectAll()
      .where('event_id', 'in', eventIds)
      .where('number', '=', (is) =>
        is
          .selectFrom('deliveries as later')
          .select((of) => of.fn.max('later.number').as('number'))
          .whereRef('later.event_id', '=', 'deliveries.event_id'),
      )
      .execute();
    return found.map(rows.deliveries.toRecord);
  },

  async webhook(id, merchants) {
    for (const table of webhookTables) {
      const row = await db
        .selectFrom(table)
        .selectAll()
        .where('id', '=', id)
        .where((is) => ofMerchants(is, merchants))
        .executeTakeFirst();
      if (row) return rows.outbox.toRecord(row);
    }
    return null;
  },
  async listWebhooks(merchantId, { endpoint, after, type, paymentId, status, createdFrom, createdTo, limit }) {
    let query = select(db, tableOf(endpoint)).where(isOf({ merchantId, endpoint }));
    if (type !== undefined) query = query.where('type', '=', type);
    if (paymentId !== undefined) query = query.where('payment_id', '=', paymentId);
    if (status !== undefined) query = query.where(hasStatus(status));
    if (createdFrom !== undefined) query = query.where('created_at', '>=', createdFrom);
    if (createdTo !== undefined) query = query.where('created_at', '<', createdTo);
    if (after) query = query.where((is) => isAfter(is, after));
    const found = await query.orderBy('created_at').orderBy('id').limit(limit).execute();
    return found.map(toLogged);
  },

  async undeliveredWebhooks({ merchants, status, after, limit }) {
    const found: LoggedWebhook[] = [];
    for (const table of webhookTables) {
      let query = select(db, table).where(sql<boolean>`status <> 'delivered'`);
      // As an expression, so that no index of the merchant's webhooks is preferred to the small one of these.
      if (merchants !== null) query = query.where(sql`merchant_id || ''`, 'in', [...merchants, '']);
      if (status !== undefined) query = query.where('status', '=', status);
      if (after) query = query.where((is) => isAfter(is, after));
      found.push(...(await query.orderBy('created_at').orderBy('id').limit(limit).execute()).map(toLogged));
    }
    return found.sort((one, other) => one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)).slice(0, limit);
  },

  async replayWebhook({ id, endpoint }, at) {
    const again = await db
      .updateTable(tableOf(endpoint))
      .set(queuedAgain(at))
      .where('id', '=', id)
      .where('status', '!=', 'pending')
      .where('body', '!=', erasedBody)
      .executeTakeFirst();
    if (again.numUpdatedRows === 1n) return true;
    // Not while it is being sent: the result of that would not be recognised, and it would be sent twice.
    const sooner = await db
      .updateTable(tableOf(endpoint))
      .set({ next_try_at: at, replayed_at: at })
      .where('id', '=', id)
      .where('status', '=', 'pending')
      .where('lease_until', '<=', at)
      .where((is) => is.or([is('next_try_at', '>', at), is('replayed_at', 'is', null)]))
      .executeTakeFirst();
    return sooner.numUpdatedRows === 1n;
  },

  async insertReplay(replay) {
    await db.insertInto('webhook_replays').values(rows.replays.toRow(replay)).execute();
  },
  async replay(merchantId, id) {
    const query = db.selectFrom('webhook_replays').selectAll().where('id', '=', id).where('merchant_id', '=', merchantId);
    const row = await query.executeTakeFirst();
    return row ? rows.replays.toRecord(row) : null;
  },
  async runningReplays() {
    const query = db.selectFrom('webhook_replays').selectAll().where('ended_at', 'is', null);
    const found = await query.orderBy('created_at').orderBy('id').execute();
    return found.map(rows.replays.toRecord);
  },
  async updateReplay(replay, { cursorAt, cursorId }) {
    const { id, ...values } = rows.replays.toRow(replay);
    const moved = await db
      .updateTable('webhook_replays')
      .set(values)
      .where('id', '=', id)
      .where('cursor_at', '=', cursorAt)
      .where('cursor_id', '=', cursorId)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    return moved.numUpdatedRows === 1n;
  },
  async webhooksToReplay(replay, limit, unwanted) {
    const found = await select(db, tableOf(replay.endpoint))
      .where((is) => isAfter(is, { createdAt: replay.cursorAt, id: replay.cursorId }))
      .where((is) => isToReplay(is, replay, unwanted))
      .orderBy('created_at')
      .orderBy('id')
      .limit(limit)
      .execute();
    return found.map(toLogged);
  },
  async triesOfReplayed(of, limit) {
    const found = await db
      .selectFrom(tableOf(of.endpoint))
      .select('tries')
      .where(isOf(of))
      .where('status', '=', 'pending')
      .where('replayed_at', 'is not', null)
      .orderBy('tries')
      .limit(limit)
      .execute();
    return found.map(({ tries }) => tries);
  },
  async replayOfPayments(replay, paymentIds, at, unwanted) {
    const found = await db
      .updateTable(tableOf(replay.endpoint))
      .set(queuedAgain(at))
      .where('payment_id', 'in', paymentIds)
      .where((is) => isToReplay(is, replay, unwanted))
      .returning(logged)
      .execute();
    return found.map((row) => toLogged({ ...row, endpoint: replay.endpoint }));
  },
});

/** All columns but the body, which may be long. */
const logged = [
  'id',
  'merchant_id',
  'payment_id',
  'sequence',
  'type',
  'status',
  'tries',
  'next_try_at',
  'lease_until',
  'created_at',
  'delivered_at',
  'replayed_at',
] as const satisfies readonly (keyof OutboxTable)[];

const select = (db: Kysely<Schema>, table: 'outbox') =>
  db
    .selectFrom(table)
    .select(logged)
    .$if(isFurther(table), (query) => query.select(sql<string>`endpoint`.as('endpoint')));

function toLogged(row: Omit<OutboxTable, 'body'> & EndpointOfRow): LoggedWebhook {
  const { body: _none, ...record } = rows.outbox.toRecord({ ...row, body: '' });
  return record;
}

/** A delivered webhook keeps the time of its first delivery. */
const queuedAgain = (at: number) => ({ status: 'pending', tries: 0, next_try_at: at, lease_until: 0, replayed_at: at });

/** The conditions of the indexes, spelled out: SQLite does not infer them from a bound status, and would read the whole log. */
function hasStatus(status: OutboxRecord['status']) {
  if (status === 'filtered') return sql<boolean>`status = 'delivered' and delivered_at is null`;
  if (status === 'delivered') return sql<boolean>`status = 'delivered' and delivered_at is not null`;
  return sql<boolean>`status = ${status} and status <> 'delivered'`;
}

/** In its range, of a type that is wanted, neither pending nor erased, and not queued again since the replay was requested. */
const isToReplay = (is: ExpressionBuilder<Schema, 'outbox'>, replay: ReplayRecord, unwanted: readonly string[]) =>
  is.and([
    ...(unwanted.length > 0 ? [is('type', 'not in', unwanted)] : []),
    isOf(replay),
    is('created_at', '>=', replay.fromAt),
    is('created_at', '<', replay.toAt),
    is('status', '!=', 'pending'),
    is('body', '!=', erasedBody),
    is.or([is('replayed_at', 'is', null), is('replayed_at', '<', replay.createdAt)]),
  ]);

const ofMerchants = (is: ExpressionBuilder<Schema, 'outbox'>, merchants: MerchantScope) =>
  merchants === null ? is.and([]) : is('merchant_id', 'in', [...merchants, '']);
