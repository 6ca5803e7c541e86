/** A shop that hands in other money than has come: what the payment service says of it wins, before and after a person decides. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { verifyCardGap } from '../../../server/methods/card/verify-gap.ts';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { createBackedUp } from '../../support/backed-up.ts';
import { createCardTestBed } from '../../support/card-test-bed.ts';
import { usualEngines } from '../../support/engines.ts';
import { merchant } from '../../support/method-test-bed.ts';
import { peopleOf, type ShopPayment, shopOf } from '../../support/recovering.ts';
import { waitFor } from '../../support/wait-for.ts';
import { createWalletTestBed } from '../../support/wallet-test-bed.ts';

const problem = (code: string) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;

/** A hundred times as much as was paid. */
const inflated = 50_000_000;
const inflate = (payment: ShopPayment): ShopPayment => ({
  ...payment,
  amount: inflated,
  evidence: payment.evidence.map((money) => ({ ...money, amount: inflated })),
});

for (const engine of usualEngines) {
  describe(`money that the shop has made up (${engine.name})`, { skip: engine.skip }, () => {
    it('by card: Payme is asked, and its amount replaces that of the shop', async (test) => {
      const database = await createBackedUp(engine);
      const bed = await createCardTestBed({ databaseUrl: database.url });
      test.after(() => bed.simulator.close().then(database.drop));
      const since = bed.clock.now();
      await database.backUp();
      bed.clock.advance(60_000);
      const first = await bed.pay({ orderId: 'first' });
      const second = await bed.pay({ orderId: 'second' });
      const third = await bed.pay({ orderId: 'third' });
      const fourth = await bed.pay({ orderId: 'fourth' });
      const fifth = await bed.pay({ orderId: 'fifth' });
      const all = [first, second, third, fourth, fifth];
      for (const id of all) {
        await bed.card(id);
        assert.equal((await bed.code(id)).status, 'succeeded');
      }
      const shop = await shopOf(bed, all);
      await bed.store.close();
      await database.restore(bed.clock.now());
      const again = await createCardTestBed({ databaseUrl: database.url, sealingKey: bed.sealingKey, beside: bed });
      test.after(again.close);
      const { store, clock } = again;
      const people = peopleOf(again);

      const assertCorrected = async (id: string) => {
        const { status, amountPaid, evidence } = await people.read(id);
        assert.deepEqual([status, amountPaid, evidence.map(({ amount }) => amount)], ['needs_review', 0, [500_000]], id);
        const flags = await store.flags(id);
        assert.deepEqual(
          flags.map(({ kind, amount }) => [kind, amount]),
          [['decision_contradicted', 500_000]],
          id,
        );
      };
      // A person believes the shop: Payme is asked, and the payment is not what was seen.
      await people.recover(inflate(shop(first)));
      await assert.rejects(people.resolvePaid(first), problem('version_conflict'));
      await assertCorrected(first);
      await people.resolvePaid(first);
      const { status, amountPaid } = await people.read(first);
      assert.deepEqual([status, amountPaid], ['underpaid', 500_000], 'what was paid, of what the shop says was due');

      await people.recover(inflate(shop(third)));
      const dispose = async (id: string, upstreamId: string) => {
        const { version } = await people.read(id);
        await people.acts.dispose(id, { upstreamId, disposition: 'counted', note: 'the shop says so', version }, 'operator:anna');
      };
      await assert.rejects(dispose(third, shop(third).evidence[0]?.upstreamId ?? ''), problem('version_conflict'));
      await assertCorrected(third);

      // Nor does more than Payme took pay another payment.
      const next = await again.pay({ orderId: 'next' });
      const move = async (id: string) => {
        const { version, evidence } = await people.read(id);
        const moved = { upstreamId: evidence[0]?.upstreamId ?? '', disposition: 'moved', toPaymentId: next } as const;
        await people.acts.dispose(id, { ...moved, note: 'it was for the next order', version }, 'operator:anna');
      };
      await people.recover(inflate(shop(fifth)));
      await assert.rejects(move(fifth), problem('version_conflict'));
      await assertCorrected(fifth);
      await move(fifth);
      const target = await people.read(next);
      assert.deepEqual([target.status, target.amountPaid], ['succeeded', 500_000]);

      // The true receipt, and one more that Payme does not know.
      const { evidence: own } = shop(fourth);
      const madeUp = { ...(own[0] ?? assert.fail()), upstreamId: 'ffffffffffffffffffffffff', amount: inflated - 500_000 };
      await people.recover({ ...shop(fourth), amount: inflated, evidence: [...own, madeUp] });
      await assert.rejects(dispose(fourth, madeUp.upstreamId), problem('decision_refused'));
      const { version, currency } = await people.read(fourth);
      const wanted = { outcome: 'paid', attemptId: madeUp.attemptId ?? '', currency, version, note: 'the shop says so' } as const;
      await assert.rejects(
        people.acts.resolve(fourth, { ...wanted, amount: inflated }, 'operator:anna'),
        problem('invalid_request'),
      );
      await people.acts.resolve(fourth, { ...wanted, amount: 500_000 }, 'operator:anna');
      assert.equal((await people.read(fourth)).amountPaid, 500_000);

      await people.recover(inflate(shop(second)));
      const parts = { store, clock, observer: again.parts.observer, payments: again.payments, unitOfWork: people.unit };
      const cashbox = again.parts.account(merchant.id) ?? assert.fail();
      const verify = () => verifyCardGap(parts, cashbox, { merchantId: merchant.id, test: true }, since);
      const gap = await verify();
      assert.deepEqual([gap?.known, gap?.stored], [4, [shop(second).evidence[0]?.upstreamId]]);
      await assertCorrected(second);
      const seen = (await people.read(second)).version;
      assert.equal((await verify())?.known, 5);
      assert.equal((await people.read(second)).version, seen, 'the same report changes nothing');
      assert.deepEqual(again.failures, []);
    });

    for (const counted of [false, true]) {
      const when = counted ? 'after a person has counted it' : 'while it waits for a person';
      it(`by wallet: a postback replaces what the shop handed in, ${when}`, async (test) => {
        const database = await createBackedUp(engine);
        const bed = await createWalletTestBed({ databaseUrl: database.url });
        test.after(() => bed.simulator.close().then(database.drop));
        test.after(bed.stop);
        const people = peopleOf(bed);
        const id = await bed.pay();
        await bed.choose(id);
        // Paykassma has not found the transfer yet.
        await bed.submit(id, '1000000003');
        const [{ id: attemptId } = assert.fail()] = await bed.store.attempts(id);
        const shop = await shopOf(bed, [id]);
        const { currency } = shop(id);
        await people.recover({ ...shop(id), evidence: [{ attemptId, upstreamId: attemptId, amount: 1, currency }] });
        if (counted) await people.resolvePaid(id);
        await bed.control('transactions/match', { custom_transaction_id: attemptId });
        await waitFor(async () => (await people.read(id)).evidence[0]?.amount === 600_000);
        const flags = await bed.store.flags(id);
        assert.deepEqual(
          flags.map(({ kind, amount }) => [kind, amount]),
          [['decision_contradicted', 600_000]],
        );
        const { version } = await people.read(id);
        const [stored = assert.fail()] = await bed.store.evidence(id);
        const { upstream, upstreamId, amount } = stored;
        const evidence = { upstream, upstreamId, amount, currency };
        await bed.payments.settleAttempt(id, attemptId, { kind: 'paid', evidence }, 1);
        assert.equal((await people.read(id)).version, version, 'the same report changes nothing');
        if (!counted) await people.resolvePaid(id);
        const { status, amountPaid } = await people.read(id);
        assert.deepEqual([status, amountPaid], ['succeeded', 600_000]);
        assert.deepEqual(bed.failures, []);
      });
    }
  });
}
