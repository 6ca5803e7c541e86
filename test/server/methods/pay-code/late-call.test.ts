/**
 * A call to use a code got no answer and arrives later, however late: it must neither be a second payment nor be lost.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../../../demo/simulators/paycodes/simulator.ts';
import { usualEngines } from '../../../support/engines.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { type CallHolder, holdCalls } from '../../../support/hold-calls.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';

const minute = 60_000;
const hour = 60 * minute;

for (const engine of usualEngines) {
  describe(`a lost use_code (${engine.name})`, { skip: engine.skip }, () => {
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
      testBed = await createPayCodeTestBed({ databaseUrl: database.url, beside, settings: { url: line.url } });
    });
    after(async () => {
      await testBed.close();
      await line.close();
      await simulator.close();
      await database.drop();
    });

    /** How many uses PayCodes has recorded with the client ids of this payment's attempts. */
    async function pulled(id: string): Promise<number> {
      const names = (await testBed.store.attempts(id)).map((attempt) => `pw:${attempt.id}`);
      return simulator.ledger().uses.filter(({ client }) => names.includes(client)).length;
    }
    const kept = async (id: string) => (await testBed.store.attempts(id)).filter(({ sealed }) => sealed !== null).length;
    /** Submits the code, and delays every call to use it for so long. */
    async function losing(id: string, code: string, ms: number): Promise<void> {
      line.hold('use_code');
      assert.equal((await testBed.submit(id, code)).status, 'processing');
      for (let passed = 0; passed < ms; passed += minute) await testBed.later(minute);
    }

    it('pays when it arrives, and no other method is open before, though the code reads as unused for ten minutes', async () => {
      const id = await testBed.pay({ expiresIn: 3600 });
      await losing(id, 'GOOD0001', 10 * minute);
      line.pass();
      await testBed.submit(id, 'GOOD0002').catch(() => undefined);
      await line.release();
      for (let passed = 0; passed < 60; passed += 1) await testBed.later(minute);
      const view = await testBed.payments.view(id);
      assert.deepEqual([view.status, view.amountPaid, await pulled(id)], ['succeeded', 2500, 1]);
      assert.equal(testBed.uses('GOOD0002'), 0, 'the customer was asked for a second code');
      assert.equal(await kept(id), 0);
    });

    it('is repeated with the same client id once PayCodes answers again, and pays without an action of the customer', async () => {
      const id = await testBed.pay({ expiresIn: 3600 });
      await losing(id, 'GOOD0003', 20 * minute);
      line.pass();
      for (let passed = 0; passed < 35; passed += 1) await testBed.later(minute);
      assert.deepEqual([(await testBed.payments.view(id)).status, await pulled(id)], ['succeeded', 1]);
      await line.release();
      await testBed.later(25 * hour);
      assert.deepEqual([(await testBed.payments.view(id)).status, await pulled(id)], ['succeeded', 1]);
    });

    it('is not repeated with every recheck of the customer', async () => {
      const id = await testBed.pay({ expiresIn: 3600 });
      const before = line.held();
      await losing(id, 'GOOD0004', minute);
      for (let checks = 0; checks < 60; checks += 1) {
        await testBed.payments.recheck(id);
        await testBed.later(2_100);
      }
      assert.ok(line.held() - before <= 7, `${line.held() - before} calls`);
      line.pass();
      await line.release();
      assert.equal((await testBed.untilSettled(id)).status, 'succeeded');
    });

    for (const [words, ms] of [
      ['ten minutes', 11 * minute],
      ['a day', 23 * hour],
    ] as const) {
      it(`is found within ${words} after the payment expired, and is a late payment`, async () => {
        const id = await testBed.pay({ expiresIn: 120 });
        const code = ms > hour ? 'GOOD0005' : 'GOOD0006';
        await losing(id, code, 8 * minute);
        assert.equal((await testBed.payments.view(id)).status, 'expired');
        line.pass();
        if (ms > hour) await testBed.later(11 * minute);
        await line.release();
        for (let passed = 0; passed < 26; passed += 1) await testBed.later(ms > hour ? hour : 3 * minute);
        const view = await testBed.payments.view(id);
        assert.deepEqual([view.status, view.paidLate, view.amountPaid, await pulled(id)], ['succeeded', true, 2500, 1]);
        assert.equal(await kept(id), 0);
      });
    }

    it('that never arrives leaves nothing stored a day after the payment expired', async () => {
      const id = await testBed.pay({ expiresIn: 120 });
      await losing(id, 'GOOD0007', 8 * minute);
      line.pass();
      assert.equal((await testBed.payments.view(id)).status, 'expired');
      for (let passed = 0; passed < 50; passed += 1) await testBed.later(hour);
      assert.deepEqual([(await testBed.payments.view(id)).status, await pulled(id), await kept(id)], ['expired', 0, 0]);
      assert.ok((await testBed.store.attempts(id)).every(({ nextCheckAt }) => nextCheckAt === null));
    });

    it('is not looked for endlessly where PayCodes cannot be reached any more', async () => {
      const id = await testBed.pay({ expiresIn: 120 });
      await losing(id, 'GOOD0008', 8 * minute);
      assert.equal((await testBed.payments.view(id)).status, 'expired');
      line.hold('get_code');
      testBed.clock.advance(9 * 24 * hour);
      await testBed.reconciler.runOnce();
      assert.deepEqual([await kept(id), (await testBed.store.attempts(id)).map(({ nextCheckAt }) => nextCheckAt)], [0, [null]]);
      assert.match(String((testBed.failures.pop() as { cause: unknown }).cause), /may have been used late/);
    });

    it('leaves no failure report behind', () => assert.deepEqual(testBed.failures, []));
  });
}
