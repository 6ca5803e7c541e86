/** An order that was refunded and paid again in the time that a restore lost: what is said, and that it leads to the end. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paymentReference } from '../../../server/contract/index.ts';
import { verifyCardGap } from '../../../server/methods/card/verify-gap.ts';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { createBackedUp } from '../../support/backed-up.ts';
import { type CardTestBed, createCardTestBed } from '../../support/card-test-bed.ts';
import { engines } from '../../support/engines.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { peopleOf, shopOf } from '../../support/recovering.ts';

async function payByCard(bed: CardTestBed, orderId: string): Promise<string> {
  const id = await bed.pay({ orderId });
  await bed.card(id);
  assert.equal((await bed.code(id)).status, 'succeeded');
  return id;
}

for (const engine of engines) {
  describe(`an order that was refunded and paid again after the backup (${engine.name})`, { skip: engine.skip }, () => {
    it('is recovered once its refund is recorded, from the shop or from Payme', async (test) => {
      const database = await createBackedUp(engine);
      const bed = await createCardTestBed({ databaseUrl: database.url });
      test.after(() => bed.simulator.close().then(database.drop));
      const orders = ['from the shop', 'from Payme'];
      const refunded: string[] = [];
      for (const orderId of orders) refunded.push(await payByCard(bed, orderId));
      const since = bed.clock.now();
      await database.backUp();
      bed.clock.advance(60_000);
      const again: string[] = [];
      for (const [index, orderId] of orders.entries()) {
        const first = refunded[index] ?? assert.fail();
        await bed.payments.refund(first);
        assert.equal((await bed.untilSettled(first)).status, 'refunded');
        again.push(await payByCard(bed, orderId));
      }
      const shop = await shopOf(bed, again);
      const receiptOf = (id: string) => shop(id).evidence[0]?.upstreamId ?? assert.fail();
      await bed.store.close();
      await database.restore(bed.clock.now());

      const restored = await createCardTestBed({ databaseUrl: database.url, sealingKey: bed.sealingKey, beside: bed });
      test.after(restored.close);
      const { store, clock, payments } = restored;
      const { read, recover, resolvePaid, unit, acts } = peopleOf(restored);
      const parts = { store, clock, observer: restored.parts.observer, payments, unitOfWork: unit };
      const cashbox = restored.parts.account(merchant.id) ?? assert.fail();
      const verify = async () =>
        (await verifyCardGap(parts, cashbox, { merchantId: merchant.id, test: true }, since)) ?? assert.fail();

      const gap = await verify();
      assert.deepEqual([gap.stored, gap.recovered, gap.returned.length], [[], [], 2]);
      assert.deepEqual(
        gap.blocked,
        again.map((id, index) => ({ receipt: receiptOf(id), paymentId: refunded[index], status: 'succeeded' })),
        'no money is stored with the payment whose money was returned',
      );
      const [byShop = '', byPayme = ''] = again;
      await assert.rejects(recover(shop(byShop)), (cause: unknown) => {
        assert.ok(cause instanceof ProblemError && cause.code === 'order_conflict');
        assert.match(cause.extras.detail ?? '', new RegExp(`pay-desk payments refund ${paymentReference(refunded[0] ?? '')}`));
        return true;
      });

      // What the message says, while payments are held.
      const cancels = bed.calls('receipts.cancel').length;
      for (const id of refunded) {
        const { version } = await read(id);
        await acts.refund(id, { note: 'returned before the restore', version }, 'operator:anna');
        assert.equal((await restored.untilSettled(id)).status, 'refunded');
      }
      assert.equal(bed.calls('receipts.cancel').length, cancels, 'Payme was only read');
      await recover(shop(byShop));
      const after = await verify();
      assert.deepEqual([after.blocked, after.recovered], [[], [receiptOf(byPayme)]]);
      await database.release(clock.now());
      const [fromPayme] = (await store.paymentsOfOrder(merchant.id, 'from Payme')).filter(({ id }) => !refunded.includes(id));
      for (const id of [byShop, fromPayme?.id ?? '']) {
        await resolvePaid(id);
        const { status, amountPaid } = await read(id);
        assert.deepEqual([status, amountPaid], ['succeeded', 500_000]);
      }
      for (const id of refunded) assert.equal((await read(id)).amountRefunded, 500_000);
      assert.equal(bed.debits().length, 2, 'the two that were not returned');
      assert.deepEqual(restored.failures, []);
    });
  });
}
