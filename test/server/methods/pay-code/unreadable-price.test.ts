/**
 * A code that was used for a payment and whose price PayCodes does not return: it is money, and a person has to decide how much.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { UpstreamError } from '../../../../server/clients/http.ts';
import { engines } from '../../../support/engines.ts';
import { createWorld, type World } from '../../../support/world.ts';
import { allRules } from './all-rules.ts';

const minute = 60_000;

for (const engine of engines) {
  describe(`a used code without a readable price (${engine.name})`, { skip: engine.skip }, () => {
    let world: World;
    let database: { url: string; drop(): Promise<void> };
    let tellsPrice = true;
    before(async () => {
      database = await engine.create();
      world = await createWorld({ databaseUrl: database.url, settings: { rules: allRules }, timeoutMs: 1_500 });
      const { client } = world.parts.account('books') ?? assert.fail();
      const getCode = client.getCode.bind(client);
      client.getCode = async (...request) => {
        const answer = await getCode(...request);
        return answer.kind === 'found' && !tellsPrice ? { ...answer, rule: { ...answer.rule, price: null } } : answer;
      };
    });
    after(async () => {
      await world.close();
      await database.drop();
    });
    const forAPerson = async (id: string) => {
      const { status, amountPaid, nextAction } = await world.payments.view(id);
      assert.deepEqual([status, amountPaid, nextAction.kind], ['needs_review', 0, 'wait']);
      const evidence = await world.store.evidence(id);
      assert.deepEqual(
        evidence.map(({ amount, counted }) => [amount, counted]),
        [[0, false]],
      );
      const [last] = (await world.outbox(id)).slice(-1);
      assert.equal(last?.type, 'payment.needs_review');
    };

    it('that was paid for by SMS: nobody is asked to pay again', async () => {
      const id = await world.pay();
      tellsPrice = true;
      const { nextAction } = await world.startReversed(id);
      assert.ok(nextAction.kind === 'send_sms');
      tellsPrice = false;
      await world.sms(nextAction.text);
      await world.later(5_000);
      await forAPerson(id);
      await world.later(24 * 60 * minute);
      await forAPerson(id);
      assert.deepEqual(world.failures, []);
    });

    it('whose call arrived after the payment expired', async () => {
      const id = await world.pay({ expiresIn: 120 });
      tellsPrice = true;
      const { client } = world.parts.account('books') ?? assert.fail();
      const { useCode } = client;
      client.useCode = async () => {
        throw new UpstreamError('lost', { upstream: 'paycodes', method: 'use_code' });
      };
      await world.submit(id, 'GOOD0001');
      for (let passed = 0; passed < 8; passed += 1) await world.later(minute);
      assert.equal((await world.payments.view(id)).status, 'expired');
      tellsPrice = false;
      const [attempt] = await world.store.attempts(id);
      // The call that was lost arrives.
      client.useCode = useCode;
      await client.useCode({ code: 'GOOD0001', ruleSlug: 'demo-enter', client: `pw:${attempt?.id}` });
      await world.later(10 * minute);
      await forAPerson(id);
    });
  });
}
