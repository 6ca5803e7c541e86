/** Cards: saved cards, tokens that are still to be removed at Payme, counted tries, and refunds in progress. */
import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const cards: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(
      db,
      'cards',
      {
        text: ['id', 'merchant_id', 'label', 'account', 'sealed', 'number', 'mark', 'attempt_id'],
        integer: ['saved_at'],
        integerOrNull: ['removed_at'],
      },
      ['id'],
    );
    await db.schema.createIndex('cards_by_customer').on('cards').columns(['merchant_id', 'label']).execute();
    await db.schema.createIndex('cards_once').on('cards').column('attempt_id').unique().execute();
    await db.schema
      .createIndex('cards_removed')
      .on('cards')
      .column('removed_at')
      .where(sql.ref('removed_at'), 'is not', null)
      .execute();

    await createTable(db, 'tries', { text: ['kind', 'subject'], integer: ['count', 'resets_at'] }, ['kind', 'subject']);
    await db.schema.createIndex('tries_by_age').on('tries').column('resets_at').execute();

    await db.schema
      .createIndex('attempts_sealed')
      .on('attempts')
      .column('method')
      .where(sql.ref('sealed'), 'is not', null)
      .execute();
    // Checked from now on: attempts in flight, and attempts whose money is being returned.
    await db.schema.dropIndex('attempts_due').execute();
    await db.schema
      .createIndex('attempts_due')
      .on('attempts')
      .column('next_check_at')
      .where(sql.ref('status'), 'in', sql`('processing', 'refunding')`)
      .execute();
  },
};
