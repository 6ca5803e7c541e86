/** The receipt of an attempt: only the requested one is paid, once, and its outcome is read. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { PaymentView } from '../../../../server/contract/index.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { usualEngines } from '../../../support/engines.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';

const state = ({ status, nextAction, problem }: PaymentView) => [
  status,
  nextAction.kind === 'wait' ? nextAction.reason : nextAction.kind,
  problem?.code ?? null,
];
const tryAgain = ['open', 'enter_card', 'provider_unavailable'];
const paid = ['succeeded', 'none', null];
const inDoubt = ['processing', 'unknown_outcome', null];
/** Accepted, and not paid before the test decides so. */
const never = { pay: 'late', lateMs: 86_400_000 };
const usual = { pay: 'instant', lieAbout: {}, refuse: { 'receipts.cancel': null }, cancelMs: 3_000 };

for (const engine of usualEngines) {
  describe(`a receipt (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: CardTestBed;
    withTestBed(
      engine,
      (databaseUrl) => createCardTestBed({ databaseUrl, timeoutMs: 1_000 }),
      (opened) => {
        testBed = opened;
      },
    );
    afterEach(async () => {
      await testBed.control('settings', usual);
      await fetch(`${testBed.simulator.origin}/_/faults`, { method: 'DELETE' });
    });

    const submit = async () => {
      const id = await testBed.pay();
      await testBed.card(id);
      return { id, view: await testBed.code(id) };
    };
    const lose = (op: string, when: 'before' | 'after') => testBed.control('faults', { op, when, kind: 'reset' });
    const attemptsOf = async (id: string) => (await testBed.store.attempts(id)).map((attempt) => attempt.id);
    const receiptsOf = async (id: string) => {
      const mine = await attemptsOf(id);
      return testBed.simulator.ledger().receipts.filter(({ description }) => mine.some((one) => description.startsWith(one)));
    };
    const receiptOf = async (id: string) => (await receiptsOf(id)).at(-1) ?? assert.fail('no receipt');
    const debitsOf = async (id: string) => (await receiptsOf(id)).flatMap(({ debits }) => debits);
    const callsOn = (receipt: string, method: string) => testBed.calls(method).filter((call) => call.receipt === receipt);
    /** One check after so long. */
    const pass = async (seconds: number) => {
      testBed.clock.advance(seconds * 1_000);
      await testBed.reconciler.runOnce();
    };
    const move = (receipt: string, to: number) => testBed.control(`receipts/${receipt}/state`, { state: to });

    for (const [what, lie] of [
      ['less', { amount: 499_999 }],
      ['more', { amount: 500_001 }],
      ['another currency', { currency: 840 }],
    ] as const) {
      it(`for ${what} than was requested is never paid`, async () => {
        await testBed.control('settings', { lieAbout: { receipt: lie } });
        const pays = testBed.calls('receipts.pay').length;
        const { id, view } = await submit();
        assert.deepEqual(state(view), tryAgain);
        assert.deepEqual(state(await testBed.untilSettled(id)), tryAgain);
        assert.equal(testBed.calls('receipts.pay').length, pays, 'it was paid');
        assert.deepEqual(await testBed.store.evidence(id), []);
      });
    }

    it('with the id of a receipt that has paid another payment is never paid and pays nothing', async () => {
      const other = await submit();
      const { id: _id } = await receiptOf(other.id);
      await testBed.control('settings', { lieAbout: { receipt: { _id } } });
      const { id, view } = await submit();
      assert.equal(callsOn(_id, 'receipts.pay').length, 1, 'the other one was paid again');
      assert.notEqual(view.status, 'succeeded');
      assert.notEqual((await testBed.untilSettled(id)).status, 'succeeded');
      assert.equal((await testBed.payments.view(other.id)).status, 'succeeded');
    });

    it('with the id of another payment’s unpaid receipt is never paid', async () => {
      await lose('receipts.pay', 'before');
      const other = await submit();
      const { id: _id } = await receiptOf(other.id);
      await testBed.control('settings', { lieAbout: { receipt: { _id } } });
      const debits = testBed.debits().length;
      const { id } = await submit();
      assert.equal(testBed.debits().length, debits, 'a customer paid the receipt of another one');
      assert.notEqual((await testBed.untilSettled(id)).status, 'succeeded');
    });

    it('whose creation got no answer is found by its description, and paid', async () => {
      await lose('receipts.create', 'after');
      const { id, view } = await submit();
      assert.deepEqual(state(view), paid);
      assert.deepEqual([(await receiptsOf(id)).length, (await debitsOf(id)).length], [1, 1]);
    });

    it('whose creation was lost and which does not exist charged nothing: the customer can try again', async () => {
      await lose('receipts.create', 'before');
      const { id, view } = await submit();
      assert.deepEqual(state(view), tryAgain);
      assert.deepEqual(await receiptsOf(id), []);
      await testBed.card(id);
      assert.deepEqual(state(await testBed.code(id)), paid);
      assert.equal((await debitsOf(id)).length, 1);
    });

    it('whose creation got no answer, and which cannot be looked for, is never paid', async () => {
      await lose('receipts.create', 'after');
      await lose('receipts.get_all', 'before');
      const { id, view } = await submit();
      assert.deepEqual(state(view), tryAgain);
      assert.deepEqual(await debitsOf(id), []);
    });

    it('whose payment got no answer is being checked, then paid: one debit, one webhook', async () => {
      await lose('receipts.pay', 'after');
      const { id, view } = await submit();
      assert.deepEqual(state(view), inDoubt);
      assert.deepEqual(state(await testBed.untilSettled(id)), paid);
      const { id: receipt } = await receiptOf(id);
      assert.deepEqual([(await debitsOf(id)).length, callsOn(receipt, 'receipts.pay').length], [1, 1]);
      assert.deepEqual(await testBed.webhookTypes(id), ['payment.processing', 'payment.succeeded']);
    });

    it('that was never paid is cancelled after a minute and three reads, before the customer can try again', async () => {
      await lose('receipts.pay', 'before');
      const { id, view } = await submit();
      assert.deepEqual(state(view), inDoubt);
      const begun = testBed.clock.now();
      while (testBed.clock.now() - begun < 60_000) {
        await pass(2);
        assert.deepEqual(state(await testBed.payments.view(id)), inDoubt);
      }
      const { id: receipt, state: standing } = await receiptOf(id);
      const readings = [...callsOn(receipt, 'receipts.check'), ...callsOn(receipt, 'receipts.get')];
      assert.deepEqual([standing, callsOn(receipt, 'receipts.cancel').length], [0, 0]);
      assert.ok(readings.length >= 3, `${readings.length} readings`);
      assert.deepEqual(state(await testBed.untilSettled(id)), tryAgain);
      assert.deepEqual([(await receiptOf(id)).state, callsOn(receipt, 'receipts.cancel').length], [50, 1]);
      await testBed.card(id);
      assert.deepEqual(state(await testBed.code(id)), paid);
      assert.equal((await debitsOf(id)).length, 1);
    });

    for (const [seconds, impatient] of [
      [45, false],
      [45, true],
      [59, true],
    ] as const) {
      it(`whose debit takes effect ${seconds} s after three reads of state 0 is paid${impatient ? ', however often the customer rechecks' : ''}`, async () => {
        await testBed.control('settings', never);
        const { id } = await submit();
        const { id: receipt } = await receiptOf(id);
        const zeros = () => callsOn(receipt, 'receipts.check').length;
        const look = async (step: number) => {
          testBed.clock.advance(step * 1_000);
          if (impatient) await testBed.payments.recheck(id);
          await testBed.reconciler.runOnce();
          assert.deepEqual(state(await testBed.payments.view(id)), inDoubt);
        };
        for (let tries = 0; zeros() < 3; tries += 1) {
          assert.ok(tries < 600, 'it is not checked');
          await look(1);
        }
        for (let passed = 0; passed < seconds; passed += 1) await look(1);
        await move(receipt, 4);
        assert.deepEqual(state(await testBed.untilSettled(id)), paid);
        assert.deepEqual([(await receiptsOf(id)).length, (await debitsOf(id)).length], [1, 1]);
        assert.equal(callsOn(receipt, 'receipts.cancel').length, 0);
      });
    }

    it('that is paid stepwise is followed to its end', async () => {
      await testBed.control('settings', { pay: 'stepwise', stepMs: 3_000 });
      const { id, view } = await submit();
      assert.deepEqual(state(view), inDoubt);
      assert.deepEqual(state(await testBed.untilSettled(id)), paid);
      assert.equal((await debitsOf(id)).length, 1);
    });

    it('that waits for an operator at Payme is shown so, and followed to its end', async () => {
      await testBed.control('settings', never);
      const { id } = await submit();
      const { id: receipt } = await receiptOf(id);
      await move(receipt, 20);
      await pass(2);
      assert.deepEqual(state(await testBed.payments.view(id)), ['processing', 'review', null]);
      await assert.rejects(testBed.payments.abandon(id));
      await move(receipt, 4);
      assert.deepEqual(state(await testBed.untilSettled(id)), paid);
    });

    it('that Payme refunds is followed until the money is back; then the customer can pay again', async () => {
      await lose('receipts.pay', 'after');
      const { id } = await submit();
      await testBed.control('settings', { cancelMs: 300_000 });
      await move((await receiptOf(id)).id, 21);
      for (let passed = 0; passed < 290; passed += 10) {
        await pass(10);
        assert.deepEqual(state(await testBed.payments.view(id)), inDoubt);
      }
      assert.deepEqual(state(await testBed.untilSettled(id)), ['open', 'enter_card', 'payment_reversed']);
      await testBed.card(id);
      assert.deepEqual(state(await testBed.code(id)), paid);
      assert.deepEqual((await debitsOf(id)).filter(({ refundedAt }) => refundedAt === null).length, 1);
    });

    it('that Payme does not cancel goes to a person', async () => {
      await lose('receipts.pay', 'before');
      const { id } = await submit();
      await testBed.control('settings', { refuse: { 'receipts.cancel': -31008 } });
      assert.deepEqual(state(await testBed.untilSettled(id)), ['needs_review', 'review', null]);
      await assert.rejects(testBed.card(id), /payment_processing/);
    });

    it('that Payme neither cancels nor returns is not reported as unpaid', async () => {
      await lose('receipts.pay', 'before');
      const { id } = await submit();
      await testBed.control('settings', { refuse: { 'receipts.cancel': -31008, 'receipts.get': -32400 } });
      for (let passed = 0; passed < 600; passed += 20) await pass(20);
      assert.ok(callsOn((await receiptOf(id)).id, 'receipts.cancel').length > 0);
      assert.deepEqual(state(await testBed.payments.view(id)), inDoubt);
      await testBed.control('settings', { refuse: { 'receipts.get': null } });
      assert.equal((await testBed.untilSettled(id)).status, 'needs_review');
    });

    it('that cannot be read is neither paid nor unpaid until it can', async () => {
      await testBed.control('settings', { refuse: { 'receipts.get': -32400 } });
      const { id, view } = await submit();
      assert.deepEqual(state(view), inDoubt);
      for (let passed = 0; passed < 600; passed += 20) await pass(20);
      assert.deepEqual(state(await testBed.payments.view(id)), inDoubt);
      await testBed.control('settings', { refuse: { 'receipts.get': null } });
      assert.deepEqual(state(await testBed.untilSettled(id)), paid);
    });
  });
}
