/** The price of a code compared with what is due, under each amount policy. Real client and simulator. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';

async function under(
  amountPolicy: 'exact' | 'at_least' | 'ignore',
  run: (testBed: PayCodeTestBed) => Promise<void>,
): Promise<void> {
  const testBed = await createPayCodeTestBed({ settings: { amountPolicy } });
  try {
    await run(testBed);
    assert.deepEqual(testBed.failures, []);
  } finally {
    await testBed.close();
  }
}

/** GOOD… is worth 25.00, LOW… 12.50, HIGH… 50.00; 25.00 is due. */
describe('the price of a code', () => {
  it('must be what is due under `exact`, even for a customer who agrees to lose the rest', () =>
    under('exact', async (testBed) => {
      const id = await testBed.pay();
      assert.equal((await testBed.submit(id, 'LOW00001')).problem?.code, 'code_value_too_low');
      assert.equal((await testBed.submit(id, 'HIGH0001', { acceptExcess: true })).problem?.code, 'code_value_too_high');
      assert.equal(testBed.uses('HIGH0001') + testBed.uses('LOW00001'), 0);
      assert.equal((await testBed.submit(id, 'GOOD0001')).status, 'succeeded');
    }));

  it('may be more under `at_least`, once the customer has agreed; the amount paid is the whole price', () =>
    under('at_least', async (testBed) => {
      const id = await testBed.pay();
      const view = await testBed.submit(id, 'HIGH0001');
      assert.equal(view.problem?.code, 'code_value_too_high');
      assert.equal(testBed.uses('HIGH0001'), 0);
      assert.equal(view.nextAction.kind === 'enter_code' && view.nextAction.excessConsent, true);
      assert.equal((await testBed.submit(id, 'LOW00001', { acceptExcess: true })).problem?.code, 'code_value_too_low');
      const paid = await testBed.submit(id, 'HIGH0001', { acceptExcess: true });
      assert.deepEqual([paid.status, paid.amountPaid, paid.due], ['succeeded', 5000, 2500]);
      assert.equal(testBed.uses('HIGH0001'), 1);
    }));

  it('that the customer agreed to still counts where the answer is lost', () =>
    under('at_least', async (testBed) => {
      const id = await testBed.pay({ amount: 2000 });
      const lost = await testBed.submit(id, 'LOST0001', { acceptExcess: true });
      assert.equal(lost.status, 'processing');
      const paid = await testBed.untilSettled(id);
      assert.deepEqual([paid.status, paid.amountPaid], ['succeeded', 2500]);
    }));

  it('does not matter under `ignore`: the code pays what is due', () =>
    under('ignore', async (testBed) => {
      for (const code of ['LOW00001', 'HIGH0001', 'GOOD0001']) {
        const paid = await testBed.submit(await testBed.pay(), code);
        assert.deepEqual([paid.status, paid.amountPaid], ['succeeded', 2500], code);
      }
    }));
});
