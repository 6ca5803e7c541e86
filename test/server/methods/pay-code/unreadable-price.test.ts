/**
 * A code that was used for a payment and whose price PayCodes does not return: it is money, and a person has to decide how much.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { UpstreamError } from '../../../../server/clients/http.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { allRules } from './all-rules.ts';

const minute = 60_000;

for (const engine of usualEngines) {
  describe(`a used code without a readable price (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    let database: { url: string; drop(): Promise<void> };
    let tellsPrice = true;
    before(async () => {
      database = await engine.create();
      testBed = await createPayCodeTestBed({ databaseUrl: database.url, settings: { rules: allRules }, timeoutMs: 1_500 });
      const { client } = testBed.parts.account('books') ?? assert.fail();
      const getCode = client.getCode.bind(client);
      client.getCode = async (...request) => {
        const answer = await getCode(...request);
        return answer.kind === 'found' && !tellsPrice ? { ...answer, rule: { ...answer.rule, price: null } } : answer;
      };
    });
    after(async () => {
      await testBed.close();
      await database.drop();
    });
    const forAPerson = async (id: string) => {
      const { status, amountPaid, nextAction } = await testBed.payments.view(id);
      assert.deepEqual([status, amountPaid, nextAction.kind], ['needs_review', 0, 'wait']);
      const evidence = await testBed.store.evidence(id);
      assert.deepEqual(
        evidence.map(({ amount, counted }) => [amount, counted]),
        [[0, false]],
      );
      const [last] = (await testBed.outbox(id)).slice(-1);
      assert.equal(last?.type, 'payment.needs_review');
    };

    it('that was bought by SMS goes to a person, and the customer is not asked to pay again', async () => {
      const id = await testBed.pay();
      tellsPrice = true;
      const { nextAction } = await testBed.startReversed(id);
      assert.ok(nextAction.kind === 'send_sms');
      tellsPrice = false;
      await testBed.sms(nextAction.text);
      await testBed.later(5_000);
      await forAPerson(id);
      await testBed.later(24 * 60 * minute);
      await forAPerson(id);
      assert.deepEqual(testBed.failures, []);
    });

    it('whose call arrived after the payment expired goes to a person', async () => {
      const id = await testBed.pay({ expiresIn: 120 });
      tellsPrice = true;
      const { client } = testBed.parts.account('books') ?? assert.fail();
      const { useCode } = client;
      client.useCode = async () => {
        throw new UpstreamError('lost', { upstream: 'paycodes', method: 'use_code' });
      };
      await testBed.submit(id, 'GOOD0001');
      for (let passed = 0; passed < 8; passed += 1) await testBed.later(minute);
      assert.equal((await testBed.payments.view(id)).status, 'expired');
      tellsPrice = false;
      const [attempt] = await testBed.store.attempts(id);
      // The call that was lost arrives.
      client.useCode = useCode;
      await client.useCode({ code: 'GOOD0001', ruleSlug: 'demo-enter', client: `pw:${attempt?.id}` });
      await testBed.later(10 * minute);
      await forAPerson(id);
    });
  });
}
