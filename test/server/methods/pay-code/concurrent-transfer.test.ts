/**
 * A transfer that was begun before and is submitted while a code by SMS or a discount is under way: no money is lost. Both
 * engines.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { engines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { stubTransfer, stubWallet } from '../../../support/stub-wallet.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { allRules } from './all-rules.ts';

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;

for (const engine of engines) {
  describe(`a transfer that is submitted while a code is under way (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    withTestBed(
      engine,
      (databaseUrl) =>
        createPayCodeTestBed({
          databaseUrl,
          settings: { rules: allRules },
          methods: [stubWallet],
        }),
      (opened) => {
        testBed = opened;
      },
    );
    after(() => assert.deepEqual(testBed.failures, []));

    /** A payment whose customer began a transfer and left it. */
    async function left(amount = 2500) {
      const id = await testBed.pay({ amount });
      await testBed.payments.showInstructions(id, { method: 'wallet', action: stubTransfer(amount), same: () => false });
      await testBed.payments.abandon(id);
      return id;
    }
    const submit = (id: string) =>
      testBed.payments.acceptSubmission(id, { method: 'wallet', submittedReference: '1234567890', lastCharacters: '7890' });

    it('does not end a shown code: the customer must leave that first, or its SMS would pay unnoticed', async () => {
      const id = await left();
      const { nextAction } = await testBed.startReversed(id);
      assert.ok(nextAction.kind === 'send_sms');
      await assert.rejects(submit(id), problem('payment_processing'));
      await testBed.sms(nextAction.text);
      await testBed.later(3_000);
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, view.amountPaid], ['succeeded', 2500]);
    });

    it('can be submitted once the shown code is left, and once the payment is over', async () => {
      const [back, over] = [await left(), await left()];
      for (const id of [back, over]) await testBed.startReversed(id);
      testBed.clock.advance(2_000);
      await testBed.payments.abandon(back);
      await testBed.later(0);
      await submit(back);
      const { nextAction } = await testBed.payments.view(over);
      assert.ok(nextAction.kind === 'send_sms');
      testBed.clock.advance(3_600_000);
      await assert.rejects(submit(over), problem('payment_processing'));
      await testBed.later(0);
      const attempt = await submit(over);
      await testBed.payments.settleAttempt(
        over,
        attempt.id,
        { kind: 'correction_requested', decline: { code: 'transfer_refused' }, unconfirmed: false },
        0,
      );
      await testBed.sms(nextAction.text);
      await testBed.later(60_000);
      const view = await testBed.payments.view(over);
      assert.deepEqual([view.status, view.amountPaid, view.paidLate], ['succeeded', 2500, true]);
    });

    for (const kind of ['paid', 'needs_review'] as const) {
      it(`and ${kind === 'paid' ? 'pays a part' : 'needs a person'}, prevents a second use of a code whose call was lost`, async () => {
        const id = await left();
        const [transfer = assert.fail()] = await testBed.store.attempts(id);
        await testBed.control('faults', {
          op: 'use_code',
          when: 'before',
          kind: 'reset',
          code: kind === 'paid' ? 'GOOD0001' : 'GOOD0002',
        });
        assert.equal((await testBed.submit(id, kind === 'paid' ? 'GOOD0001' : 'GOOD0002')).status, 'processing');
        const evidence = { upstream: 'test', upstreamId: id, amount: 1000, currency: 'PLN' };
        await testBed.payments.settleAttempt(id, transfer.id, { kind, evidence, why: 'test' }, 0);
        for (let passed = 0; passed < 15; passed += 1) await testBed.later(10 * 60_000);
        const view = await testBed.payments.view(id);
        assert.equal(testBed.uses(kind === 'paid' ? 'GOOD0001' : 'GOOD0002'), 0, 'a code was used although money had come');
        assert.deepEqual([view.status, view.amountPaid], kind === 'paid' ? ['underpaid', 1000] : ['needs_review', 0]);
      });
    }

    it('and pays nothing, does not change a payment that a discount of the whole amount has paid meanwhile', async () => {
      const id = await left();
      await testBed.control('faults', { op: 'use_code', when: 'after', kind: 'reset', code: 'FULL0001' });
      await testBed.submit(id, 'FULL0001');
      const attempt = await submit(id);
      await testBed.later(31_000);
      assert.equal((await testBed.payments.view(id)).status, 'succeeded');
      await testBed.payments.settleAttempt(
        id,
        attempt.id,
        { kind: 'correction_requested', decline: { code: 'transfer_refused' }, unconfirmed: false },
        0,
      );
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, view.due, testBed.uses('FULL0001')], ['succeeded', 0, 1]);
    });
  });
}
