/**
 * A restored database remembers that nothing may be spent yet; and indexes by which old bodies are found for erasure, what goes with a
 * payment when its time is over, and recent money for the metrics.
 */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const operation: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(db, 'restore_holds', { text: ['id'], integer: ['since', 'restored_at'], integerOrNull: ['released_at'] }, [
      'id',
    ]);
    await db.schema.createIndex('client_secrets_by_payment').on('client_secrets').column('payment_id').execute();
    await db.schema
      .createIndex('payments_paid')
      .on('payments')
      .column('paid_at')
      .where(sql.ref('paid_at'), 'is not', null)
      .execute();
    await db.schema
      .createIndex('outbox_with_body')
      .on('outbox')
      .columns(['merchant_id', 'created_at'])
      .where(sql.ref('body'), '!=', sql`'{"erased":true}'`)
      .execute();
    await db.schema
      .createIndex('postbacks_with_body')
      .on('postbacks')
      .columns(['merchant_id', 'received_at'])
      .where(sql.ref('body'), '!=', sql`'{"erased":true}'`)
      .execute();
  },
};
