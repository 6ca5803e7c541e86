/**
 * The fiscal receipts that the merchant's own cash register has reported of a payment. Null: none, as for all payments before, and for
 * those that a process of the version before creates. Such a process keeps what is there, because it writes each column as it read it.
 */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const fiscalReceipts: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('payments').addColumn('fiscal_receipts', 'text').execute();
  },
};
