/** A transfer from the choice of the wallet to the credit, on both engines, checked by the ledger of the Paykassma simulator. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PaymentView, ProblemCode } from '../../../../server/contract/index.ts';
import { ProblemError } from '../../../../server/payments/model/errors.ts';
import { engines } from '../../../support/engines.ts';
import { createWalletTestBed, type WalletTestBed } from '../../../support/wallet-test-bed.ts';
import { withTestBed } from '../../../support/with-test-bed.ts';

const refusedAs = (code: ProblemCode) => (cause: unknown) => cause instanceof ProblemError && cause.code === code;
const state = ({ status, nextAction, problem }: PaymentView) => [
  status,
  nextAction.kind === 'wait' ? nextAction.reason : nextAction.kind,
  problem?.code ?? null,
];
const days = (count: number) => count * 24 * 3_600_000;

for (const engine of engines) {
  describe(`a transfer by wallet (${engine.name})`, { skip: engine.skip }, () => {
    let testBed: WalletTestBed;
    withTestBed(
      engine,
      (databaseUrl) => createWalletTestBed({ databaseUrl, activateMs: 400 }),
      (opened) => {
        testBed = opened;
      },
    );

    const claims = (id: string) => testBed.simulator.ledger().transactions.filter((one) => one.custom_transaction_id === id);
    const activations = () => testBed.simulator.ledger().transactions.length;
    const chosen = async (wanted = {}) => {
      const id = await testBed.pay(wanted);
      await testBed.choose(id);
      return id;
    };

    it('offers the wallets of the currency that take transfers now', async () => {
      const { nextAction } = await testBed.payments.view(await testBed.pay({ label: 'fresh' }));
      assert.equal(nextAction.kind, 'choose_wallet');
      const types = nextAction.kind === 'choose_wallet' && nextAction.wallets.map(({ walletType }) => walletType);
      assert.deepEqual(types, ['wavepay', 'kbzpay_manual']);
      await testBed.control('wallets', { wallet: 'kbzpay_manual', available: false });
      const later = await testBed.payments.view(await testBed.pay({ label: 'later' }));
      await testBed.control('wallets', { wallet: 'kbzpay_manual', available: true });
      assert.deepEqual(
        later.nextAction.kind === 'choose_wallet' && later.nextAction.wallets.map(({ walletType }) => walletType),
        ['wavepay'],
      );
    });

    it('offers the one wallet that the merchant fixed', async () => {
      const { nextAction } = await testBed.payments.view(await testBed.pay({ walletType: 'wavepay' }));
      assert.deepEqual(nextAction, {
        kind: 'choose_wallet',
        wallets: [{ walletType: 'wavepay', name: 'Wave Pay', screenshot: false, languages: ['en', 'my'] }],
        fixed: true,
      });
    });

    it('offers a wallet that takes whole units only for whole amounts', async () => {
      const { nextAction } = await testBed.payments.view(await testBed.pay({ amount: 600_050 }));
      assert.deepEqual(nextAction.kind === 'choose_wallet' && nextAction.wallets.map(({ walletType }) => walletType), [
        'wavepay',
      ]);
    });

    it('shows requisites, and the same ones again later', async () => {
      const id = await testBed.pay();
      const creates = () => testBed.simulator.ledger().calls.filter(({ operation }) => operation === 'transaction/create').length;
      const before = creates();
      const first = await testBed.choose(id);
      assert.equal(first.amount, 600_000);
      assert.deepEqual(
        first.requisites.map(({ key }) => key),
        ['wallet_number'],
      );
      assert.deepEqual(await testBed.choose(id), first);
      await testBed.payments.abandon(id);
      assert.deepEqual(await testBed.choose(id), first);
      assert.equal(creates(), before + 1, 'the requisites were requested again');
    });

    it('pays with the transaction number of a transfer that was made', async () => {
      const id = await chosen();
      const view = await testBed.submit(id, await testBed.transfer());
      assert.deepEqual(state(view), ['succeeded', 'none', null]);
      assert.deepEqual([view.amountPaid, view.paidLate, view.attempt?.method], [600_000, false, 'wallet']);
      const [evidence] = await testBed.store.evidence(id);
      assert.deepEqual([evidence?.amount, evidence?.currency, evidence?.upstreamId], [600_000, 'MMK', view.attempt?.id]);
    });

    for (const [number, expected] of [
      ['1000000001', ['processing', 'transfer_accepted', null]],
      ['1000000002', ['processing', 'transfer_pending', null]],
      ['1000000003', ['awaiting_customer', 'transfer', 'transfer_not_found']],
      ['1000000005', ['awaiting_customer', 'transfer', 'transfer_refused']],
      ['1000000007', ['processing', 'unknown_outcome', null]],
      ['1000000008', ['processing', 'unknown_outcome', null]],
      ['1000000009', ['awaiting_customer', 'transfer', 'transfer_refused']],
    ] as const) {
      it(`shows the outcome of ${number}: ${expected.join(', ')}`, async () => {
        const fresh = await createWalletTestBed({ activateMs: 300 });
        try {
          await fresh.control('postbacks', { url: null });
          const id = await fresh.pay();
          await fresh.choose(id);
          assert.deepEqual(state(await fresh.submit(id, number)), expected);
        } finally {
          await fresh.close();
        }
      });
    }

    it('is underpaid when less was credited than is due', async () => {
      const id = await chosen();
      const view = await testBed.submit(id, await testBed.transfer(3_000));
      assert.deepEqual([view.status, view.amountPaid], ['underpaid', 300_000]);
    });

    it('can be corrected after a wrong number', async () => {
      const id = await chosen();
      const wrong = await testBed.submit(id, '2222222222');
      assert.deepEqual(state(wrong), ['awaiting_customer', 'transfer', 'transfer_not_found']);
      const right = await testBed.submit(id, await testBed.transfer());
      assert.deepEqual(state(right), ['succeeded', 'none', null]);
    });

    it('that was refused may be submitted again, under a new id', async () => {
      const id = await chosen();
      const before = activations();
      await testBed.submit(id, '1000000005');
      await testBed.submit(id, '1000000005');
      assert.equal(activations(), before + 2);
      const names = new Set(
        testBed.simulator
          .ledger()
          .transactions.slice(before)
          .map((one) => one.custom_transaction_id),
      );
      assert.equal(names.size, 2);
    });

    it('whose number is unconfirmed is not sent again', async () => {
      const id = await chosen();
      await testBed.submit(id, '3333333333');
      const before = activations();
      assert.deepEqual(state(await testBed.submit(id, '3333333333')), ['awaiting_customer', 'transfer', 'number_checking']);
      assert.equal(activations(), before);
    });

    it('is stored in the order in which its numbers were submitted, also within one millisecond', async () => {
      const id = await chosen();
      const submitted = ['31', '34', '32', '33'];
      for (const number of submitted) await testBed.submit(id, number);
      assert.deepEqual(
        (await testBed.store.attempts(id)).flatMap(({ submittedReference }) => submittedReference ?? []),
        submitted,
      );
      const { attempt } = await testBed.payments.view(id);
      assert.deepEqual([attempt?.status, attempt?.submittedReference], ['awaiting_customer', '33']);
    });

    it('accepts five numbers and no sixth', async () => {
      const id = await chosen();
      for (const number of ['41', '42', '43', '44', '45']) await testBed.submit(id, number);
      await assert.rejects(testBed.submit(id, '46'), refusedAs('too_many_attempts'));
      assert.deepEqual(state(await testBed.payments.view(id)).slice(0, 2), ['awaiting_customer', 'transfer']);
    });

    it('refuses a text that is no number of this wallet, and sends nothing', async () => {
      const id = await chosen();
      const before = activations();
      await assert.rejects(testBed.submit(id, 'I have paid'), refusedAs('number_format'));
      await assert.rejects(testBed.submit(id, '123456789012'), refusedAs('number_format'));
      assert.equal(activations(), before);
    });

    it('refuses a number that has paid another payment, without a call', async () => {
      const number = await testBed.transfer();
      await testBed.submit(await chosen(), number);
      const id = await chosen();
      const before = activations();
      assert.deepEqual(state(await testBed.submit(id, number)), ['awaiting_customer', 'transfer', 'transaction_number_used']);
      assert.equal(activations(), before);
    });

    it('sends a second payment that claims the number to a person, and later the money too', async () => {
      const [mine, rival] = [await chosen(), await chosen()];
      await testBed.submit(mine, '5555555551');
      const before = activations();
      assert.deepEqual(state(await testBed.submit(rival, '5555555551')), ['needs_review', 'review', null]);
      assert.equal(activations(), before, 'the second claim was sent');
      const [attempt] = await testBed.store.attempts(mine);
      await testBed.control('transactions/match', { custom_transaction_id: attempt?.id });
      const view = await testBed.until(mine, ({ status }) => status === 'needs_review');
      assert.equal(view.amountPaid, 0);
      const [evidence] = await testBed.store.evidence(mine);
      assert.deepEqual([evidence?.amount, evidence?.counted], [600_000, false]);
    });

    it('gives a number that many payments submit at once to one of them', async () => {
      const number = await testBed.transfer();
      const ids = await Promise.all(Array.from({ length: 8 }, () => chosen()));
      const before = activations();
      await Promise.all(ids.map((id) => testBed.submit(id, number)));
      assert.equal(activations(), before + 1, 'the number was sent more than once');
      const paid = await Promise.all(ids.map(async (id) => (await testBed.store.evidence(id)).length));
      assert.equal(
        paid.reduce((sum, count) => sum + count, 0),
        1,
        'the money is known twice, or not at all',
      );
    });

    it('refuses another method while a number is unconfirmed, unless the customer acknowledges it', async () => {
      const id = await chosen();
      await testBed.submit(id, '6666666666');
      await assert.rejects(
        testBed.payments.beginImmediate(id, { method: 'pay_code', lastCharacters: null }),
        refusedAs('method_unavailable'),
      );
      await assert.rejects(testBed.choose(id, 'kbzpay_manual'), refusedAs('payment_processing'));
      await testBed.payments.abandon(id);
      assert.equal((await testBed.payments.view(id)).nextAction.kind, 'confirm');
      assert.equal((await testBed.choose(id, 'kbzpay_manual', true)).walletType, 'kbzpay_manual');
    });

    it('refuses to leave it while it is being checked', async () => {
      const id = await chosen();
      await testBed.control('postbacks', { url: null });
      await testBed.submit(id, '1000000002');
      await testBed.control('postbacks', { url: testBed.postbackUrl });
      const ways = [() => testBed.payments.abandon(id), () => testBed.payments.cancel(id), () => testBed.choose(id)];
      for (const leave of ways) await assert.rejects(leave(), refusedAs('payment_processing'));
    });

    for (const over of ['expired', 'canceled'] as const) {
      it(`counts, late, when its number is submitted after the payment was ${over}`, async () => {
        const id = await chosen();
        if (over === 'canceled') await testBed.payments.cancel(id);
        else testBed.clock.advance(3_600_001);
        await testBed.reconciler.runOnce();
        const ended = await testBed.payments.view(id);
        assert.ok(ended.nextAction.kind === 'transfer');
        assert.equal(ended.status, over);
        // Nobody is to transfer any more, so the view has the account neither here nor in the attempt.
        assert.deepEqual([ended.nextAction.requisites, ended.attempt?.transfer?.requisites], [[], []]);
        testBed.clock.advance(days(6));
        const view = await testBed.submit(id, await testBed.transfer());
        assert.deepEqual([view.status, view.paidLate, view.amountPaid], ['succeeded', true, 600_000]);
        assert.deepEqual(view.attempt?.transfer?.requisites, []);
      });

      it(`is over seven days after the payment was ${over}`, async () => {
        const id = await chosen();
        if (over === 'canceled') await testBed.payments.cancel(id);
        else testBed.clock.advance(3_600_001);
        await testBed.reconciler.runOnce();
        testBed.clock.advance(days(7));
        assert.equal((await testBed.payments.view(id)).nextAction.kind, 'none');
        await assert.rejects(testBed.submit(id, '7777777777'), refusedAs('payment_expired'));
      });
    }

    it('that is wrong after the payment expired leaves it expired, and may be corrected', async () => {
      const id = await chosen();
      testBed.clock.advance(3_600_001);
      const wrong = await testBed.submit(id, '8888888888');
      assert.deepEqual(state(wrong), ['expired', 'transfer', 'transfer_not_found']);
      const right = await testBed.submit(id, await testBed.transfer());
      assert.deepEqual([right.status, right.paidLate], ['succeeded', true]);
    });

    it('needs a wallet that the merchant offers, in the currency of the payment', async () => {
      const id = await testBed.pay();
      const calls = () => testBed.simulator.ledger().calls.length;
      const before = calls();
      for (const wallet of ['nagad', 'khalti_ml', 'nagad_api', '__proto__'])
        await assert.rejects(testBed.choose(id, wallet), refusedAs('method_unavailable'));
      await assert.rejects(testBed.pay({ currency: 'PLN' }), refusedAs('method_unavailable'));
      assert.equal(calls(), before, 'requisites of a wallet that cannot pay were requested');
    });

    it('reports that Paykassma has no requisites', async () => {
      const id = await testBed.pay({ label: 'no-requisites' });
      await assert.rejects(testBed.choose(id), refusedAs('no_requisites'));
      assert.equal((await testBed.payments.view(id)).status, 'open');
    });

    it('ends without an unexpected failure', () => assert.deepEqual(testBed.failures, []));
    it('was activated under the id of its attempt', async () => {
      for (const { custom_transaction_id } of testBed.simulator.ledger().transactions)
        assert.equal(claims(custom_transaction_id).length, 1);
    });
  });
}
