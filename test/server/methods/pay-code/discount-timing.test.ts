/** A discount code to which something happens just then: the server dies, the time runs out, it turns out to be none. Both engines. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { submitPayCode } from '../../../../server/methods/pay-code/submit-pay-code.ts';
import type { Payments } from '../../../../server/payments/payments.ts';
import { engines } from '../../../support/engines.ts';
import { pretendTransfer, pretendWallet } from '../../../support/pretend-wallet.ts';
import { createWorld, type World } from '../../../support/world.ts';
import { allRules } from './all-rules.ts';

const amount = 2777;
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
    const nothingKept = async (id: string) =>
      assert.ok(
        (await world.store.attempts(id)).every(({ sealed }) => sealed === null),
        'a code is kept that nobody needs',
      );
    const lose = (code: string, when: 'before' | 'after') =>
      world.control('faults', { op: 'use_code', when, kind: 'reset', code });

    /** Types it, and while PayCodes looks it up something happens. */
    async function typeWhile(id: string, typed: string, happens: () => Promise<unknown>) {
      const account = world.parts.account('books') ?? assert.fail();
      const getCode: typeof account.client.getCode = async (asked, signal) => {
        const answer = await account.client.getCode(asked, signal);
        if (answer.kind === 'found' && asked.code === typed) await happens();
        return answer;
      };
      const parts = { ...world.parts, account: () => ({ ...account, client: { ...account.client, getCode } }) };
      await submitPayCode(parts, (await world.store.payment(id)) ?? assert.fail(), typed, { ip });
    }

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

    it('that turns out to be another’s while the code for the rest is looked up: nothing is used, and the whole is due', async () => {
      const [id, faster] = [await world.pay({ amount }), await world.pay({ amount })];
      for (const one of [id, faster]) await world.submit(one, 'DISC0001');
      await lose('DISC0001', 'before');
      await world.submit(id, 'GOOD0001');
      assert.equal((await world.submit(faster, 'GOOD0002')).status, 'succeeded');
      await typeWhile(id, 'GOOD0001', () => world.later(31_000));
      assert.deepEqual(await stands(id), ['open', amount, 0, false, 'code_used']);
      assert.equal(world.uses('GOOD0001'), 0);
    });

    it('typed in the last moment of a payment is not kept', async () => {
      const id = await world.pay({ amount, expiresIn: 60 });
      await typeWhile(id, 'DISC0003', async () => world.clock.advance(60_001));
      assert.deepEqual((await stands(id)).slice(0, 4), ['expired', amount, 0, false]);
      await nothingKept(id);
    });

    it('is not kept where the time runs out while the rest is tried to be paid', async () => {
      const id = await world.pay({ amount, expiresIn: 60 });
      await world.submit(id, 'DISC0003');
      await typeWhile(id, 'LOW00001', async () => world.clock.advance(60_001));
      assert.deepEqual((await stands(id)).slice(0, 4), ['expired', amount, 0, false]);
      await nothingKept(id);
    });

    it('is not kept where a transfer is told of just after the time is over', async () => {
      const id = await world.pay({ amount, expiresIn: 60 });
      await world.payments.start(id, { method: 'wallet', action: pretendTransfer(amount), same: () => false });
      await world.payments.abandon(id);
      await world.submit(id, 'DISC0003');
      world.clock.advance(60_001);
      await world.payments.submit(id, { method: 'wallet', entered: '1234567890', tail: '7890' });
      assert.deepEqual((await stands(id)).slice(0, 4), ['expired', amount, 0, false]);
      await nothingKept(id);
    });
  });
}
