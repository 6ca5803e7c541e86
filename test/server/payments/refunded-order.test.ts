/** An order whose money was given back can be paid again, once: by what the merchant's server asks for, and never by two payments at a time. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newId } from '../../../server/payments/model/ids.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { type ActsTestBed, anna, createActsTestBed } from '../../support/acts-test-bed.ts';
import { usualEngines } from '../../support/engines.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { due } from '../../support/payment-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

for (const engine of usualEngines) {
  describe(`an order that was refunded (${engine.name})`, { skip: engine.skip }, () => {
    let bed: ActsTestBed;
    let url = '';
    withTestBed(engine, createActsTestBed, (opened, databaseUrl) => {
      bed = opened;
      url = databaseUrl;
    });
    let orders = 0;
    const nextOrder = () => {
      orders += 1;
      return `refunded order ${orders}`;
    };
    const statusOf = async (id: string) => (await bed.checked(id)).status;

    /** A payment whose money a person has given back. */
    async function refunded(orderId: string): Promise<{ id: string; attemptId: string }> {
      const id = await bed.pay(orderId);
      const attempt = await bed.beginCard(id);
      await bed.payments.settleAttempt(id, attempt.id, { kind: 'needs_review', why: 'the answer was lost' }, 9);
      await bed.acts.resolve(id, await bed.resolution(id, attempt.id, { outcome: 'returned' }), anna);
      assert.equal(await statusOf(id), 'refunded');
      return { id, attemptId: attempt.id };
    }
    const reopen = async (id: string) =>
      bed.acts.reopen(id, { note: 'it was not returned', version: await bed.version(id) }, anna);
    const openAgain = async ({ id, attemptId }: { id: string; attemptId: string }) => {
      bed.readings.set(attemptId, { kind: 'not_paid', closed: true });
      await bed.acts.resolve(id, await bed.resolution(id, attemptId, { outcome: 'not_paid' }), anna);
    };
    const flagged = async (id: string) => (await bed.store.flags(id)).some(({ kind }) => kind === 'reopened_beside_another');

    it('gets a new payment, which can be paid, and the refunded one stays as it is', async () => {
      const orderId = nextOrder();
      const first = await refunded(orderId);
      const next = await bed.pay(orderId);
      assert.notEqual(next, first.id);
      assert.equal(await bed.pay(orderId), next, 'and one only');
      const attempt = await bed.beginCard(next);
      await bed.paid(next, attempt.id);
      const paid = await bed.checked(next);
      assert.deepEqual([paid.status, paid.orderAlreadyPaidBy], ['succeeded', null], 'nobody has paid it twice');
      assert.equal(await statusOf(first.id), 'refunded');
      assert.equal(await bed.pay(orderId), next);
    });

    it('gets it also of another amount, and after it was paid and refunded once more', async () => {
      const orderId = nextOrder();
      const ids = new Set<string>();
      for (let round = 0; round < 3; round += 1) ids.add((await refunded(orderId)).id);
      assert.equal(ids.size, 3);
      ids.add(await bed.payments.create(merchant, { amount: due + 1, currency: 'MMK', orderId, label: 'somebody else' }));
      assert.equal(ids.size, 4);
    });

    it('gets one, however many requests ask at once', async () => {
      const orderId = nextOrder();
      const first = await refunded(orderId);
      const made = await Promise.allSettled(Array.from({ length: 8 }, () => bed.pay(orderId)));
      const ids = new Set(made.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
      assert.deepEqual([ids.size, ids.has(first.id)], [1, false]);
    });

    it('is shown as refunded by a link, which its customer may open at any time', async () => {
      const orderId = nextOrder();
      const first = await refunded(orderId);
      const wanted = { amount: due, currency: 'MMK', orderId, label: 'customer' };
      assert.equal(await bed.payments.create(merchant, wanted, { mostInDay: 20 }), first.id);
    });

    it('has no second live payment where the refund is taken back: that waits for a person, under a flag', async () => {
      const orderId = nextOrder();
      const first = await refunded(orderId);
      const next = await bed.pay(orderId);
      await reopen(first.id);
      assert.deepEqual([await statusOf(first.id), await flagged(first.id)], ['needs_review', true]);
      await openAgain(first);
      assert.equal(await statusOf(first.id), 'expired', 'it must not be open beside the other one');
      assert.equal(await bed.pay(orderId), next);
    });

    it('is not opened beside another live payment, however the two have come to be', async () => {
      const orderId = nextOrder();
      const first = await refunded(orderId);
      await reopen(first.id);
      assert.equal((await bed.store.payment(first.id))?.paidLate, false, 'nothing else keeps it from being opened');
      // As where both were written at the same moment, and neither knew of the other.
      const known = (await bed.store.payment(first.id)) ?? assert.fail();
      const beside = { ...known, id: newId('pay'), status: 'succeeded', attemptId: null, decidedBy: null, version: 1 } as const;
      await bed.store.transaction(async (tx) => assert.ok(await tx.insertPayment({ ...beside, orderId: `${orderId} ` })));
      const { db } = openDatabase(url);
      await db.updateTable('payments').set({ order_id: orderId }).where('id', '=', beside.id).execute();
      await openAgain(first);
      assert.equal(await statusOf(first.id), 'expired');
      await db.destroy();
    });

    it('keeps money that comes late for the refunded payment, beside the new one', async () => {
      const orderId = nextOrder();
      const first = await refunded(orderId);
      const next = await bed.pay(orderId);
      const more = { upstreamId: `${orderId} more` };
      await bed.paid(first.id, first.attemptId, more);
      assert.equal(await statusOf(first.id), 'needs_review');
      assert.ok((await bed.store.evidence(first.id)).some(({ upstreamId }) => upstreamId === more.upstreamId));
      assert.equal(await statusOf(next), 'open');
      assert.equal(await bed.pay(orderId), next);
    });

    it('stays refunded once late money of it, which pays nothing here, was moved to the new payment', async () => {
      const orderId = nextOrder();
      const first = await refunded(orderId);
      const next = await bed.pay(orderId);
      await bed.doubtful(first.id, first.attemptId);
      assert.equal(await statusOf(first.id), 'needs_review');
      const wanted = { upstreamId: first.attemptId, disposition: 'moved', toPaymentId: next, note: 'for the new one' } as const;
      await bed.acts.dispose(first.id, { ...wanted, version: await bed.version(first.id) }, anna);
      assert.deepEqual([await statusOf(first.id), await statusOf(next)], ['refunded', 'succeeded']);
    });

    it('is not opened again where the rest of what was in doubt was not paid', async () => {
      const id = await bed.pay(nextOrder());
      await bed.show(id);
      await bed.payments.abandon(id);
      const [wallet] = await bed.store.attempts(id);
      const card = await bed.beginCard(id);
      await bed.payments.settleAttempt(id, card.id, { kind: 'needs_review', why: 'the answer was lost' }, 9);
      await bed.acts.resolve(id, await bed.resolution(id, wallet?.id ?? '', { outcome: 'returned' }), anna);
      assert.equal(await statusOf(id), 'needs_review');
      await openAgain({ id, attemptId: card.id });
      assert.equal(await statusOf(id), 'refunded');
    });

    it('keeps its payment where the refund is taken back before another is created', async () => {
      const orderId = nextOrder();
      const first = await refunded(orderId);
      await reopen(first.id);
      assert.equal(await flagged(first.id), false);
      assert.equal(await bed.pay(orderId), first.id);
      await openAgain(first);
      assert.equal(await statusOf(first.id), 'open');
      assert.equal(await bed.pay(orderId), first.id);
    });

    it('has one live payment where the refund is taken back and a new one is created at the same moment', async () => {
      for (let round = 0; round < 5; round += 1) {
        const orderId = nextOrder();
        const first = await refunded(orderId);
        const [made] = await Promise.allSettled([bed.pay(orderId), reopen(first.id)]);
        const next = made.status === 'fulfilled' && made.value !== first.id ? made.value : await bed.pay(orderId);
        await openAgain(first);
        const live = [await statusOf(first.id), next === first.id ? '' : await statusOf(next)].filter((one) => one === 'open');
        assert.equal(live.length, 1);
      }
    });
  });
}
