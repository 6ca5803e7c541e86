/** Finds the payments of an order, and the Idempotency-Keys that are too old to matter, without reading all of them. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const indexes: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('payments_by_order').on('payments').columns(['merchant_id', 'order_id']).execute();
    await db.schema.createIndex('idempotency_keys_by_age').on('idempotency_keys').column('created_at').execute();
  },
};
