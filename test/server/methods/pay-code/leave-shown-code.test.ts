/**
 * Leaving a shown code: we use it up before anything else may begin, and whoever was faster, we or the SMS, decides. Both
 * engines.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { showCode } from '../../../../server/methods/pay-code/show-code.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import type { Payments } from '../../../../server/payments/payments.ts';
import { engines } from '../../../support/engines.ts';
import { createWorld, type World } from '../../../support/world.ts';
import { allRules } from './all-rules.ts';

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
const minute = 60_000;

for (const engine of engines) {
  describe(`leaving a shown code (${engine.name})`, { skip: engine.skip }, () => {
    let world: World;
    let database: { url: string; drop(): Promise<void> };
    before(async () => {
      database = await engine.create();
      world = await createWorld({ databaseUrl: database.url, settings: { rules: allRules }, timeoutMs: 1_500 });
    });
    after(async () => {
      assert.deepEqual(world.failures, []);
      await world.close();
      await database.drop();
    });
    const spoil = (op: string, when: string, kind: string) => world.control('faults', { op, when, kind });
    const statusOf = async (id: string) => (await world.payments.view(id)).status;

    /** A payment whose code has been shown for two seconds. */
    async function showing(own: object = {}) {
      const id = await world.pay(own);
      const { nextAction, attempt } = await world.startReversed(id);
      assert.ok(nextAction.kind === 'send_sms' && attempt);
      world.clock.advance(2_000);
      const code = nextAction.text.replace('PAY.CODE ', '');
      const name = `pw-fence:${attempt.id}`;
      const usedBy = () => world.simulator.ledger().uses.flatMap((use) => (use.code === code ? [use.client] : []));
      const invalidations = () => world.calls('use_code').filter(({ client }) => client === name).length;
      const written = async () =>
        (await world.store.intents(attempt.id)).filter(
          ({ naturalKey, operation }) => naturalKey === name && operation === 'use_code',
        ).length;
      return { id, text: nextAction.text, name, usedBy, invalidations, written };
    }

    it('uses it up in the name of the attempt; then another method is open, and an SMS pays nothing', async () => {
      const { id, text, name, usedBy, written } = await showing();
      await assert.rejects(world.submit(id, 'GOOD0001'), problem('payment_processing'));
      await world.payments.abandon(id);
      assert.equal(await statusOf(id), 'processing');
      await assert.rejects(world.submit(id, 'GOOD0001'), problem('payment_processing'));
      assert.equal(world.uses('GOOD0001'), 0);
      await world.later(0);
      assert.deepEqual([await statusOf(id), usedBy(), await written()], ['open', [name], 1]);
      assert.equal(await world.sms(text), 'Code not valid');
      assert.equal((await world.submit(id, 'GOOD0001')).status, 'succeeded');
      await world.later(minute);
      const view = await world.payments.view(id);
      assert.deepEqual([view.amountPaid, usedBy()], [2500, [name]]);
      assert.ok((await world.store.attempts(id)).every(({ sealed }) => sealed === null));
    });

    it('comes too late where the SMS was faster: that has paid', async () => {
      const { id, text, usedBy } = await showing();
      await world.sms(text);
      await world.payments.abandon(id);
      await world.later(0);
      assert.deepEqual([await statusOf(id), usedBy()], ['succeeded', ['sms:sandbox']]);
      await assert.rejects(world.submit(id, 'GOOD0002'), problem('payment_processing'));
      assert.equal(world.uses('GOOD0002'), 0);
    });

    it('whose answer was lost is read, not sent again', async () => {
      const { id, name, usedBy, invalidations } = await showing();
      await spoil('use_code', 'after', 'reset');
      await world.payments.abandon(id);
      await world.later(0);
      assert.deepEqual([await statusOf(id), usedBy()], ['processing', [name]]);
      assert.equal((await world.untilSettled(id)).status, 'open');
      assert.deepEqual([invalidations(), usedBy()], [1, [name]]);
    });

    it('whose call never arrived calls once more, after recording it; an SMS in between pays', async () => {
      const [first, second] = [await showing(), await showing()];
      for (const { id } of [first, second]) {
        await spoil('use_code', 'before', 'http500');
        await world.payments.abandon(id);
        await world.later(0);
        assert.equal(await statusOf(id), 'processing');
      }
      await world.sms(second.text);
      assert.equal((await world.untilSettled(first.id)).status, 'open');
      assert.equal((await world.untilSettled(second.id)).status, 'succeeded');
      assert.deepEqual([first.invalidations(), await first.written(), first.usedBy()], [2, 2, [first.name]]);
      assert.deepEqual([second.invalidations(), second.usedBy()], [1, ['sms:sandbox']]);
    });

    it('opens nothing while PayCodes is down', async () => {
      const { id, usedBy, name } = await showing();
      await spoil('use_code', 'before', 'http500');
      // A read is tried three times.
      for (let n = 0; n < 3 * 3; n += 1) await spoil('get_code', 'before', 'http500');
      await world.payments.abandon(id);
      for (let n = 0; n < 4; n += 1) {
        await world.later(n === 0 ? 0 : 20_000);
        assert.equal(await statusOf(id), 'processing', `${n}`);
      }
      await assert.rejects(world.payments.cancel(id), problem('payment_processing'));
      assert.equal((await world.untilSettled(id)).status, 'open');
      assert.deepEqual(usedBy(), [name]);
    });

    it('is recognised though the clock was set back since the code was shown: an SMS that was faster pays', async () => {
      const { id, text, usedBy } = await showing();
      world.clock.advance(-10_000);
      await spoil('use_code', 'before', 'http500');
      await world.payments.abandon(id);
      await world.later(0);
      await world.sms(text);
      assert.equal((await world.untilSettled(id)).status, 'succeeded');
      assert.deepEqual(usedBy(), ['sms:sandbox']);
    });

    it('that expires at this very moment lets the customer choose, and shows no text without its code', async () => {
      const { id } = await showing({ expiresIn: 7 * 24 * 3600 });
      const { client } = world.parts.account('books') ?? assert.fail();
      const { getCode } = client;
      client.getCode = async (...request) => {
        client.getCode = getCode;
        const answer = await getCode(...request);
        await world.payments.abandon(id);
        return answer;
      };
      await world.later(49 * 60 * minute);
      await world.later(minute);
      const view = await world.payments.view(id);
      assert.deepEqual([view.status, view.nextAction.kind], ['open', 'enter_code']);
    });

    it('of an expired payment ends it, and uses the code up all the same', async () => {
      const { id, name, usedBy } = await showing({ expiresIn: 60 });
      await world.payments.abandon(id);
      await world.later(2 * minute);
      assert.deepEqual([await statusOf(id), usedBy()], ['expired', [name]]);
    });

    for (const [words, at] of [
      ['before the code was generated', 'recordIntent'],
      ['after the code was made, before it was kept', 'storeSecret'],
      ['after the code was kept, before it was shown', 'settleAttempt'],
    ] as const) {
      it(`is done for a server that died ${words}, by another: nothing is paid, and another code pays`, async () => {
        const id = await world.pay();
        await dieAt(world, id, at);
        const second = await createWorld({ databaseUrl: database.url, settings: { rules: allRules }, beside: world });
        for (let n = 0; n < 4; n += 1) await second.later(minute);
        assert.equal((await second.payments.view(id)).status, 'open');
        assert.ok((await second.store.attempts(id)).every(({ sealed }) => sealed === null));
        const shown = await second.startReversed(id);
        assert.ok(shown.nextAction.kind === 'send_sms');
        await world.sms(shown.nextAction.text);
        await second.later(minute);
        assert.equal((await second.payments.view(id)).status, 'succeeded');
        assert.deepEqual(second.failures, []);
        await second.close();
      });
    }

    it('is polled by another server when the first one died after it was shown', async () => {
      const { id, text } = await showing();
      const second = await createWorld({ databaseUrl: database.url, settings: { rules: allRules }, beside: world });
      await world.sms(text);
      await second.later(minute);
      assert.equal((await second.payments.view(id)).status, 'succeeded');
      await second.close();
    });
  });
}

/** The process stops for good when it reaches this use case. */
async function dieAt(world: World, id: string, at: 'recordIntent' | 'storeSecret' | 'settleAttempt'): Promise<void> {
  const payment = (await world.store.payment(id)) ?? assert.fail();
  await new Promise<void>((reached) => {
    const stopped = () => {
      reached();
      return new Promise<never>(() => undefined);
    };
    const payments: Payments = { ...world.parts.payments, [at]: stopped };
    void showCode({ ...world.parts, payments }, payment, { ip: '203.0.113.7', acknowledge: false });
  });
}
