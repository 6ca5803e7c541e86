/**
 * Discount codes: less is due, and the code is used once, just before the rest is paid. Real client and simulator.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { submitPayCode } from '../../../../server/methods/pay-code/submit-code.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { allRules } from './all-rules.ts';

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
/** 27.77: ten percent off leaves 25.00, which a code of the demo pays. */
const amount = 2777;

for (const engine of usualEngines) {
  describe(`a discount code (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    withTestBed(
      engine,
      (databaseUrl) => createPayCodeTestBed({ databaseUrl, settings: { rules: allRules } }),
      (opened) => {
        testBed = opened;
      },
    );
    const discountOf = async (id: string) => {
      const { amount, discount, due, amountPaid, discountCode, status } = await testBed.payments.view(id);
      return {
        amount,
        discount,
        due,
        amountPaid,
        tail: discountCode?.lastCharacters,
        removable: discountCode?.removable,
        status,
      };
    };

    it('reduces what is due when it is typed, and nothing is used yet', async () => {
      const id = await testBed.pay({ amount });
      const view = await testBed.submit(id, 'disc-0001');
      assert.deepEqual([view.nextAction.kind, view.problem], ['enter_code', null]);
      const seen = { amount, discount: 277, due: 2500, amountPaid: 0, tail: '0001', removable: true, status: 'open' };
      assert.deepEqual(await discountOf(id), seen);
      assert.equal(testBed.uses('DISC0001'), 0);
      assert.deepEqual(testBed.calls('use_code'), []);
    });

    it('is removed without a trace, and can be used again', async () => {
      const id = await testBed.pay({ amount });
      await testBed.submit(id, 'DISC0001');
      await testBed.payments.removeDiscount(id);
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.due, view.discount, view.discountCode], [amount, 0, null]);
      assert.ok((await testBed.store.discounts(id)).every(({ sealed }) => sealed === null));
      await testBed.payments.removeDiscount(id);
      assert.equal((await testBed.submit(id, 'DISC0001')).due, 2500);
    });

    it('is used just before the rest is paid, each code once, and the webhook reports all of it', async () => {
      const id = await testBed.pay({ amount });
      await testBed.submit(id, 'DISC0002');
      testBed.clock.advance(1_000);
      const paid = await testBed.submit(id, 'GOOD0001');
      assert.deepEqual([paid.status, paid.amountPaid, paid.discount, paid.due], ['succeeded', 2500, 277, 2500]);
      assert.deepEqual(paid.discountCode, { lastCharacters: '0002', removable: false });
      const used = testBed.simulator.ledger().uses.filter(({ code }) => code === 'DISC0002' || code === 'GOOD0001');
      const [[discount], [code]] = [await testBed.store.discounts(id), await testBed.store.attempts(id)];
      assert.deepEqual(
        used.map(({ code, client }) => [code, client]),
        [
          ['DISC0002', `pw:${discount?.id}`],
          ['GOOD0001', `pw:${code?.id}`],
        ],
      );
      assert.equal(discount?.sealed, null);
      const [webhook, ...more] = await testBed.outbox(id);
      assert.deepEqual([webhook?.type, more.length], ['payment.succeeded', 0]);
      const { payment } = webhook?.data ?? assert.fail();
      const money = [payment.amount, payment.discount, payment.due, payment.amountPaid, payment.method];
      assert.deepEqual(money, [amount, 277, 2500, 2500, 'pay_code']);
      await assert.rejects(testBed.payments.removeDiscount(id), problem('payment_processing'));
    });

    it('of the whole amount pays at once, with one use', async () => {
      const id = await testBed.pay();
      const paid = await testBed.submit(id, 'FULL0001');
      assert.deepEqual([paid.status, paid.amountPaid, paid.due, paid.discount], ['succeeded', 0, 0, 2500]);
      assert.equal(testBed.uses('FULL0001'), 1);
      assert.deepEqual(
        (await testBed.outbox(id)).map(({ type, data }) => [type, data.payment.due, data.payment.amountPaid]),
        [['payment.succeeded', 0, 0]],
      );
    });

    it('of a fixed amount never reduces by more than is due', async () => {
      const id = await testBed.pay({ amount: 400 });
      const paid = await testBed.submit(id, 'FIVE0001');
      assert.deepEqual([paid.status, paid.discount, paid.due], ['succeeded', 400, 0]);
    });

    it('is the only one of a payment: a second is declined, does not count as a wrong code, and uses nothing', async () => {
      const id = await testBed.pay({ amount });
      await testBed.submit(id, 'DISC0003');
      for (const code of ['DISC0004', 'FIVE0002', 'DISC0003', 'FULL0002']) {
        const view = await testBed.submit(id, code);
        assert.deepEqual(
          [view.problem?.code, view.due, view.discountCode?.lastCharacters],
          ['discount_taken', 2500, '0003'],
          code,
        );
      }
      for (const code of ['DISC0004', 'FIVE0002', 'DISC0003', 'FULL0002']) assert.equal(testBed.uses(code), 0);
      assert.equal((await testBed.submit(id, 'GOOD0002')).status, 'succeeded');
    });

    it('typed in two tabs at almost the same time is reserved once, and the payment goes on', async () => {
      const id = await testBed.pay({ amount });
      const seenBefore = (await testBed.store.payment(id)) ?? assert.fail();
      await testBed.submit(id, 'DISC0005');
      await submitPayCode(testBed.parts, seenBefore, 'DISC0006', { ip: '203.0.113.7' });
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, view.discountCode?.lastCharacters, view.problem?.code], ['open', '0005', 'discount_taken']);
      assert.equal((await testBed.submit(id, 'GOOD0003')).status, 'succeeded');
    });

    it('that another tab has added or removed meanwhile decides what a code is compared with', async () => {
      const added = await testBed.pay({ amount: 2500 });
      const before = (await testBed.store.payment(added)) ?? assert.fail();
      await testBed.submit(added, 'DISC0006');
      await submitPayCode(testBed.parts, before, 'GOOD0004', { ip: '203.0.113.7' });
      assert.equal((await testBed.payments.view(added)).problem?.code, 'code_value_too_high');
      const removed = await testBed.pay({ amount });
      await testBed.submit(removed, 'DISC0007');
      const reduced = (await testBed.store.payment(removed)) ?? assert.fail();
      await testBed.payments.removeDiscount(removed);
      await submitPayCode(testBed.parts, reduced, 'GOOD0004', { ip: '203.0.113.7' });
      assert.equal((await testBed.payments.view(removed)).problem?.code, 'code_value_too_low');
      assert.equal(testBed.uses('GOOD0004') + testBed.uses('DISC0006') + testBed.uses('DISC0007'), 0);
    });

    it('with an unreadable deduction is declined like a wrong code, and the operator gets a report', async () => {
      const view = await testBed.submit(await testBed.pay(), 'DISCODD1');
      assert.deepEqual([view.problem?.code, view.due], ['code_invalid', 2500]);
      assert.equal(testBed.failures.length, 1);
      testBed.failures.length = 0;
    });

    it('that was used elsewhere is refused with its own problem', async () => {
      assert.equal((await testBed.submit(await testBed.pay(), 'DISCUSED')).problem?.code, 'code_used');
    });

    for (const [words, end] of [
      ['canceled', (id: string) => testBed.payments.cancel(id)],
      ['over', () => testBed.later(3_600_001)],
    ] as const) {
      it(`of a payment that is ${words} is unused and no longer stored, sealed or not`, async () => {
        const id = await testBed.pay({ amount });
        await testBed.submit(id, 'DISC0008');
        await end(id);
        assert.ok((await testBed.store.discounts(id)).every(({ sealed }) => sealed === null));
        assert.deepEqual((await discountOf(id)).discount, 0);
        assert.equal(testBed.uses('DISC0008'), 0);
        assert.equal((await testBed.submit(await testBed.pay({ amount }), 'DISC0008')).due, 2500);
      });
    }

    it('leaves no failure report behind', () => assert.deepEqual(testBed.failures, []));
  });
}
