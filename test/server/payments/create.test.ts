/** The payment of an order: one at a time, and none that is dead on arrival. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld } from '../../support/world.ts';

test('an order whose payment has run out gets a new one at once, of other money too', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  const first = await world.pay({ orderId: 'same', expiresIn: 60 });
  assert.equal(await world.pay({ orderId: 'same', expiresIn: 60 }), first);
  world.clock.advance(60_000);
  const second = await world.pay({ orderId: 'same', amount: 5000, expiresIn: 60 });
  assert.notEqual(second, first);
  assert.deepEqual([(await world.payments.view(first)).status, (await world.payments.view(second)).status], ['expired', 'open']);
});
