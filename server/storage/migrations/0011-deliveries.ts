/** Every try to deliver a webhook, webhooks that are sent again, and indexes to read the log of webhooks however long it is. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const deliveries: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(
      db,
      'deliveries',
      { text: ['id', 'event_id'], textOrNull: ['reason'], integer: ['number', 'at', 'duration_ms', 'status'] },
      ['id'],
    );
    await db.schema.createIndex('deliveries_by_event').on('deliveries').columns(['event_id', 'number']).execute();

    await createTable(
      db,
      'webhook_replays',
      {
        text: ['id', 'merchant_id', 'cursor_id', 'requested_by'],
        integer: ['from_at', 'to_at', 'cursor_at', 'replayed', 'created_at'],
        integerOrNull: ['ended_at'],
      },
      ['id'],
    );
    await db.schema
      .createIndex('webhook_replays_running')
      .on('webhook_replays')
      .column('created_at')
      .where(sql.ref('ended_at'), 'is', null)
      .execute();

    await db.schema.alterTable('outbox').addColumn('replayed_at', 'bigint').execute();
    const position = ['created_at', 'id'];
    await db.schema
      .createIndex('outbox_log')
      .on('outbox')
      .columns(['merchant_id', ...position])
      .execute();
    await db.schema
      .createIndex('outbox_log_by_type')
      .on('outbox')
      .columns(['merchant_id', 'type', ...position])
      .execute();
    await db.schema
      .createIndex('outbox_log_undelivered')
      .on('outbox')
      .columns(['merchant_id', 'status', ...position])
      .where(sql.ref('status'), '!=', sql`'delivered'`)
      .execute();
    await db.schema
      .createIndex('outbox_replayed')
      .on('outbox')
      .columns(['merchant_id', 'tries'])
      .where(sql<boolean>`status = 'pending' and replayed_at is not null`)
      .execute();
  },
};
