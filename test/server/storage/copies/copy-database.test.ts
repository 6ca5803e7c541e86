/** Moving from SQLite to PostgreSQL: everything arrives, or nothing does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { copyDatabase } from '../../../../server/storage/copies/copy-database.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { createCardTestBed } from '../../../support/card-test-bed.ts';
import { engines } from '../../../support/engines.ts';

const [sqlite, postgres] = engines;
assert.ok(sqlite && postgres);

describe('copying a database to PostgreSQL', { skip: postgres.skip }, () => {
  it('brings every row, and the payments go on there', async () => {
    const [from, to] = await Promise.all([sqlite.createEmpty(), postgres.createEmpty()]);
    const testBed = await createCardTestBed({ databaseUrl: from.url });
    try {
      const paid = await testBed.pay({ label: 'Ünïcode ☂ "quoted"' });
      await testBed.card(paid);
      await testBed.code(paid);
      const open = await testBed.pay();
      // More than one batch.
      const { db } = openDatabase(from.url);
      const labels = Array.from({ length: 1_203 }, (_, count) => ({ kind: 'test', subject: `ä${count}`, count, resets_at: 1 }));
      await db.insertInto('tries').values(labels).execute();
      await db.destroy();
      await assert.rejects(copyDatabase(from.url, to.url), /in use/);
      await testBed.store.close();

      const copied = new Map((await copyDatabase(from.url, to.url)).map(({ table, rows }) => [table, rows]));
      assert.deepEqual(
        ['payments', 'attempts', 'evidence'].map((table) => copied.get(table)),
        [2, 1, 1],
      );
      assert.ok((copied.get('tries') ?? 0) >= 1_203);

      const moved = await createCardTestBed({ databaseUrl: to.url, beside: testBed, sealingKey: testBed.sealingKey });
      assert.equal((await moved.payments.view(paid)).amountPaid, 500_000);
      await moved.card(open);
      assert.equal((await moved.code(open)).status, 'succeeded');
      await moved.close();
      await assert.rejects(copyDatabase(from.url, to.url), /not empty: it has rows in/);
    } finally {
      await testBed.simulator.close();
      await Promise.all([from.drop(), to.drop()]);
    }
  });

  it('leaves the target empty if a row cannot be stored there, and can be run again', async () => {
    const [from, to] = await Promise.all([sqlite.createEmpty(), postgres.createEmpty()]);
    const testBed = await createCardTestBed({ databaseUrl: from.url });
    await testBed.pay();
    await testBed.close();
    const { db } = openDatabase(from.url);
    const odd = sql`update payments set metadata = 'a' || char(0)`;
    await odd.execute(db);
    await db.destroy();
    await assert.rejects(copyDatabase(from.url, to.url), /payments.*cannot be stored/);
    const again = openDatabase(from.url);
    await sql`update payments set metadata = '{}'`.execute(again.db);
    await again.db.destroy();
    assert.ok((await copyDatabase(from.url, to.url)).some(({ table, rows }) => table === 'payments' && rows === 1));
    await Promise.all([from.drop(), to.drop()]);
  });

  it('refuses what is no such pair of databases', async () => {
    await assert.rejects(copyDatabase('sqlite::memory:', 'postgres://nowhere/x'), /in memory/);
    await assert.rejects(copyDatabase('postgres://nowhere/x', 'postgres://nowhere/x'), /Expected a database sqlite:/);
    await assert.rejects(copyDatabase('sqlite:/nonexistent/pay-desk.db', 'postgres://nowhere/x'), /file that exists/);
  });
});
