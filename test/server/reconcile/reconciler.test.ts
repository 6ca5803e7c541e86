/** Reconciling an attempt: how often, for how long, and who can request an earlier check. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PayCodeSettings } from '../../../server/methods/pay-code/account.ts';
import { StoreUnavailable } from '../../../server/payments/model/errors.ts';
import type { MethodPort } from '../../../server/payments/model/ports.ts';
import type { AttemptRecord } from '../../../server/payments/model/records.ts';
import type { Store } from '../../../server/payments/model/store.ts';
import type { Payments } from '../../../server/payments/payments.ts';
import { createReconciler } from '../../../server/reconcile/reconciler.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../support/pay-code-test-bed.ts';

const minute = 60_000;

/** Makes every later call of PayCodes fail like this. */
async function broken(testBed: PayCodeTestBed, op: string): Promise<void> {
  const order = (nth: number) =>
    fetch(`${testBed.simulator.url}/_/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ op, nth, when: 'before', kind: 'http500' }),
    });
  for (let nth = 1; nth <= 60; nth += 1) await order(nth);
}

async function inTestBed(
  work: (testBed: PayCodeTestBed) => Promise<void>,
  settings: Partial<PayCodeSettings> = {},
): Promise<void> {
  const testBed = await createPayCodeTestBed({ settings });
  try {
    await work(testBed);
    assert.deepEqual(testBed.failures, []);
  } finally {
    await testBed.close();
  }
}

describe('an unknown outcome', () => {
  it('is checked for a week, however often somebody requests a check', () =>
    inTestBed(async (testBed) => {
      const attempt = await testBed.payments.beginImmediate(await testBed.pay(), { method: 'pay_code', lastCharacters: null });
      await testBed.payments.recordIntent(attempt.paymentId, attempt.id, {
        kind: 'preparation',
        operation: 'use_code',
        upstream: 'paycodes',
        naturalKey: 'x',
        notes: { rule: 'demo-enter' },
      });
      for (let round = 0; round < 60; round += 1) {
        await testBed.payments.settleAttempt(attempt.paymentId, attempt.id, { kind: 'unknown' }, 1);
        const row = await testBed.store.attempt(attempt.id);
        assert.ok(row);
        await testBed.store.updateAttempt({ ...row, checks: row.checks + 1 });
      }
      assert.equal((await testBed.payments.view(attempt.paymentId)).status, 'processing');
      testBed.clock.advance(8 * 24 * 60 * minute);
      await testBed.payments.settleAttempt(attempt.paymentId, attempt.id, { kind: 'unknown' }, 1);
      assert.equal((await testBed.payments.view(attempt.paymentId)).status, 'needs_review');
    }));

  it('is checked at once when the customer asks, but not twice within two seconds', () =>
    inTestBed(async (testBed) => {
      const id = await testBed.pay();
      await testBed.submit(id, 'LOST0001');
      const checks = async () => (await testBed.store.attempts(id))[0]?.checks;
      await broken(testBed, 'get_code');
      testBed.clock.advance(2_000);
      for (let round = 0; round < 10; round += 1) {
        await testBed.payments.recheck(id);
        await testBed.reconciler.runOnce();
      }
      assert.equal(await checks(), 1);
      testBed.clock.advance(2_000);
      await testBed.payments.recheck(id);
      await testBed.reconciler.runOnce();
      assert.equal(await checks(), 2);
    }));

  it('ends as "not paid" when the time is over, no call ever arrived and the code is still unused', () =>
    inTestBed(async (testBed) => {
      const id = await testBed.pay({ expiresIn: 3600 });
      await broken(testBed, 'use_code');
      assert.equal((await testBed.submit(id, 'GOOD0001')).status, 'processing');
      const view = await testBed.untilSettled(id);
      assert.deepEqual([view.status, view.problem?.code], ['expired', 'provider_unavailable']);
      const calls = testBed.simulator.ledger().calls.filter(({ method }) => method === 'use_code').length;
      assert.ok(calls <= 16, `${calls} calls`);
      assert.equal(testBed.uses('GOOD0001'), 0);
    }));
});

it('a payment that cannot be expired does not delay others', () =>
  inTestBed(async (testBed) => {
    const poison = await testBed.pay({ expiresIn: 60 });
    const other = await testBed.pay({ expiresIn: 61 });
    const row = await testBed.store.payment(poison);
    assert.ok(row);
    // A webhook with its next sequence is in the outbox already, so its own cannot be written.
    await testBed.store.insertOutbox({
      endpoint: 'main',
      id: 'evt_poison',
      merchantId: row.merchantId,
      paymentId: poison,
      sequence: 1,
      type: 'payment.expired',
      body: '{}',
      status: 'delivered',
      tries: 1,
      nextTryAt: 0,
      leaseUntil: 0,
      createdAt: 0,
      deliveredAt: 0,
      replayedAt: null,
    });
    testBed.clock.advance(2 * minute);
    await testBed.reconciler.runOnce();
    assert.equal((await testBed.store.payment(other))?.status, 'expired');
    assert.equal(testBed.failures.splice(0).length, 1, 'it is reported');
  }));

describe('a database that becomes unavailable during a check', () => {
  it('is reported, and ends neither the pass nor the process', async () => {
    const away = () => Promise.reject(new StoreUnavailable({ code: 'ECONNRESET', effect: 'none', soon: false }));
    const due = [
      { id: 'att_1', paymentId: 'pay_1', method: 'pay_code', status: 'awaiting_customer', leaseUntil: Infinity } as AttemptRecord,
    ];
    const store = {
      leaseDueAttempts: async () => due.splice(0),
      leaseDueDiscounts: async () => [],
      payment: async () => ({ id: 'pay_1', merchantId: 'shop' }),
      intents: away,
      scheduleCheck: away,
      eraseCodes: async () => undefined,
      pruneKeys: async () => undefined,
      pruneRateLimits: async () => undefined,
    } as unknown as Store;
    const failures: string[] = [];
    const reconciler = createReconciler({
      store,
      payments: { expireDue: async () => 0 } as unknown as Payments,
      methods: [{ method: 'pay_code' } as MethodPort],
      clock: createFakeClock(),
      observer: {
        upstreamCall: () => undefined,
        attempt: () => undefined,
        webhook: () => undefined,
        failure: (where) => void failures.push(where),
      },
    });
    assert.equal(await reconciler.runOnce(), 1);
    assert.deepEqual(failures, ['settle', 'reconcile']);
  });
});

describe('a database that takes seconds to lease what is due', () => {
  it('gives no check that could lose its lease at once, and the others a whole lease', async () => {
    const clock = createFakeClock();
    const left = [4_000, 6_000, 10_000];
    const due = left.map(
      (ms) =>
        ({
          id: `att_${ms}`,
          paymentId: 'pay_1',
          method: 'pay_code',
          status: 'awaiting_customer',
          leaseUntil: clock.now() + ms,
        }) as AttemptRecord,
    );
    const checked: string[] = [];
    const renewed: [string, number][] = [];
    const store = {
      leaseDueAttempts: async () => due.splice(0),
      leaseDueDiscounts: async () => [],
      renewLease: async (_table: string, id: string, now: number, until: number) => void renewed.push([id, until - now]),
      payment: async () => ({ id: 'pay_1', merchantId: 'shop' }),
      intents: async () => [],
      eraseCodes: async () => undefined,
      pruneKeys: async () => undefined,
      pruneRateLimits: async () => undefined,
    } as unknown as Store;
    const reconciler = createReconciler({
      store,
      payments: { expireDue: async () => 0 } as unknown as Payments,
      methods: [
        {
          method: 'pay_code',
          poll: async ({ attempt }: { attempt: AttemptRecord }) => void checked.push(attempt.id),
        } as object as MethodPort,
      ],
      clock,
      observer: { upstreamCall() {}, attempt() {}, webhook() {}, failure: assert.fail },
    });
    assert.equal(await reconciler.runOnce(), 2);
    assert.deepEqual(checked, ['att_6000', 'att_10000']);
    assert.deepEqual(renewed, [['att_6000', 10_000]]);
  });
});
