/**
 * PostgreSQL refuses one of two sessions for the sake of the other: by a deadlock (40P01), or because the row was changed meanwhile
 * (40001, under a stricter default isolation). The work of the refused one is done all the same, and exactly once.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import type { Queries } from '../../../server/payments/model/store.ts';
import { type OpenStore, openStore } from '../../../server/storage/store.ts';
import { engines, type TestDatabase } from '../../support/engines.ts';
import { waitFor } from '../../support/wait-for.ts';

const postgres = engines.find(({ name }) => name === 'postgres') ?? assert.fail();
const day = 86_400_000;

describe('two sessions on PostgreSQL', { skip: postgres.skip }, () => {
  let database: TestDatabase;
  let operator: pg.Client;
  let store: OpenStore;
  before(async () => {
    database = await postgres.create();
    operator = new pg.Client({ connectionString: database.url });
    await operator.connect();
    // A deadlock is looked for after this time.
    await operator.query(`alter database ${new URL(database.url).pathname.slice(1)} set deadlock_timeout = '50ms'`);
    await operator.query(
      `alter database ${new URL(database.url).pathname.slice(1)} set default_transaction_isolation = 'repeatable read'`,
    );
    store = await openStore(database.url);
  });
  after(async () => {
    await store.close();
    await operator.end();
    await database.drop();
  });
  const hit = (queries: Queries, subject: string) => queries.hitRateLimit('conflict', subject, Date.now(), day);
  const counted = async (subject: string) => (await store.readRateLimit('conflict', subject, Date.now())).count;

  it('that wait for each other both do their whole work, and the one that was refused does it anew', async () => {
    let runs = 0;
    let locked = 0;
    const work = (first: string, second: string) =>
      store.transaction(async (tx) => {
        runs += 1;
        await hit(tx, first);
        locked += 1;
        // Each has its first row before it asks for its second.
        await waitFor(async () => locked >= 2);
        await hit(tx, second);
      });
    await Promise.all([work('one', 'two'), work('two', 'one')]);
    assert.ok(runs > 2, 'nothing was refused');
    assert.deepEqual([await counted('one'), await counted('two')], [2, 2]);
  });

  it('that change one row at once both change it, also outside a transaction and under a stricter isolation', async () => {
    await hit(store, 'same');
    await operator.query('begin');
    await operator.query("update tries set count = count + 10 where kind = 'conflict' and subject = 'same'");
    const waiting = hit(store, 'same');
    const isBlocked = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    const watcher = new pg.Client({ connectionString: database.url });
    await watcher.connect();
    try {
      await waitFor(async () => (await watcher.query(isBlocked)).rows.length > 0);
    } finally {
      await watcher.end();
      await operator.query('commit');
    }
    assert.equal((await waiting).count, 12);
    const { rows } = await operator.query("select count from tries where kind = 'conflict' and subject = 'same'");
    assert.deepEqual(
      rows.map(({ count }) => Number(count)),
      [12],
    );
  });
});
