/**
 * Who reported money. Null: the payment service, as for all money before, and for what a process of the version before stores. What a
 * shop handed in before this migration is known by its event in the audit alone.
 */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const evidenceReporter: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('evidence').addColumn('reported_by', 'text').execute();
  },
};
