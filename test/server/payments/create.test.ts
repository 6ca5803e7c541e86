/** The payment of an order: one at a time, and none that has already expired. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPayCodeTestBed } from '../../support/pay-code-test-bed.ts';

test('an order whose payment has expired gets a new one at once, also with another amount', async (t) => {
  const testBed = await createPayCodeTestBed();
  t.after(() => testBed.close());
  const first = await testBed.pay({ orderId: 'same', expiresIn: 60 });
  assert.equal(await testBed.pay({ orderId: 'same', expiresIn: 60 }), first);
  testBed.clock.advance(60_000);
  const second = await testBed.pay({ orderId: 'same', amount: 5000, expiresIn: 60 });
  assert.notEqual(second, first);
  assert.deepEqual(
    [(await testBed.payments.view(first)).status, (await testBed.payments.view(second)).status],
    ['expired', 'open'],
  );
});
