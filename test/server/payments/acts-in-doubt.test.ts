/**
 * Acts on payments whose money is in doubt in more than one way: it went back twice, a refund is still on its way, a part of it is
 * unknown, another attempt is in flight. Nothing is returned or counted twice, and no payment is left without an act.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { type ActsTestBed, anna, ben, createActsTestBed } from '../../support/acts-test-bed.ts';
import { assertMoneyDecides } from '../../support/assert-money-decides.ts';
import { usualEngines } from '../../support/engines.ts';
import { due } from '../../support/payment-test-bed.ts';

const withCode =
  (code: string) =>
  (cause: unknown): boolean => {
    assert.ok(cause instanceof ProblemError, String(cause));
    assert.equal(cause.code, code, cause.extras.detail);
    return true;
  };

for (const engine of usualEngines) {
  describe(`acts on money in doubt (${engine.name})`, { skip: engine.skip }, () => {
    let bed: ActsTestBed;
    let database: { url: string; drop(): Promise<void> };
    before(async () => {
      database = await engine.create();
      bed = await createActsTestBed(database.url);
    });
    after(async () => {
      await bed.close();
      await database.drop();
    });

    const note = 'looked at it';
    const anyone = 'operator:carl';
    const read = async (id: string) => {
      await assertMoneyDecides(bed.store, id);
      await bed.trail.assertWhole(id);
      assert.deepEqual(bed.failures, []);
      return (await bed.store.payment(id)) ?? assert.fail();
    };
    const byCard = async () => {
      const id = await bed.pay();
      const attempt = await bed.beginCard(id);
      await bed.paid(id, attempt.id);
      return { id, attemptId: attempt.id };
    };
    const sentBack = { amount: due, currency: 'MMK', note: 'sent it back' };

    it('money that the service has returned already is not returned once more', async () => {
      const { id, attemptId } = await byCard();
      await bed.reverse(id, { attemptId, upstreamId: attemptId });
      await assert.rejects(bed.acts.refund(id, {}, anna), withCode('decision_refused'));
      const payment = await read(id);
      assert.deepEqual([payment.status, payment.amountRefunded], ['needs_review', due]);
    });

    it('money that went back by hand and by the service is ended by a person', async () => {
      const { id, attemptId } = await byCard();
      await bed.acts.refund(id, {}, anna);
      await bed.payments.settleRefund(id, attemptId, { kind: 'kept', why: 'refused' }, 9);
      await bed.acts.refund(id, { byHand: sentBack, version: await bed.version(id) }, anna);
      assert.equal((await bed.store.payment(id))?.status, 'refunded');
      await bed.reverse(id, { attemptId, upstreamId: attemptId });
      assert.equal((await bed.store.payment(id))?.status, 'needs_review');
      bed.readings.set(attemptId, { kind: 'returned' });
      await bed.acts.resolve(id, await bed.resolution(id, attemptId, { outcome: 'returned' }), anna);
      const payment = (await bed.store.payment(id)) ?? assert.fail();
      assert.deepEqual([payment.status, payment.amountPaid, payment.amountRefunded], ['refunded', due, 2 * due]);
    });

    it('money whose amount nobody knows, or of another currency, counts as what is due for the second person', async () => {
      for (const own of [{ amount: 0 }, { amount: 100, currency: 'USD' }]) {
        const id = await bed.pay();
        await bed.show(id);
        const attempt = await bed.submitNumber(id, `${Math.random()}`.slice(2, 12));
        await bed.doubtful(id, attempt.id, own);
        bed.threshold = 100_000;
        const wanted = { upstreamId: attempt.id, disposition: 'void', note, version: await bed.version(id) } as const;
        const approval = await bed.acts.dispose(id, wanted, anna);
        bed.threshold = null;
        assert.equal(approval?.amount, due);
      }
    });

    it('a number whose money was moved or returned has paid, and one that was void has not', async () => {
      for (const disposition of ['moved', 'returned', 'void'] as const) {
        const id = await bed.pay();
        await bed.show(id);
        const number = `${Math.random()}`.slice(2, 12);
        const attempt = await bed.submitNumber(id, number);
        const claim = { account: 'wallets', key: `wavepay:${number}` };
        const intent = { operation: 'possible', upstream: 'test', naturalKey: attempt.id, notes: {} };
        await bed.payments.recordIntent(id, attempt.id, { ...intent, kind: 'submitted_transfer', claim });
        await bed.doubtful(id, attempt.id);
        const toPaymentId = await bed.pay();
        const version = await bed.version(id);
        await bed.acts.dispose(id, { upstreamId: attempt.id, disposition, toPaymentId, note, version }, anna);
        await read(id);
        const status = (await bed.store.claimOf(claim.account, claim.key))?.status;
        assert.equal(status, disposition === 'void' ? 'released' : 'paid', disposition);
      }
    });

    it('too little money that is counted waits for the attempt in flight', async () => {
      const id = await bed.pay();
      const first = await bed.lookedFor(id);
      const card = await bed.beginCard(id);
      await bed.doubtful(id, first.id, { amount: 100_000 });
      assert.equal((await bed.store.payment(id))?.status, 'processing');
      const version = await bed.version(id);
      await bed.acts.dispose(id, { upstreamId: first.id, disposition: 'counted', note, version }, anna);
      assert.equal((await read(id)).status, 'processing');
      await bed.payments.settleAttempt(id, card.id, { kind: 'declined', decline: { code: 'provider_unavailable' } }, 9);
      assert.equal((await read(id)).status, 'underpaid');
    });

    it('a payment does not succeed by money that is on its way back', async () => {
      const id = await bed.pay();
      const first = await bed.beginCard(id);
      await bed.payments.settleAttempt(id, first.id, { kind: 'declined', decline: { code: 'provider_unavailable' } }, 9);
      const second = await bed.beginCard(id);
      await bed.paid(id, second.id);
      await bed.paid(id, first.id);
      await bed.acts.refund(id, {}, anna);
      await bed.payments.settleRefund(id, first.id, { kind: 'needs_review', why: 'test' }, 9);
      bed.readings.set(first.id, { kind: 'returned' });
      const accepted = async () => bed.acts.accept(id, { note, version: await bed.version(id) }, anna);
      await assert.rejects(accepted, withCode('payment_processing'));
      await bed.acts.resolve(id, await bed.resolution(id, first.id, { outcome: 'returned' }), anna);
      assert.equal((await read(id)).status, 'needs_review');
      await bed.payments.settleRefund(id, second.id, { kind: 'returned' }, 9);
      const payment = await read(id);
      assert.deepEqual([payment.status, payment.amountPaid, payment.amountRefunded], ['refunded', 2 * due, 2 * due]);
    });

    it('what has come is above the threshold although what was due is not: a second person accepts it', async () => {
      const id = await bed.pay();
      const first = await bed.beginCard(id);
      await bed.payments.settleAttempt(id, first.id, { kind: 'declined', decline: { code: 'provider_unavailable' } }, 9);
      const second = await bed.beginCard(id);
      const little = { upstream: 'test', upstreamId: second.id, amount: 100_000, currency: 'MMK' };
      await bed.payments.settleAttempt(id, second.id, { kind: 'paid', evidence: little }, 9);
      await bed.acts.accept(id, { note, version: await bed.version(id) }, anna);
      await bed.paid(id, first.id);
      await bed.acts.reopen(id, { note, version: await bed.version(id) }, anna);
      const { status, amountPaid } = await read(id);
      assert.deepEqual([status, amountPaid], ['needs_review', due + 100_000]);
      bed.threshold = due;
      const possible = (await bed.acts.possible(id)).find(({ act }) => act === 'accept');
      assert.deepEqual([possible?.amount, possible?.secondPerson], [due + 100_000, true]);
      const waiting = await bed.acts.accept(id, { note, version: await bed.version(id) }, anna);
      assert.deepEqual([waiting?.status, waiting?.amount], ['pending', due + 100_000]);
      assert.equal((await read(id)).status, 'needs_review');
      bed.threshold = null;
    });

    it('a payment that changes while the service is read is not decided, and whoever acts learns of it', async () => {
      const { id, attemptId } = await byCard();
      await bed.reverse(id, { attemptId, upstreamId: attemptId });
      const evidence = { upstream: 'test', upstreamId: attemptId, amount: due, currency: 'MMK' };
      const wanted = await bed.resolution(id, attemptId);
      // The service answers after somebody else has gone on with the payment.
      const slow = async () => {
        await bed.doubtful(id, attemptId, { upstreamId: `${attemptId}-b`, amount: 100 });
        return { kind: 'paid', evidence } as const;
      };
      Object.assign(bed.readings, { get: slow });
      await assert.rejects(bed.acts.resolve(id, wanted, anna), withCode('version_conflict'));
      Object.assign(bed.readings, { get: Map.prototype.get });
    });

    it('a refund in doubt that is tried again is one refund', async () => {
      const { id, attemptId } = await byCard();
      await bed.acts.refund(id, {}, anna);
      await bed.payments.settleRefund(id, attemptId, { kind: 'needs_review', why: 'test' }, 9);
      await bed.acts.refund(id, {}, ben);
      await bed.payments.settleRefund(id, attemptId, { kind: 'kept', why: 'refused' }, 9);
      assert.equal((await read(id)).status, 'succeeded');
      const refunds = await bed.store.refunds(id);
      assert.deepEqual(
        refunds.map(({ status }) => status),
        ['declined'],
      );
      await bed.acts.refund(id, { byHand: sentBack, version: await bed.version(id) }, anna);
      assert.equal((await read(id)).status, 'refunded');
    });

    it('many small decisions are as much as one large one', async () => {
      const id = await bed.pay();
      const ids: string[] = [];
      for (let count = 0; count < 2; count += 1) {
        await bed.show(id);
        await bed.payments.abandon(id);
        ids.push((await bed.store.attempts(id)).at(-1)?.id ?? assert.fail());
      }
      bed.threshold = due / 2;
      const first = await bed.resolution(id, ids[0] ?? '', { amount: due / 2, upstreamId: `${Math.random()}` });
      assert.equal(await bed.acts.resolve(id, first, anna), null);
      const second = await bed.resolution(id, ids[1] ?? '', { amount: due / 2, upstreamId: `${Math.random()}` });
      assert.ok(await bed.acts.resolve(id, second, anna), 'the second one is only requested');
      bed.threshold = null;
    });

    it('an attempt with two pieces of money waits until both are decided', async () => {
      const id = await bed.pay();
      await bed.show(id);
      const attempt = await bed.submitNumber(id, `${Math.random()}`.slice(2, 12));
      await bed.doubtful(id, attempt.id);
      await bed.doubtful(id, attempt.id, { upstreamId: `${attempt.id}-b` });
      const dispose = async (upstreamId: string, disposition: 'void' | 'counted') =>
        bed.acts.dispose(id, { upstreamId, disposition, note, version: await bed.version(id) }, anna);
      await dispose(attempt.id, 'void');
      await dispose(`${attempt.id}-b`, 'counted');
      assert.equal((await read(id)).status, 'succeeded');
      assert.equal((await bed.store.attempt(attempt.id))?.status, 'paid');
    });

    it('a request above the threshold that cannot be done is refused at once', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      bed.threshold = 1;
      await assert.rejects(
        async () => bed.acts.resolve(id, await bed.resolution(id, attemptId, { currency: 'USD' }), anna),
        withCode('invalid_request'),
      );
      await assert.rejects(
        async () => bed.acts.resolve(id, await bed.resolution(id, 'att_other'), anna),
        withCode('invalid_request'),
      );
      await assert.rejects(
        async () => bed.acts.refund(id, { byHand: { ...sentBack, currency: 'USD' }, version: await bed.version(id) }, anna),
        withCode('invalid_request'),
      );
      await assert.rejects(
        async () => bed.acts.accept(id, { note, version: await bed.version(id) }, anna),
        withCode('decision_refused'),
      );
      bed.threshold = null;
      assert.deepEqual(await bed.store.approvals(id), []);
      assert.equal((await read(id)).status, 'needs_review');
    });

    it('what one person confirms and another rejects at once is done and confirmed, or neither', async () => {
      for (let round = 0; round < 6; round += 1) {
        const { id, attemptId } = await bed.inReview('wallet');
        bed.threshold = 1;
        const approval = (await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna)) ?? assert.fail();
        bed.threshold = null;
        const confirmed = bed.acts.confirm(approval.id, note, ben);
        const rejected = new Promise((resolve) => setTimeout(resolve, round)).then(() =>
          bed.acts.reject(approval.id, note, anyone),
        );
        const results = await Promise.allSettled([confirmed, rejected]);
        assert.ok(results.some(({ status }) => status === 'fulfilled'));
        const { status } = (await bed.store.approval(approval.id)) ?? assert.fail();
        assert.equal((await read(id)).status, status === 'confirmed' ? 'succeeded' : 'needs_review', status);
      }
    });

    it('a confirmation is stored with what it confirms', async () => {
      const { id, attemptId } = await byCard();
      bed.threshold = 1;
      const approval = (await bed.acts.refund(id, {}, anna)) ?? assert.fail();
      bed.threshold = null;
      const { transaction } = bed.store;
      let transactions = 0;
      bed.store.transaction = (work, options) => {
        transactions += 1;
        return transaction(work, options);
      };
      const { status } = await bed.acts.confirm(approval.id, note, ben);
      bed.store.transaction = transaction;
      assert.deepEqual([status, transactions], ['confirmed', 1]);
      assert.equal((await read(id)).status, 'refunding');
      assert.deepEqual(
        (await bed.trail.events(id)).slice(-2).map(({ type }) => type),
        ['payment.refund', 'approval.confirmed'],
      );
      await bed.payments.settleRefund(id, attemptId, { kind: 'returned' }, 9);
    });

    it('a number that has paid another payment was not paid and returned here', async () => {
      const number = `${Math.random()}`.slice(2, 12);
      const [one, two] = [await bed.inReview('wallet'), await bed.inReview('wallet')];
      await bed.acts.resolve(one.id, await bed.resolution(one.id, one.attemptId, { upstreamId: number }), anna);
      const wanted = await bed.resolution(two.id, two.attemptId, { outcome: 'returned', upstreamId: number });
      await assert.rejects(bed.acts.resolve(two.id, wanted, anna), withCode('transaction_number_used'));
    });

    it('moved money that is enough drops a discount that was only reserved', async () => {
      const from = await bed.pay();
      await bed.show(from);
      const attempt = await bed.submitNumber(from, `${Math.random()}`.slice(2, 12));
      await bed.doubtful(from, attempt.id);
      const target = await bed.pay();
      const typed = await bed.beginCard(target);
      await bed.payments.settleAttempt(target, typed.id, { kind: 'discount_reserved', deduction: 100, rule: 'test' }, 9);
      const version = await bed.version(from);
      const wanted = { upstreamId: attempt.id, disposition: 'moved', toPaymentId: target, note, version } as const;
      await bed.acts.dispose(from, wanted, anna);
      const payment = await read(target);
      assert.deepEqual([payment.status, payment.discount, payment.discountCode], ['succeeded', 0, null]);
    });
  });
}
