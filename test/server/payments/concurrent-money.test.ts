/**
 * Money that arrives while another attempt is shown or in flight: the sum decides, and a customer who has paid is not asked to
 * pay.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Outcome } from '../../../server/payments/model/ports.ts';
import { engines } from '../../support/engines.ts';
import { createPaymentTestBed, due, type PaymentTestBed } from '../../support/payment-test-bed.ts';
import { withTestBed } from '../../support/with-test-bed.ts';

const askForSms: Outcome = {
  kind: 'action_required',
  action: {
    kind: 'send_sms',
    text: 'PAY.CODE {code}',
    number: '7255',
    price: due,
    continuation: 'wait',
    until: new Date(0).toISOString(),
  },
  problem: null,
  pollInMs: 3_000,
};
const refused: Outcome = { kind: 'declined', decline: { code: 'card_declined' } };

for (const engine of engines) {
  describe(`money that arrives while another attempt is under way (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PaymentTestBed;
    withTestBed(engine, createPaymentTestBed, (opened) => {
      testBed = opened;
    });

    /** A transfer that is looked for, and a card that is in flight. */
    const busy = async () => {
      const id = await testBed.pay();
      const earlier = await testBed.lookedFor(id);
      const other = await testBed.beginCard(id);
      return { id, earlier, other };
    };
    const stands = async (id: string) => {
      const { status, amountPaid, nextAction } = await testBed.payments.view(id);
      return [status, amountPaid, nextAction.kind];
    };
    const whole = async (id: string, webhooks: string[]) => {
      assert.deepEqual(await testBed.trail.webhooks(id), webhooks);
      await testBed.trail.assertWhole(id);
      assert.deepEqual(testBed.failures, []);
    };

    it('of the whole amount pays at once, while an SMS is requested', async () => {
      const { id, earlier, other } = await busy();
      await testBed.paid(id, earlier.id);
      assert.deepEqual(await stands(id), ['succeeded', due, 'none']);
      await testBed.payments.settleAttempt(id, other.id, askForSms, 0);
      assert.equal((await testBed.store.attempt(other.id))?.status, 'abandoned', 'an SMS is asked for though all is paid');
      await assert.rejects(testBed.payments.cancel(id));
      testBed.clock.advance(4_000_000);
      await testBed.reconciler.runOnce();
      assert.deepEqual(await stands(id), ['succeeded', due, 'none']);
      await whole(id, ['payment.succeeded']);
    });

    it('of the whole amount replaces the action that is shown', async () => {
      const { id, earlier, other } = await busy();
      await testBed.payments.settleAttempt(id, other.id, askForSms, 0);
      assert.deepEqual(await stands(id), ['awaiting_customer', 0, 'send_sms']);
      await testBed.paid(id, earlier.id);
      assert.deepEqual(await stands(id), ['succeeded', due, 'none']);
      // The SMS may be on its way: it is polled for, and would be surplus.
      assert.equal((await testBed.store.attempt(other.id))?.status, 'unconfirmed');
      await testBed.paid(id, other.id);
      assert.deepEqual(await stands(id), ['succeeded', 2 * due, 'none']);
      await whole(id, ['payment.succeeded', 'payment.overpaid']);
    });

    it('of the whole amount pays though the answer for a corrected number is lost; what that number brings is surplus', async () => {
      const id = await testBed.pay();
      const earlier = await testBed.lookedFor(id);
      await testBed.show(id);
      const corrected = await testBed.submitNumber(id, '1111111111');
      await testBed.payments.settleAttempt(id, corrected.id, { kind: 'unknown' }, 0);
      await testBed.paid(id, earlier.id);
      assert.deepEqual(await stands(id), ['succeeded', due, 'none']);
      assert.equal((await testBed.store.attempt(corrected.id))?.status, 'processing', 'nobody finds out what became of it');
      await testBed.paid(id, corrected.id);
      assert.deepEqual(await stands(id), ['succeeded', 2 * due, 'none']);
      await whole(id, ['payment.processing', 'payment.succeeded', 'payment.overpaid']);
    });

    it('of the whole amount is not undone by the attempt in flight: its decline, correction or review changes nothing', async () => {
      const correction: Outcome = { kind: 'correction_requested', decline: { code: 'transfer_refused' }, unconfirmed: false };
      for (const outcome of [
        refused,
        correction,
        { kind: 'abandoned' },
        { kind: 'needs_review', why: 'test' },
      ] satisfies Outcome[]) {
        const { id, earlier, other } = await busy();
        await testBed.paid(id, earlier.id);
        await testBed.payments.settleAttempt(id, other.id, outcome, 0);
        assert.deepEqual(await stands(id), ['succeeded', due, 'none'], outcome.kind);
        assert.equal((await testBed.payments.view(id)).problem, null);
        await whole(id, ['payment.succeeded']);
      }
    });

    it('of the whole amount stops calls that were not sent, but not a safeguard', async () => {
      const { id, earlier, other } = await busy();
      const call = { operation: 'receipts.pay', upstream: 'payme', naturalKey: other.id, notes: {} };
      await testBed.payments.recordIntent(id, other.id, { ...call, kind: 'preparation' });
      await testBed.paid(id, earlier.id);
      await assert.rejects(testBed.payments.recordIntent(id, other.id, { ...call, kind: 'preparation' }), {
        code: 'payment_processing',
      });
      await testBed.payments.recordIntent(id, other.id, { ...call, operation: 'receipts.cancel', kind: 'safeguard' });
      await testBed.payments.settleAttempt(id, other.id, refused, 2);
      assert.equal((await testBed.store.attempt(other.id))?.status, 'declined');
    });

    for (const [outcome, intoWhat] of [
      [refused, 'underpaid'],
      [{ kind: 'abandoned' }, 'underpaid'],
      [askForSms, 'underpaid'],
      [{ kind: 'correction_requested', decline: { code: 'transfer_refused' }, unconfirmed: false }, 'underpaid'],
      [{ kind: 'needs_review', why: 'test' }, 'needs_review'],
    ] as const) {
      it(`of too little waits for the attempt in flight, whose outcome decides: ${outcome.kind} → ${intoWhat}`, async () => {
        for (const timeIsOver of [false, true]) {
          const { id, earlier, other } = await busy();
          await testBed.paid(id, earlier.id, { amount: 200_000 });
          assert.deepEqual(await stands(id), ['processing', 200_000, 'wait']);
          if (timeIsOver) testBed.clock.advance(3_700_000);
          await testBed.payments.settleAttempt(id, other.id, outcome, 0);
          assert.equal((await testBed.payments.view(id)).status, intoWhat);
          await whole(id, [`payment.${intoWhat}`]);
        }
      });
    }

    for (const lostFirst of [true, false]) {
      it(`that a person must assign does not wait for an answer that was lost ${lostFirst ? 'before' : 'after'} that money arrived`, async () => {
        const { id, earlier, other } = await busy();
        const evidence = { upstream: 'test', upstreamId: `doubt-${id}`, amount: due, currency: 'USD' };
        const doubt = () => testBed.payments.settleAttempt(id, earlier.id, { kind: 'needs_review', why: 'test', evidence }, 0);
        const lost = () => testBed.payments.settleAttempt(id, other.id, { kind: 'unknown' }, 0);
        await (lostFirst ? lost() : doubt());
        assert.equal((await testBed.payments.view(id)).status, 'processing');
        await (lostFirst ? doubt() : lost());
        assert.deepEqual(await stands(id), ['needs_review', 0, 'wait']);
        assert.equal((await testBed.store.attempt(other.id))?.status, 'processing', 'nobody finds out what became of it');
        await testBed.paid(id, other.id);
        assert.deepEqual(await stands(id), ['succeeded', due, 'none']);
        await whole(id, [...(lostFirst ? ['payment.processing'] : []), 'payment.needs_review', 'payment.succeeded']);
      });
    }

    it('beside a lost answer is checked when the payment’s time is over, and not up to a day later', async () => {
      const { id, other } = await busy();
      const { expiresAt = 0 } = (await testBed.store.payment(id)) ?? {};
      const planned = async () => (await testBed.store.attempt(other.id))?.nextCheckAt ?? assert.fail('nobody looks again');
      await testBed.payments.settleAttempt(id, other.id, { kind: 'unknown' }, 0);
      while ((await planned()) < expiresAt) {
        testBed.clock.advance((await planned()) - testBed.clock.now());
        await testBed.payments.settleAttempt(id, other.id, { kind: 'unknown' }, 0);
      }
      assert.equal(await planned(), expiresAt);
    });

    it('of too little is added to what the other attempt brings', async () => {
      const { id, earlier, other } = await busy();
      await testBed.paid(id, earlier.id, { amount: 200_000 });
      await testBed.paid(id, other.id, { amount: 400_000 });
      assert.deepEqual(await stands(id), ['succeeded', due, 'none']);
      await whole(id, ['payment.succeeded']);
    });

    it('in a database of an earlier version, where a paid payment still waits, is corrected by the next check', async () => {
      const { id, earlier, other } = await busy();
      await testBed.payments.settleAttempt(id, other.id, askForSms, 0);
      await testBed.store.insertEvidence({
        upstream: 'test',
        upstreamId: 'of before',
        paymentId: id,
        attemptId: earlier.id,
        method: 'wallet',
        amount: due,
        currency: 'MMK',
        takenAt: testBed.clock.now(),
        counted: true,
        disposition: null,
        dispositionPaymentId: null,
        reportedBy: null,
      });
      testBed.clock.advance(4_000_000);
      assert.deepEqual(await stands(id), ['succeeded', due, 'none']);
      assert.equal((await testBed.store.attempt(other.id))?.status, 'unconfirmed');
      assert.deepEqual(await testBed.trail.webhooks(id), ['payment.succeeded']);
      await testBed.trail.assertWhole(id);
      // The operator gets a report, because it is a bug wherever it comes from.
      assert.equal(testBed.failures.length, 1);
      testBed.failures.length = 0;
    });
  });
}
