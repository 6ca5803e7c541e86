/**
 * A payment service that is away: what is new is declined before anything is recorded or sent, what was begun goes on, and a reading
 * finds out that the service is back.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { submitCardCode } from '../../../server/methods/card/sms-confirmation.ts';
import { assertDiscountReady } from '../../../server/methods/pay-code/discount.ts';
import { assertPaykassmaAnswers } from '../../../server/methods/wallet/account.ts';
import { chooseWallet } from '../../../server/methods/wallet/choose-wallet.ts';
import { ProblemError } from '../../../server/payments/model/errors.ts';
import type { Store } from '../../../server/payments/model/store.ts';
import { type CardTestBed, createCardTestBed, smsCode } from '../../support/card-test-bed.ts';
import { closeBreaker, doubtBreaker, openBreaker } from '../../support/open-breaker.ts';
import { createPayCodeTestBed, type PayCodeTestBed } from '../../support/pay-code-test-bed.ts';
import { createWalletTestBed, type WalletTestBed } from '../../support/wallet-test-bed.ts';
import { allRules } from './pay-code/all-rules.ts';

const seconds = 1_000;

/** Declined, until the moment from which the service is read again. */
const away = (clock: { now(): number }, inMs = 5 * seconds) => {
  const retryAt = new Date(clock.now() + inMs).toISOString();
  return (cause: unknown) =>
    cause instanceof ProblemError && cause.code === 'provider_unavailable' && cause.extras.retryAt === retryAt;
};

/** A discount code that is typed and not redeemed. */
async function reserveDiscount(store: Store, id: string): Promise<void> {
  const payment = (await store.payment(id)) ?? assert.fail();
  const discountCode = { id: 'dsc_1', status: 'reserved', lastCharacters: '42', createdAt: payment.createdAt } as const;
  await store.updatePayment({ ...payment, discount: 1_000, discountCode, version: payment.version + 1 });
}

