/** Indexes to find the payments of an order and the expired Idempotency-Keys without reading the whole tables. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const indexes: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('payments_by_order').on('payments').columns(['merchant_id', 'order_id']).execute();
    await db.schema.createIndex('idempotency_keys_by_age').on('idempotency_keys').column('created_at').execute();
  },
};
