/**
 * A call to use a discount code got no answer and arrives later, however late: the customer must not lose the discount.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../../../demo/simulators/paycodes/simulator.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { type CallHolder, holdCalls } from '../../../support/hold-calls.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { allRules } from './all-rules.ts';

const amount = 2777;
const minute = 60_000;
const hour = 60 * minute;

for (const engine of usualEngines) {
  describe(`a discount code whose call was lost (${engine.name})`, { skip: engine.skip }, () => {
    let database: { url: string; drop(): Promise<void> };
    let clock: FakeClock;
    let simulator: PayCodesSimulator;
    let line: CallHolder;
    let testBed: PayCodeTestBed;
    before(async () => {
      database = await engine.create();
      clock = createFakeClock();
      simulator = await createPayCodesSimulator({ now: clock.now });
      line = await holdCalls(simulator.url);
      const beside = { clock, sealingKey: randomBytes(32), simulator };
      testBed = await createPayCodeTestBed({ databaseUrl: database.url, beside, settings: { url: line.url, rules: allRules } });
    });
    after(async () => {
      await testBed.close();
      await line.close();
      await simulator.close();
      await database.drop();
    });

    const uses = (code: string) => testBed.uses(code);
    const kept = async (id: string) =>
      [...(await testBed.store.attempts(id)), ...(await testBed.store.discounts(id))].filter(({ sealed }) => sealed !== null)
        .length;
    const pass = async (ms: number, step = minute) => {
      for (let passed = 0; passed < ms; passed += step) await testBed.later(step);
    };
    const reports = () => testBed.failures.splice(0).map((failure) => String((failure as { cause: unknown }).cause));
    /** Submits the code, and delays every call to use it. */
    async function losing(id: string, code: string, rest?: string): Promise<void> {
      if (rest) await testBed.submit(id, code);
      line.hold('use_code');
      await testBed.submit(id, rest ?? code);
    }

    it('arrives after ten minutes: the payment keeps the discount, and the code was used once', async () => {
      const id = await testBed.pay({ amount, expiresIn: 3600 });
      await losing(id, 'DISC0001', 'GOOD0001');
      await pass(10 * minute);
      assert.equal(
        (await testBed.payments.view(id)).discountCode?.removable,
        false,
        'it could be taken off, and be used after that',
      );
      line.pass();
      await line.release();
      await pass(6 * minute);
      assert.equal((await testBed.submit(id, 'GOOD0001')).status, 'succeeded');
      assert.deepEqual([uses('DISC0001'), uses('GOOD0001')], [1, 1]);
      assert.deepEqual([await kept(id), reports()], [0, []]);
    });

    it('that never arrives is used with the rest, whenever that is paid', async () => {
      const id = await testBed.pay({ amount, expiresIn: 3600 });
      await losing(id, 'DISC0002', 'GOOD0002');
      await pass(20 * minute);
      line.pass();
      assert.equal((await testBed.submit(id, 'GOOD0002')).status, 'succeeded');
      await line.release();
      await pass(2 * hour, hour);
      assert.deepEqual([uses('DISC0002'), uses('GOOD0002'), await kept(id)], [1, 1, 0]);
    });

    it('of the whole amount is sent again, five times fast and then slowly, and pays when PayCodes answers', async () => {
      const id = await testBed.pay({ expiresIn: 3600 });
      const before = line.held();
      await losing(id, 'FULL0001');
      await pass(20 * minute, 15_000);
      const calls = line.held() - before;
      assert.ok(calls >= 6 && calls <= 9, `${calls} calls`);
      line.pass();
      await pass(6 * minute);
      assert.equal((await testBed.payments.view(id)).status, 'succeeded');
      await line.release();
      await pass(hour);
      assert.deepEqual([uses('FULL0001'), await kept(id), reports()], [1, 0, []]);
    });

    it('arrives after its payment has ended: the operator gets a report, and nothing is stored any more', async () => {
      const id = await testBed.pay({ amount, expiresIn: 120 });
      await losing(id, 'DISC0003', 'GOOD0003');
      await pass(8 * minute);
      assert.equal((await testBed.payments.view(id)).status, 'expired');
      assert.equal(await kept(id), 1);
      line.pass();
      await line.release();
      await pass(26 * hour, hour);
      assert.deepEqual([uses('DISC0003'), (await testBed.payments.view(id)).amountPaid, await kept(id)], [1, 0, 0]);
      assert.match(reports().join(), /was used after its payment had ended/);
    });

    it('arrives after the code was switched off and dropped: the operator gets a report, and nothing is stored any more', async () => {
      const id = await testBed.pay({ amount, expiresIn: 3600 });
      await losing(id, 'DISC0005', 'GOOD0005');
      const { client } = testBed.parts.account('books') ?? assert.fail();
      const { getCode } = client;
      client.getCode = async (...request) => {
        const answer = await getCode(...request);
        return answer.kind === 'found' ? { ...answer, code: { ...answer.code, isActive: false } } : answer;
      };
      await pass(2 * minute);
      client.getCode = getCode;
      const { due, problem } = await testBed.payments.view(id);
      assert.deepEqual([due, problem?.code, await kept(id)], [amount, 'discount_lost', 1]);
      line.pass();
      await line.release();
      await pass(26 * hour, hour);
      assert.deepEqual([uses('DISC0005'), await kept(id)], [1, 0]);
      assert.match(reports().join(), /was used after it had been taken off its payment/);
    });

    it('never arrives, and its payment has ended: nothing is stored after a day, and nothing is reported', async () => {
      const id = await testBed.pay({ amount, expiresIn: 120 });
      await losing(id, 'DISC0004', 'GOOD0004');
      await pass(8 * minute);
      line.pass();
      await testBed.payments.cancel(id).catch(() => undefined);
      await pass(26 * hour, hour);
      assert.deepEqual([uses('DISC0004'), await kept(id), reports()], [0, 0, []]);
      assert.ok((await testBed.store.discounts(id)).every(({ nextCheckAt }) => nextCheckAt === null));
    });
  });
}
