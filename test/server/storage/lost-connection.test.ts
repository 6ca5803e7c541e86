/** PostgreSQL is unavailable for a moment: the process must survive and reconnect. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { openStore } from '../../../server/storage/store.ts';
import { engines } from '../../support/engines.ts';

const postgres = engines.find(({ name }) => name === 'postgres');

test('connections that PostgreSQL cuts are replaced', { skip: postgres?.skip ?? false }, async (t) => {
  assert.ok(postgres);
  const database = await postgres.create();
  const store = await openStore(database.url);
  const operator = new pg.Client({ connectionString: database.url });
  await operator.connect();
  t.after(async () => {
    await operator.end();
    await store.close();
    await database.drop();
  });
  const others =
    'select count(*)::int as count from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
  const standing = async (): Promise<number> => (await operator.query(others)).rows[0].count;
  await store.ready();
  assert.ok((await standing()) > 0);
  await operator.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  );
  while ((await standing()) > 0);
  // A query may still use the cut connection; the next one gets a new one.
  await store.ready().catch(() => undefined);
  await store.ready();
});
