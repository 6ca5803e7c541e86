/**
 * A discount code whose use is refused, or whose answer is lost: nothing is charged before the outcome is known, and it is used
 * once at most.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { submitPayCode } from '../../../../server/methods/pay-code/submit-code.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { allRules } from './all-rules.ts';

const amount = 2777;
const minute = 60_000;

for (const engine of usualEngines) {
  describe(`a discount code and faults of PayCodes (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    let database: { url: string; drop(): Promise<void> };
    before(async () => {
      database = await engine.create();
      const settings = { rules: allRules };
      testBed = await createPayCodeTestBed({ databaseUrl: database.url, settings, timeoutMs: 1_500 });
    });
    after(async () => {
      assert.deepEqual(testBed.failures, []);
      await testBed.close();
      await database.drop();
    });
    const spoil = (when: string, kind: string, code?: string) =>
      testBed.control('faults', { op: 'use_code', when, kind, ...(code && { code }) });
    const stands = async (id: string) => {
      const { status, due, discountCode, problem, amountPaid } = await testBed.payments.view(id);
      return [status, due, discountCode?.removable ?? null, problem?.code ?? null, amountPaid];
    };

    it('that was used with its answer lost charges nothing, cannot be removed, and is found used by the next try', async () => {
      const id = await testBed.pay({ amount });
      await testBed.submit(id, 'DISCLOST');
      await testBed.submit(id, 'GOOD0001');
      assert.deepEqual(await stands(id), ['open', 2500, false, 'provider_unavailable', 0]);
      assert.deepEqual([testBed.uses('DISCLOST'), testBed.uses('GOOD0001')], [1, 0]);
      await assert.rejects(testBed.payments.removeDiscount(id), /discount_taken/);
      assert.equal((await testBed.submit(id, 'GOOD0001')).status, 'succeeded');
      assert.deepEqual([testBed.uses('DISCLOST'), testBed.uses('GOOD0001')], [1, 1]);
    });

    for (const [kind, after, pay, before, rest] of [
      ['reset', 'DISC0001', 'GOOD0002', 'DISC0004', 'GOOD0011'],
      ['http500', 'DISC0002', 'GOOD0003', 'DISC0005', 'GOOD0012'],
      ['malformed', 'DISC0003', 'GOOD0004', 'DISC0006', 'GOOD0013'],
    ] as const) {
      it(`with the fault ${kind} after it was used is found by the reconciler alone`, async () => {
        const id = await testBed.pay({ amount });
        await testBed.submit(id, after);
        await spoil('after', kind, after);
        await testBed.submit(id, pay);
        assert.equal(testBed.uses(pay), 0);
        await testBed.later(31_000);
        assert.deepEqual(await stands(id), ['open', 2500, false, 'provider_unavailable', 0]);
        const [redeemed] = await testBed.store.discounts(id);
        assert.deepEqual([redeemed?.status, redeemed?.sealed], ['redeemed', null]);
        assert.equal((await testBed.submit(id, pay)).status, 'succeeded');
        assert.equal(testBed.uses(after), 1);
      });

      it(`with the fault ${kind} before it was used may still arrive: it cannot be removed, and is used with the rest`, async () => {
        const id = await testBed.pay({ amount });
        await testBed.submit(id, before);
        await spoil('before', kind, before);
        await testBed.submit(id, rest);
        assert.deepEqual(await stands(id), ['open', 2500, false, 'provider_unavailable', 0]);
        for (let passed = 0; passed < 20; passed += 1) await testBed.later(31_000);
        assert.equal((await stands(id))[2], false, 'it may still be on its way');
        await assert.rejects(testBed.payments.removeDiscount(id), /discount_taken/);
        assert.equal(testBed.uses(before) + testBed.uses(rest), 0);
        assert.equal((await testBed.submit(id, rest)).status, 'succeeded');
        assert.deepEqual([testBed.uses(before), testBed.uses(rest)], [1, 1]);
      });
    }

    it('that somebody else used first is dropped: the whole amount is due, and the customer is asked', async () => {
      const id = await testBed.pay({ amount });
      await testBed.submit(id, 'DISCRACE');
      const view = await testBed.submit(id, 'GOOD0005');
      assert.deepEqual(await stands(id), ['open', amount, null, 'discount_lost', 0]);
      assert.deepEqual([view.nextAction.kind, view.discount], ['enter_code', 0]);
      assert.equal(testBed.uses('GOOD0005'), 0);
    });

    it('reserved by two payments reduces only the first that pays', async () => {
      const [first, second] = [await testBed.pay({ amount }), await testBed.pay({ amount })];
      for (const id of [first, second]) assert.equal((await testBed.submit(id, 'DISC0007')).due, 2500);
      assert.equal((await testBed.submit(second, 'GOOD0006')).status, 'succeeded');
      await testBed.submit(first, 'GOOD0007');
      assert.deepEqual(await stands(first), ['open', amount, null, 'discount_lost', 0]);
      assert.deepEqual([testBed.uses('DISC0007'), testBed.uses('GOOD0007')], [1, 0]);
    });

    it('stays with the payment when the rest is refused, and can be used nowhere again', async () => {
      const id = await testBed.pay({ amount });
      await testBed.submit(id, 'DISC0008');
      // Somebody else uses the code that was to pay the rest first.
      await testBed.submit(id, 'RACE0001');
      assert.deepEqual(await stands(id), ['open', 2500, false, 'code_used', 0]);
      assert.equal((await testBed.submit(id, 'DISC0008')).problem?.code, 'code_used');
      const other = await testBed.pay({ amount });
      assert.deepEqual(
        [(await testBed.submit(other, 'DISC0008')).problem?.code, (await stands(other))[1]],
        ['code_used', amount],
      );
      assert.equal((await stands(id))[1], 2500);
      assert.equal(testBed.uses('DISC0008'), 1);
      assert.equal((await testBed.submit(id, 'GOOD0007')).status, 'succeeded');
    });

    it('of the whole amount, used and its answer lost, pays once it is read', async () => {
      const id = await testBed.pay();
      await spoil('after', 'reset', 'FULL0001');
      const view = await testBed.submit(id, 'FULL0001');
      assert.deepEqual([view.status, view.nextAction.kind], ['open', 'wait']);
      await testBed.later(31_000);
      assert.equal((await testBed.payments.view(id)).status, 'succeeded');
      assert.equal(testBed.uses('FULL0001'), 1);
      assert.deepEqual(await testBed.webhookTypes(id), ['payment.succeeded']);
    });

    it('of the whole amount, not used and its answer lost, is used again without asking, and has paid', async () => {
      const id = await testBed.pay();
      await spoil('before', 'reset', 'FULL0002');
      assert.equal((await testBed.submit(id, 'FULL0002')).nextAction.kind, 'wait');
      await testBed.later(31_000);
      assert.equal((await testBed.payments.view(id)).status, 'succeeded');
      assert.equal(testBed.uses('FULL0002'), 1);
    });

    it('of the whole amount, never sent because the server died, lets the customer try again', async () => {
      const id = await testBed.pay();
      await dieInRedemption(testBed, id);
      await testBed.later(minute);
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, view.due, view.nextAction.kind], ['open', 2500, 'enter_code']);
      assert.equal((await testBed.submit(id, 'FULL0003')).status, 'succeeded');
    });
  });
}

/** As far as the process came: the discount is reserved, and no intent to use it is recorded. */
async function dieInRedemption(testBed: PayCodeTestBed, id: string): Promise<void> {
  const payment = (await testBed.store.payment(id)) ?? assert.fail();
  await new Promise<void>((reached) => {
    const recordRedemption = () => {
      reached();
      return new Promise<never>(() => undefined);
    };
    const parts = { ...testBed.parts, payments: { ...testBed.parts.payments, recordDiscountRedemption: recordRedemption } };
    void submitPayCode(parts, payment, 'FULL0003', { ip: '203.0.113.7' });
  });
}
