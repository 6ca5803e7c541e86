/** What our connections ask of PostgreSQL: nothing at the start that a pooler would refuse, and limits in every transaction. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '../../../server/storage/open-database.ts';
import { engines } from '../../support/engines.ts';

const postgres = engines.find(({ name }) => name === 'postgres') ?? assert.fail();

describe('a session on PostgreSQL', { skip: postgres.skip }, () => {
  it('has settings of its own only inside a transaction', async () => {
    const database = await postgres.create();
    const { db } = openDatabase(database.url);
    try {
      const own = sql<{ name: string }>`select name from pg_settings where source in ('client', 'session') order by name`;
      const outside = (await own.execute(db)).rows.map(({ name }) => name);
      assert.deepEqual(outside, ['client_encoding']);
      const inside = await db.transaction().execute(async (tx) => (await own.execute(tx)).rows.map(({ name }) => name));
      for (const name of ['idle_in_transaction_session_timeout', 'lock_timeout', 'statement_timeout', 'transaction_isolation'])
        assert.ok(inside.includes(name), name);
      assert.deepEqual(
        (await own.execute(db)).rows.map(({ name }) => name),
        ['client_encoding'],
      );
    } finally {
      await db.destroy();
      await database.drop();
    }
  });
});
