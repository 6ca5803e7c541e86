/**
 * Leaving a shown code: we invalidate it before anything else may begin; whether we or an SMS used it first decides.
 */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { showCode } from '../../../../server/methods/pay-code/show-code.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import type { Payments } from '../../../../server/payments/payments.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';
import { allRules } from './all-rules.ts';

const problem = (code: string) => (error: unknown) => error instanceof ProblemError && error.code === code;
const minute = 60_000;

for (const engine of usualEngines) {
  describe(`leaving a shown code (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    let databaseUrl: string;
    withTestBed(
      engine,
      (url) => createPayCodeTestBed({ databaseUrl: url, settings: { rules: allRules }, timeoutMs: 1_500 }),
      (opened, url) => {
        testBed = opened;
        databaseUrl = url;
      },
    );
    after(() => assert.deepEqual(testBed.failures, []));
    const spoil = (op: string, when: string, kind: string) => testBed.control('faults', { op, when, kind });
    const statusOf = async (id: string) => (await testBed.payments.view(id)).status;

    /** A payment whose code has been shown for two seconds. */
    async function showing(own: object = {}) {
      const id = await testBed.pay(own);
      const { nextAction, attempt } = await testBed.startReversed(id);
      assert.ok(nextAction.kind === 'send_sms' && attempt);
      testBed.clock.advance(2_000);
      const code = nextAction.text.replace('PAY.CODE ', '');
      const name = `pw-fence:${attempt.id}`;
      const usedBy = () => testBed.simulator.ledger().uses.flatMap((use) => (use.code === code ? [use.client] : []));
      const invalidations = () => testBed.calls('use_code').filter(({ client }) => client === name).length;
      const written = async () =>
        (await testBed.store.intents(attempt.id)).filter(
          ({ naturalKey, operation }) => naturalKey === name && operation === 'use_code',
        ).length;
      return { id, text: nextAction.text, name, usedBy, invalidations, written };
    }

    it('invalidates it with a client id of the attempt; then another method is open, and an SMS pays nothing', async () => {
      const { id, text, name, usedBy, written } = await showing();
      await assert.rejects(testBed.submit(id, 'GOOD0001'), problem('payment_processing'));
      await testBed.payments.abandon(id);
      assert.equal(await statusOf(id), 'processing');
      await assert.rejects(testBed.submit(id, 'GOOD0001'), problem('payment_processing'));
      assert.equal(testBed.uses('GOOD0001'), 0);
      await testBed.later(0);
      assert.deepEqual([await statusOf(id), usedBy(), await written()], ['open', [name], 1]);
      assert.equal(await testBed.sms(text), 'Code not valid');
      assert.equal((await testBed.submit(id, 'GOOD0001')).status, 'succeeded');
      await testBed.later(minute);
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.amountPaid, usedBy()], [2500, [name]]);
      assert.ok((await testBed.store.attempts(id)).every(({ sealed }) => sealed === null));
    });

    it('has no effect where the SMS was faster, which has paid', async () => {
      const { id, text, usedBy } = await showing();
      await testBed.sms(text);
      await testBed.payments.abandon(id);
      await testBed.later(0);
      assert.deepEqual([await statusOf(id), usedBy()], ['succeeded', ['sms:sandbox']]);
      await assert.rejects(testBed.submit(id, 'GOOD0002'), problem('payment_processing'));
      assert.equal(testBed.uses('GOOD0002'), 0);
    });

    it('whose answer was lost is read, not sent again', async () => {
      const { id, name, usedBy, invalidations } = await showing();
      await spoil('use_code', 'after', 'reset');
      await testBed.payments.abandon(id);
      await testBed.later(0);
      assert.deepEqual([await statusOf(id), usedBy()], ['processing', [name]]);
      assert.equal((await testBed.untilSettled(id)).status, 'open');
      assert.deepEqual([invalidations(), usedBy()], [1, [name]]);
    });

    it('whose call never arrived calls once more, after recording an intent; an SMS in between pays', async () => {
      const [first, second] = [await showing(), await showing()];
      for (const { id } of [first, second]) {
        await spoil('use_code', 'before', 'http500');
        await testBed.payments.abandon(id);
        await testBed.later(0);
        assert.equal(await statusOf(id), 'processing');
      }
      await testBed.sms(second.text);
      assert.equal((await testBed.untilSettled(first.id)).status, 'open');
      assert.equal((await testBed.untilSettled(second.id)).status, 'succeeded');
      assert.deepEqual([first.invalidations(), await first.written(), first.usedBy()], [2, 2, [first.name]]);
      assert.deepEqual([second.invalidations(), second.usedBy()], [1, ['sms:sandbox']]);
    });

    it('opens nothing while PayCodes is down', async () => {
      const { id, usedBy, name } = await showing();
      await spoil('use_code', 'before', 'http500');
      // A read is tried three times.
      for (let n = 0; n < 3 * 3; n += 1) await spoil('get_code', 'before', 'http500');
      await testBed.payments.abandon(id);
      for (let n = 0; n < 4; n += 1) {
        await testBed.later(n === 0 ? 0 : 20_000);
        assert.equal(await statusOf(id), 'processing', `${n}`);
      }
      await assert.rejects(testBed.payments.cancel(id), problem('payment_processing'));
      assert.equal((await testBed.untilSettled(id)).status, 'open');
      assert.deepEqual(usedBy(), [name]);
    });

    it('is recognised though the clock was set back since the code was shown: an SMS that was faster pays', async () => {
      const { id, text, usedBy } = await showing();
      testBed.clock.advance(-10_000);
      await spoil('use_code', 'before', 'http500');
      await testBed.payments.abandon(id);
      await testBed.later(0);
      await testBed.sms(text);
      assert.equal((await testBed.untilSettled(id)).status, 'succeeded');
      assert.deepEqual(usedBy(), ['sms:sandbox']);
    });

    it('that expires at this very moment lets the customer choose, and shows no text without its code', async () => {
      const { id } = await showing({ expiresIn: 7 * 24 * 3600 });
      const { client } = testBed.parts.account('books') ?? assert.fail();
      const { getCode } = client;
      client.getCode = async (...request) => {
        client.getCode = getCode;
        const answer = await getCode(...request);
        await testBed.payments.abandon(id);
        return answer;
      };
      await testBed.later(49 * 60 * minute);
      await testBed.later(minute);
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, view.nextAction.kind], ['open', 'enter_code']);
    });

    it('of an expired payment ends it, and still invalidates the code', async () => {
      const { id, name, usedBy } = await showing({ expiresIn: 60 });
      await testBed.payments.abandon(id);
      await testBed.later(2 * minute);
      assert.deepEqual([await statusOf(id), usedBy()], ['expired', [name]]);
    });

    for (const [words, at] of [
      ['before the code was generated', 'recordIntent'],
      ['after the code was made, before it was kept', 'storeSecret'],
      ['after the code was kept, before it was shown', 'settleAttempt'],
    ] as const) {
      it(`is done for a server that died ${words}, by another: nothing is paid, and another code pays`, async () => {
        const id = await testBed.pay();
        await dieAt(testBed, id, at);
        const second = await createPayCodeTestBed({ databaseUrl, settings: { rules: allRules }, beside: testBed });
        for (let n = 0; n < 4; n += 1) await second.later(minute);
        assert.equal((await second.payments.view(id)).status, 'open');
        assert.ok((await second.store.attempts(id)).every(({ sealed }) => sealed === null));
        const shown = await second.startReversed(id);
        assert.ok(shown.nextAction.kind === 'send_sms');
        await testBed.sms(shown.nextAction.text);
        await second.later(minute);
        assert.equal((await second.payments.view(id)).status, 'succeeded');
        assert.deepEqual(second.failures, []);
        await second.close();
      });
    }

    it('is polled by another server when the first one died after it was shown', async () => {
      const { id, text } = await showing();
      const second = await createPayCodeTestBed({ databaseUrl, settings: { rules: allRules }, beside: testBed });
      await testBed.sms(text);
      await second.later(minute);
      assert.equal((await second.payments.view(id)).status, 'succeeded');
      await second.close();
    });
  });
}

/** The process stops for good when it reaches this use case. */
async function dieAt(testBed: PayCodeTestBed, id: string, at: 'recordIntent' | 'storeSecret' | 'settleAttempt'): Promise<void> {
  const payment = (await testBed.store.payment(id)) ?? assert.fail();
  await new Promise<void>((reached) => {
    const stopped = () => {
      reached();
      return new Promise<never>(() => undefined);
    };
    const payments: Payments = { ...testBed.parts.payments, [at]: stopped };
    void showCode({ ...testBed.parts, payments }, payment, { ip: '203.0.113.7', acknowledge: false });
  });
}
