/** What a check of the audit says of a history that nobody touched, and of each way to touch one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../../../server/payments/model/ids.ts';
import { dayMs } from '../../../../server/payments/model/time.ts';
import { createSealer } from '../../../../server/payments/sealer.ts';
import { createAuditChain } from '../../../../server/storage/audit/chain.ts';
import { type AuditReport, verifyAudit } from '../../../../server/storage/audit/verify.ts';
import { holdRestored, releaseHolds } from '../../../../server/storage/copies/hold.ts';
import { eraseCustomer } from '../../../../server/storage/retention/erase-customer.ts';
import { prune } from '../../../../server/storage/retention/prune.ts';
import { openStore } from '../../../../server/storage/store.ts';
import { auditChain, auditKey } from '../../../support/audit-chain.ts';
import { engines } from '../../../support/engines.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { type AuditTestBed, createAuditTestBed } from './audit-test-bed.ts';

for (const engine of engines) {
  describe(`the audit's hash chain (${engine.name})`, { skip: engine.skip }, () => {
    let bed: AuditTestBed['bed'];
    let db: AuditTestBed['db'];
    let paid: AuditTestBed['paid'];
    let url: string;
    withTestBed(engine, createAuditTestBed, (opened, databaseUrl) => {
      ({ bed, db, paid } = opened);
      url = databaseUrl;
    });

    const verify = (chain = auditChain) => verifyAudit(url, chain);
    const run = (statement: ReturnType<typeof sql>) => statement.execute(db);
    const rowsOf = (id: string) => db.selectFrom('audit').selectAll().where('payment_id', '=', id).orderBy('position').execute();
    const merchantEvent = (at = bed.clock.now()) => ({
      id: newId('aud'),
      paymentId: '',
      merchantId: 'books',
      type: 'pay_codes.get_code',
      data: {},
      at,
    });
    const read = (at = bed.clock.now()) => ({ id: newId('log'), operator: 'anna', action: 'search', target: '', data: {}, at });
    const assertHolds = async (report: Promise<AuditReport> = verify()) => {
      const { faults, brokenChains, unreadable } = await report;
      assert.deepEqual({ faults, brokenChains, unreadable }, { faults: [], brokenChains: 0, unreadable: 0 });
    };
    /** What is found after a change, which is undone afterwards. */
    const faultsAfter = async (change: () => Promise<unknown>) => {
      const [audit, log, chains] = [
        await db.selectFrom('audit').selectAll().execute(),
        await db.selectFrom('operator_log').selectAll().execute(),
        await db.selectFrom('audit_chains').selectAll().execute(),
      ];
      await change();
      const report = await verify();
      for (const table of ['audit', 'operator_log', 'audit_chains'] as const) await db.deleteFrom(table).execute();
      await db.insertInto('audit').values(audit).execute();
      if (log.length > 0) await db.insertInto('operator_log').values(log).execute();
      if (chains.length > 0) await db.insertInto('audit_chains').values(chains).execute();
      assert.equal(report.brokenChains, report.faults.length);
      return report.faults;
    };

    it('holds over payments that go on at the same time, and over what several processes write that belongs to none', async () => {
      const second = await openStore(url, auditChain);
      await Promise.all([paid(), paid(), paid()]);
      const stores = [bed.store, second];
      await Promise.all(
        Array.from({ length: 12 }, async (_, n) => {
          await stores[n % 2]?.insertAudit(merchantEvent());
          await stores[n % 2]?.insertOperatorLog(read());
        }),
      );
      await second.close();
      const report = await verify();
      await assertHolds(Promise.resolve(report));
      assert.deepEqual([report.chains, report.rows, report.unchained.rows], [5, 33, 0]);
    });

    it('names the first row of a payment that was changed, exchanged, added or deleted', async () => {
      const id = await paid();
      const [first, second, third] = await rowsOf(id);
      assert.ok(first && second && third);
      const at = ({ id: row, position }: typeof first, what: string) => [{ chain: id, id: row, position, what }];
      const change = (of: typeof first, values: Partial<typeof first>) =>
        faultsAfter(() => db.updateTable('audit').set(values).where('id', '=', of.id).execute());
      assert.deepEqual(
        await change(second, { data: second.data.replace('"version":2', '"version":2,"by":"nobody"') }),
        at(second, 'content'),
      );
      assert.deepEqual(await change(first, { at: first.at + 1 }), at(first, 'content'));
      // With a digest that fits: of another key, since whoever does it has not ours.
      const forged = createAuditChain({ lookup: [{ ...auditKey, bytes: Buffer.alloc(32, 9) }] }).digest(['x']);
      assert.deepEqual(await change(second, { digest: forged }), at(second, 'link'));
      assert.deepEqual(await change(second, { hash: first.hash }), at(second, 'link'));
      assert.deepEqual(await change(second, { position: null, digest: null, hash: null }), at(third, 'missing'));
      const drop = (of: typeof first) => faultsAfter(() => db.deleteFrom('audit').where('id', '=', of.id).execute());
      assert.deepEqual(await drop(first), at(second, 'missing'));
      assert.deepEqual(await drop(second), at(third, 'missing'));
      assert.deepEqual(await drop(third), [{ chain: id, id: null, position: 3, what: 'end' }]);
      const added = { ...third, id: newId('aud'), position: 4 };
      assert.deepEqual(await faultsAfter(() => db.insertInto('audit').values(added).execute()), at(added, 'link'));
      const all = await faultsAfter(() => db.deleteFrom('audit').where('payment_id', '=', id).execute());
      assert.deepEqual(all, [{ chain: id, id: null, position: null, what: 'end' }]);
      await assertHolds();
    });

    it('notices what was changed or cut off of the chains that belong to no payment', async () => {
      const { data, ...last } = await db
        .selectFrom('operator_log')
        .selectAll()
        .orderBy('position', 'desc')
        .executeTakeFirstOrThrow();
      const changed = await faultsAfter(() => run(sql`update operator_log set operator = 'ben' where id = ${last.id}`));
      assert.deepEqual(changed, [{ chain: 'operators', id: last.id, position: last.position, what: 'content' }]);
      const cut = await faultsAfter(() => run(sql`delete from operator_log where id = ${last.id}`));
      assert.deepEqual(cut, [{ chain: 'operators', id: null, position: last.position, what: 'end' }]);
      const none = await faultsAfter(() => run(sql`delete from audit where payment_id = '' and merchant_id = 'books'`));
      assert.deepEqual(none, [{ chain: 'merchant:books', id: null, position: 1, what: 'end' }]);
    });

    it('counts the rows of versions without a chain apart, and says how many came later than chained ones', async () => {
      const [id, at] = [await paid(), bed.clock.now()];
      await run(sql`update audit set position = null, digest = null, hash = null where payment_id = ${id}`);
      assert.deepEqual((await verify()).unchained, { rows: 3, newestAt: at, afterChained: 0 });
      await run(sql`delete from audit where payment_id = ${id}`);
      await run(sql`delete from payments where id = ${id}`);
      const other = await paid();
      const [first] = await rowsOf(other);
      assert.ok(first);
      const late = { ...first, id: newId('aud'), type: 'x', at: at + 5, position: null, digest: null, hash: null };
      await db.insertInto('audit').values(late).execute();
      assert.deepEqual((await verify()).unchained, { rows: 1, newestAt: at + 5, afterChained: 1 });
      await run(sql`delete from audit where id = ${late.id}`);
    });

    it('holds after an erasure, which changes rows, and still notices who changes them after it', async () => {
      const id = await paid();
      const { label, merchant_id } = await db.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      // As a row of some version that had the customer in it.
      const planted = {
        id: newId('aud'),
        paymentId: id,
        merchantId: merchant_id,
        type: 'x',
        data: { label },
        at: bed.clock.now(),
      };
      await bed.store.transaction(async (tx) => {
        await tx.lockPayment(id);
        await tx.insertAudit(planted);
      });
      await assertHolds();
      const keys = { sealer: createSealer(Buffer.alloc(32, 5)), chain: auditChain };
      assert.equal((await eraseCustomer(url, { merchantId: merchant_id, label }, keys, bed.clock.now())).kind, 'erased');
      const row = (await rowsOf(id)).find((one) => one.id === planted.id);
      assert.ok(row?.data.includes('erased-') && !row.data.includes(label));
      await assertHolds();
      const [fault] = await faultsAfter(() => run(sql`update audit set data = '{"label":"x"}' where id = ${planted.id}`));
      assert.deepEqual([fault?.id, fault?.what], [planted.id, 'content']);
    });

    it('holds after a restore, whose lift of the versions leaves no row', async () => {
      await holdRestored(db, bed.clock.now());
      await assertHolds();
      await releaseHolds(db, auditChain, bed.clock.now());
      await assertHolds();
    });

    it('says of rows under a key that is gone that they could not be checked, and goes on under the new one', async () => {
      const exchanged = { id: 'n', bytes: Buffer.alloc(32, 4), readOnly: false };
      const both = createAuditChain({ lookup: [exchanged, auditKey] });
      const store = await openStore(url, both);
      await store.insertOperatorLog(read());
      await store.close();
      await assertHolds(verify(both));
      const newOnly = await verify(createAuditChain({ lookup: [exchanged] }));
      assert.equal(newOnly.brokenChains, 0);
      assert.equal(newOnly.unreadable, newOnly.rows - 1);
      const [last] = await db.selectFrom('operator_log').selectAll().orderBy('position', 'desc').limit(1).execute();
      await run(sql`delete from operator_log where id = ${last?.id}`);
      await run(sql`update audit_chains set position = position - 1 where chain = 'operators'`);
      const before = await db.selectFrom('operator_log').select('hash').orderBy('position', 'desc').executeTakeFirstOrThrow();
      await run(sql`update audit_chains set hash = ${before.hash} where chain = 'operators'`);
      await assertHolds();
    });

    it('holds from the oldest kept row on after retention, and notices what anybody else deletes', async () => {
      const old = await db.selectFrom('operator_log').select('id').execute();
      await prune(url, auditChain, bed.clock.now() + 6 * 366 * dayMs);
      const kept = await db.selectFrom('operator_log').selectAll().execute();
      // What it says of payments before it deletes them, and of the chains that belong to none.
      assert.deepEqual(
        kept.map(({ action }) => action),
        ['prune', 'prune'],
        `${old.length} readings were deleted`,
      );
      assert.equal((await db.selectFrom('audit').select('id').where('payment_id', '=', '').execute()).length, 0);
      await assertHolds();
      await bed.store.insertAudit(merchantEvent());
      await bed.store.insertAudit(merchantEvent());
      await assertHolds();
      const faults = await faultsAfter(() =>
        run(sql`delete from audit where payment_id = '' and position = (select min(position) from audit where payment_id = '')`),
      );
      assert.deepEqual([faults[0]?.chain, faults[0]?.what, faults.length], ['merchant:books', 'missing', 1]);
      const forged = await faultsAfter(() => run(sql`delete from operator_log where action = 'prune'`));
      assert.deepEqual(forged.map(({ chain }) => chain).sort(), ['merchant:books', 'operators']);
    });
  });
}
