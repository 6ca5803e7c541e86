/**
 * Pay codes that a merchant requested: recorded before they are generated, and kept sealed for a day in case the answer is lost.
 */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const codeBatches: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(
      db,
      'code_batches',
      {
        text: ['id', 'merchant_id', 'operation', 'key_hash', 'fingerprint', 'rule', 'status'],
        textOrNull: ['sealed'],
        integer: ['count', 'created_at'],
        integerOrNull: ['ended_at'],
      },
      ['id'],
    );
    await db.schema
      .createIndex('code_batches_once')
      .on('code_batches')
      .columns(['merchant_id', 'operation', 'key_hash'])
      .unique()
      .execute();
  },
};
