/**
 * A code that comes by SMS: what is shown, what it costs, and that it is typed like any other. Real client and simulator.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import type { PaymentView } from '../../../../server/contract/index.ts';
import type { PayCodeRule } from '../../../../server/methods/pay-code/account.ts';
import { startSmsCode } from '../../../../server/methods/pay-code/sms-code.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { allRules } from './all-rules.ts';

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
/** For payments of 30.00. */
const dear: PayCodeRule = {
  kind: 'sms',
  slug: 'demo-sms-dear',
  currency: 'PLN',
  priceScale: 2,
  sms: { number: '7300', keyword: 'PAY.DEAR', price: 3000 },
};
const offered = ({ nextAction }: PaymentView) => nextAction.kind === 'enter_code' && nextAction.canBuyBySms === true;

for (const engine of usualEngines) {
  describe(`a code by SMS (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    withTestBed(
      engine,
      (databaseUrl) => createPayCodeTestBed({ databaseUrl, settings: { rules: [...allRules, dear] } }),
      (opened) => {
        testBed = opened;
      },
    );
    after(() => assert.deepEqual(testBed.failures, []));
    /** The customer sends what they are shown. Returns the code that comes back. */
    const bySms = async () => /^Your code: (\w+)$/.exec((await testBed.sms('PAY.DEMO')) ?? '')?.[1] ?? assert.fail();

    it('is offered, and shows text, number and price without any call', async () => {
      const id = await testBed.pay();
      assert.ok(offered(await testBed.payments.view(id)));
      const calls = testBed.simulator.ledger().calls.length;
      const view = await testBed.startSms(id);
      const { expiresAt, status, nextAction } = view;
      assert.equal(status, 'awaiting_customer');
      assert.ok(nextAction.kind === 'send_sms');
      const { text, number, price, continuation: then, until } = nextAction;
      assert.deepEqual([text, number, price, then, until], ['PAY.DEMO', '7255', 2500, 'enter_code', expiresAt]);
      assert.deepEqual((await testBed.startSms(id)).attempt, view.attempt, 'started twice, it is the same');
      assert.equal(testBed.simulator.ledger().calls.length, calls);
      const attempts = await testBed.store.attempts(id);
      assert.deepEqual(await Promise.all(attempts.map((attempt) => testBed.store.intents(attempt.id))), [[]]);
    });

    it('pays with the code that came back, once', async () => {
      const id = await testBed.pay();
      await testBed.startSms(id);
      const code = await bySms();
      const paid = await testBed.submit(id, `${code.slice(0, 4)} ${code.slice(4).toLowerCase()}`);
      assert.deepEqual([paid.status, paid.amountPaid], ['succeeded', 2500]);
      assert.equal(testBed.uses(code), 1);
    });

    for (const [code, expected, words] of [
      ['NOSUCH01', 'code_invalid', 'is wrong'],
      ['USED0001', 'code_used', 'was used'],
      ['LOW00001', 'code_value_too_low', 'is worth less'],
      ['FAIL0001', 'provider_unavailable', 'meets a broken service'],
    ]) {
      it(`that ${words} keeps the customer on the same step, and the right one pays`, async () => {
        const id = await testBed.pay();
        const before = await testBed.startSms(id);
        const view = await testBed.submit(id, code ?? '');
        assert.deepEqual([view.status, view.problem?.code], ['awaiting_customer', expected]);
        assert.deepEqual(view.nextAction, before.nextAction);
        assert.equal((await testBed.submit(id, await bySms())).status, 'succeeded');
      });
    }

    it('whose answer was lost is found again, and nobody is asked for another SMS meanwhile', async () => {
      const id = await testBed.pay();
      await testBed.startSms(id);
      await testBed.control('faults', { op: 'use_code', when: 'after', kind: 'reset' });
      const code = await bySms();
      assert.equal((await testBed.submit(id, code)).nextAction.kind, 'wait');
      assert.equal((await testBed.untilSettled(id)).status, 'succeeded');
      assert.equal(testBed.uses(code), 1);
    });

    it('is not offered where its price is not what is due, and a forced start changes nothing', async () => {
      for (const amount of [2499, 2501]) {
        const id = await testBed.pay({ amount });
        assert.ok(!offered(await testBed.payments.view(id)), String(amount));
        const { version } = await testBed.payments.view(id);
        await assert.rejects(testBed.startSms(id), problem('method_unavailable'));
        assert.equal((await testBed.payments.view(id)).version, version);
      }
    });

    it('fits the amount that a discount leaves, and the discount is used before it is shown', async () => {
      const id = await testBed.pay({ amount: 2777 });
      assert.ok(offered(await testBed.submit(id, 'DISC0001')));
      await testBed.startSms(id);
      assert.equal(testBed.uses('DISC0001'), 1);
      assert.equal((await testBed.submit(id, await bySms())).status, 'succeeded');
      assert.equal(testBed.uses('DISC0001'), 1);
    });

    it('is not shown where the discount is dropped, because the SMS would not pay the whole amount', async () => {
      const id = await testBed.pay({ amount: 2777 });
      await testBed.submit(id, 'DISCRACE');
      await assert.rejects(testBed.startSms(id), problem('discount_lost'));
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, view.due, view.problem?.code], ['open', 2777, 'discount_lost']);
      assert.ok(view.nextAction.kind === 'enter_code' && !offered(view));
    });

    it('is not shown while it is not known whether the discount is used, and a start that is refused uses none', async () => {
      const id = await testBed.pay({ amount: 2777 });
      await testBed.submit(id, 'DISC0002');
      const before = (await testBed.store.payment(id)) ?? assert.fail();
      await assert.rejects(startSmsCode(testBed.parts, { ...before, methods: [] }, false), problem('method_unavailable'));
      await assert.rejects(startSmsCode(testBed.parts, { ...before, expiresAt: 0 }, false), problem('payment_expired'));
      assert.equal(testBed.uses('DISC0002'), 0);
      await testBed.control('faults', { op: 'use_code', when: 'after', kind: 'reset', code: 'DISC0002' });
      await assert.rejects(testBed.startSms(id), problem('provider_unavailable'));
      const { nextAction } = await testBed.startSms(id);
      assert.ok(nextAction.kind === 'send_sms' && nextAction.price === 2500);
      assert.equal(testBed.uses('DISC0002'), 1);
      assert.equal((await testBed.submit(id, await bySms())).status, 'succeeded');
      assert.equal(testBed.uses('DISC0002'), 1);
    });

    it('is shown at the price of what is due now, though another was shown before', async () => {
      const id = await testBed.pay({ amount: 3000 });
      const shown = async () => {
        const { nextAction } = await testBed.startSms(id);
        return nextAction.kind === 'send_sms' && [nextAction.text, nextAction.number, nextAction.price];
      };
      assert.deepEqual(await shown(), ['PAY.DEAR', '7300', 3000]);
      await testBed.payments.abandon(id);
      assert.equal((await testBed.submit(id, 'FIVE0001')).due, 2500);
      assert.deepEqual(await shown(), ['PAY.DEMO', '7255', 2500]);
    });

    it('is not shown for the amount that was due before another tab added a discount', async () => {
      const id = await testBed.pay({ amount: 3000 });
      const before = (await testBed.store.payment(id)) ?? assert.fail();
      await testBed.submit(id, 'FIVE0002');
      await assert.rejects(startSmsCode(testBed.parts, before, false), problem('payment_processing'));
    });

    it('can be left for another code, and nothing is used', async () => {
      const id = await testBed.pay();
      await testBed.startSms(id);
      await testBed.payments.abandon(id);
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, offered(view)], ['open', true]);
      assert.equal((await testBed.submit(id, 'GOOD0001')).status, 'succeeded');
    });

    it('ends with its payment', async () => {
      const id = await testBed.pay();
      await testBed.startSms(id);
      const code = await bySms();
      testBed.clock.advance(3_600_001);
      await assert.rejects(testBed.submit(id, code), problem('payment_expired'));
      assert.equal((await testBed.payments.view(id)).status, 'expired');
      assert.equal(testBed.uses(code), 0);
    });
  });
}
