/**
 * People who correct each other, who act on the same money at once, and money that goes back in several ways: nothing is counted or
 * returned twice, and no decision hides money for good.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Webhook } from '#contract';
import { newDecision } from '../../../server/payments/dispose.ts';
import { type ActsTestBed, anna, ben, createActsTestBed, refusedWith } from '../../support/acts-test-bed.ts';
import { usualEngines } from '../../support/engines.ts';
import { due } from '../../support/payment-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const note = 'looked at it';

for (const engine of usualEngines) {
  describe(`acts that correct others (${engine.name})`, { skip: engine.skip }, () => {
    let bed: ActsTestBed;
    withTestBed(engine, createActsTestBed, (opened) => {
      bed = opened;
    });

    const read = async (id: string) => {
      const { status, amountPaid, amountRefunded } = await bed.checked(id);
      return [status, amountPaid, amountRefunded] as const;
    };
    const dispose = async (id: string, upstreamId: string, disposition: string, own: object = {}) =>
      bed.acts.dispose(id, { upstreamId, note, version: await bed.version(id), disposition, ...own } as never, anna);
    const reopen = async (id: string) => bed.acts.reopen(id, { note, version: await bed.version(id) }, anna);
    const resolve = async (id: string, attemptId: string, outcome: 'paid' | 'not_paid' | 'returned', by = anna) =>
      bed.acts.resolve(id, await bed.resolution(id, attemptId, { outcome }), by);
    const byHand = async (id: string, amount: number, by = ben) =>
      bed.acts.refund(id, { byHand: { amount, currency: 'MMK', note }, version: await bed.version(id) }, by);
    /** A payment that two cards have paid, each in full. */
    const paidByTwoCards = async () => {
      const id = await bed.pay();
      const first = await bed.beginCard(id);
      await bed.payments.settleAttempt(id, first.id, { kind: 'declined', decline: { code: 'provider_unavailable' } }, 9);
      const second = await bed.beginCard(id);
      await bed.paid(id, second.id);
      await bed.paid(id, first.id);
      await bed.acts.refund(id, {}, anna);
      return { id, first: first.id, second: second.id };
    };

    for (const disposition of ['void', 'returned', 'counted'] as const) {
      it(`money that was wrongly declared ${disposition} waits for a person again after a reopen`, async () => {
        const { id, upstreamId } = await bed.uncounted();
        await dispose(id, upstreamId, disposition);
        assert.ok((await bed.possible(id)).includes('reopen'), 'that it can be reopened is told');
        await reopen(id);
        assert.deepEqual(await read(id), ['needs_review', 0, 0]);
        await dispose(id, upstreamId, 'counted');
        assert.deepEqual(await read(id), ['succeeded', due, 0]);
      });
    }

    it('the shop is told what is paid now, where a reopened payment stays as paid as its discount had made it', async () => {
      const id = await bed.pay();
      const { id: code } = await bed.beginCard(id);
      await bed.payments.settleAttempt(id, code, { kind: 'declined', decline: { code: 'provider_unavailable' } }, 9);
      const { id: attemptId } = await bed.beginCard(id);
      await bed.payments.settleAttempt(id, attemptId, { kind: 'needs_review', why: 'the answer was lost' }, 9);
      // As if the first had been a code that takes off the whole amount.
      await bed.store.transaction(async (tx) => {
        const payment = await tx.lockPayment(id);
        assert.ok(payment);
        const now = bed.clock.now();
        const discountCode = { id: code, status: 'redeemed', lastCharacters: '0001', createdAt: now } as const;
        const unwatched = { sealed: null, checks: 0, nextCheckAt: null, leaseUntil: 0, problem: null, endedAt: now };
        await tx.turnIntoDiscount({ ...discountCode, ...unwatched, paymentId: id, method: 'pay_code', rule: 'off' });
        const counted = {
          amount: 0,
          currency: payment.currency,
          takenAt: now,
          counted: true,
          disposition: null,
          dispositionPaymentId: null,
          reportedBy: null,
        };
        const by = {
          upstream: 'paycodes',
          upstreamId: `discount:${code}`,
          paymentId: id,
          attemptId: null,
          method: 'pay_code',
        } as const;
        await tx.insertEvidence({ ...by, ...counted });
        await tx.updatePayment({
          ...payment,
          discount: due,
          discountCode,
          status: 'succeeded',
          paidAt: now,
          version: payment.version + 1,
        });
      });
      await bed.acts.resolve(id, await bed.resolution(id, attemptId, { outcome: 'paid', amount: 1 }), anna);
      await reopen(id);
      const after = await bed.store.payment(id);
      assert.deepEqual([after?.status, after?.amountPaid], ['succeeded', 0]);
      const sent = await bed.store.undeliveredWebhooks({ merchants: null, after: null, limit: 1_000 });
      const own = sent.filter(({ paymentId }) => paymentId === id).sort((one, other) => one.sequence - other.sequence);
      const { id: webhookId = '', merchantId = '' } = own.at(-1) ?? {};
      const { type, body } = (await bed.store.webhook(webhookId, [merchantId])) ?? assert.fail('no webhook');
      const { status, amountPaid } = (JSON.parse(body) as Webhook).data.payment;
      assert.deepEqual([type, status, amountPaid], ['payment.updated', 'succeeded', 0]);
    });

    it('evidence that was wrongly declared returned counts again after a reopen', async () => {
      const { id, attemptId, upstreamId } = await bed.uncounted();
      await dispose(id, upstreamId, 'counted');
      await reopen(id);
      await resolve(id, attemptId, 'returned', ben);
      assert.deepEqual(await read(id), ['refunded', due, due]);
      await reopen(id);
      await assert.rejects(resolve(id, attemptId, 'not_paid'), refusedWith('decision_refused'));
      await dispose(id, upstreamId, 'counted');
      assert.deepEqual(await read(id), ['succeeded', due, 0]);
    });

    it('money that one person moves and another one counts, at once, pays one payment', async () => {
      for (let round = 0; round < 8; round += 1) {
        const { id, upstreamId } = await bed.uncounted();
        const target = await bed.pay();
        const version = await bed.version(id);
        const wanted = { upstreamId, note, version } as const;
        await Promise.allSettled([
          bed.acts.dispose(id, { ...wanted, disposition: 'moved', toPaymentId: target }, anna),
          bed.acts.dispose(id, { ...wanted, disposition: 'counted' }, ben),
        ]);
        const [here, there] = [await read(id), await read(target)];
        assert.equal(here[1] + there[1], due, `${here} and ${there}`);
      }
    });

    it('money that was decided to have paid another payment pays nothing here', async () => {
      const { id, upstreamId } = await bed.uncounted();
      const target = await bed.pay();
      const version = await bed.version(id);
      const moved = { upstreamId, note, version, disposition: 'moved', toPaymentId: target } as const;
      const other = (await bed.store.payment(target)) ?? assert.fail();
      const decision = { outcome: 'paid', amount: due, note, account: 'test', key: upstreamId } as const;
      await bed.store.insertDecision(newDecision(other, decision, anna, bed.clock.now()));
      await assert.rejects(dispose(id, upstreamId, 'counted'), refusedWith('transaction_number_used'));
      await assert.rejects(bed.acts.dispose(id, moved, anna), refusedWith('transaction_number_used'));
    });

    it('a refund that ends while the payment is in review already is recorded', async () => {
      const { id, first, second } = await paidByTwoCards();
      await bed.payments.settleRefund(id, first, { kind: 'needs_review', why: 'test' }, 9);
      assert.equal((await read(id))[0], 'needs_review');
      await bed.payments.settleRefund(id, second, { kind: 'returned' }, 9);
      assert.deepEqual(await read(id), ['needs_review', 2 * due, due]);
      assert.equal((await bed.store.attempt(second))?.status, 'refunded');
    });

    it('what was returned is not returned and recorded once more with the rest', async () => {
      const { id, first, second } = await paidByTwoCards();
      await bed.payments.settleRefund(id, first, { kind: 'kept', why: 'test' }, 9);
      await bed.payments.settleRefund(id, second, { kind: 'returned' }, 9);
      assert.deepEqual(await read(id), ['needs_review', 2 * due, due]);
      await bed.acts.refund(id, {}, anna);
      assert.deepEqual(
        [(await bed.store.attempt(first))?.status, (await bed.store.attempt(second))?.status],
        ['refunding', 'refunded'],
      );
      await bed.payments.settleRefund(id, first, { kind: 'returned' }, 9);
      assert.deepEqual(await read(id), ['refunded', 2 * due, 2 * due]);
    });

    it('what was returned by hand does not make a success a second time', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await resolve(id, attemptId, 'paid');
      await byHand(id, due);
      assert.deepEqual(await read(id), ['refunded', due, due]);
      await reopen(id);
      await resolve(id, attemptId, 'paid');
      assert.deepEqual(await read(id), ['refunded', due, due]);
    });

    it('a customer who may still pay by what is shown is not declared to have paid nothing', async () => {
      const id = await bed.pay();
      const shown = await bed.show(id);
      for (const outcome of ['not_paid', 'returned'] as const)
        await assert.rejects(resolve(id, shown.id, outcome), refusedWith('decision_refused'));
      assert.equal((await read(id))[0], 'awaiting_customer');
      await resolve(id, shown.id, 'paid');
      assert.equal((await read(id))[0], 'succeeded');
    });

    it('one request to record a refund, repeated after its process died, is recorded once', async () => {
      const { id, attemptId } = await bed.inReview('wallet');
      await resolve(id, attemptId, 'paid');
      const wanted = { byHand: { amount: 100_000, currency: 'MMK', note } };
      await bed.acts.refund(id, wanted, ben, 'one key');
      await bed.acts.refund(id, wanted, ben, 'one key');
      assert.deepEqual(await read(id), ['succeeded', due, 100_000]);
      await bed.acts.refund(id, wanted, ben, 'another key');
      assert.deepEqual(await read(id), ['succeeded', due, 200_000]);
    });
  });
}
