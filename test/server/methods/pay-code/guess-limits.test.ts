/** Guessing codes is slow for one payment, from one address and against one merchant. Real client and simulator, both engines. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { rateLimitKeyForIp } from '../../../../server/methods/client-address.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { openStore } from '../../../../server/storage/store.ts';
import { engines } from '../../../support/engines.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';

const tooMany = (error: unknown) => error instanceof ProblemError && error.code === 'too_many_attempts';
const until = (error: unknown) => (error instanceof ProblemError ? Date.parse(error.extras.retryAt ?? '') : Number.NaN);
const limits = { wrongPerAddress: 6, shownPerAddress: 1000, wrongPerMerchant: 40, floorMs: 0 };

for (const engine of engines) {
  describe(`limits on guessing (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: PayCodeTestBed;
    let databaseUrl: string;
    withTestBed(
      engine,
      (url) => createPayCodeTestBed({ databaseUrl: url, settings: { limits } }),
      (opened, url) => {
        testBed = opened;
        databaseUrl = url;
      },
    );
    const calls = () => testBed.simulator.ledger().calls.length;

    it('lock a payment for longer with every five wrong codes', async () => {
      const id = await testBed.pay();
      for (const n of [1, 2, 3, 4, 5]) await testBed.submit(id, `WRONG00${n}`, { ip: `198.51.100.${n}` });
      const locked = await testBed.submit(id, 'GOOD0001', { ip: '198.51.100.9' }).catch(until);
      assert.equal(locked, testBed.clock.now() + 15 * 60_000);
      testBed.clock.advance(15 * 60_000 + 1);
      for (const n of [1, 2, 3, 4, 5]) await testBed.submit(id, `WRONG01${n}`, { ip: `198.51.100.${n}` });
      const longer = await testBed.submit(id, 'GOOD0001', { ip: '198.51.100.9' }).catch(until);
      assert.equal(longer, testBed.clock.now() + 30 * 60_000);
    });

    it('accept no more from an address with too many wrong codes, whatever payment it is for, and make no call', async () => {
      const ip = '2001:db8:7::1';
      for (let n = 0; n < limits.wrongPerAddress; n += 1) await testBed.submit(await testBed.pay(), `WRONG0${10 + n}`, { ip });
      const before = calls();
      // Another address of the same subscriber, another payment, and a second process.
      await assert.rejects(testBed.submit(await testBed.pay(), 'GOOD0002', { ip: '2001:db8:7:0:ffff::2' }), tooMany);
      assert.equal(calls(), before);
      const subject = testBed.sealer.fingerprint(rateLimitKeyForIp(ip));
      if (!databaseUrl.includes('memory')) {
        const second = await openStore(databaseUrl);
        assert.equal((await second.readRateLimit('code_address', subject, testBed.clock.now())).count, limits.wrongPerAddress);
        await second.close();
      }
      assert.equal((await testBed.submit(await testBed.pay(), 'GOOD0002', { ip: '2001:db8:8::1' })).status, 'succeeded');
      testBed.clock.advance(24 * 3_600_000 + 1);
      assert.equal((await testBed.submit(await testBed.pay(), 'GOOD0003', { ip })).status, 'succeeded');
    });

    it('do not count a code that pays, has another value, or fails because of the service', async () => {
      const ip = '203.0.113.50';
      for (let n = 0; n < 2 * limits.wrongPerAddress; n += 1)
        await testBed.submit(await testBed.pay(), n % 2 ? 'LOW00001' : 'FAIL0001', { ip });
      assert.equal((await testBed.submit(await testBed.pay(), 'GOOD0004', { ip })).status, 'succeeded');
    });

    it('counts fifty wrong codes at once as fifty', async () => {
      const ip = '203.0.113.60';
      const ids = await Promise.all(Array.from({ length: 50 }, () => testBed.pay()));
      const before = calls();
      const answers = await Promise.allSettled(ids.map((id, n) => testBed.submit(id, `WRONG${100 + n}`, { ip })));
      assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, limits.wrongPerAddress);
      // Each try looks in three rules.
      assert.equal(calls() - before, limits.wrongPerAddress * 3);
    });

    it('lock a merchant whose codes are guessed from many addresses for a minute, and report that once', async () => {
      testBed.clock.advance(60_001);
      const reports = testBed.failures.length;
      const ids = await Promise.all(Array.from({ length: limits.wrongPerMerchant + 20 }, () => testBed.pay()));
      let taken = 0;
      for (const [n, id] of ids.entries()) {
        const answer = await testBed.submit(id, `WRONG${200 + n}`, { ip: `192.0.2.${n}` }).catch(() => null);
        if (answer) taken += 1;
      }
      assert.equal(taken, limits.wrongPerMerchant);
      assert.equal(testBed.failures.length, reports + 1);
      await assert.rejects(testBed.submit(await testBed.pay(), 'GOOD0005', { ip: '192.0.2.250' }), tooMany);
      testBed.clock.advance(60_001);
      assert.equal((await testBed.submit(await testBed.pay(), 'GOOD0005', { ip: '192.0.2.250' })).status, 'succeeded');
    });
  });
}

describe('the response time of a wrong code', () => {
  it('is at least the floor, whatever the reason', async () => {
    const floorMs = 300;
    const testBed = await createPayCodeTestBed({ settings: { limits: { ...limits, wrongPerAddress: 100, floorMs } } });
    const took = async (code: string) => {
      const id = await testBed.pay();
      const started = performance.now();
      await testBed.submit(id, code);
      return performance.now() - started;
    };
    for (const code of ['NOSUCH01', 'USED0001', 'OLD00001', 'OFF00001']) assert.ok((await took(code)) >= floorMs, code);
    assert.equal((await testBed.submit(await testBed.pay(), 'GOOD0001')).status, 'succeeded');
    await testBed.close();
  });
});
