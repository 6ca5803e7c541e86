/** Wallet transfers: what was shown and entered, who claimed which transaction number, and postbacks. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const transfers: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('payments').addColumn('wallet_type', 'text').execute();
    for (const column of ['action', 'entered', 'waiting'])
      await db.schema.alterTable('attempts').addColumn(column, 'text').execute();
    await db.schema
      .alterTable('evidence')
      .addColumn('counted', 'bigint', (column) => column.notNull().defaultTo(1))
      .execute();

    await createTable(
      db,
      'claims',
      { text: ['account', 'thing', 'payment_id', 'attempt_id', 'status'], integer: ['contested', 'claimed_at'] },
      ['account', 'thing'],
    );
    await db.schema.createIndex('claims_by_attempt').on('claims').column('attempt_id').execute();

    await createTable(
      db,
      'postbacks',
      { text: ['id', 'merchant_id', 'upstream', 'digest', 'body', 'status'], integer: ['received_at'] },
      ['id'],
    );
    await db.schema.createIndex('postbacks_once').on('postbacks').columns(['merchant_id', 'digest']).unique().execute();
    await db.schema
      .createIndex('postbacks_waiting')
      .on('postbacks')
      .column('received_at')
      .where(sql.ref('status'), '!=', sql`'applied'`)
      .execute();
  },
};
