/** Paying with a code, through the real client and a real PayCodes simulator, on both engines. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { engines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;

for (const engine of engines) {
  describe(`a pay code (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    withTestBed(
      engine,
      (databaseUrl) => createPayCodeTestBed({ databaseUrl }),
      (opened) => {
        testBed = opened;
      },
    );
    after(() => assert.deepEqual(testBed.failures, []));

    it('pays, is used once with the client id of the attempt, and leaves evidence and a webhook', async () => {
      const id = await testBed.pay();
      const view = await testBed.submit(id, ' good-0001 ');
      assert.equal(view.status, 'succeeded');
      assert.equal(view.amountPaid, 2500);
      assert.equal(view.attempt?.lastCharacters, '0001');
      const [use] = testBed.simulator.ledger().uses.filter(({ code }) => code === 'GOOD0001');
      assert.equal(use?.client, `pw:${view.attempt?.id}`);
      const payment = await testBed.payments.read('books', id);
      assert.deepEqual(
        payment?.evidence.map(({ amount, currency }) => [amount, currency]),
        [[2500, 'PLN']],
      );
      assert.deepEqual(
        (await testBed.webhooks()).filter(({ payment }) => payment === id).map(({ type }) => type),
        ['payment.succeeded'],
      );
    });

    it('pays with a code that comes in its whole SMS, and a message with two codes uses none', async () => {
      const doubtful = await testBed.pay();
      await assert.rejects(testBed.submit(doubtful, 'GOOD0018 or GOOD0019, 25.00 PLN'), problem('code_format'));
      const view = await testBed.submit(doubtful, 'Your code: GOOD0018. Thank you!');
      assert.equal(view.status, 'succeeded');
      assert.equal(view.attempt?.lastCharacters, '0018');
      assert.deepEqual([testBed.uses('GOOD0018'), testBed.uses('GOOD0019')], [1, 0]);
    });

    const refused: [string, string, string][] = [
      ['USED0001', 'code_used', 'was used before'],
      ['OLD00001', 'code_expired', 'has expired'],
      ['SOON0001', 'code_not_yet_valid', 'is not valid yet'],
      ['OFF00001', 'code_invalid', 'was switched off'],
      ['NOSUCH01', 'code_invalid', 'does not exist'],
      ['LOW00001', 'code_value_too_low', 'is worth less'],
      ['HIGH0001', 'code_value_too_high', 'is worth more'],
      ['RACE0001', 'code_used', 'was taken by somebody else in the same moment'],
      ['FAIL0001', 'provider_unavailable', 'meets a broken upstream'],
    ];
    for (const [code, expected, words] of refused) {
      it(`is refused with ${expected} when it ${words}, and the payment stays open`, async () => {
        const view = await testBed.submit(await testBed.pay(), code);
        assert.equal(view.problem?.code, expected);
        assert.equal(view.status, 'open');
        assert.equal(view.nextAction.kind, 'enter_code');
        assert.equal(view.amountPaid, 0);
      });
    }

    it('is told, when it is refused, to a merchant who has asked for that, with the reason and without the code', async () => {
      testBed.asked.add('payment.attempt_refused');
      const id = await testBed.pay();
      await testBed.submit(id, 'USED0001');
      testBed.asked.clear();
      await testBed.submit(id, 'USED0001');
      const [told, ...others] = await testBed.outbox(id);
      assert.deepEqual(others, []);
      assert.deepEqual([told?.type, told?.sequence, told?.data.problem], ['payment.attempt_refused', 1, { code: 'code_used' }]);
      assert.deepEqual([told?.data.payment.status, told?.data.payment.attempts[0]?.status], ['open', 'declined']);
      assert.ok(!JSON.stringify(told).includes('USED0001'));
    });

    it('is found again after its answer was lost, and was used exactly once', async () => {
      const id = await testBed.pay();
      const lost = await testBed.submit(id, 'LOST0001');
      assert.equal(lost.status, 'processing');
      assert.deepEqual(lost.nextAction.kind === 'wait' && lost.nextAction.reason, 'unknown_outcome');
      assert.equal((await testBed.untilSettled(id)).status, 'succeeded');
      assert.equal(testBed.uses('LOST0001'), 1);
      assert.deepEqual(
        (await testBed.webhooks()).filter(({ payment }) => payment === id).map(({ type }) => type),
        ['payment.processing'],
      );
    });

    it('pays one of two payments that submit it fifty times at once', async () => {
      const ids = await Promise.all([testBed.pay(), testBed.pay()]);
      const answers = await Promise.allSettled(
        Array.from({ length: 50 }, (_, n) => testBed.submit(ids[n % 2] ?? '', 'GOOD0002')),
      );
      for (const answer of answers) {
        if (answer.status === 'rejected') assert.ok(problem('payment_processing')(answer.reason), String(answer.reason));
      }
      const views = await Promise.all(ids.map((id) => testBed.untilSettled(id)));
      assert.deepEqual(views.map(({ status }) => status).sort(), ['open', 'succeeded']);
      assert.equal(views.find(({ status }) => status === 'open')?.problem?.code, 'code_used');
      assert.equal(testBed.uses('GOOD0002'), 1);
    });

    it('allows one attempt at a time', async () => {
      const id = await testBed.pay();
      const answers = await Promise.allSettled([testBed.submit(id, 'GOOD0003'), testBed.submit(id, 'GOOD0004')]);
      assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, 1);
      assert.equal(testBed.uses('GOOD0003') + testBed.uses('GOOD0004'), 1);
    });

    it('is not used for a payment that expired while it was looked up', async () => {
      const id = await testBed.pay({ expiresIn: 60 });
      // The clock jumps between the start of the attempt and the commit of its intent.
      const begun = testBed.submit(id, 'GOOD0005');
      testBed.clock.advance(61_000);
      const view = await begun.catch(async () => testBed.payments.view(id));
      assert.equal(view.status, 'expired');
      assert.equal(testBed.uses('GOOD0005'), 0);
    });

    it('is neither looked up nor used for a currency without a rule', async () => {
      await assert.rejects(testBed.pay({ currency: 'MMK' }), problem('method_unavailable'));
    });

    it('that cannot be one is refused without any call', async () => {
      const calls = testBed.simulator.ledger().calls.length;
      const id = await testBed.pay();
      for (const typed of ['', 'ab', '!!!!', 'ဖိုးသား', 'x'.repeat(200), 'GOOD 0001 €']) {
        await assert.rejects(testBed.submit(id, typed), problem('code_format'), typed);
      }
      assert.equal(testBed.simulator.ledger().calls.length, calls);
    });

    it('is limited to thirty tries of any kind, which each cost calls upstream', async () => {
      const id = await testBed.pay();
      for (let n = 0; n < 30; n += 1) await testBed.submit(id, 'LOW00001');
      await assert.rejects(testBed.submit(id, 'GOOD0006'), problem('too_many_attempts'));
    });

    it('waits five seconds after three wrong codes, and then pays', async () => {
      const id = await testBed.pay();
      for (const n of [1, 2, 3]) await testBed.submit(id, `WRONG00${n}`);
      await assert.rejects(testBed.submit(id, 'GOOD0006'), problem('too_many_attempts'));
      testBed.clock.advance(5_001);
      assert.equal((await testBed.submit(id, 'GOOD0006')).status, 'succeeded');
    });
  });
}
