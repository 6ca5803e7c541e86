/** Guessing codes is slow for one payment, one customer and one network. Real client and simulator. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { submitPayCode } from '../../../../server/methods/pay-code/submit-code.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { openStore } from '../../../../server/storage/store.ts';
import { usualEngines } from '../../../support/engines.ts';
import { merchant } from '../../../support/method-test-bed.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../../support/pay-code-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';

const tooMany = (error: unknown) => error instanceof ProblemError && error.code === 'too_many_attempts';
const until = (error: unknown) => (error instanceof ProblemError ? Date.parse(error.extras.retryAt ?? '') : Number.NaN);
const limits = { wrongPerAddress: 6, wrongPerCustomer: 12, shownPerAddress: 1000, wrongPerMerchant: 40, floorMs: 0 };
const day = 24 * 3_600_000;

for (const engine of usualEngines) {
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
    let customers = 0;
    /** A payment of a customer of its own, who has typed a wrong code from an address of their own. */
    async function usedPayment(): Promise<string> {
      customers += 1;
      const id = await testBed.pay({ label: `used-${customers}` });
      await testBed.submit(id, 'WRONG999', { ip: `10.0.${customers >> 8}.${customers & 255}` });
      return id;
    }
    /** Uses up the allowance of this address, by payments of different customers. */
    async function useUp(addresses: (n: number) => string, times: number): Promise<void> {
      for (let n = 0; n < times; n += 1) {
        customers += 1;
        await testBed.submit(await testBed.pay({ label: `guest-${customers}` }), `WRONG${100 + n}`, { ip: addresses(n) });
      }
    }

    it('let a payment wait after three wrong codes, for twice as long after each further one, a quarter of an hour at most', async () => {
      const id = await testBed.pay({ label: 'patient', expiresIn: 7 * 24 * 3600 });
      const waits: number[] = [];
      for (let n = 1; n <= 11; n += 1) {
        await testBed.submit(id, `WRONG${300 + n}`, { ip: `198.51.100.${n}` });
        if (n < 3) continue;
        const before = calls();
        const locked = await testBed.submit(id, 'GOOD0001', { ip: '198.51.100.99' }).catch(until);
        assert.equal(calls(), before);
        waits.push((Number(locked) - testBed.clock.now()) / 1000);
        testBed.clock.advance(Number(locked) - testBed.clock.now());
      }
      assert.deepEqual(waits, [5, 10, 20, 40, 80, 160, 320, 640, 900]);
      assert.equal((await testBed.submit(id, 'GOOD0001', { ip: '198.51.100.99' })).status, 'succeeded');
    });

    for (const [network, addresses, factor] of [
      ['a carrier’s IPv4 address', () => '198.51.100.200', 1],
      ['a /64', (n: number) => `2001:db8:7:0:${n}::1`, 1],
      ['a /56', (n: number) => `2001:db8:8:4${n.toString(16).padStart(2, '0')}::1`, 2],
      ['a /48', (n: number) => `2001:db8:9:${(n * 257).toString(16)}::1`, 4],
    ] as const)
      it(`look up no second code of a payment from ${network} with too many wrong ones, but each payment’s first`, async () => {
        const used = await usedPayment();
        await useUp(addresses, limits.wrongPerAddress * factor);
        const before = calls();
        const refusedUntil = await testBed.submit(used, 'GOOD0002', { ip: addresses(1) }).catch(until);
        assert.ok(Number(refusedUntil) > testBed.clock.now() + day / 2);
        if (!databaseUrl.includes('memory')) {
          const second = await openStore(databaseUrl);
          const parts = { ...testBed.parts, store: second };
          const payment = (await second.payment(used)) ?? assert.fail();
          await assert.rejects(submitPayCode(parts, payment, 'GOOD0002', { ip: addresses(1) }), tooMany);
          await second.close();
        }
        assert.equal(calls(), before);
        // A neighbour's first code is looked up, whether it is wrong or right, and their second one is not.
        const neighbour = await testBed.pay({ label: `neighbour of ${network}` });
        assert.equal((await testBed.submit(neighbour, 'WRONG001', { ip: addresses(2) })).problem?.code, 'code_invalid');
        await assert.rejects(testBed.submit(neighbour, 'GOOD0002', { ip: addresses(2) }), tooMany);
        // Whoever comes from elsewhere, and everybody on the next day, is not affected.
        assert.equal(
          (await testBed.submit(neighbour, 'LOW00001', { ip: '2001:db8:ffff::1' })).problem?.code,
          'code_value_too_low',
        );
        testBed.clock.advance(day + 1);
        const next = await usedPayment();
        assert.equal((await testBed.submit(next, 'LOW00001', { ip: addresses(1) })).problem?.code, 'code_value_too_low');
      });

    it('are each merchant’s own: an address used up at one of them still looks up codes at another', async () => {
      const ip = '203.0.113.80';
      await useUp(() => ip, limits.wrongPerAddress);
      const used = await testBed.pay({ label: 'of two shops' });
      assert.equal((await testBed.submit(used, 'WRONG777', { ip })).problem?.code, 'code_invalid');
      await assert.rejects(testBed.submit(used, 'LOW00001', { ip }), tooMany);
      const other = { ...merchant, id: 'other-shop' };
      const order = { amount: 2500, currency: 'PLN', orderId: 'other-order', label: 'of two shops' };
      const elsewhere = await testBed.payments.create(other, order);
      // The first code of a payment is always looked up, so the second one tells whether the allowance is used up.
      for (const [code, problem] of [
        ['WRONG888', 'code_invalid'],
        ['LOW00001', 'code_value_too_low'],
      ] as const)
        assert.equal((await testBed.submit(elsewhere, code, { ip })).problem?.code, problem);
    });

    it('admit one of fifty first codes of a payment at once, where the address has used up its allowance', async () => {
      const ip = '203.0.113.70';
      await useUp(() => ip, limits.wrongPerAddress);
      const id = await testBed.pay({ label: 'fifty hands' });
      const before = calls();
      const answers = await Promise.allSettled(
        Array.from({ length: 50 }, (_, n) => testBed.submit(id, `WRONG${100 + n}`, { ip })),
      );
      assert.ok(answers.filter(({ status }) => status === 'fulfilled').length <= 1);
      // Each try looks in three rules.
      assert.ok(calls() - before <= 3);
    });

    it('count the wrong codes of one customer, whatever payments and addresses they are for', async () => {
      const payments: string[] = [];
      for (let n = 0; n < limits.wrongPerCustomer / 2; n += 1) {
        const id = await testBed.pay({ label: 'busy' });
        payments.push(id);
        for (const m of [1, 2]) await testBed.submit(id, `WRONG00${m}`, { ip: `203.0.113.${100 + n}` });
      }
      const before = calls();
      await assert.rejects(testBed.submit(payments[0] ?? '', 'GOOD0003', { ip: '203.0.113.199' }), tooMany);
      assert.equal(calls(), before);
      assert.equal(
        (await testBed.submit(await testBed.pay({ label: 'busy' }), 'GOOD0003', { ip: '203.0.113.199' })).status,
        'succeeded',
      );
    });

    it('let a customer who makes payment after payment try eighty more first codes in a day, and no further', async () => {
      let taken = 0;
      for (let n = 0; n < limits.wrongPerCustomer + 90; n += 1) {
        const answer = testBed.submit(await testBed.pay({ label: 'collector' }), `WRONG${100 + n}`, { ip: `192.0.2.${n}` });
        taken += await answer.then(
          () => 1,
          (cause) => (tooMany(cause) ? 0 : assert.fail(String(cause))),
        );
      }
      assert.equal(taken, limits.wrongPerCustomer + 80);
    });

    it('do not count a code that pays, has another value, or fails because of the service', async () => {
      const ip = '203.0.113.50';
      const id = await usedPayment();
      for (let n = 0; n < 2 * limits.wrongPerAddress; n += 1) await testBed.submit(id, n % 2 ? 'LOW00001' : 'FAIL0001', { ip });
      assert.equal((await testBed.submit(id, 'GOOD0004', { ip })).status, 'succeeded');
    });

    it('count fifty wrong codes at once as fifty', async () => {
      const ip = '203.0.113.60';
      const ids: string[] = [];
      for (let n = 0; n < 50; n += 1) ids.push(await usedPayment());
      const before = calls();
      const answers = await Promise.allSettled(ids.map((id, n) => testBed.submit(id, `WRONG${100 + n}`, { ip })));
      assert.equal(answers.filter(({ status }) => status === 'fulfilled').length, limits.wrongPerAddress);
      assert.equal(calls() - before, limits.wrongPerAddress * 3);
    });

    it('report a merchant whose codes are guessed from many addresses once a minute, and lock nobody', async () => {
      testBed.clock.advance(60_001);
      const reports = testBed.failures.length;
      await useUp((n) => `192.0.2.${n}`, limits.wrongPerMerchant);
      assert.equal(testBed.failures.length, reports);
      await useUp((n) => `192.0.2.${100 + n}`, 20);
      assert.equal(testBed.failures.length, reports + 1);
      const id = await usedPayment();
      assert.equal((await testBed.submit(id, 'GOOD0005', { ip: '192.0.2.250' })).status, 'succeeded');
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
