/** What migration 0012 makes of payments that are older than it: their numbers are found by the end, too. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Kysely } from 'kysely';
import { openDatabase } from '../../../server/storage/database.ts';
import { payments } from '../../../server/storage/migrations/0001-payments.ts';
import { indexes } from '../../../server/storage/migrations/0002-indexes.ts';
import { transfers } from '../../../server/storage/migrations/0003-transfers.ts';
import { cards } from '../../../server/storage/migrations/0004-cards.ts';
import { codes } from '../../../server/storage/migrations/0005-codes.ts';
import { paidTwice } from '../../../server/storage/migrations/0006-paid-twice.ts';
import { codeBatches } from '../../../server/storage/migrations/0007-code-batches.ts';
import { discounts } from '../../../server/storage/migrations/0008-discounts.ts';
import { publicNames } from '../../../server/storage/migrations/0009-public-names.ts';
import { operators } from '../../../server/storage/migrations/0010-operators.ts';
import { operatorReads } from '../../../server/storage/migrations/0012-operator-reads.ts';
import { engines } from '../../support/engines.ts';

const earlier = [payments, indexes, transfers, cards, codes, paidTwice, codeBatches, discounts, publicNames, operators];

/** More than one batch of the migration. */
const count = 1_234;

for (const engine of engines) {
  describe(`numbers from their end (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    // biome-ignore lint/suspicious/noExplicitAny: the tables as they were, which today's schema does not describe
    let db: Kysely<any>;
    before(async () => {
      database = await engine.createEmpty();
      db = openDatabase(database.url).db;
      for (const migration of earlier) await migration.up(db);
      const plain = {
        payment_id: 'pay_1',
        method: 'wallet',
        status: 'abandoned',
        started_at: 1,
        ended_at: 2,
        checks: 0,
        lease_until: 0,
      };
      const attempts = Array.from({ length: count }, (_, n) => ({
        ...plain,
        id: `att_${n}`,
        submitted_reference: n % 2 === 0 ? `tx-${n}` : null,
      }));
      for (let first = 0; first < count; first += 500)
        await db
          .insertInto('attempts')
          .values(attempts.slice(first, first + 500))
          .execute();
      await operatorReads.up(db);
    });
    after(async () => {
      await db?.destroy();
      await database?.drop();
    });

    it('are filled in for old rows, and stay absent where there is none', async () => {
      const rows = await db.selectFrom('attempts').select(['id', 'submitted_reference', 'reversed_reference']).execute();
      assert.equal(rows.length, count);
      for (const { id, submitted_reference, reversed_reference } of rows) {
        const n = id.slice(4);
        const expected = submitted_reference === null ? null : [...`TX${n}`].reverse().join('');
        assert.equal(reversed_reference, expected, id);
      }
    });
  });
}
