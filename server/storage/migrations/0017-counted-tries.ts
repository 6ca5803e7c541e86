/** What was counted for an attempt, so that it can be taken back when the attempt pays, by whatever process. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const countedTries: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(db, 'counted_tries', { text: ['attempt_id', 'kind', 'subject'], integer: ['count', 'resets_at'] }, [
      'attempt_id',
      'kind',
      'subject',
    ]);
    await db.schema.createIndex('counted_tries_by_age').on('counted_tries').column('resets_at').execute();
  },
};
