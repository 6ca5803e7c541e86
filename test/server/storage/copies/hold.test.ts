/** The end of a hold beside servers that run. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { holdRestored, releaseHolds } from '../../../../server/storage/copies/hold.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { auditChain } from '../../../support/audit-chain.ts';
import { createCardTestBed } from '../../../support/card-test-bed.ts';
import { engines } from '../../../support/engines.ts';

const postgres = engines.find(({ name }) => name === 'postgres');

describe('the end of a hold', { skip: postgres?.skip ?? true }, () => {
  it('writes nothing into the history of a payment that a server changes at the same moment', async () => {
    const database = await postgres?.createEmpty();
    assert.ok(database);
    const testBed = await createCardTestBed({ databaseUrl: database.url });
    const { db } = openDatabase(database.url);
    try {
      const [changed, other] = [await testBed.pay({ orderId: 'changed' }), await testBed.pay({ orderId: 'other' })];
      await holdRestored(db, testBed.clock.now());
      let release: Promise<void> | undefined;
      await db.transaction().execute(async (server) => {
        await sql`update payments set version = version + 1 where id = ${changed}`.execute(server);
        release = releaseHolds(db, auditChain, testBed.clock.now());
        await isBlocked(db);
      });
      await release;
      const { rows } = await sql<{ payment_id: string }>`
        select payment_id from audit where type = 'restore.verified'`.execute(db);
      assert.deepEqual(
        rows.map((row) => row.payment_id),
        [other],
      );
      assert.equal(await testBed.store.restoreHold(), null);
    } finally {
      await db.destroy();
      await testBed.close();
      await database.drop();
    }
  });
});

/** Waits until a transaction on this database waits for another one. */
async function isBlocked(db: ReturnType<typeof openDatabase>['db']): Promise<void> {
  for (;;) {
    const waiting = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    if ((await waiting.execute(db)).rows.length > 0) return;
  }
}
