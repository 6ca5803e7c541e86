/** A wallet is chosen for a payment with a discount: a refused choice redeems nothing, and no amount is shown that is not due. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ChooseWalletDeps, chooseWallet } from '../../../../server/methods/wallet/choose-wallet.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { createWalletTestBed, type WalletTestBed } from '../../../support/wallet-test-bed.ts';

const refusedAs = (code: string) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;

describe('a wallet for a payment with a discount', () => {
  let testBed: WalletTestBed;
  before(async () => {
    testBed = await createWalletTestBed();
  });
  after(async () => {
    assert.deepEqual(testBed.failures, []);
    await testBed.close();
  });
  const paymentOf = async (id: string) => (await testBed.store.payment(id)) ?? assert.fail();
  const choose = async (id: string, redeemDiscount: ChooseWalletDeps['redeemDiscount'], walletType = 'wavepay') =>
    chooseWallet({ ...testBed.parts, redeemDiscount }, await paymentOf(id), { walletType });

  it('redeems no discount if too many wallets were chosen already', async () => {
    const id = await testBed.pay();
    for (let starts = 0; starts < 15; starts += 1) {
      await testBed.choose(id);
      await testBed.payments.abandon(id);
      await testBed.choose(id, 'kbzpay_manual');
      await testBed.payments.abandon(id);
    }
    const payment = await paymentOf(id);
    // Other than what was shown so far, as after a discount.
    await testBed.store.updatePayment({ ...payment, discount: 1_000, version: payment.version + 1 });
    let used = 0;
    const redeem = async () => {
      used += 1;
      return { kind: 'clear' } as const;
    };
    await assert.rejects(choose(id, redeem), refusedAs('too_many_attempts'));
    assert.equal(used, 0);
  });

  it('shows nothing if another tab has changed what is due meanwhile', async () => {
    const id = await testBed.pay();
    const redeem = async () => {
      const payment = await paymentOf(id);
      await testBed.store.updatePayment({ ...payment, discount: 1_000, version: payment.version + 1 });
      return { kind: 'clear' } as const;
    };
    await assert.rejects(choose(id, redeem), refusedAs('payment_processing'));
    const { status, due, nextAction } = await testBed.payments.view(id);
    assert.deepEqual([status, due, nextAction.kind], ['open', 599_000, 'choose_wallet']);
    assert.equal((await testBed.choose(id)).amount, 599_000);
  });
});
