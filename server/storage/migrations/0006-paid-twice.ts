/** Which payment had paid the order already when another one of it was paid too. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const paidTwice: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('payments').addColumn('order_already_paid_by', 'text').execute();
  },
};
