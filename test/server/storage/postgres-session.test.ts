/** What our connections ask of PostgreSQL: nothing at the start that a pooler would refuse, and limits in every transaction. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { StoreUnavailable } from '../../../server/payments/model/errors.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { engines } from '../../support/engines.ts';
import { waitFor } from '../../support/wait-for.ts';

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

  it('that was idle in a transaction for too long, as in a frozen process, is lost for that step only', async () => {
    const database = await postgres.create();
    const { db } = openDatabase(database.url);
    try {
      const frozen = db.transaction().execute(async (tx) => {
        await sql`create table half_done (id int)`.execute(tx);
        await sql`set local idle_in_transaction_session_timeout = 50`.execute(tx);
        // PostgreSQL ends the connection meanwhile, while nobody waits for an answer of it.
        await waitFor(
          async () =>
            (
              await sql`select 1 from pg_stat_activity where state = 'idle in transaction'
          and datname = current_database()`.execute(db)
            ).rows.length === 0,
        );
        await sql`insert into half_done values (1)`.execute(tx);
      });
      await assert.rejects(frozen, (cause) => cause instanceof StoreUnavailable && cause.effect === 'none');
      const { rows } = await sql<{ found: string | null }>`select to_regclass('half_done') as found`.execute(db);
      assert.equal(rows[0]?.found, null, 'half of it was kept');
    } finally {
      await db.destroy();
      await database.drop();
    }
  });
});
