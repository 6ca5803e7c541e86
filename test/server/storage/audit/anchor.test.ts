/** An anchor shows that the end of a chain was cut off, also where whoever did it has set back what says where the chain ends. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sql } from 'kysely';
import { newId } from '../../../../server/payments/model/ids.ts';
import { dayMs } from '../../../../server/payments/model/time.ts';
import { type Anchor, checkAnchor, parseAnchor, readAnchor } from '../../../../server/storage/audit/anchor.ts';
import { announceRemovedPayments } from '../../../../server/storage/audit/retention.ts';
import { verifyAudit } from '../../../../server/storage/audit/verify.ts';
import { prune } from '../../../../server/storage/retention/prune.ts';
import { auditChain } from '../../../support/audit-chain.ts';
import { engines } from '../../../support/engines.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { type AuditTestBed, createAuditTestBed } from './audit-test-bed.ts';

for (const engine of engines) {
  describe(`anchors of the audit (${engine.name})`, { skip: engine.skip }, () => {
    let bed: AuditTestBed['bed'];
    let db: AuditTestBed['db'];
    let paid: AuditTestBed['paid'];
    let url: string;
    withTestBed(engine, createAuditTestBed, (opened, databaseUrl) => {
      ({ bed, db, paid } = opened);
      url = databaseUrl;
    });

    const take = async (since = 0): Promise<Anchor> => {
      const anchor = parseAnchor(JSON.stringify(await readAnchor(url, since, bed.clock.now())));
      return anchor ?? assert.fail('what is printed can be read');
    };
    const check = (anchor: Anchor) => checkAnchor(url, auditChain, anchor);
    const later = (days: number) => bed.clock.now() + days * dayMs;
    const faultsOf = async (anchor: Anchor) => (await check(anchor)).faults.map(({ chain, position }) => [chain, position]);
    const event = () =>
      bed.store.insertAudit({ ...row(), paymentId: '', merchantId: 'books', type: 'pay_codes.get_code', data: {} });
    const reading = () => bed.store.insertOperatorLog({ ...row(), operator: 'anna', action: 'search', target: '', data: {} });
    const row = () => ({ id: newId('aud'), at: bed.clock.now() });
    /** As whoever administers the database: the newest row goes, and what names the end is set to the row before. */
    const cutOff = async (table: 'audit' | 'operator_log', name: string, own: ReturnType<typeof sql>) => {
      await sql`delete from ${sql.table(table)} where ${own} and position = (select max(position) from ${sql.table(table)} where ${own})`.execute(
        db,
      );
      const { rows } = await sql<{ position: number; hash: string }>`
        select position, hash from ${sql.table(table)} where ${own} order by position desc limit 1`.execute(db);
      const [end] = rows;
      assert.ok(end);
      await db.updateTable('audit_chains').set({ position: end.position, hash: end.hash }).where('chain', '=', name).execute();
    };

    it('hold while chains only grow, and name all chains that belong to no payment and the payments that changed', async () => {
      const old = await paid();
      bed.clock.advance(3 * dayMs);
      const id = await paid();
      for (const write of [event, event, reading, reading]) await write();
      const anchor = await take(bed.clock.now() - 2 * dayMs);
      assert.deepEqual(Object.keys(anchor.ends).sort(), ['merchant:books', 'operators', id].sort());
      assert.equal((await take()).ends[old]?.position, 3);
      for (const write of [event, reading, paid]) await write();
      assert.deepEqual(await check(anchor), { held: 3, removed: 0, faults: [] });
    });

    it('show rows that were cut off, although the chains that are left hold, and whatever is written after it', async () => {
      const id = await paid();
      for (const write of [event, event, reading, reading]) await write();
      const anchor = await take();
      const endOf = (name: string) => [name, anchor.ends[name]?.position];
      await cutOff('operator_log', 'operators', sql`1 = 1`);
      await cutOff('audit', 'merchant:books', sql`payment_id = '' and merchant_id = 'books'`);
      await sql`delete from audit where payment_id = ${id} and position = 3`.execute(db);
      await sql`update payments set version = 2 where id = ${id}`.execute(db);
      assert.equal((await verifyAudit(url, auditChain)).brokenChains, 0, 'nothing else notices it');
      const cut = [endOf('merchant:books'), endOf('operators'), endOf(id)].sort();
      assert.deepEqual((await faultsOf(anchor)).sort(), cut);
      for (const write of [event, reading]) await write();
      assert.deepEqual((await faultsOf(anchor)).sort(), cut, 'a new row in the place is another row');
    });

    it('show a payment that was deleted with all its rows, also where retention deletes those of another merchant sooner', async () => {
      const id = await paid();
      const { ends, ...times } = await take(bed.clock.now());
      const anchor = { ...times, ends: { [id]: ends[id] ?? assert.fail() } };
      for (const table of ['audit', 'payments'] as const)
        await sql`delete from ${sql.table(table)} where ${sql.raw(table === 'audit' ? 'payment_id' : 'id')} = ${id}`.execute(db);
      const missed = async () => (await check(anchor)).faults.map(({ chain, what }) => [chain, what]);
      assert.deepEqual(await missed(), [[id, 'anchor']]);
      const films = newId('pay');
      const known = await db.selectFrom('payments').selectAll().executeTakeFirstOrThrow();
      await db
        .insertInto('payments')
        .values({ ...known, id: films, merchant_id: 'films', status: 'canceled', order_slot: null })
        .execute();
      const retentionOf = (merchantId: string) => ({ moneyDays: merchantId === 'films' ? 30 : 1_830, bodyDays: 30 });
      await prune(url, auditChain, later(31), retentionOf);
      assert.equal(await bed.store.payment(films), null);
      assert.deepEqual(await missed(), [[id, 'anchor']]);
    });

    it('count a payment that retention has deleted apart, whatever the merchants file says today', async () => {
      const id = await paid();
      // Somebody closes a flag about it long after it has changed last, and that row is the newest of its chain.
      const closed = { ...row(), at: later(99), paymentId: id, merchantId: 'books', type: 'flag.closed', data: {} };
      await bed.store.insertAudit(closed);
      const { ends, ...times } = await take(bed.clock.now());
      const anchor = { ...times, ends: { [id]: ends[id] ?? assert.fail() } };
      await db.updateTable('outbox').set({ status: 'delivered', delivered_at: 1 }).execute();
      await prune(url, auditChain, later(100), () => ({ moneyDays: 90, bodyDays: 30 }));
      assert.equal(await bed.store.payment(id), null);
      assert.deepEqual(await check(anchor), { held: 0, removed: 1, faults: [] });
      const said = await db.selectFrom('operator_log').selectAll().where('action', '=', 'prune').execute();
      // Who has no key cannot say that retention did it.
      for (const { id: one } of said) await db.updateTable('operator_log').set({ digest: 'x' }).where('id', '=', one).execute();
      assert.equal((await check(anchor)).faults.length, 1);
      for (const { id: one, digest } of said)
        await db.updateTable('operator_log').set({ digest }).where('id', '=', one).execute();
    });

    it('show a row that was cut off from a payment which is still there, however old', async () => {
      const id = await paid();
      const anchor = await take(bed.clock.now());
      await sql`delete from audit where payment_id = ${id} and position = 3`.execute(db);
      await announceRemovedPayments(db, auditChain, new Map([['books', later(1)]]), bed.clock.now());
      const { faults } = await check(anchor);
      assert.deepEqual(
        faults.map(({ chain, position }) => [chain, position]),
        [[id, 3]],
      );
    });

    it('have payments about which something was written that did not change them', async () => {
      const id = await paid();
      bed.clock.advance(3 * dayMs);
      await bed.store.insertAudit({ ...row(), paymentId: id, merchantId: 'books', type: 'flag.closed', data: {} });
      const anchor = await take(bed.clock.now() - dayMs);
      assert.equal(anchor.ends[id]?.position, 4);
      await sql`delete from audit where payment_id = ${id} and position = 4`.execute(db);
      assert.deepEqual(await faultsOf(anchor), [[id, 4]]);
    });

    it('count what retention has deleted apart', async () => {
      for (const write of [event, reading]) await write();
      const { ends, ...times } = await take();
      const own = Object.entries(ends).filter(([name]) => !name.startsWith('pay_'));
      await prune(url, auditChain, bed.clock.now() + 6 * 366 * dayMs);
      assert.deepEqual(await check({ ...times, ends: Object.fromEntries(own) }), { held: 0, removed: 2, faults: [] });
    });
  });
}

it('what is no anchor is not taken for an empty one', () => {
  for (const text of [
    '',
    '{',
    '[]',
    'null',
    '{"at":1,"since":0}',
    '{"at":1,"since":0,"ends":{"operators":{"position":"1","hash":"x"}}}',
  ])
    assert.equal(parseAnchor(text), null, text);
});
