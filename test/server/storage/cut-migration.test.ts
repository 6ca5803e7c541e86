/** The database goes away in the middle of a migration: the start tries again by itself, and the schema is whole afterwards. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pg from 'pg';
import { waitForOwnStore } from '../../../server/open-store.ts';
import { engines } from '../../support/engines.ts';
import { testConfig } from '../../support/test-server.ts';
import { waitFor } from '../../support/wait-for.ts';

const postgres = engines.find(({ name }) => name === 'postgres');

/** Statements of an early, a middle and the last migration. */
const places = ['create table "payments"', 'create table "cards"', 'create table "audit_chains"'];

describe('a migration that is cut on PostgreSQL', { skip: postgres?.skip }, () => {
  for (const [what, cutAt] of [
    ['once, in the last one', places.slice(2)],
    ['early, in the middle and in the last one', places],
  ] as const)
    it(`is made again: ${what}`, async () => {
      const database = await postgres?.create();
      assert.ok(database);
      const admin = new pg.Client({ connectionString: database.url });
      await admin.connect();
      try {
        // Each statement takes long enough to be seen and cut.
        await admin.query(
          `create function slow() returns event_trigger language plpgsql as $$ begin perform pg_sleep(0.03); end $$`,
        );
        await admin.query('create event trigger slow on ddl_command_end execute function slow()');
        const starting = waitForOwnStore(testConfig({ databaseUrl: database.url, logLevel: 'silent', merchants: [] }));
        const settled = starting.then(
          () => true,
          () => true,
        );
        for (const statement of cutAt) {
          const cut = waitFor(async () => {
            const { rowCount } = await admin.query(
              'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and query like $1',
              [`${statement}%`],
            );
            return rowCount;
          });
          assert.notEqual(await Promise.race([cut, settled]), true, `nothing was cut at: ${statement}`);
        }
        const store = await starting;
        await admin.query('drop event trigger slow');
        assert.ok(await store.backlog(), 'it can be read');
        await store.close();
        const { rows } = await admin.query('select count(*)::int as many from kysely_migration');
        assert.ok(rows[0].many >= 16, 'every migration is recorded');
      } finally {
        await admin.end();
        await database.drop();
      }
    });
});
