/** Finding out what became of an attempt: how often, for how long, and who may hurry it. */
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
import { createWorld, type World } from '../../support/world.ts';

const minute = 60_000;

/** Every call of PayCodes that is made from now on fails so. */
async function broken(world: World, op: string): Promise<void> {
  const order = (nth: number) =>
    fetch(`${world.simulator.url}/_/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ op, nth, when: 'before', kind: 'http500' }),
    });
  for (let nth = 1; nth <= 60; nth += 1) await order(nth);
}

async function inWorld(work: (world: World) => Promise<void>, settings: Partial<PayCodeSettings> = {}): Promise<void> {
  const world = await createWorld({ settings });
  try {
    await work(world);
    assert.deepEqual(world.failures, []);
  } finally {
    await world.close();
  }
}

describe('an unknown outcome', () => {
  it('is checked for a week, however often somebody requests a check', () =>
    inWorld(async (world) => {
      const attempt = await world.payments.beginImmediate(await world.pay(), { method: 'pay_code', lastCharacters: null });
      await world.payments.recordIntent(attempt.paymentId, attempt.id, {
        kind: 'preparation',
        operation: 'use_code',
        upstream: 'paycodes',
        naturalKey: 'x',
        notes: { rule: 'demo-enter' },
      });
      for (let round = 0; round < 60; round += 1) {
        await world.payments.settleAttempt(attempt.paymentId, attempt.id, { kind: 'unknown' }, 1);
        const row = await world.store.attempt(attempt.id);
        assert.ok(row);
        await world.store.updateAttempt({ ...row, checks: row.checks + 1 });
      }
      assert.equal((await world.payments.view(attempt.paymentId)).status, 'processing');
      world.clock.advance(8 * 24 * 60 * minute);
      await world.payments.settleAttempt(attempt.paymentId, attempt.id, { kind: 'unknown' }, 1);
      assert.equal((await world.payments.view(attempt.paymentId)).status, 'needs_review');
    }));

  it('is looked at again at once when the customer asks, but not twice within two seconds', () =>
    inWorld(async (world) => {
      const id = await world.pay();
      await world.submit(id, 'LOST0001');
      const checks = async () => (await world.store.attempts(id))[0]?.checks;
      await broken(world, 'get_code');
      world.clock.advance(2_000);
      for (let round = 0; round < 10; round += 1) {
        await world.payments.recheck(id);
        await world.reconciler.runOnce();
      }
      assert.equal(await checks(), 1);
      world.clock.advance(2_000);
      await world.payments.recheck(id);
      await world.reconciler.runOnce();
      assert.equal(await checks(), 2);
    }));

  it('ends as "not paid" when the time is over, no call ever arrived and the code is still unused', () =>
    inWorld(async (world) => {
      const id = await world.pay({ expiresIn: 3600 });
      await broken(world, 'use_code');
      assert.equal((await world.submit(id, 'GOOD0001')).status, 'processing');
      const view = await world.untilSettled(id);
      assert.deepEqual([view.status, view.problem?.code], ['expired', 'provider_unavailable']);
      const calls = world.simulator.ledger().calls.filter(({ method }) => method === 'use_code').length;
      assert.ok(calls <= 16, `${calls} calls`);
      assert.equal(world.uses('GOOD0001'), 0);
    }));
});

it('one payment that cannot be expired holds up nobody else', () =>
  inWorld(async (world) => {
    const poison = await world.pay({ expiresIn: 60 });
    const other = await world.pay({ expiresIn: 61 });
    const row = await world.store.payment(poison);
    assert.ok(row);
    // A webhook with its next number lies in the outbox already, so its own cannot be written.
    await world.store.insertOutbox({
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
    });
    world.clock.advance(2 * minute);
    await world.reconciler.runOnce();
    assert.equal((await world.store.payment(other))?.status, 'expired');
    assert.equal(world.failures.splice(0).length, 1, 'it is told');
  }));

describe('a database that goes away during a check', () => {
  it('is reported, and ends neither the pass nor the process', async () => {
    const away = () => Promise.reject(new StoreUnavailable({ code: 'ECONNRESET', effect: 'none', soon: false }));
    const due = [{ id: 'att_1', paymentId: 'pay_1', method: 'pay_code', status: 'awaiting_customer' } as AttemptRecord];
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
