/**
 * The audit's hash chain: each row gets its place in its chain, a digest of its content, and a hash over that digest and the hash of
 * the row before. Rows that exist already, and rows of the version before, which can still run beside this one, have none.
 */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const auditChain: Migration = {
  async up(db: Kysely<unknown>) {
    for (const table of ['audit', 'operator_log']) {
      await db.schema.alterTable(table).addColumn('position', 'bigint').execute();
      await db.schema.alterTable(table).addColumn('digest', 'text').execute();
      await db.schema.alterTable(table).addColumn('hash', 'text').execute();
    }
    // Also finds the rows of a payment, so each new row still costs one index beside the primary key.
    await db.schema
      .createIndex('audit_chained')
      .on('audit')
      .columns(['payment_id', 'merchant_id', 'position'])
      .unique()
      .execute();
    await db.schema.dropIndex('audit_by_payment').execute();
    await db.schema.createIndex('operator_log_chained').on('operator_log').column('position').unique().execute();
    // The ends of the chains that belong to no payment. The chain of a payment is under the lock of the payment's row.
    await createTable(db, 'audit_chains', { text: ['chain', 'hash'], integer: ['position'] }, ['chain']);
  },
};
