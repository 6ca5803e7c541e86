/** The daily comparison with the payment services' own lists, and the leases of work that is done once a day. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const reconciliation: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(db, 'periodic_work', { text: ['name'], textOrNull: ['cursor'], integer: ['next_at', 'lease_until'] }, [
      'name',
    ]);

    await createTable(
      db,
      'reconciliations',
      {
        text: ['id', 'merchant_id', 'day', 'source', 'status'],
        textOrNull: ['problem', 'requested_by'],
        integer: ['started_at', 'lease_until', 'there', 'here', 'foreign', 'differences'],
        integerOrNull: ['ended_at'],
      },
      ['id'],
    );
    await db.schema
      .createIndex('reconciliations_once')
      .on('reconciliations')
      .columns(['merchant_id', 'day', 'source'])
      .unique()
      .execute();
    await db.schema.createIndex('reconciliations_by_time').on('reconciliations').columns(['started_at', 'id']).execute();

    await createTable(
      db,
      'reconciliation_differences',
      {
        text: ['reconciliation_id', 'kind', 'upstream_id', 'reason'],
        textOrNull: ['payment_id', 'their_currency', 'our_currency'],
        integer: ['at'],
        integerOrNull: ['their_amount', 'our_amount'],
      },
      ['reconciliation_id', 'kind', 'upstream_id'],
    );

    // A day is read without walking through all others.
    await db.schema.createIndex('evidence_by_day').on('evidence').columns(['method', 'taken_at', 'upstream_id']).execute();
    await db.schema.createIndex('decisions_by_day').on('decisions').columns(['merchant_id', 'decided_at']).execute();
  },
};
