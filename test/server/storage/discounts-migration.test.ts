/** What migration 0008 makes of attempts that were discounts, beside what the filled database has of them. */
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
import { engines } from '../../support/engines.ts';

const earlier = [payments, indexes, transfers, cards, codes, paidTwice, codeBatches];

const attempt = (id: string, status: string, own: object = {}) => ({
  ...{ id, payment_id: 'pay_1', method: 'pay_code', status, sealed: null, tail: id.slice(-4), problem: null },
  ...{ started_at: 1, ended_at: 2, checks: 3, next_check_at: null, lease_until: 0 },
  ...own,
});
const intent = (attempt_id: string, notes: object) => ({
  ...{ id: `int_${attempt_id}`, attempt_id, payment_id: 'pay_1', operation: 'use_code', upstream: 'paycodes' },
  ...{ natural_key: `pw:${attempt_id}`, notes: JSON.stringify(notes), status: 'closed', created_at: 1 },
});
const webhook = (id: string, status: string) => {
  const data = {
    payment: {
      id: 'pay_1',
      discount: 500,
      attempts: [attempt('att_kept', 'burned'), attempt('att_plain', 'paid')],
      evidence: [],
    },
  };
  const row = { merchant_id: 'books', payment_id: 'pay_1', type: 'payment.succeeded', tries: 0, next_try_at: 0, lease_until: 0 };
  return { ...row, id, sequence: Number(id.slice(-1)), body: JSON.stringify({ data }), status, created_at: 1 };
};

for (const engine of engines) {
  describe(`attempts that were discounts (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    // biome-ignore lint/suspicious/noExplicitAny: the tables as they were, which today's schema does not describe
    let db: Kysely<any>;
    before(async () => {
      database = await engine.createEmpty();
      db = openDatabase(database.url).db;
      for (const migration of earlier) await migration.up(db);
      const late = { sealed: 'v1.late', next_check_at: 9, problem: '{"code":"discount_lost"}' };
      const rows = [
        attempt('att_kept', 'burned'),
        attempt('att_late', 'refused', late),
        attempt('att_gone', 'abandoned'),
        attempt('att_plain', 'refused', { started_at: 2 }),
      ];
      for (const row of rows) await db.insertInto('attempts').values(row).execute();
      for (const row of [
        intent('att_kept', { rule: 'demo-discount', discount: 'yes' }),
        intent('att_late', { rule: 'demo-full', discount: 'yes' }),
        intent('att_plain', { rule: 'demo-enter' }),
      ])
        await db.insertInto('intents').values(row).execute();
      for (const row of [webhook('evt_1', 'pending'), webhook('evt_2', 'delivered')])
        await db.insertInto('outbox').values(row).execute();
      await db
        .insertInto('payments')
        .values({
          ...{
            id: 'pay_1',
            merchant_id: 'books',
            order_id: 'one',
            label: 'reader',
            status: 'open',
            currency: 'PLN',
            methods: '[]',
          },
          ...{ return_urls: '{}', metadata: '{}', version: 1, sequence: 0, test: 1, amount: 3000, discount: 500, amount_paid: 0 },
          ...{ late: 0, created_at: 1, updated_at: 1, expires_at: 9, attempt_id: 'att_kept' },
          discount_code: JSON.stringify({ attemptId: 'att_kept', state: 'burned', rule: 'demo-discount', tail: 'kept' }),
        })
        .execute();
      await discounts.up(db);
    });
    after(async () => {
      await db.destroy();
      await database.drop();
    });

    it('become discounts if a payment has them, or if a call was recorded to redeem them', async () => {
      const found = await db.selectFrom('discounts').selectAll().orderBy('id').execute();
      const seen = found.map(({ id, rule, status, sealed, problem, ended_at, next_check_at }) => ({
        ...{ id, rule, status, sealed, problem, ended_at, next_check_at },
      }));
      assert.deepEqual(seen, [
        {
          ...{ id: 'att_kept', rule: 'demo-discount', status: 'redeemed', sealed: null, problem: null, ended_at: 2 },
          next_check_at: null,
        },
        {
          ...{ id: 'att_late', rule: 'demo-full', status: 'dropped', sealed: 'v1.late', problem: '{"code":"discount_lost"}' },
          ...{ ended_at: 2, next_check_at: 9 },
        },
      ]);
      const left = await db.selectFrom('attempts').select('id').orderBy('id').execute();
      assert.deepEqual(
        left.map(({ id }) => id),
        ['att_gone', 'att_plain'],
      );
    });

    it('leave the payment with its newest other attempt', async () => {
      const { attempt_id, discount_id } = await db.selectFrom('payments').selectAll().executeTakeFirstOrThrow();
      assert.deepEqual([attempt_id, discount_id], ['att_plain', 'att_kept']);
    });

    it('are reported as discounts by webhooks that still wait, and by those that were delivered, which may be sent again', async () => {
      const rows = await db.selectFrom('outbox').select('body').orderBy('id').execute();
      assert.equal(rows.length, 2);
      for (const { body } of rows) {
        const { discountCode, attempts } = JSON.parse(body).data.payment;
        assert.deepEqual(discountCode, { status: 'redeemed', tail: 'kept' });
        assert.deepEqual(
          attempts.map((one: { id: string }) => one.id),
          ['att_plain'],
        );
      }
    });
  });
}
