/**
 * Discounts and codes by SMS: the code that took something off, and attempts that are checked while they wait for the customer.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';

export const codes: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('payments').addColumn('discount_code', 'text').execute();
    await db.schema.dropIndex('attempts_due').execute();
    await db.schema
      .createIndex('attempts_due')
      .on('attempts')
      .column('next_check_at')
      .where(sql.ref('next_check_at'), 'is not', null)
      .execute();
  },
};
