/** The clock against a payment: no attempt begins and no first call is made after its time, but what was begun in time is finished. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import type { NewIntent } from '../../../server/payments/model/ports.ts';
import { createWorld } from '../../support/world.ts';

const expired = (error: unknown) => error instanceof ProblemError && error.code === 'payment_expired';
const call: NewIntent = {
  kind: 'preparation',
  operation: 'use_code',
  upstream: 'paycodes',
  naturalKey: 'x',
  notes: { rule: 'demo-enter' },
};
const minute = 60_000;

test('no attempt begins when the time is over, though nobody has looked since', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  const id = await world.pay({ expiresIn: 60 });
  world.clock.advance(minute);
  await assert.rejects(world.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null }), expired);
  assert.deepEqual(await world.store.attempts(id), []);
});

test('the first call that spends is not written down after the time, so it is not made', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  const id = await world.pay({ expiresIn: 60 });
  const attempt = await world.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
  world.clock.advance(minute);
  await assert.rejects(world.payments.recordIntent(id, attempt.id, call), expired);
  assert.deepEqual(await world.store.intents(attempt.id), []);
  await world.payments.settleAttempt(id, attempt.id, { kind: 'declined', decline: { code: 'payment_expired' } }, 0);
  assert.equal((await world.payments.view(id)).status, 'expired');
});

test('a call that repeats one made in time may come after it, and the clock ends nothing meanwhile', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  const id = await world.pay({ expiresIn: 60 });
  const attempt = await world.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
  await world.payments.recordIntent(id, attempt.id, call);
  world.clock.advance(minute);
  assert.equal(await world.payments.expireDue(10), 0);
  await world.payments.recordIntent(id, attempt.id, call);
  assert.equal((await world.payments.view(id)).status, 'processing');
});

test('no call is written down for an attempt that is over', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  const id = await world.pay();
  const first = await world.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
  await world.payments.settleAttempt(id, first.id, { kind: 'declined', decline: { code: 'code_invalid' } }, 0);
  const busy = (error: unknown) => error instanceof ProblemError && error.code === 'payment_processing';
  await assert.rejects(world.payments.recordIntent(id, first.id, call), busy);
  await world.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
  await assert.rejects(world.payments.recordIntent(id, first.id, call), busy);
});

test('payments that cannot be expired hold up no others', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  const broken = await Promise.all([0, 1, 2, 3, 4].map(() => world.pay({ expiresIn: 60 })));
  const sound = await Promise.all([0, 1, 2].map(() => world.pay({ expiresIn: 120 })));
  // What is wrong with them is of no matter here: their step throws.
  const { transaction } = world.store;
  world.store.transaction = (work) =>
    transaction((tx) =>
      work({
        ...tx,
        lockPayment: async (id) => (broken.includes(id) ? Promise.reject(new Error('a broken row')) : tx.lockPayment(id)),
      }),
    );
  world.clock.advance(3 * minute);
  await world.payments.expireDue(2);
  const statuses = await Promise.all(sound.map(async (id) => (await world.store.payment(id))?.status));
  assert.ok(statuses.includes('expired'), 'nobody else expires');
  while ((await world.store.paymentsPastExpiry(world.clock.now(), 100)).length > broken.length) await world.payments.expireDue(2);
  assert.equal((await world.store.payment(broken[0] ?? ''))?.status, 'open');
  assert.ok(world.failures.length >= broken.length);
});
