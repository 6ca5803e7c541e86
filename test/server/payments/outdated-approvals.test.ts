/** A request for a second person ends by itself when the payment changes, and everybody can read why. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { fiscalReceiptTaken, storeFiscalReceipt } from '../../../server/payments/fiscal-receipt.ts';
import { holdRestored, releaseHolds } from '../../../server/storage/copies/hold.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { outdatedApprovals } from '../../../server/storage/migrations/0020-outdated-approvals.ts';
import { type ActsTestBed, anna, ben, createActsTestBed, refusedWith } from '../../support/acts-test-bed.ts';
import { auditChain } from '../../support/audit-chain.ts';
import { usualEngines } from '../../support/engines.ts';
import { due } from '../../support/payment-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const note = 'seen in the cabinet';
const over = refusedWith('version_conflict', /the payment has changed since this was requested/);

for (const engine of usualEngines) {
  describe(`requests that a payment outruns (${engine.name})`, { skip: engine.skip }, () => {
    let bed: ActsTestBed;
    let databaseUrl = '';
    withTestBed(engine, createActsTestBed, (opened, url) => {
      bed = opened;
      databaseUrl = url;
    });
    afterEach(() => {
      bed.threshold = null;
    });
    const statusOf = async (id: string) => (await bed.store.approval(id))?.status;
    const waiting = async (id: string): Promise<boolean> => {
      const now = { merchants: null, unknownBefore: 0, limit: 1_000 };
      return (await bed.store.reads.waiting({ ...now, kind: 'approval' })).some((item) => item.id === id);
    };
    /** Anna has requested it, and Ben has not looked yet. */
    const requested = async (method: 'wallet' | 'card' = 'wallet') => {
      const { id, attemptId } = await bed.inReview(method);
      bed.threshold = 1;
      const approval = (await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna)) ?? assert.fail();
      bed.threshold = null;
      return { id, attemptId, approval };
    };

    it('are over in the commit that changes it, leave the queue, and the audit names them', async () => {
      const { id, attemptId, approval } = await requested();
      assert.ok(await waiting(approval.id));
      await bed.paid(id, attemptId);
      const ended = (await bed.store.approval(approval.id)) ?? assert.fail();
      assert.deepEqual([ended.status, ended.decidedBy, ended.decidedAt], ['outdated', null, bed.clock.now()]);
      assert.equal(await waiting(approval.id), false);
      assert.equal((await bed.trail.events(id)).at(-1)?.data.outdatedApproval, approval.id);
      await assert.rejects(bed.acts.confirm(approval.id, note, ben), over);
      await assert.rejects(bed.acts.reject(approval.id, note, ben), over);
      assert.deepEqual([(await bed.checked(id)).status, (await bed.store.decisions(id)).length], ['succeeded', 0]);
    });

    it('are not outdated by themselves, and a later request outdates the earlier one alone', async () => {
      const { id, attemptId, approval } = await requested();
      assert.equal((await bed.store.payment(id))?.approvalId, approval.id);
      bed.threshold = 1;
      const other = (await bed.acts.resolve(id, await bed.resolution(id, attemptId), ben)) ?? assert.fail();
      bed.threshold = null;
      assert.deepEqual([await statusOf(approval.id), await statusOf(other.id)], ['outdated', 'pending']);
      await bed.acts.confirm(other.id, note, anna);
      assert.deepEqual([await statusOf(other.id), (await bed.checked(id)).status], ['confirmed', 'succeeded']);
      const last = await bed.trail.events(id);
      assert.ok(!last.slice(-2).some(({ data }) => 'outdatedApproval' in data), 'what was confirmed is not out of date');
    });

    it('are confirmed if their own reading brings the money', async () => {
      const { id, attemptId, approval } = await requested('card');
      const evidence = { upstream: 'test', upstreamId: `receipt-${id}`, amount: due, currency: 'MMK' };
      bed.readings.set(attemptId, { kind: 'paid', evidence });
      await bed.acts.confirm(approval.id, note, ben);
      const { status, decidedBy } = (await bed.store.approval(approval.id)) ?? assert.fail();
      assert.deepEqual([status, decidedBy, (await bed.checked(id)).status], ['confirmed', ben, 'succeeded']);
    });

    it('wait on beside a fiscal receipt, which moves no money, and are confirmed; money that comes after it ends them', async () => {
      const [confirmed, outrun] = [await requested(), await requested()];
      const unit = { ...bed, changed: () => undefined, corrected: () => assert.fail() };
      const receipt = { qrUrl: 'https://ofd.example/check?r=1', fiscalSign: null, terminalId: null, issuedAt: null };
      for (const { id, approval } of [confirmed, outrun]) {
        for (const receiptId of [1, 2]) {
          const stored = await storeFiscalReceipt(unit, id, { kind: 'sale', receiptId, ...receipt });
          await fiscalReceiptTaken(unit, id, stored);
        }
        assert.deepEqual([await statusOf(approval.id), await waiting(approval.id)], ['pending', true]);
      }
      assert.equal((await bed.acts.confirm(confirmed.approval.id, note, ben)).status, 'confirmed');
      assert.deepEqual(
        [(await bed.checked(confirmed.id)).status, (await bed.store.decisions(confirmed.id)).length],
        ['succeeded', 1],
      );
      await bed.paid(outrun.id, outrun.attemptId);
      assert.equal(await statusOf(outrun.approval.id), 'outdated');
      await assert.rejects(bed.acts.confirm(outrun.approval.id, note, ben), over);
    });

    it('stay what somebody decided, whatever comes later', async () => {
      const { id, attemptId, approval } = await requested();
      await bed.acts.reject(approval.id, 'another customer', ben);
      await bed.paid(id, attemptId);
      assert.equal(await statusOf(approval.id), 'rejected');
    });

    it('of the version before end with the migration if they are out of date, and wait on if they are not', async () => {
      const [stale, alive] = [await requested(), await requested()];
      const { db } = openDatabase(databaseUrl);
      try {
        // As the version before has left them: nothing outdates a request, and no payment names one.
        await db.schema.alterTable('payments').dropColumn('approval_id').execute();
        await db.updateTable('payments').set({ version: 99 }).where('id', '=', stale.id).execute();
        await outdatedApprovals.up(db as never);
      } finally {
        await db.destroy();
      }
      assert.deepEqual([await statusOf(stale.approval.id), await statusOf(alive.approval.id)], ['outdated', 'pending']);
      await bed.paid(alive.id, alive.attemptId);
      assert.equal(await statusOf(alive.approval.id), 'outdated');
    });

    it('end with a restore, and with its verification where that moves the payment', async () => {
      const { db } = openDatabase(databaseUrl);
      try {
        const id = await bed.pay();
        await bed.show(id);
        const before = await requested();
        await holdRestored(db, bed.clock.now());
        assert.deepEqual([await statusOf(before.approval.id), await waiting(before.approval.id)], ['outdated', false]);
        // What was shown may have been paid without anybody saying so: a person decides about it while the payment is open.
        bed.threshold = 1;
        const [attempt] = await bed.store.attempts(id);
        const shown = await bed.acts.resolve(id, await bed.resolution(id, attempt?.id ?? '', { upstreamId: `${id}-1` }), anna);
        bed.threshold = null;
        await releaseHolds(db, auditChain, bed.clock.now());
        assert.equal(await statusOf(shown?.id ?? ''), 'outdated');
        assert.equal((await bed.store.payment(id))?.approvalId, null);
      } finally {
        await db.destroy();
      }
    });
  });
}
