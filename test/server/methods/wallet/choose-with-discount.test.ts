/** A wallet is chosen for a payment with a discount: a refused choice redeems nothing, and no amount is shown that is not due. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type ChooseWalletDeps, chooseWallet } from '../../../../server/methods/wallet/choose-wallet.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { createWalletWorld, type WalletWorld } from '../../../support/wallet-world.ts';

const refusedAs = (code: string) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;

describe('a wallet for a payment with a discount', () => {
  let world: WalletWorld;
  before(async () => {
    world = await createWalletWorld();
  });
  after(async () => {
    assert.deepEqual(world.failures, []);
    await world.close();
  });
  const paymentOf = async (id: string) => (await world.store.payment(id)) ?? assert.fail();
  const choose = async (id: string, redeemDiscount: ChooseWalletDeps['redeemDiscount'], walletType = 'wavepay') =>
    chooseWallet({ ...world.parts, redeemDiscount }, await paymentOf(id), { walletType });

  it('redeems no discount if too many wallets were chosen already', async () => {
    const id = await world.pay();
    for (let starts = 0; starts < 15; starts += 1) {
      await world.choose(id);
      await world.payments.abandon(id);
      await world.choose(id, 'kbzpay_manual');
      await world.payments.abandon(id);
    }
    const payment = await paymentOf(id);
    // Other than what was shown so far, as after a discount.
    await world.store.updatePayment({ ...payment, discount: 1_000, version: payment.version + 1 });
    let used = 0;
    const redeem = async () => {
      used += 1;
      return { kind: 'clear' } as const;
    };
    await assert.rejects(choose(id, redeem), refusedAs('too_many_attempts'));
    assert.equal(used, 0);
  });

  it('shows nothing if another tab has changed what is due meanwhile', async () => {
    const id = await world.pay();
    const redeem = async () => {
      const payment = await paymentOf(id);
      await world.store.updatePayment({ ...payment, discount: 1_000, version: payment.version + 1 });
      return { kind: 'clear' } as const;
    };
    await assert.rejects(choose(id, redeem), refusedAs('payment_processing'));
    const { status, due, nextAction } = await world.payments.view(id);
    assert.deepEqual([status, due, nextAction.kind], ['open', 599_000, 'choose_wallet']);
    assert.equal((await world.choose(id)).amount, 599_000);
  });
});