describe('PayCodes is away', () => {
  let testBed: PayCodeTestBed;
  before(async () => {
    testBed = await createPayCodeTestBed({ settings: { rules: allRules } });
  });
  after(async () => {
    assert.deepEqual(testBed.failures, []);
    await testBed.close();
  });
  const client = () => testBed.parts.account('books')?.client ?? assert.fail();
  const calls = () => testBed.simulator.ledger().calls.length;

  it('found out by failing calls and a reading: a code, an SMS and a shown code are declined, and nothing is recorded', async () => {
    // A code is read three times.
    for (let nth = 0; nth < 6 * 3; nth += 1)
      await testBed.control('faults', { op: 'get_code', when: 'before', kind: nth % 2 && nth < 15 ? 'http500' : 'reset' });
    for (let nth = 0; nth < 5; nth += 1) {
      const view = await testBed.submit(await testBed.pay(), 'GOOD0001');
      assert.equal(view.problem?.code, 'provider_unavailable');
    }
    const id = await testBed.pay();
    await assert.rejects(testBed.submit(id, 'GOOD0001'), away(testBed.clock));
    const made = calls();
    await assert.rejects(testBed.submit(id, 'GOOD0001'), away(testBed.clock));
    await assert.rejects(testBed.startSms(id), away(testBed.clock));
    await assert.rejects(testBed.startReversed(id), away(testBed.clock));
    assert.equal(calls(), made);
    assert.deepEqual(await testBed.store.attempts(id), []);
    assert.equal((await testBed.payments.view(id)).status, 'open');
    assert.equal(testBed.uses('GOOD0001'), 0);
  });

  it('is back: the service is read before the customer’s code is', async () => {
    const made = calls();
    testBed.clock.advance(5 * seconds);
    assert.equal((await testBed.submit(await testBed.pay(), 'GOOD0001')).status, 'succeeded');
    const after = testBed.simulator.ledger().calls.slice(made);
    assert.deepEqual(
      after.map(({ method, code }) => [method, code]),
      [
        ['get_code', '00000000'],
        ['get_code', 'GOOD0001'],
        ['use_code', 'GOOD0001'],
      ],
    );
  });

  it('stays open for business where codes are refused again and again', async () => {
    for (let nth = 0; nth < 12; nth += 1) await testBed.submit(await testBed.pay(), 'USED0001');
    for (let nth = 0; nth < 12; nth += 1) await testBed.submit(await testBed.pay(), `NONE00${10 + nth}`);
    assert.equal(client().breaker.state(), 'closed');
    assert.equal((await testBed.submit(await testBed.pay(), 'GOOD0002')).status, 'succeeded');
  });

  it('only for one customer’s code: the others go on', async () => {
    const poisoned = await testBed.pay();
    for (let nth = 0; nth < 6; nth += 1) {
      for (let tries = 0; tries < 3; tries += 1)
        await testBed.control('faults', { op: 'get_code', code: 'GOOD0003', when: 'before', kind: 'http500' });
      assert.equal((await testBed.submit(poisoned, 'GOOD0003')).problem?.code, 'provider_unavailable');
    }
    assert.equal((await testBed.submit(await testBed.pay(), 'GOOD0004')).status, 'succeeded');
  });

  it('does not stop what was begun: a lost code is read and pays', async () => {
    const id = await testBed.pay();
    await testBed.control('faults', { op: 'use_code', when: 'after', kind: 'reset' });
    assert.equal((await testBed.submit(id, 'GOOD0005')).status, 'processing');
    await openBreaker(client());
    assert.equal((await testBed.untilSettled(id)).status, 'succeeded');
    await closeBreaker(client());
  });

  it('declines what a discount is part of, and nothing else', async () => {
    const id = await testBed.pay({ amount: 3_000 });
    await testBed.submit(id, 'FIVE0001');
    const plain = (await testBed.store.payment(await testBed.pay())) ?? assert.fail();
    await openBreaker(client());
    await assert.rejects(
      assertDiscountReady(testBed.parts, (await testBed.store.payment(id)) ?? assert.fail()),
      (cause) => cause instanceof ProblemError && cause.code === 'provider_unavailable',
    );
    await assertDiscountReady(testBed.parts, plain);
    assert.equal(testBed.uses('FIVE0001'), 0);
  });

  it('is not thought so because one customer’s discount cannot be redeemed, which is tried ten times at most', async () => {
    await closeBreaker(client());
    const id = await testBed.pay({ amount: 3_000 });
    await testBed.submit(id, 'FIVE0003');
    const redeemed = () => testBed.uses('FIVE0003');
    for (let nth = 0; nth < 10; nth += 1) {
      await testBed.control('faults', { op: 'use_code', code: 'FIVE0003', when: 'before', kind: 'http500' });
      const start = nth % 2 ? testBed.startSms(id) : testBed.submit(id, 'GOOD0007');
      await start.catch((cause: unknown) => assert.ok(cause instanceof ProblemError));
      assert.notEqual(client().breaker.state(), 'open');
    }
    const made = calls();
    const refused = (cause: unknown) =>
      cause instanceof ProblemError && cause.code === 'provider_unavailable' && cause.extras.retryAt !== undefined;
    await assert.rejects(testBed.startSms(id), refused);
    await assert.rejects(testBed.submit(id, 'GOOD0007'), refused);
    assert.deepEqual([calls(), redeemed(), testBed.uses('GOOD0007')], [made, 0, 0]);
    assert.equal((await testBed.submit(await testBed.pay(), 'GOOD0007')).status, 'succeeded', 'others go on');
  });

  it('is forgotten by a restart: the service itself is asked', async () => {
    const { clock, sealingKey, simulator } = testBed;
    await openBreaker(client());
    const restarted = await createPayCodeTestBed({ beside: { clock, sealingKey, simulator } });
    assert.equal((await restarted.submit(await restarted.pay(), 'GOOD0006')).status, 'succeeded');
    await restarted.close();
  });
});

