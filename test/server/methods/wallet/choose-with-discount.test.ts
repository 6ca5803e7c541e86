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

  it('redeems no discount that is typed while Paykassma is asked', async () => {
    const id = await testBed.pay();
    const account = testBed.parts.account((await paymentOf(id)).merchantId) ?? assert.fail();
    const slow: typeof account.client.createTransaction = async (...asked) => {
      const answer = await account.client.createTransaction(...asked);
      const payment = await paymentOf(id);
      await testBed.store.updatePayment({ ...payment, discount: 1_000, version: payment.version + 1 });
      return answer;
    };
    let used = 0;
    const deps = {
      ...testBed.parts,
      account: () => ({ ...account, client: { ...account.client, createTransaction: slow } }),
      redeemDiscount: async () => {
        used += 1;
        return { kind: 'clear' } as const;
      },
    };
    await assert.rejects(chooseWallet(deps, await paymentOf(id), { walletType: 'wavepay' }), refusedAs('payment_changed'));
    assert.equal(used, 0);
    assert.equal((await testBed.choose(id)).amount, 599_000);
  });

  /** A payment whose customer has typed a discount code. */
  const payWithCode = async () => {
    const id = await testBed.pay();
    const payment = await paymentOf(id);
    const discountCode = { id: 'dsc_1', status: 'reserved', lastCharacters: '42', createdAt: payment.createdAt } as const;
    await testBed.store.updatePayment({ ...payment, discount: 1_000, discountCode, version: payment.version + 1 });
    return id;
  };

  it('stops asking Paykassma after many clicks while the discount cannot be redeemed, and says until when', async () => {
    const id = await payWithCode();
    const asked = () => testBed.simulator.ledger().calls.filter(({ operation }) => operation === 'transaction/create').length;
    const down = async () => ({ kind: 'declined', decline: { code: 'provider_unavailable' } }) as const;
    const before = asked();
    for (let clicks = 0; clicks < 15; clicks += 1) await assert.rejects(choose(id, down), refusedAs('provider_unavailable'));
    assert.equal(asked() - before, 10);
    const retryAt = new Date(testBed.clock.now() + 600_000).toISOString();
    await assert.rejects(choose(id, down), (cause) => cause instanceof ProblemError && cause.extras.retryAt === retryAt);
    testBed.clock.advance(600_000);
    await assert.rejects(choose(id, down), refusedAs('provider_unavailable'));
    assert.equal(asked() - before, 11);
  });

  it('is not refused because Paykassma had no requisites many times: the discount was not tried', async () => {
    const id = await payWithCode();
    const account = testBed.parts.account((await paymentOf(id)).merchantId) ?? assert.fail();
    const createTransaction = async () => ({ kind: 'refused', fields: [] }) as const;
    const clear = async () => ({ kind: 'clear' }) as const;
    const empty = { ...testBed.parts, account: () => ({ ...account, client: { ...account.client, createTransaction } }) };
    const chosen = async () => chooseWallet({ ...empty, redeemDiscount: clear }, await paymentOf(id), { walletType: 'wavepay' });
    for (let clicks = 0; clicks < 12; clicks += 1) await assert.rejects(chosen, refusedAs('no_requisites'));
    await choose(id, clear);
    assert.equal((await testBed.payments.view(id)).nextAction.kind, 'transfer');
  });
});
