/** A discount code to which something happens just then: the server dies, the time runs out, it turns out to be none. Both engines. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { submitPayCode } from '../../../../server/methods/pay-code/submit-pay-code.ts';
import type { Payments } from '../../../../server/payments/payments.ts';
import { engines } from '../../../support/engines.ts';
import { pretendWallet } from '../../../support/pretend-wallet.ts';
import { createWorld, type World } from '../../../support/world.ts';
import { allRules } from './all-rules.ts';

const ip = '203.0.113.7';

for (const engine of engines) {
  describe(`a discount code and bad timing (${engine.name})`, { skip: engine.skip }, () => {
    let world: World;
    let database: { url: string; drop(): Promise<void> };
    before(async () => {
      database = await engine.create();
      world = await createWorld({ databaseUrl: database.url, settings: { rules: allRules }, methods: [pretendWallet] });
    });
    after(async () => {
      assert.deepEqual(world.failures, []);
      await world.close();
      await database.drop();
    });
    const stands = async (id: string) => {
      const { status, due, amountPaid, discountCode, problem } = await world.payments.view(id);
      return [status, due, amountPaid, discountCode !== null, problem?.code ?? null];
    };
    world.control('faults', { op: 'use_code', when, kind: 'reset', code });

    it('of everything, used, and the server dies before it says that this has paid: it has paid', async () => {
      const id = await world.pay();
      const conclude: Payments['conclude'] = async (...said) => {
        if (said[2].kind === 'paid') throw new Error('the server is gone');
        return world.payments.conclude(...said);
      };
      const parts = { ...world.parts, payments: { ...world.parts.payments, conclude } };
      await submitPayCode(parts, (await world.store.payment(id)) ?? assert.fail(), 'FULL0001', { ip }).catch(() => undefined);
      assert.equal(world.uses('FULL0001'), 1);
      for (let passed = 0; passed < 4; passed += 1) await world.later(31_000);
      assert.deepEqual(await stands(id), ['succeeded', 0, 0, true, null]);
    });
  });
}