describe('Payme is away', () => {
  let testBed: CardTestBed;
  before(async () => {
    testBed = await createCardTestBed();
  });
  after(async () => {
    assert.deepEqual(testBed.failures, []);
    await testBed.close();
  });
  const client = () => testBed.parts.account('books')?.client ?? assert.fail();
  const calls = () => testBed.simulator.ledger().calls;

  it('declines a card and another SMS; a code that was asked for goes on and pays, and is returned', async () => {
    const begun = await testBed.pay();
    await testBed.card(begun);
    await openBreaker(client());
    const made = calls().length;
    const id = await testBed.pay();
    await assert.rejects(testBed.card(id), away(testBed.clock));
    await assert.rejects(testBed.resend(begun), away(testBed.clock));
    assert.deepEqual([calls().length, await testBed.store.attempts(id)], [made, []]);

    assert.equal((await testBed.code(begun)).status, 'succeeded');
    await openBreaker(client());
    await testBed.payments.refund(begun);
    assert.equal((await testBed.untilSettled(begun)).status, 'refunded');
  });

  it('is not thought so because it cannot answer our reading', async () => {
    await closeBreaker(client());
    await doubtBreaker(client());
    await testBed.control('faults', { op: 'receipts.get_all', when: 'before', kind: 'http500' });
    const made = calls().length;
    const view = await testBed.card(await testBed.pay());
    assert.equal(view.nextAction.kind, 'enter_card_code');
    assert.equal(calls()[made]?.method, 'receipts.get_all');
  });

  it('uses up no discount whose rest a card would pay, and the code of the SMS stays good', async () => {
    const id = await testBed.pay();
    await reserveDiscount(testBed.store, id);
    await testBed.card(id);
    await openBreaker(client());
    let redeemed = 0;
    const deps = {
      ...testBed.parts,
      redeemDiscount: async () => {
        redeemed += 1;
        return { kind: 'clear' } as const;
      },
    };
    const type = async () => submitCardCode(deps, (await testBed.store.payment(id)) ?? assert.fail(), smsCode);
    const made = testBed.calls('cards.verify').length;
    await assert.rejects(type, away(testBed.clock));
    assert.deepEqual([redeemed, testBed.calls('cards.verify').length], [0, made]);
    const { status, nextAction } = await testBed.payments.view(id);
    assert.deepEqual([status, nextAction.kind], ['awaiting_customer', 'enter_card_code']);
    const before = calls().length;
    testBed.clock.advance(5 * seconds);
    await type();
    assert.deepEqual([redeemed, (await testBed.payments.view(id)).amountPaid], [1, 499_000]);
    assert.equal(calls()[before]?.method, 'receipts.get_all', 'something else than a reading came first');
  });
});

describe('Paykassma is away', () => {
  let testBed: WalletTestBed;
  before(async () => {
    testBed = await createWalletTestBed();
  });
  after(async () => {
    assert.deepEqual(testBed.failures, []);
    await testBed.close();
  });
  const client = () => testBed.parts.account('books')?.client ?? assert.fail();
  const calls = () => testBed.simulator.ledger().calls;

  const operations = (since: number) =>
    calls()
      .slice(since)
      .map(({ operation }) => operation);

  it('shows no new requisites; what was shown is shown again, and a number that was transferred is sent and pays', async () => {
    const begun = await testBed.pay();
    await testBed.choose(begun);
    const number = await testBed.transfer();
    await openBreaker(client());
    const made = calls().length;
    const id = await testBed.pay();
    await assert.rejects(testBed.choose(id), away(testBed.clock));
    assert.deepEqual([operations(made), await testBed.store.attempts(id)], [[], []]);
    assert.equal((await testBed.choose(begun)).walletType, 'wavepay');
    assert.equal((await testBed.submit(begun, number)).status, 'succeeded');
    assert.deepEqual(operations(made), ['transaction/activate']);
  });

  it('is read for no customer, in the currencies of the merchant’s wallets', async () => {
    const asked: unknown[] = [];
    const account = testBed.parts.account('books') ?? assert.fail();
    const paymentSystemsAvailable = async (...query: unknown[]) => {
      asked.push(query);
      return { kind: 'available' as const, wallets: [] };
    };
    await doubtBreaker(client());
    await assertPaykassmaAnswers(testBed.parts, { ...account, client: { ...account.client, paymentSystemsAvailable } });
    assert.deepEqual(asked, [[['MMK', 'BDT'], 'pay-desk']]);
  });

  it('only where it lists its wallets, which no payment needs: nothing is opened, and an outage is not ended by it', async () => {
    const refresh = () =>
      testBed.parts
        .account('books')
        ?.client.paymentSystemsAvailable(['MMK'], 'customer')
        .catch(() => undefined);
    for (let nth = 0; nth < 6; nth += 1) {
      await testBed.control('faults', { op: 'payment-systems/available', when: 'before', kind: 'reset' });
      await refresh();
    }
    assert.equal(client().breaker.state(), 'closed');
    await openBreaker(client());
    await refresh();
    assert.equal(client().breaker.state(), 'open');
    await closeBreaker(client());
  });

  it('asks for no requisites while the discount that is part of the price cannot be redeemed', async () => {
    const id = await testBed.pay();
    await reserveDiscount(testBed.store, id);
    const made = calls().length;
    const assertDiscountReady = () => Promise.reject(new ProblemError('provider_unavailable'));
    const payment = (await testBed.store.payment(id)) ?? assert.fail();
    await assert.rejects(
      chooseWallet({ ...testBed.parts, assertDiscountReady }, payment, { walletType: 'wavepay' }),
      ProblemError,
    );
    assert.equal(calls().length, made);
  });
});
