/** What is deleted after its time and what is not, and what is left of a customer who was erased. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { dayMs } from '../../../../server/payments/model/time.ts';
import { erasedBody } from '../../../../server/payments/model/webhook-queries.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { eraseCustomer } from '../../../../server/storage/retention/erase-customer.ts';
import { prune, tablesOfAttempts, tablesOfPayments } from '../../../../server/storage/retention/prune.ts';
import { auditChain } from '../../../support/audit-chain.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { engines } from '../../../support/engines.ts';
import { merchant } from '../../../support/method-test-bed.ts';

const year = 366 * dayMs;

for (const engine of engines) {
  describe(`retention (${engine.name})`, { skip: engine.skip }, () => {
    it('erases bodies after half a year and payments after five years, but never what is not over', async () => {
      await withBed(engine.create, async (testBed) => {
        const paid = await paidByCard(testBed);
        const review = await testBed.pay();
        await addEndpoint(testBed, paid, 'delivered');
        await run(testBed, "update payments set status = 'needs_review' where id = $id", review);
        await run(testBed, "update outbox set status = 'delivered' where payment_id = $id", paid);
        const now = testBed.clock.now();
        assert.deepEqual(await prune(testBed.databaseUrl, auditChain, now + 179 * dayMs), {
          payments: 0,
          webhookBodies: 0,
          postbackBodies: 0,
          others: 0,
        });
        assert.equal((await prune(testBed.databaseUrl, auditChain, now + 181 * dayMs)).webhookBodies, 2);
        assert.deepEqual(await column(testBed, `select body as value from outbox where payment_id = '${paid}'`), [erasedBody]);
        const ofEndpoint = `select body as value from endpoint_webhooks where payment_id = '${paid}'`;
        assert.deepEqual(await column(testBed, ofEndpoint), [erasedBody]);
        const short = () => ({ moneyDays: 10, bodyDays: 10 });
        assert.equal((await prune(testBed.databaseUrl, auditChain, now + 9 * dayMs, short)).payments, 0);
        assert.equal((await prune(testBed.databaseUrl, auditChain, now + 6 * year)).payments, 1);
        for (const table of [...tablesOfPayments, 'attempts', 'intents', 'claims'])
          assert.deepEqual(
            await column(testBed, `select payment_id as value from ${table} where payment_id = '${paid}'`),
            [],
            table,
          );
        assert.equal((await testBed.payments.view(review)).status, 'needs_review');
      });
    });

    it('deletes dismissed postbacks and closed flags of no payment, and none that waits', async () => {
      await withBed(engine.create, async (testBed) => {
        await testBed.pay();
        const item = (id: string, status: string) =>
          `insert into postback_items (id, postback_id, merchant_id, account, item_key, label, signed_amount, status, received_at, matched_at)
           values ('${id}', 'p', '${merchant.id}', 'a', '${id}', 'customer', 0, '${status}', 1, ${status === 'dismissed' ? 2 : 'null'})`;
        const flag = (id: string, closedAt: string) =>
          `insert into flags (id, merchant_id, kind, subject, reason, raised_at, closed_at)
           values ('${id}', '${merchant.id}', 'reconciliation', '${id}', 'it differs', 1, ${closedAt})`;
        for (const statement of [item('old', 'dismissed'), item('waits', 'unmatched'), flag('old', '2'), flag('waits', 'null')])
          await run(testBed, statement, '');
        assert.equal((await prune(testBed.databaseUrl, auditChain, testBed.clock.now() + 6 * year)).others, 2);
        for (const table of ['postback_items', 'flags'])
          assert.deepEqual(await column(testBed, `select id as value from ${table}`), ['waits'], table);
      });
    });

    it('keeps a payment that is over while something beside it still waits', async () => {
      await withBed(engine.create, async (testBed) => {
        const statements: [waits: string, over: string][] = [
          [
            `insert into flags (id, merchant_id, payment_id, kind, subject, reason, raised_at)
             values ('flg_1', '${merchant.id}', $id, 'overpaid', 's', 'too much has come', 1)`,
            'update flags set closed_at = 2 where payment_id = $id',
          ],
          [
            `insert into approvals (id, payment_id, merchant_id, act, body, amount, currency, status, requested_by, note, requested_at)
             values ('apr_1', $id, '${merchant.id}', 'refund', '{}', 1, 'UZS', 'pending', 'operator:anna', 'why', 1)`,
            "update approvals set status = 'rejected' where payment_id = $id",
          ],
          [
            'update evidence set counted = 0 where payment_id = $id',
            "update evidence set disposition = 'returned' where payment_id = $id",
          ],
          [
            `insert into refunds (id, payment_id, merchant_id, amount, currency, how, status, requested_by, note, requested_at)
             values ('ref_1', $id, '${merchant.id}', 1, 'UZS', 'upstream', 'needs_review', 'operator:anna', 'why', 1)`,
            "update refunds set status = 'done' where payment_id = $id",
          ],
          [
            "update outbox set status = 'pending' where payment_id = $id",
            "update outbox set status = 'delivered' where payment_id = $id",
          ],
          [
            "update endpoint_webhooks set status = 'pending' where payment_id = $id",
            "update endpoint_webhooks set status = 'delivered' where payment_id = $id",
          ],
        ];
        for (const [waits, over] of statements) {
          const id = await paidByCard(testBed);
          await run(testBed, "update outbox set status = 'delivered' where payment_id = $id", id);
          await addEndpoint(testBed, id, 'delivered');
          await run(testBed, waits, id);
          const later = testBed.clock.now() + 6 * year;
          assert.equal((await prune(testBed.databaseUrl, auditChain, later)).payments, 0, waits);
          await run(testBed, over, id);
          assert.equal((await prune(testBed.databaseUrl, auditChain, later)).payments, 1, over);
        }
      });
    });

    it('knows of every table how long it is kept', async () => {
      await withBed(engine.create, async ({ databaseUrl }) => {
        const { db } = openDatabase(databaseUrl);
        const tables = (await db.introspection.getTables()).map(({ name }) => name);
        await db.destroy();
        // Cards until they are removed; counters and keys of idempotency by the reconciler; keys and holds for ever, since they are few.
        const others = [
          'payments',
          'attempts',
          'discounts',
          'postbacks',
          'code_batches',
          'operator_log',
          'deliveries',
          'webhook_replays',
          'reconciliations',
          'reconciliation_differences',
          'periodic_work',
          'cards',
          'tries',
          'counted_tries',
          'idempotency_keys',
          'key_checks',
          'audit_chains',
          'restore_holds',
        ];
        const known = new Set<string>([...tablesOfPayments, ...tablesOfAttempts, ...others]);
        assert.deepEqual(
          tables.filter((name) => !known.has(name)),
          [],
        );
      });
    });

    it('leaves no label and no phone of an erased customer anywhere, and all of the money', async () => {
      await withBed(engine.create, async (testBed) => {
        const label = 'planted "customer"';
        const open = await testBed.pay({ label });
        const who = { merchantId: merchant.id, label };
        const erase = () =>
          eraseCustomer(testBed.databaseUrl, who, { sealer: testBed.sealer, chain: auditChain }, testBed.clock.now());
        assert.deepEqual(await erase(), { kind: 'not_over', payments: [open] });
        await testBed.card(open, { save: true });
        await testBed.code(open);
        await testBed.reconciler.runOnce();
        await addEndpoint(testBed, open, 'delivered');
        const other = await paidByCard(testBed);
        const erased = await erase();
        assert.ok(erased.kind === 'erased' && erased.pseudonym.startsWith('erased-'));
        assert.deepEqual([erased.payments, erased.cards], [1, 1]);
        const { db } = openDatabase(testBed.databaseUrl);
        for (const { name } of await db.introspection.getTables()) {
          const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
          const text = JSON.stringify(rows.filter((row) => Object(row).payment_id !== other && Object(row).id !== other));
          for (const planted of ['planted', '998901304527']) assert.ok(!text.includes(planted), `${planted} in ${name}`);
        }
        await db.destroy();
        const read = await testBed.payments.read(merchant.id, open);
        assert.deepEqual([read?.label, read?.amountPaid, read?.evidence.length], [erased.pseudonym, 500_000, 1]);
        assert.equal((await testBed.payments.read(merchant.id, other))?.label, 'customer');
        const [body = ''] = await column(testBed, `select body as value from outbox where payment_id = '${open}'`);
        assert.equal(JSON.parse(body).data.payment.amountPaid, 500_000);
        await testBed.reconciler.runOnce();
        assert.deepEqual(
          await column(testBed, 'select id as value from cards'),
          [],
          'its token was removed at Payme, and then its row',
        );
      });
    });
  });
}

/** As if the merchant had a further endpoint when this payment was paid. */
const addEndpoint = (testBed: CardTestBed, id: string, status: string): Promise<void> =>
  run(
    testBed,
    `insert into endpoint_webhooks (id, endpoint, status, merchant_id, payment_id, sequence, type, body, tries, next_try_at, lease_until, created_at)
     select id || '_l', 'ledger', '${status}', merchant_id, payment_id, sequence, type, body, 1, 0, 0, created_at from outbox where payment_id = $id`,
    id,
  );

async function paidByCard(testBed: CardTestBed): Promise<string> {
  const id = await testBed.pay();
  await testBed.card(id);
  assert.equal((await testBed.code(id)).status, 'succeeded');
  return id;
}

async function withBed(
  create: () => Promise<{ url: string; drop(): Promise<void> }>,
  work: (testBed: CardTestBed) => Promise<void>,
): Promise<void> {
  const database = await create();
  const testBed = await createCardTestBed({ databaseUrl: database.url });
  try {
    await work(testBed);
  } finally {
    await testBed.close();
    await database.drop();
  }
}

async function column({ databaseUrl }: CardTestBed, query: string): Promise<string[]> {
  const { db } = openDatabase(databaseUrl);
  const { rows } = await sql.raw<{ value: string }>(query).execute(db);
  await db.destroy();
  return rows.map(({ value }) => value);
}

async function run(testBed: CardTestBed, statement: string, id: string): Promise<void> {
  await column(testBed, statement.replaceAll('$id', `'${id}'`));
}
