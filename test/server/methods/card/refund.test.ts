/**
 * Refunds: cancelled at Payme once and followed to their end, through lost answers and the end of a process.
 */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { createCards } from '../../../../server/methods/card/method.ts';
import { createChangeNotifier } from '../../../../server/payments/change-feed.ts';
import type { MethodPort } from '../../../../server/payments/model/ports.ts';
import { createPayments } from '../../../../server/payments/payments.ts';
import { createReconciler } from '../../../../server/reconcile/reconciler.ts';
import { openStore } from '../../../../server/storage/store.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { usualEngines } from '../../../support/engines.ts';
import { merchant } from '../../../support/method-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';

/** Another payment method, whose outcomes the test decides, and which cannot refund. */
const codes: MethodPort = {
  method: 'pay_code',
  offers: () => true,
  entryAction: async () => ({ kind: 'enter_code' }),
  reconcile: async () => ({ kind: 'unknown' }),
};
const byCode = { upstream: 'paycodes', upstreamId: 'pw:1', amount: 500_000, currency: 'UZS' };

for (const engine of usualEngines) {
  describe(`a refund (${engine.name})`, { skip: engine.skip }, () => {
    let databaseUrl: string;
    let testBed: CardTestBed;
    withTestBed(
      engine,
      (url) => createCardTestBed({ databaseUrl: url, timeoutMs: 1_000, methods: [codes] }),
      (opened, url) => {
        testBed = opened;
        databaseUrl = url;
      },
    );
    afterEach(async () => {
      await testBed.control('settings', { refuse: { 'receipts.cancel': null }, cancelMs: 3_000 });
      await fetch(`${testBed.simulator.origin}/_/faults`, { method: 'DELETE' });
    });

    const paid = async () => {
      const id = await testBed.pay();
      await testBed.card(id);
      assert.equal((await testBed.code(id)).status, 'succeeded');
      const [evidence] = await testBed.store.evidence(id);
      return { id, receipt: evidence?.upstreamId ?? assert.fail() };
    };
    const receiptOf = (id: string) => testBed.simulator.ledger().receipts.find((one) => one.id === id) ?? assert.fail();
    const cancels = (receipt: string) => testBed.calls('receipts.cancel').filter((call) => call.receipt === receipt).length;
    const status = async (id: string) => (await testBed.payments.view(id)).status;
    const pass = async (seconds: number) => {
      testBed.clock.advance(seconds * 1_000);
      await testBed.reconciler.runOnce();
    };

    it('is in progress until Payme has returned the money, and is then reported once', async () => {
      const { id, receipt } = await paid();
      await testBed.payments.refund(id);
      assert.equal(await status(id), 'refunding');
      await pass(0);
      assert.deepEqual([receiptOf(receipt).state, await status(id)], [21, 'refunding']);
      await pass(2);
      assert.equal(await status(id), 'refunding', 'it was shown as refunded before it was');
      assert.equal((await testBed.untilSettled(id)).status, 'refunded');
      const { state, debits } = receiptOf(receipt);
      assert.deepEqual([state, debits.length, debits[0]?.refundedAt === null], [50, 1, false]);
      assert.equal(cancels(receipt), 1);
      assert.deepEqual(await testBed.webhookTypes(id), ['payment.succeeded', 'payment.refunded']);
      assert.deepEqual(
        (await testBed.store.attempts(id)).map((attempt) => attempt.status),
        ['refunded'],
      );
    });

    it('that is requested twice, and again when it is done, is one cancellation', async () => {
      const { id, receipt } = await paid();
      await Promise.all([testBed.payments.refund(id), testBed.payments.refund(id)]);
      await pass(0);
      await testBed.payments.refund(id);
      await testBed.untilSettled(id);
      await testBed.payments.refund(id);
      await pass(60);
      assert.deepEqual([await status(id), cancels(receipt)], ['refunded', 1]);
    });

    for (const when of ['before', 'after'] as const) {
      it(`whose cancellation got no answer, ${when} it had its effect, is reconciled and completed`, async () => {
        const { id, receipt } = await paid();
        await testBed.control('faults', { op: 'receipts.cancel', when, kind: 'reset' });
        await testBed.payments.refund(id);
        assert.equal((await testBed.untilSettled(id)).status, 'refunded');
        assert.equal(cancels(receipt), when === 'before' ? 2 : 1);
        assert.equal(receiptOf(receipt).debits.length, 1);
      });
    }

    it('that Payme refuses leaves the payment paid', async () => {
      await testBed.control('settings', { refuse: { 'receipts.cancel': -31007 } });
      const { id, receipt } = await paid();
      await testBed.payments.refund(id);
      assert.equal((await testBed.untilSettled(id)).status, 'succeeded');
      assert.equal(receiptOf(receipt).debits[0]?.refundedAt, null);
      await testBed.control('settings', { refuse: { 'receipts.cancel': null } });
      await testBed.payments.refund(id);
      assert.equal((await testBed.untilSettled(id)).status, 'refunded', 'it may be requested again');
    });

    it('that Payme refuses is told to a merchant who has asked for that, and to no other', async () => {
      await testBed.control('settings', { refuse: { 'receipts.cancel': -31007 } });
      for (const [types, told] of [
        [['payment.refund_refused', 'payment.attempt_refused'], true],
        [[], false],
      ] as const) {
        testBed.asked.clear();
        for (const type of types) testBed.asked.add(type);
        const { id } = await paid();
        await testBed.payments.refund(id);
        assert.equal((await testBed.untilSettled(id)).status, 'succeeded');
        const webhooks = await testBed.outbox(id);
        const news = webhooks.filter(({ type }) => type === 'payment.refund_refused');
        assert.deepEqual(
          news.map(({ data }) => [data.problem?.code, data.payment.status]),
          told ? [['refund_unsupported', 'succeeded']] : [],
        );
        assert.deepEqual(
          webhooks.map(({ sequence }) => sequence),
          webhooks.map((_, n) => n + 1),
        );
        assert.ok(webhooks.every(({ type, data }) => type === 'payment.refund_refused' || !data.problem));
      }
      testBed.asked.clear();
    });

    it('that Payme neither completes nor refuses goes to a person in the end', async () => {
      for (let nth = 1; nth <= 9; nth += 1)
        await testBed.control('faults', { op: 'receipts.cancel', nth, when: 'before', kind: 'http500' });
      const { id, receipt } = await paid();
      await testBed.payments.refund(id);
      assert.equal((await testBed.untilSettled(id)).status, 'needs_review');
      assert.ok(cancels(receipt) <= 5, `${cancels(receipt)} cancellations`);
    });

    it('that was already made at Payme is recognised without another call', async () => {
      const { id, receipt } = await paid();
      await testBed.control(`receipts/${receipt}/state`, { state: 50 });
      await testBed.payments.refund(id);
      assert.equal((await testBed.untilSettled(id)).status, 'refunded');
      assert.equal(cancels(receipt), 0);
    });

    it('continues in another process if the one that began it has died', async () => {
      const { id, receipt } = await paid();
      await testBed.payments.refund(id);
      // It had recorded the call, and died while the call was on its way.
      const [attempt] = await testBed.store.leaseDueAttempts(testBed.clock.now(), () => testBed.clock.now() + 60_000, 20);
      assert.ok(attempt);
      const call = { operation: 'receipts.cancel', upstream: 'payme', naturalKey: attempt.id, notes: { receipt, refund: '1' } };
      await testBed.payments.recordIntent(id, attempt.id, { ...call, kind: 'refund' });
      const store = await openStore(databaseUrl);
      try {
        const { clock, parts } = testBed;
        const { observer } = parts;
        const methods = [{ ...createCards({ ...parts, store }).port, cleanUp: async () => undefined }];
        const payments = createPayments({
          store,
          clock,
          changes: createChangeNotifier(),
          methods,
          merchant: () => merchant,
          observer,
        });
        const second = createReconciler({ store, payments, methods, clock, observer });
        await second.runOnce();
        assert.equal(cancels(receipt), 0, 'another process may still be at work on it');
        clock.advance(61_000);
        for (let looks = 0; (await status(id)) === 'refunding' && looks < 20; looks += 1) {
          await second.runOnce();
          clock.advance(10_000);
        }
        assert.deepEqual([await status(id), cancels(receipt), receiptOf(receipt).state], ['refunded', 1, 50]);
        assert.deepEqual(await testBed.webhookTypes(id), ['payment.succeeded', 'payment.refunded']);
      } finally {
        await store.close();
      }
    });

    it('stays in progress if the decline of an earlier call is stored after a later call', async () => {
      const { id, receipt } = await paid();
      await testBed.payments.refund(id);
      const [attempt = assert.fail()] = await testBed.store.attempts(id);
      await testBed.control('settings', { refuse: { 'receipts.cancel': -31001 } });
      const early = (await testBed.store.intents(attempt.id)).length + 1;
      // The first call is refused, and the process that received the decline dies before it is stored.
      const { transaction } = testBed.store;
      testBed.store.transaction = async (work, options) => {
        if (options?.answer) throw new Error('dead');
        return transaction(work, options);
      };
      await pass(0);
      testBed.store.transaction = transaction;
      testBed.failures.length = 0;
      await testBed.control('settings', { refuse: { 'receipts.cancel': null } });
      // Another process tries again, and then the first is started once more, with the answer that it had saved to a file.
      await pass(61);
      assert.equal(receiptOf(receipt).state, 21);
      await testBed.payments.settleRefund(id, attempt.id, { kind: 'kept', why: 'payme -31001' }, early);
      assert.equal(await status(id), 'refunding', 'the merchant was informed that the money stays, and it does not');
      assert.equal((await testBed.untilSettled(id)).status, 'refunded');
      assert.equal(receiptOf(receipt).state, 50);
    });

    it('is refused for what was not paid, and for a method that cannot refund', async () => {
      const unpaid = await testBed.pay();
      await assert.rejects(testBed.payments.refund(unpaid), /payment_processing/);
      await testBed.card(unpaid);
      await assert.rejects(testBed.payments.refund(unpaid), /payment_processing/);
      const id = await testBed.pay();
      const attempt = await testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
      await testBed.payments.settleAttempt(id, attempt.id, { kind: 'paid', evidence: byCode }, 0);
      await assert.rejects(testBed.payments.refund(id), /refund_unsupported/);
      assert.equal(await status(id), 'succeeded');
    });

    it('lets nobody pay or cancel the payment meanwhile', async () => {
      const { id } = await paid();
      await testBed.payments.refund(id);
      for (const move of [() => testBed.card(id), () => testBed.payments.cancel(id), () => testBed.payments.abandon(id)])
        await assert.rejects(move(), /payment_processing/);
      await testBed.untilSettled(id);
    });

    it('ends without an unexpected failure', () => assert.deepEqual(testBed.failures, []));
  });
}
