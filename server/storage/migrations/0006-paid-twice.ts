/** Which payment had already paid the order when another payment of the same order was paid too. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const paidTwice: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('payments').addColumn('order_already_paid_by', 'text').execute();
  },
};
