/** A payment remembers whether a signed link created it: what the link says is signed, so nobody may change it in the payment. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const links: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .alterTable('payments')
      .addColumn('from_link', 'integer', (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
