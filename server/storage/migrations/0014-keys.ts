/** By which keys this database is written. */
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { createTable } from './create-table.ts';

export const keys: Migration = {
  async up(db: Kysely<unknown>) {
    await createTable(db, 'key_checks', { text: ['purpose', 'id', 'value'], integer: [] }, ['purpose', 'id']);
  },
};
