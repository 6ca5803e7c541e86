/**
 * Hard cases of decisions, each found by somebody who looked for a way to invent or lose money: one number for two payments, money
 * that the service has returned, two people at once, a decision that is taken back, a refund in doubt.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AttemptRecord } from '../../../server/payments/model/records.ts';
import { type ActsTestBed, anna, ben, createActsTestBed, refusedWith } from '../../support/acts-test-bed.ts';
import { usualEngines } from '../../support/engines.ts';
import { due } from '../../support/payment-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

for (const engine of usualEngines) {
  describe(`hard cases of decisions (${engine.name})`, { skip: engine.skip }, () => {
    let bed: ActsTestBed;
    withTestBed(engine, createActsTestBed, (opened) => {
      bed = opened;
    });

    const read = (id: string) => bed.checked(id);
    const note = 'looked at it';

    it('a number that another payment has claimed pays nothing here before that one is decided', async () => {
      const number = `${Math.floor(Math.random() * 1e12)}`;
      const one = await bed.inReview('wallet');
      const two = await bed.inReview('wallet');
      const owner = (await bed.store.attempt(one.attemptId)) as AttemptRecord;
      const claim = { account: 'wallets', key: `wavepay:${number}`, paymentId: one.id, attemptId: owner.id };
      assert.ok(await bed.store.claim({ ...claim, status: 'active', contested: false, claimedAt: bed.clock.now() }));
      const wanted = async () => bed.resolution(two.id, two.attemptId, { upstreamId: number });
      await assert.rejects(bed.acts.resolve(two.id, await wanted(), anna), refusedWith('number_checking'));
      await bed.acts.resolve(one.id, await bed.resolution(one.id, one.attemptId, { outcome: 'not_paid' }), anna);
      await bed.acts.resolve(two.id, await wanted(), anna);
      assert.equal((await read(two.id)).status, 'succeeded');
    });

    it('money that the service has returned pays nothing any more, whatever else is decided', async () => {
      const id = await bed.pay();
      await bed.show(id);
      await bed.payments.abandon(id);
      const wallet = (await bed.store.attempts(id))[0] ?? assert.fail();
      const card = await bed.beginCard(id);
      await bed.paid(id, card.id);
      await bed.reverse(id, { attemptId: card.id, upstreamId: card.id });
      const reversed = await read(id);
      assert.deepEqual([reversed.status, reversed.amountPaid, reversed.amountRefunded], ['needs_review', due, due]);
      assert.ok(!(await bed.possible(id)).includes('accept'));
      await assert.rejects(bed.acts.accept(id, { note, version: reversed.version }, anna), refusedWith('decision_refused'));
      await bed.acts.resolve(id, await bed.resolution(id, wallet.id, { outcome: 'not_paid' }), anna);
      assert.equal((await read(id)).status, 'refunded');
    });

    it('a reversal that the service takes back counts as paid again', async () => {
      const { id, attemptId } = await bed.paidByCard();
      await bed.reverse(id, { attemptId, upstreamId: attemptId });
      const evidence = { upstream: 'test', upstreamId: attemptId, amount: due, currency: 'MMK' };
      bed.readings.set(attemptId, { kind: 'paid', evidence });
      await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna);
      const payment = await read(id);
      assert.deepEqual([payment.status, payment.amountRefunded], ['succeeded', 0]);
    });

    it('one person moves money while another counts it: it pays once', async () => {
      const { id, upstreamId } = await bed.uncounted();
      const target = await bed.pay();
      const version = await bed.version(id);
      const results = await Promise.allSettled([
        bed.acts.dispose(id, { upstreamId, disposition: 'moved', toPaymentId: target, note, version }, anna),
        bed.acts.dispose(id, { upstreamId, disposition: 'counted', note, version }, ben),
      ]);
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      const paid = [await read(id), await read(target)].filter(({ status }) => status === 'succeeded');
      assert.equal(paid.length, 1);
    });

    it('money that was moved comes back when the other payment is reopened', async () => {
      const { id, upstreamId } = await bed.uncounted();
      const target = await bed.pay();
      const version = await bed.version(id);
      await bed.acts.dispose(id, { upstreamId, disposition: 'moved', toPaymentId: target, note, version }, anna);
      await bed.acts.reopen(target, { note, version: await bed.version(target) }, anna);
      assert.deepEqual([(await read(id)).status, (await read(target)).status], ['needs_review', 'expired']);
      assert.ok((await bed.possible(id)).includes('dispose'));
    });

    it('what was declared void or returned can be taken back', async () => {
      for (const disposition of ['void', 'returned'] as const) {
        const { id, upstreamId } = await bed.uncounted();
        await bed.acts.dispose(id, { upstreamId, disposition, note, version: await bed.version(id) }, anna);
        const disposed = await read(id);
        assert.equal(disposed.amountRefunded, disposition === 'returned' ? due : 0);
        await bed.acts.reopen(id, { note, version: disposed.version }, anna);
        assert.deepEqual([(await read(id)).status, (await read(id)).amountRefunded], ['needs_review', 0]);
      }
    });

    it('a refund in doubt is closed by the decision about it', async () => {
      const { id, attemptId } = await bed.paidByCard();
      await bed.acts.refund(id, {}, anna);
      await bed.payments.settleRefund(id, attemptId, { kind: 'needs_review', why: 'test' }, 9);
      const evidence = { upstream: 'test', upstreamId: attemptId, amount: due, currency: 'MMK' };
      bed.readings.set(attemptId, { kind: 'paid', evidence });
      await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna);
      assert.deepEqual(
        (await bed.store.refunds(id)).map(({ status }) => status),
        ['declined'],
      );
      await bed.reverse(id, { attemptId, upstreamId: attemptId });
      assert.equal((await read(id)).status, 'needs_review', 'a later reversal is not taken for our own refund');
    });

    it('what was returned is not returned, or recorded, once more', async () => {
      const id = await bed.pay();
      const first = await bed.beginCard(id);
      await bed.paid(id, first.id, { amount: 200_000 });
      await bed.paid(id, first.id, { amount: due, upstreamId: 'second' });
      await bed.acts.refund(id, {}, anna);
      await bed.payments.settleRefund(id, first.id, { kind: 'returned' }, 9);
      const refunded = await read(id);
      assert.deepEqual([refunded.status, refunded.amountRefunded], ['refunded', 200_000 + due]);
      await bed.acts.refund(id, {}, anna);
      assert.equal((await read(id)).amountRefunded, 200_000 + due);
    });

    it('money that was returned by hand does not make a success when the decision is taken back and made again', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna);
      const byHand = { amount: due, currency: 'MMK', note: 'sent it back' };
      await bed.acts.refund(id, { byHand, version: await bed.version(id) }, ben);
      await bed.acts.reopen(id, { note, version: await bed.version(id) }, anna);
      await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna);
      assert.notEqual((await read(id)).status, 'succeeded');
    });

    it('nobody returns what they declared to be paid, not by way of evidence or of a second decision either', async () => {
      const { id, upstreamId } = await bed.uncounted();
      await bed.acts.dispose(id, { upstreamId, disposition: 'counted', note, version: await bed.version(id) }, anna);
      const byHand = { amount: 100, currency: 'MMK', note: 'sent it back' };
      await assert.rejects(
        bed.acts.refund(id, { byHand, version: await bed.version(id) }, anna),
        refusedWith('decision_refused'),
      );
      const other = await bed.inReview('wallet');
      await bed.acts.resolve(other.id, await bed.resolution(other.id, other.attemptId), anna);
      await bed.acts.reopen(other.id, { note, version: await bed.version(other.id) }, anna);
      const returned = await bed.resolution(other.id, other.attemptId, { outcome: 'returned' });
      await assert.rejects(bed.acts.resolve(other.id, returned, anna), refusedWith('decision_refused'));
      await assert.rejects(bed.acts.refund(id, { byHand }, ben), refusedWith('invalid_request'));
    });

    it('many small returns are as much as one large one', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna);
      bed.threshold = 100_000;
      const byHand = { amount: 60_000, currency: 'MMK', note: 'sent it back' };
      assert.equal(await bed.acts.refund(id, { byHand, version: await bed.version(id) }, ben), null);
      assert.ok(await bed.acts.refund(id, { byHand, version: await bed.version(id) }, ben), 'the second one is only requested');
      bed.threshold = null;
    });

    it('a customer who transferred without a known number can be decided about', async () => {
      const id = await bed.pay();
      await bed.show(id);
      assert.deepEqual(await bed.possible(id), ['resolve_paid', 'recheck']);
      const attempt = (await bed.store.attempts(id))[0] ?? assert.fail();
      await bed.acts.resolve(id, await bed.resolution(id, attempt.id, { upstreamId: '88112233' }), anna);
      assert.equal((await read(id)).status, 'succeeded');
    });
  });
}
