/** An index of the webhooks that a merchant's filter has left out, so that they are found in however long a log. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const filteredWebhooks: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('outbox_log_filtered')
      .on('outbox')
      .columns(['merchant_id', 'created_at', 'id'])
      .where(sql<boolean>`status = 'delivered' and delivered_at is null`)
      .execute();
  },
};
