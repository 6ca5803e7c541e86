/** The removal of tokens that are no longer needed: no payment waits for it, and it is not tried for ever. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createCards } from '../../../../server/methods/card/method.ts';
import { purgeCardTokens } from '../../../../server/methods/card/saved-cards.ts';
import { createSealer } from '../../../../server/payments/sealer.ts';
import { createReconciler } from '../../../../server/reconcile/reconciler.ts';
import { type CardTestBed, createCardTestBed } from '../../../support/card-test-bed.ts';
import { merchant } from '../../../support/method-test-bed.ts';

const dayMs = 24 * 3_600_000;
const inTestBed = async (work: (testBed: CardTestBed) => Promise<void>) => {
  const testBed = await createCardTestBed();
  try {
    await work(testBed);
  } finally {
    await testBed.close();
  }
};

it('a lost answer is reconciled while Payme is slow to remove tokens', () =>
  inTestBed(async (testBed) => {
    const id = await testBed.pay();
    await testBed.card(id);
    await testBed.control('faults', { op: 'receipts.pay', when: 'after', kind: 'reset' });
    const { version } = await testBed.code(id);
    testBed.clock.advance(3_000);
    const { store, payments, clock, observer } = testBed.parts;
    let removed = () => {};
    const { port } = createCards(testBed.parts);
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
  inTestBed(async (testBed) => {
    const saved = await testBed.pay();
    await testBed.card(saved, { save: true });
    await testBed.code(saved);
    await testBed.reconciler.runOnce();
    const [card] = await testBed.store.cards(merchant.id, 'customer');
    await testBed.store.updateCard({ ...(card ?? assert.fail()), removedAt: testBed.clock.now() });
    const left = await testBed.pay();
    await testBed.card(left);
    await testBed.payments.abandon(left);

    const changed = { ...testBed.parts, sealer: createSealer(Buffer.alloc(32, 1)) };
    await purgeCardTokens(changed);
    assert.equal(testBed.failures.length, 2);
    assert.equal((await testBed.store.attemptsWithStaleSecret('card', 9)).length, 1, 'the right key may come back');
    testBed.clock.advance(dayMs);
    await purgeCardTokens(changed);
    assert.deepEqual([await testBed.store.attemptsWithStaleSecret('card', 9), await testBed.store.removedCards(9)], [[], []]);
    const before = testBed.failures.length;
    await purgeCardTokens(changed);
    assert.equal(testBed.failures.length, before);
  }));
