/** The database goes away in the middle of a migration: the start tries again by itself, and the schema is whole afterwards. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pg from 'pg';
import { waitForOwnStore } from '../../../server/open-store.ts';
import { engines } from '../../support/engines.ts';
import { testConfig } from '../../support/test-server.ts';

const postgres = engines.find(({ name }) => name === 'postgres');

/** Statements of an early, a middle and the last migration. */
const places = ['create table "payments"', 'create table "cards"', 'create table "audit_chains"'];

describe('a migration that is cut on PostgreSQL', { skip: postgres?.skip }, () => {
  for (const [what, cutAt] of [
    ['once, in the last one', places.slice(2)],
    ['early, in the middle and in the last one', places],
  ] as const)
    it(`is made again: ${what}`, async () => {
      const database = await postgres?.createEmpty();
      assert.ok(database);
      const admin = new pg.Client({ connectionString: database.url });
      await admin.connect();
      try {
        // A backend ends itself in the first statement of each place. A sequence counts, because it outlives the lost transaction.
        const cuts = cutAt.map(
          (statement, at) => `if current_query() like '${statement}%' and nextval('reached_${at}') = 1 then
            perform pg_terminate_backend(pg_backend_pid());
            perform pg_sleep(60);
          end if;`,
        );
        for (const at of cutAt.keys()) await admin.query(`create sequence reached_${at}`);
        await admin.query(`create function cut() returns event_trigger language plpgsql as $$ begin ${cuts.join(' ')} end $$`);
        await admin.query('create event trigger cut on ddl_command_end execute function cut()');
        const store = await waitForOwnStore(testConfig({ databaseUrl: database.url, logLevel: 'silent', merchants: [] }));
        for (const [at, statement] of cutAt.entries()) {
          const { rows } = await admin.query(`select last_value::int as times from reached_${at}`);
          assert.ok(rows[0].times >= 2, `nothing was cut at: ${statement}`);
        }
        await admin.query('drop event trigger cut');
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
