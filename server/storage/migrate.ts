/** Brings a database up to date: one list of migrations for both engines, applied in order, each once. */
import type { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { payments } from './migrations/0001-payments.ts';
import { indexes } from './migrations/0002-indexes.ts';
import { transfers } from './migrations/0003-transfers.ts';
import { cards } from './migrations/0004-cards.ts';
import { codes } from './migrations/0005-codes.ts';
import type { Schema } from './schema.ts';

export async function migrate(db: Kysely<Schema>): Promise<void> {
  const all = {
    '0001-payments': payments,
    '0002-indexes': indexes,
    '0003-transfers': transfers,
    '0004-cards': cards,
    '0005-codes': codes,
  };
  const provider = { getMigrations: async () => all };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw new Error('the database could not be brought up to date', { cause: error });
}
