/**
 * A shop that hands in its own payment with an attempt of another payment, as it sees it in a cabinet that merchants share: the attempt, its
 * money and its order all agree, and only the id of the attempt shows whose it is.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyCardGap } from '../../../server/methods/card/verify-gap.ts';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { isAttemptOfAnother } from '../../../server/payments/model/ids.ts';
import { createBackedUp } from '../../support/backed-up.ts';
import { createCardTestBed } from '../../support/card-test-bed.ts';
import { engines } from '../../support/engines.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { createPayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { peopleOf, shopOf } from '../../support/recovering.ts';
import { createWalletTestBed } from '../../support/wallet-test-bed.ts';

const problem = (code: string) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;
const another = (cause: unknown) =>
  problem('invalid_request')(cause) && cause instanceof ProblemError && cause.extras.field === 'payment.attempts';

for (const engine of engines) {
  describe(`an attempt of another payment that a shop hands in (${engine.name})`, { skip: engine.skip }, () => {
    it('by card, at a cashbox that merchants share: nothing is entered, and the true webhook is', async (test) => {
      const database = await createBackedUp(engine);
      const bed = await createCardTestBed({ databaseUrl: database.url });
      test.after(() => bed.simulator.close().then(database.drop));
      const since = bed.clock.now();
      await database.backUp();
      bed.clock.advance(60_000);
      const ids: string[] = [];
      // Of some attempts the id might be of a version before 1.0, which shows no payment.
      const found: { certain?: string; old?: string } = {};
      while (!found.certain || !found.old) {
        const id = await bed.pay({ orderId: `order-${ids.length}` });
        await bed.card(id);
        assert.equal((await bed.code(id)).status, 'succeeded');
        const [attempt = assert.fail()] = await bed.store.attempts(id);
        found[isAttemptOfAnother(attempt.id, 'pay_other') ? 'certain' : 'old'] ??= id;
        ids.push(id);
      }
      const { certain, old } = found;
      const shop = await shopOf(bed, ids);
      await bed.store.close();
      await database.restore(bed.clock.now());
      const sharing = { databaseUrl: database.url, sealingKey: bed.sealingKey, sharer: 'rival', beside: bed };
      const again = await createCardTestBed(sharing);
      test.after(again.close);
      const people = peopleOf(again);
      // The order too is that of the other shop: an order of this name may be in both.
      const forged = (id: string, mine: string) => ({ ...shop(id), id: mine });
      const mine = 'pay_0000000000000000000000mine';
      for (const all of [true, false]) await assert.rejects(people.recover(forged(certain, mine), all), another);
      await assert.rejects(people.recover(forged(old, mine), false), problem('forbidden'));
      assert.equal(await again.store.payment(mine), null, 'nothing was entered');

      await people.recover(shop(certain), false);
      await people.resolvePaid(certain);
      assert.equal((await people.read(certain)).status, 'succeeded');

      // Somebody who acts for all merchants believed the shop. What Payme has of the receipt does not make it true.
      await people.recover(forged(old, mine));
      const { store, clock, payments } = again;
      const parts = { store, clock, observer: again.parts.observer, payments, unitOfWork: people.unit };
      const cashbox = again.parts.account(merchant.id) ?? assert.fail();
      const gap = await verifyCardGap(parts, cashbox, { merchantId: merchant.id, test: true }, since, ['rival']);
      const receipt = shop(old).evidence[0]?.upstreamId ?? '';
      assert.deepEqual([gap?.unfinished.includes(receipt), gap?.stored], [true, []]);
      const { status, evidence } = await people.read(mine);
      assert.deepEqual([status, evidence[0]?.reportedBy], ['needs_review', 'shop']);
      assert.deepEqual(again.failures, []);
    });

    it('by wallet or code: nothing is entered, whoever believes the shop', async (test) => {
      const mine = 'pay_0000000000000000000000mine';
      const database = await engine.create();
      const bed = await createWalletTestBed({ databaseUrl: database.url });
      test.after(() => bed.simulator.close().then(database.drop));
      test.after(bed.stop);
      let theirs = '';
      for (let tries = 0; theirs === ''; tries += 1) {
        const id = await bed.pay({ orderId: `theirs-${tries}` });
        await bed.choose(id);
        const [attempt = assert.fail()] = await bed.store.attempts(id);
        if (!isAttemptOfAnother(attempt.id, mine)) continue;
        assert.equal((await bed.submit(id, await bed.transfer())).status, 'succeeded');
        theirs = id;
      }
      const shop = await shopOf(bed, [theirs]);
      const forged = { ...shop(theirs), id: mine, orderId: 'my-own-order' };
      const empty = await engine.create();
      test.after(empty.drop);
      const again = await createWalletTestBed({ databaseUrl: empty.url, beside: bed });
      test.after(again.stop);
      for (const payment of [forged, { ...forged, evidence: [] }])
        for (const all of [true, false]) await assert.rejects(peopleOf(again).recover(payment, all), another);
      assert.equal(await again.store.payment(mine), null);
      await peopleOf(again).recover(shop(theirs), false);

      const codes = await engine.create();
      const byCode = await createPayCodeTestBed({ databaseUrl: codes.url });
      test.after(() => byCode.close().then(codes.drop));
      const used = await byCode.pay();
      await byCode.submit(used, 'GOOD0001');
      const kept = (await shopOf(byCode, [used]))(used);
      const none = await engine.create();
      test.after(none.drop);
      const restored = await createPayCodeTestBed({ databaseUrl: none.url, beside: byCode });
      test.after(restored.close);
      const refused = (cause: unknown) => another(cause) || problem('forbidden')(cause);
      // Of an id that may be old, only somebody who acts for all merchants decides.
      await assert.rejects(peopleOf(restored).recover({ ...kept, id: mine, orderId: 'my-own-order' }, false), refused);
      assert.equal(await restored.store.payment(mine), null);
      await peopleOf(restored).recover(kept, false);
    });
  });
}
