/** Payments that a restored backup lacks are entered again from what the shop has of them, and no money counts twice. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyCardGap } from '../../../server/methods/card/verify-gap.ts';
import { createChangeNotifier, createUnitOfWork } from '../../../server/payments/change-feed.ts';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { createBackedUp } from '../../support/backed-up.ts';
import { createCardTestBed } from '../../support/card-test-bed.ts';
import { usualEngines } from '../../support/engines.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { createPayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { peopleOf, shopOf } from '../../support/recovering.ts';
import { createWalletTestBed } from '../../support/wallet-test-bed.ts';

const problem = (code: string) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;

for (const engine of usualEngines) {
  describe(`payments that the shop has and the backup has not (${engine.name})`, { skip: engine.skip }, () => {
    it('by wallet: all are entered again, decided once, and proof that comes later counts once', async (test) => {
      const database = await createBackedUp(engine);
      const bed = await createWalletTestBed({ databaseUrl: database.url });
      test.after(() => bed.simulator.close().then(database.drop));
      const known = await bed.pay();
      await bed.choose(known);
      await database.backUp();
      bed.clock.advance(60_000);
      await bed.submit(known, await bed.transfer());
      const number = await bed.transfer();
      const lost = await bed.pay();
      await bed.choose(lost);
      assert.equal((await bed.submit(lost, number)).status, 'succeeded');
      const pending = await bed.pay();
      await bed.choose(pending);
      await bed.submit(pending, '1000000003');
      const [{ id: pendingAttempt } = { id: '' }] = await bed.store.attempts(pending);
      const shop = await shopOf(bed, [known, lost, pending]);
      await bed.stop();
      await database.restore(bed.clock.now());

      const again = await createWalletTestBed({ databaseUrl: database.url, beside: bed });
      test.after(again.stop);
      const people = peopleOf(again);
      for (const id of [known, lost, pending]) await people.recover(shop(id));
      for (const id of [known, lost, pending]) {
        const payment = await people.read(id);
        assert.deepEqual([payment.status, payment.amountPaid], ['needs_review', 0], id);
        assert.ok(payment.version > shop(id).version, 'a shop that compares versions believes it');
        assert.deepEqual(await again.webhookTypes(id), ['payment.needs_review']);
      }
      const { version } = await people.read(lost);
      await people.recover(shop(lost));
      assert.equal((await people.read(lost)).version, version, 'a repetition changes nothing');

      const reporters = async (id: string) => (await people.read(id)).evidence.map(({ reportedBy }) => reportedBy);
      await people.resolvePaid(known);
      await people.resolvePaid(lost);
      assert.deepEqual(await reporters(lost), ['shop'], 'Paykassma has not reported it');
      for (const id of [known, lost]) {
        const payment = await people.read(id);
        assert.deepEqual([payment.status, payment.amountPaid, payment.evidence.length], ['succeeded', 600_000, 1], id);
      }
      await database.release(bed.clock.now());
      // Paykassma reports the one that it was still looking at.
      await again.control('transactions/match', { custom_transaction_id: pendingAttempt });
      await again.until(pending, ({ status }) => status === 'succeeded');
      assert.equal((await people.read(pending)).amountPaid, 600_000);
      assert.deepEqual(await reporters(pending), [undefined]);
      // The number has paid, so it pays nothing else.
      const other = await again.pay();
      await again.choose(other);
      assert.notEqual((await again.submit(other, number)).status, 'succeeded');
      await assert.rejects(people.recover({ ...shop(lost), id: await again.pay() }), problem('transaction_number_used'));
      assert.deepEqual(again.failures, []);
    });

    it('by code: the money is that of the code, so the code itself counts no second time', async (test) => {
      const database = await createBackedUp(engine);
      const bed = await createPayCodeTestBed({ databaseUrl: database.url });
      test.after(() => bed.simulator.close().then(database.drop));
      await database.backUp();
      bed.clock.advance(60_000);
      const lost = await bed.pay();
      assert.equal((await bed.submit(lost, 'GOOD0001')).status, 'succeeded');
      const open = await bed.pay();
      const shop = await shopOf(bed, [lost, open]);
      await bed.store.close();
      await database.restore(bed.clock.now());

      const again = await createPayCodeTestBed({ databaseUrl: database.url, beside: bed });
      test.after(again.close);
      const people = peopleOf(again);
      await assert.rejects(people.recover(shop(open)), problem('invalid_request'), 'nothing in it can have paid');
      const conflicting = await again.pay({ orderId: shop(lost).orderId });
      await assert.rejects(people.recover(shop(lost)), problem('order_conflict'));
      await again.payments.cancel(conflicting);
      await people.recover(shop(lost));
      await people.resolvePaid(lost);
      assert.deepEqual([(await people.read(lost)).status, (await people.read(lost)).amountPaid], ['succeeded', 2500]);
      await database.release(bed.clock.now());
      const typed = await again.submit(await again.pay(), 'GOOD0001');
      assert.deepEqual([typed.status, typed.problem?.code, bed.uses('GOOD0001')], ['open', 'code_used', 1]);
    });

    it('by card: Payme decides, the verification finds the receipts known, and nobody is charged twice', async (test) => {
      const database = await createBackedUp(engine);
      const bed = await createCardTestBed({ databaseUrl: database.url });
      test.after(() => bed.simulator.close().then(database.drop));
      const known = await bed.pay({ orderId: 'known' });
      const since = bed.clock.now();
      await database.backUp();
      bed.clock.advance(60_000);
      const lost = await bed.pay({ orderId: 'lost' });
      for (const id of [known, lost]) {
        await bed.card(id);
        assert.equal((await bed.code(id)).status, 'succeeded');
      }
      const shop = await shopOf(bed, [known, lost]);
      await bed.store.close();
      await database.restore(bed.clock.now());

      const again = await createCardTestBed({ databaseUrl: database.url, sealingKey: bed.sealingKey, beside: bed });
      test.after(again.close);
      const people = peopleOf(again);
      for (const id of [known, lost]) {
        await people.recover(shop(id));
        const payment = await people.read(id);
        assert.deepEqual([payment.status, payment.amountPaid], ['needs_review', 0], id);
        assert.equal(payment.evidence[0]?.reportedBy, 'shop');
      }
      const { account, observer } = again.parts;
      const { store, clock, payments } = again;
      const unitOfWork = createUnitOfWork({ store, clock, observer, changes: createChangeNotifier() });
      const cashbox = account(merchant.id) ?? assert.fail();
      const gap = await verifyCardGap({ store, clock, observer, payments, unitOfWork }, cashbox, owner, since);
      assert.deepEqual([gap?.receipts, gap?.known, gap?.stored, gap?.recovered], [2, 2, [], []]);
      for (const id of [known, lost])
        assert.equal(
          (await people.read(id)).evidence[0]?.reportedBy,
          undefined,
          'Payme reports the same, so it is no word of the shop',
        );
      await database.release(clock.now());
      const readBefore = bed.calls('receipts.get').length;
      for (const id of [known, lost]) {
        await people.resolvePaid(id);
        const { status, amountPaid, evidence, decisions } = await people.read(id);
        const words = decisions.filter(({ supersededAt }) => supersededAt === null);
        assert.deepEqual([status, amountPaid, evidence.length, words], ['succeeded', 500_000, 1, []], id);
      }
      assert.ok(bed.calls('receipts.get').length >= readBefore + 2, 'Payme was asked about each');
      assert.equal(bed.debits().length, 2, 'nobody was charged again');
      await assert.rejects(again.card(known), ProblemError);
    });
  });
}

/** Whose receipts are verified. */
const owner = { merchantId: merchant.id, test: true };
