/** A shop that hands in money of another payment after a restore, e.g. of another merchant at the same cashbox: it is not entered. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import { newAttemptId } from '../../../server/payments/model/ids.ts';
import { hourMs } from '../../../server/payments/model/time.ts';
import { engines } from '../../support/engines.ts';
import { loseCardPayments } from '../../support/lost-card-payments.ts';
import { createPayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { peopleOf, type ShopPayment, shopOf } from '../../support/recovering.ts';
import { createWalletTestBed } from '../../support/wallet-test-bed.ts';

const problem = (code: string) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;
const another = (cause: unknown) =>
  problem('invalid_request')(cause) && cause instanceof ProblemError && /another attempt/.test(cause.extras.detail ?? '');

const withMoney = (payment: ShopPayment, upstreamId: string): ShopPayment => ({
  ...payment,
  evidence: payment.evidence.map((money) => ({ ...money, upstreamId })),
});

for (const engine of engines) {
  describe(`money of another payment that a shop hands in (${engine.name})`, { skip: engine.skip }, () => {
    it('by card: Payme says which attempt a receipt is of', async (test) => {
      // The second order looks like the number of a card, which is masked in what is read of Payme.
      const { again, shop, mine, theirs, theirReceipt } = await loseCardPayments(test, engine, '20261130171632001');
      const people = peopleOf(again);

      await assert.rejects(people.recover(withMoney(shop(mine), theirReceipt)), another);
      const attempts = shop(theirs).attempts;
      const underMyOrder = { ...shop(theirs), id: shop(mine).id, orderId: 'mine', attempts };
      await assert.rejects(people.recover(underMyOrder), another, 'the attempt is that of the receipt, and the order is not');
      assert.equal(await again.store.payment(mine), null, 'nothing was entered');

      await again.control('faults', { op: 'receipts.get', when: 'before', kind: 'http500' });
      await assert.rejects(people.recover(shop(mine)), problem('provider_unavailable'));
      for (const id of [mine, theirs]) {
        await people.recover(shop(id));
        await people.resolvePaid(id);
        const { status, amountPaid } = await people.read(id);
        assert.deepEqual([status, amountPaid], ['succeeded', 500_000]);
      }
      assert.deepEqual(again.failures, []);
    });

    it('by card, entered by a version that did not ask Payme: no decision counts it, and it can be ended', async (test) => {
      const { again, shop, mine, believing, theirReceipt: upstreamId } = await loseCardPayments(test, engine);
      const before = peopleOf({ ...again, methods: believing });
      await before.recover(withMoney(shop(mine), upstreamId));

      const { acts, read, resolvePaid } = peopleOf(again);
      const versioned = async () => ({ note: 'looked at Payme', version: (await read(mine)).version });
      await assert.rejects(resolvePaid(mine), problem('decision_refused'));
      await acts.recheck(mine);
      const dispose = async (disposition: 'counted' | 'void') =>
        acts.dispose(mine, { upstreamId, disposition, ...(await versioned()) }, 'operator:anna');
      await assert.rejects(dispose('counted'), problem('decision_refused'));
      const target = { disposition: 'moved', toPaymentId: await again.pay({ orderId: 'next' }) } as const;
      const move = acts.dispose(mine, { upstreamId, ...target, ...(await versioned()) }, 'operator:anna');
      await assert.rejects(move, problem('decision_refused'), 'nor does it pay another payment');
      assert.equal((await read(target.toPaymentId)).amountPaid, 0);
      assert.deepEqual([(await read(mine)).status, (await read(mine)).amountPaid], ['needs_review', 0]);
      await dispose('void');
      const attemptId = shop(mine).attempts[0]?.id ?? assert.fail();
      const unpaid = { outcome: 'not_paid', attemptId, amount: 0, currency: 'UZS' } as const;
      if ((await read(mine)).status === 'needs_review')
        await acts.resolve(mine, { ...unpaid, ...(await versioned()) }, 'operator:anna');
      assert.deepEqual([(await read(mine)).status, (await read(mine)).amountPaid], ['expired', 0]);
      await again.later(2 * hourMs);
      assert.equal((await read(mine)).amountPaid, 0, 'nor does the receipt count when it is looked at later');
    });

    it('by code or wallet: the id of the money names the attempt', async (test) => {
      const database = await engine.create();
      const codes = await createPayCodeTestBed({ databaseUrl: database.url });
      test.after(() => codes.close().then(database.drop));
      const byCode = await codes.pay();
      await codes.submit(byCode, 'GOOD0001');
      const shopOfCodes = await shopOf(codes, [byCode]);
      const theirs = newAttemptId('pay_of_another_merchant');
      for (const id of [`pw:${theirs}`, `sms:${theirs}`])
        await assert.rejects(peopleOf(codes).recover(withMoney(shopOfCodes(byCode), id)), another);
      await peopleOf(codes).recover(shopOfCodes(byCode));

      const walletDatabase = await engine.create();
      const wallets = await createWalletTestBed({ databaseUrl: walletDatabase.url });
      test.after(() => wallets.simulator.close().then(walletDatabase.drop));
      test.after(wallets.stop);
      const byWallet = await wallets.pay();
      await wallets.choose(byWallet);
      await wallets.submit(byWallet, await wallets.transfer());
      const shopOfWallets = await shopOf(wallets, [byWallet]);
      await assert.rejects(peopleOf(wallets).recover(withMoney(shopOfWallets(byWallet), theirs)), another);
      await peopleOf(wallets).recover(shopOfWallets(byWallet));
    });
  });
}
