/**
 * What people decide about payments: resolve, accept, reopen, dispose, return by hand, confirm. After every act the status follows
 * from the money, and the merchant is told.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { type ActsTestBed, anna, ben, createActsTestBed, refusedWith } from '../../support/acts-test-bed.ts';
import { usualEngines } from '../../support/engines.ts';
import { due } from '../../support/payment-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

for (const engine of usualEngines) {
  describe(`decisions of people (${engine.name})`, { skip: engine.skip }, () => {
    let bed: ActsTestBed;
    withTestBed(engine, createActsTestBed, (opened) => {
      bed = opened;
    });

    const read = (id: string) => bed.checked(id);
    const told = async (id: string) => (await bed.trail.webhooks(id)).at(-1);

    it('a wallet payment in review is resolved as paid, by a word where nothing can be read', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      assert.deepEqual(await bed.possible(id), ['resolve_paid', 'resolve_not_paid', 'resolve_returned']);
      assert.equal(await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna), null);
      const payment = await read(id);
      assert.deepEqual([payment.status, payment.amountPaid, payment.decidedBy], ['succeeded', due, anna]);
      assert.equal(await told(id), 'payment.succeeded');
      const merchants = await bed.payments.read(payment.merchantId, id);
      assert.deepEqual([merchants?.decidedBy, merchants?.decisions[0]?.outcome, merchants?.evidence], [anna, 'paid', []]);
      assert.deepEqual(await bed.possible(id), ['refund_by_hand', 'reopen']);
    });

    it('less than was due is underpaid, and can be accepted and reopened', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await bed.acts.resolve(id, await bed.resolution(id, attemptId, { amount: 200_000 }), anna);
      assert.equal((await read(id)).status, 'underpaid');
      assert.ok((await bed.possible(id)).includes('accept'));
      await bed.acts.accept(id, { note: 'a good customer', version: await bed.version(id) }, anna);
      const accepted = await read(id);
      assert.deepEqual([accepted.status, accepted.acceptedAmount, accepted.amountPaid], ['succeeded', 200_000, 200_000]);
      await bed.acts.reopen(id, { note: 'it was another one', version: accepted.version }, ben);
      const reopened = await read(id);
      assert.deepEqual([reopened.status, reopened.acceptedAmount, reopened.amountPaid], ['needs_review', null, 0]);
      assert.equal(await told(id), 'payment.needs_review');
    });

    it('not paid opens the payment again only if it is proven that nothing can be paid any more', async () => {
      const closed = await bed.inReview('card');
      bed.readings.set(closed.attemptId, { kind: 'not_paid', closed: true });
      await bed.acts.resolve(closed.id, await bed.resolution(closed.id, closed.attemptId, { outcome: 'not_paid' }), anna);
      assert.equal((await read(closed.id)).status, 'open');

      const unproven = await bed.inReview('wallet');
      await bed.acts.resolve(unproven.id, await bed.resolution(unproven.id, unproven.attemptId, { outcome: 'not_paid' }), anna);
      assert.equal((await read(unproven.id)).status, 'expired');
      // The transfer is found after all: that counts, and supersedes what the person said.
      await bed.paid(unproven.id, unproven.attemptId);
      const paid = await read(unproven.id);
      assert.deepEqual([paid.status, paid.paidLate, paid.amountPaid], ['succeeded', true, due]);
      const [flag] = await bed.store.flags(unproven.id);
      assert.equal(flag?.kind, 'decision_contradicted');
    });

    it('returned makes the payment refunded, with both sums', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await bed.acts.resolve(id, await bed.resolution(id, attemptId, { outcome: 'returned' }), anna);
      const payment = await read(id);
      assert.deepEqual([payment.status, payment.amountPaid, payment.amountRefunded], ['refunded', due, due]);
    });

    it('the payment service decides where it can be read, whatever the person says', async () => {
      const { id, attemptId } = await bed.inReview('card');
      const notPaid = await bed.resolution(id, attemptId, { outcome: 'not_paid' });
      bed.readings.set(attemptId, { kind: 'unreadable' });
      await assert.rejects(bed.acts.resolve(id, notPaid, anna), refusedWith('provider_unavailable'));
      bed.readings.set(attemptId, { kind: 'in_progress' });
      await assert.rejects(bed.acts.resolve(id, notPaid, anna), refusedWith('payment_processing'));
      bed.readings.set(attemptId, { kind: 'not_paid', closed: true });
      await assert.rejects(
        bed.acts.resolve(id, await bed.resolution(id, attemptId), anna),
        refusedWith('decision_refused', /nothing was paid/),
      );
      assert.equal((await read(id)).status, 'needs_review');
      const evidence = { upstream: 'test', upstreamId: 'receipt-1', amount: due, currency: 'MMK' };
      bed.readings.set(attemptId, { kind: 'paid', evidence });
      await assert.rejects(bed.acts.resolve(id, notPaid, anna), refusedWith('decision_refused', /it is paid/));
      const payment = await read(id);
      assert.deepEqual([payment.status, payment.amountPaid, payment.decidedBy], ['succeeded', due, null]);
      const trail = await bed.trail.events(id);
      assert.equal(trail.at(-1)?.type, 'decision.left_to_service');
    });

    it('a version that is not the newest is refused, and says what the payment is now', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      const stale = await bed.resolution(id, attemptId);
      await bed.acts.resolve(id, stale, anna);
      await assert.rejects(bed.acts.resolve(id, stale, ben), refusedWith('version_conflict', /succeeded now/));
      assert.equal((await bed.store.decisions(id)).length, 1);
    });

    it('two people who decide at once make one decision', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      const wanted = await bed.resolution(id, attemptId);
      const results = await Promise.allSettled([anna, ben].map((by) => bed.acts.resolve(id, wanted, by)));
      assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
      assert.equal((await read(id)).amountPaid, due);
    });

    it('wrong amounts, currencies and attempts are refused', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      const refused = async (own: object, field: string) =>
        assert.rejects(bed.acts.resolve(id, await bed.resolution(id, attemptId, own), anna), (cause: unknown) => {
          assert.ok(cause instanceof ProblemError);
          assert.deepEqual([cause.code, cause.extras.status, cause.extras.field], ['invalid_request', 422, field]);
          return true;
        });
      await refused({ currency: 'PLN' }, 'currency');
      await refused({ amount: 0 }, 'amount');
      await refused({ outcome: 'not_paid', amount: 5 }, 'amount');
      await refused({ attemptId: 'att_x' }, 'attemptId');
      assert.equal((await read(id)).status, 'needs_review');
    });

    it('a transaction number pays once, decisions included', async () => {
      const one = await bed.inReview('wallet');
      const two = await bed.inReview('wallet');
      const upstreamId = '77001122';
      await bed.acts.resolve(one.id, await bed.resolution(one.id, one.attemptId, { upstreamId }), anna);
      const again = await bed.resolution(two.id, two.attemptId, { upstreamId });
      await assert.rejects(bed.acts.resolve(two.id, again, anna), refusedWith('transaction_number_used'));
      assert.equal((await read(two.id)).status, 'needs_review');
    });

    it('evidence supersedes a decision, and one of another amount raises a flag and a webhook', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna);
      await bed.paid(id, attemptId, { amount: 250_000 });
      const payment = await read(id);
      assert.deepEqual([payment.status, payment.amountPaid], ['succeeded', 250_000]);
      assert.equal((await bed.store.flags(id)).at(-1)?.kind, 'decision_contradicted');
      assert.equal(await told(id), 'payment.updated');
    });

    it('uncounted money is counted, moved, returned or declared void', async () => {
      const dispose = async (id: string, upstreamId: string, own: object) =>
        bed.acts.dispose(id, { upstreamId, note: 'looked at it', version: await bed.version(id), ...own } as never, anna);

      const counted = await bed.uncounted();
      await dispose(counted.id, counted.upstreamId, { disposition: 'counted' });
      assert.equal((await read(counted.id)).status, 'succeeded');
      await bed.acts.reopen(counted.id, { note: 'wrong one', version: await bed.version(counted.id) }, anna);
      assert.equal((await read(counted.id)).status, 'needs_review');

      const moved = await bed.uncounted();
      const target = await bed.pay();
      await dispose(moved.id, moved.upstreamId, { disposition: 'moved', toPaymentId: target });
      assert.deepEqual([(await read(moved.id)).status, (await read(target)).status], ['expired', 'succeeded']);

      const voided = await bed.uncounted();
      await dispose(voided.id, voided.upstreamId, { disposition: 'void' });
      assert.equal((await read(voided.id)).status, 'expired');
      await assert.rejects(dispose(voided.id, voided.upstreamId, { disposition: 'counted' }), refusedWith('decision_refused'));

      const returned = await bed.uncounted();
      await dispose(returned.id, returned.upstreamId, { disposition: 'returned' });
      assert.equal((await read(returned.id)).status, 'refunded');
    });

    it('money is returned by hand up to what is left, and not by who declared it to be paid', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna);
      const byHand = async (amount: number) => ({
        byHand: { amount, currency: 'MMK', note: 'sent it back' },
        version: await bed.version(id),
      });
      await assert.rejects(bed.acts.refund(id, await byHand(100), anna), refusedWith('decision_refused', /somebody else/));
      await bed.acts.refund(id, await byHand(100_000), ben);
      assert.deepEqual([(await read(id)).status, (await read(id)).amountRefunded], ['succeeded', 100_000]);
      assert.equal(await told(id), 'payment.updated');
      await assert.rejects(bed.acts.refund(id, await byHand(due), ben), refusedWith('refund_too_much', /500000/));
      await bed.acts.refund(id, await byHand(due - 100_000), ben);
      assert.deepEqual([(await read(id)).status, await told(id)], ['refunded', 'payment.refunded']);
    });

    it('money of a card is returned by hand only after the service has refused to', async () => {
      const { id, attemptId } = await bed.paidByCard();
      const byHand = async () => ({
        byHand: { amount: due, currency: 'MMK', note: 'sent it back' },
        version: await bed.version(id),
      });
      await assert.rejects(bed.acts.refund(id, await byHand(), anna), refusedWith('decision_refused', /refund it there/));
      await bed.acts.refund(id, {}, anna);
      await bed.payments.settleRefund(id, attemptId, { kind: 'kept', why: 'test' }, 9);
      assert.equal((await bed.store.refunds(id))[0]?.status, 'declined');
      await bed.acts.refund(id, await byHand(), anna);
      assert.deepEqual([(await read(id)).status, (await read(id)).amountRefunded], ['refunded', due]);
    });

    it('above the threshold a second person confirms, and only once', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      bed.threshold = due - 1;
      const approval = await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna);
      bed.threshold = null;
      assert.ok(approval);
      assert.equal((await read(id)).status, 'needs_review');
      await assert.rejects(bed.acts.confirm(approval.id, 'yes', anna), refusedWith('decision_refused', /second person/));
      await bed.acts.confirm(approval.id, 'I saw it too', ben);
      assert.deepEqual([(await read(id)).status, (await read(id)).decidedBy], ['succeeded', anna]);
      await assert.rejects(bed.acts.confirm(approval.id, 'again', ben), refusedWith('decision_refused', /confirmed already/));
    });

    it('a surplus below the threshold is returned by one person, and that is what is announced', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await bed.acts.resolve(id, await bed.resolution(id, attemptId, { amount: 2 * due }), anna);
      bed.threshold = due + 1;
      const offered = (await bed.acts.possible(id)).find(({ act }) => act === 'refund_by_hand') ?? assert.fail();
      assert.deepEqual([offered.amount, offered.secondPerson], [due, false]);
      const version = (await bed.store.payment(id))?.version ?? 0;
      const byHand = { amount: due, currency: 'MMK', note: 'sent back' };
      assert.equal(await bed.acts.refund(id, { version, byHand }, ben), null);
      bed.threshold = null;
    });

    it('whoever requested may withdraw it, and then nobody can confirm it', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      bed.threshold = 1;
      const approval = (await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna)) ?? assert.fail();
      bed.threshold = null;
      await bed.acts.reject(approval.id, 'it was the wrong customer', anna);
      await assert.rejects(bed.acts.confirm(approval.id, 'yes', ben), refusedWith('decision_refused', /rejected already/));
      assert.equal((await read(id)).status, 'needs_review');
    });

    it('what the same person requests again is the request that waits, until the payment changes', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      bed.threshold = 1;
      const seen = await bed.resolution(id, attemptId);
      const first = await bed.acts.resolve(id, seen, anna);
      assert.ok(first);
      // Before and after they have seen that it waits, and with other words.
      const again = { ...(await bed.resolution(id, attemptId)), note: 'did you see my request?' };
      assert.equal((await bed.acts.resolve(id, seen, anna))?.id, first.id);
      assert.equal((await bed.acts.resolve(id, again, anna))?.id, first.id);
      assert.equal((await bed.store.approvals(id)).length, 1);
      // Anything else is another request, and so is the same of another person.
      const notPaid = await bed.acts.resolve(id, await bed.resolution(id, attemptId, { outcome: 'not_paid' }), anna);
      const others = await bed.acts.resolve(id, await bed.resolution(id, attemptId), ben);
      assert.equal(new Set([first.id, notPaid?.id, others?.id]).size, 3);
      // The first one is outdated by them, so it is requested anew.
      const anew = await bed.acts.resolve(id, await bed.resolution(id, attemptId), anna);
      assert.notEqual(anew?.id, first.id);
      bed.threshold = null;
      await bed.acts.confirm(anew?.id ?? '', 'yes', ben);
      assert.equal((await read(id)).status, 'succeeded');
    });

    it('a reopened payment stands beside a new one of its order, and a flag says so', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await bed.acts.resolve(id, await bed.resolution(id, attemptId, { outcome: 'not_paid' }), anna);
      const { orderId } = await read(id);
      const next = await bed.pay(orderId);
      assert.notEqual(next, id);
      await bed.acts.reopen(id, { note: 'they showed the receipt', version: await bed.version(id) }, anna);
      assert.equal((await read(id)).status, 'needs_review');
      assert.equal((await bed.store.flags(id))[0]?.kind, 'reopened_beside_another');
      assert.equal((await read(next)).status, 'open');
    });

    it('an answer that has been unknown for long can be decided, and not while a call is in flight', async () => {
      const id = await bed.pay();
      await bed.show(id);
      const attempt = await bed.submitNumber(id, '5550001112');
      const wanted = await bed.resolution(id, attempt.id);
      await assert.rejects(bed.acts.resolve(id, wanted, anna), refusedWith('payment_processing'));
      await bed.payments.settleAttempt(id, attempt.id, { kind: 'unknown' }, 9);
      bed.clock.advance(120_000);
      await bed.acts.resolve(id, await bed.resolution(id, attempt.id), anna);
      assert.equal((await read(id)).status, 'succeeded');
    });
  });
}
