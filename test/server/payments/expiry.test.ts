/**
 * The clock against a payment: no attempt begins and no first call is made after its time, but what was begun in time is
 * finished.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import type { NewIntent } from '../../../server/payments/model/ports.ts';
import { createPayCodeTestBed } from '../../support/pay-code-test-bed.ts';

const expired = (error: unknown) => error instanceof ProblemError && error.code === 'payment_expired';
const call: NewIntent = {
  kind: 'preparation',
  operation: 'use_code',
  upstream: 'paycodes',
  naturalKey: 'x',
  notes: { rule: 'demo-enter' },
};
const minute = 60_000;

test('no attempt begins after the time, though nothing has expired the payment yet', async (t) => {
  const testBed = await createPayCodeTestBed();
  t.after(() => testBed.close());
  const id = await testBed.pay({ expiresIn: 60 });
  testBed.clock.advance(minute);
  await assert.rejects(testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null }), expired);
  assert.deepEqual(await testBed.store.attempts(id), []);
});

test('the first spending call is not recorded after the time, so it is not made', async (t) => {
  const testBed = await createPayCodeTestBed();
  t.after(() => testBed.close());
  const id = await testBed.pay({ expiresIn: 60 });
  const attempt = await testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
  testBed.clock.advance(minute);
  await assert.rejects(testBed.payments.recordIntent(id, attempt.id, call), expired);
  assert.deepEqual(await testBed.store.intents(attempt.id), []);
  await testBed.payments.settleAttempt(id, attempt.id, { kind: 'declined', decline: { code: 'payment_expired' } }, 0);
  assert.equal((await testBed.payments.view(id)).status, 'expired');
});

test('whoever reads a payment after its time sees it expired, though nothing has expired it yet', async (t) => {
  const testBed = await createPayCodeTestBed();
  t.after(() => testBed.close());
  const id = await testBed.pay({ expiresIn: 60 });
  const { version } = await testBed.payments.view(id);
  testBed.clock.advance(minute);
  const view = await testBed.payments.view(id);
  assert.deepEqual([view.status, view.version], ['expired', version + 1]);
  assert.equal((await testBed.payments.view(id)).version, view.version);
  assert.equal((await testBed.store.payment(id))?.status, 'expired');
});

test('a repetition of a call made in time is allowed after it, and the payment does not expire meanwhile', async (t) => {
  const testBed = await createPayCodeTestBed();
  t.after(() => testBed.close());
  const id = await testBed.pay({ expiresIn: 60 });
  const attempt = await testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
  await testBed.payments.recordIntent(id, attempt.id, call);
  testBed.clock.advance(minute);
  assert.equal(await testBed.payments.expireDue(10), 0);
  await testBed.payments.recordIntent(id, attempt.id, call);
  assert.equal((await testBed.payments.view(id)).status, 'processing');
});

test('no call is recorded for an attempt that is over', async (t) => {
  const testBed = await createPayCodeTestBed();
  t.after(() => testBed.close());
  const id = await testBed.pay();
  const first = await testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
  await testBed.payments.settleAttempt(id, first.id, { kind: 'declined', decline: { code: 'code_invalid' } }, 0);
  const busy = (error: unknown) => error instanceof ProblemError && error.code === 'payment_processing';
  await assert.rejects(testBed.payments.recordIntent(id, first.id, call), busy);
  await testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null });
  await assert.rejects(testBed.payments.recordIntent(id, first.id, call), busy);
});

test('payments that cannot be expired do not delay others', async (t) => {
  const testBed = await createPayCodeTestBed();
  t.after(() => testBed.close());
  const broken = await Promise.all([0, 1, 2, 3, 4].map(() => testBed.pay({ expiresIn: 60 })));
  const sound = await Promise.all([0, 1, 2].map(() => testBed.pay({ expiresIn: 120 })));
  // What is wrong with them is of no matter here: their step throws.
  const { transaction } = testBed.store;
  testBed.store.transaction = (work) =>
    transaction((tx) =>
      work({
        ...tx,
        lockPayment: async (id) => (broken.includes(id) ? Promise.reject(new Error('a broken row')) : tx.lockPayment(id)),
      }),
    );
  testBed.clock.advance(3 * minute);
  await testBed.payments.expireDue(2);
  const statuses = await Promise.all(sound.map(async (id) => (await testBed.store.payment(id))?.status));
  assert.ok(statuses.includes('expired'), 'nobody else expires');
  while ((await testBed.store.paymentsPastExpiry(testBed.clock.now(), 100)).length > broken.length)
    await testBed.payments.expireDue(2);
  assert.equal((await testBed.store.payment(broken[0] ?? ''))?.status, 'open');
  assert.ok(testBed.failures.length >= broken.length);
});
