/**
 * The webhooks of a merchant's further endpoints, in a table of their own: a process of the version before sends every row of the outbox to
 * the merchant's one address, and knows nothing of this table.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const webhookEndpoints: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(
      db,
      'endpoint_webhooks',
      {
        text: ['id', 'merchant_id', 'endpoint', 'payment_id', 'type', 'body', 'status'],
        integer: ['sequence', 'tries', 'next_try_at', 'lease_until', 'created_at'],
        integerOrNull: ['delivered_at', 'replayed_at'],
      },
      ['id'],
    );
    await db.schema
      .createIndex('endpoint_webhooks_in_order')
      .on('endpoint_webhooks')
      .columns(['payment_id', 'endpoint', 'sequence'])
      .unique()
      .execute();
    for (const [name, columns, where] of indexes) {
      await sql`create index ${sql.ref(`endpoint_webhooks_${name}`)} on endpoint_webhooks (${sql.raw(columns)}) ${sql.raw(where ? `where ${where}` : '')}`.execute(
        db,
      );
    }
    // Before this migration each replay was for the first endpoint, and so is one that the version before requests.
    await db.schema
      .alterTable('webhook_replays')
      .addColumn('endpoint', 'text', (column) => column.notNull().defaultTo('main'))
      .execute();
  },
};

/** As those of the outbox: name, columns and, of a partial index, its condition. */
const indexes: readonly [string, string, string?][] = [
  ['due', 'next_try_at', "status = 'pending'"],
  ['undelivered', 'created_at, id', "status <> 'delivered'"],
  ['parked', 'created_at, id', "status = 'parked'"],
  ['log', 'merchant_id, endpoint, created_at, id'],
  ['replayed', 'merchant_id, endpoint, tries', "status = 'pending' and replayed_at is not null"],
  ['with_body', 'merchant_id, created_at', `body <> '{"erased":true}'`],
];
