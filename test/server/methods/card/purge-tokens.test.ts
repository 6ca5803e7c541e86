/** Tokens that nobody needs any more: no payment waits for their removal, and none is tried for ever. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createCards } from '../../../../server/methods/card/method.ts';
import { purgeCardTokens } from '../../../../server/methods/card/saved-cards.ts';
import { createSealer } from '../../../../server/payments/sealer.ts';
import { createReconciler } from '../../../../server/reconcile/reconciler.ts';
import { type CardWorld, createCardWorld } from '../../../support/card-world.ts';
import { merchant } from '../../../support/world.ts';

const dayMs = 24 * 3_600_000;
const inWorld = async (work: (world: CardWorld) => Promise<void>) => {
  const world = await createCardWorld();
  try {
    await work(world);
  } finally {
    await world.close();
  }
};

it('a lost answer is found out while Payme takes its time to remove tokens', () =>
  inWorld(async (world) => {
    const id = await world.pay();
    await world.card(id);
    await world.control('faults', { op: 'receipts.pay', when: 'after', kind: 'reset' });
    const { version } = await world.code(id);
    world.clock.advance(3_000);
    const { store, payments, clock, observer } = world.parts;
    let removed = () => {};
    const { port } = createCards(world.parts);
    const methods = [{ ...port, cleanUp: () => new Promise<void>((resolve) => (removed = resolve)) }];
    const reconciler = createReconciler({ store, payments, methods, clock, observer });
    reconciler.start();
    try {
      assert.equal((await payments.follow(id, version, 2_500)).status, 'succeeded');
    } finally {
      removed();
      await reconciler.stop();
    }
  }));

it('a token that cannot be decrypted is reported, and erased after a day', () =>
  inWorld(async (world) => {
    const saved = await world.pay();
    await world.card(saved, { save: true });
    await world.code(saved);
    await world.reconciler.runOnce();
    const [card] = await world.store.cards(merchant.id, 'customer');
    await world.store.updateCard({ ...(card ?? assert.fail()), removedAt: world.clock.now() });
    const left = await world.pay();
    await world.card(left);
    await world.payments.abandon(left);

    const changed = { ...world.parts, sealer: createSealer(Buffer.alloc(32, 1)) };
    await purgeCardTokens(changed);
    assert.equal(world.failures.length, 2);
    assert.equal((await world.store.attemptsWithStaleSecret('card', 9)).length, 1, 'the right key may come back');
    world.clock.advance(dayMs);
    await purgeCardTokens(changed);
    assert.deepEqual([await world.store.attemptsWithStaleSecret('card', 9), await world.store.removedCards(9)], [[], []]);
    const before = world.failures.length;
    await purgeCardTokens(changed);
    assert.equal(world.failures.length, before);
  }));
