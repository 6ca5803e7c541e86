/**
 * A discount code whose rest is paid by card or by wallet: redeemed once, before anything is charged or shown, whatever the
 * outcome of the rest.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { waitFor } from '../../../support/wait-for.ts';
import { createPayCodeHttpTestBed, type PayCodeHttpTestBed } from './pay-code-http-test-bed.ts';

const good = { number: '8600069195406311', expire: '03/99' };
const declined = { number: '8600134301849596', expire: '03/99' };

let testBed: PayCodeHttpTestBed;
before(async () => {
  testBed = await createPayCodeHttpTestBed();
});
after(() => testBed.close());

const usesOf = (code: string) => testBed.paycodes.ledger().uses.filter((use) => use.code === code);
const receipts = () => testBed.payme.ledger().calls.filter(({ method }) => method === 'receipts.create');
const sums = (answer: { due: number; discount: number; amount: number; amountPaid: number }) => [
  answer.amount,
  answer.discount,
  answer.due,
  answer.amountPaid,
];

describe('a discount on a card payment', () => {
  const order = { amount: 500_000, currency: 'UZS' };

  it('is redeemed before the receipt is created, and the receipt has the reduced amount', async () => {
    const payment = await testBed.create(order);
    const typed = await payment.post('pay-code', { code: 'UZSP0001' });
    assert.deepEqual(sums(typed.body), [500_000, 50_000, 450_000, 0]);
    await payment.post('card', good);
    assert.equal(usesOf('UZSP0001').length, 0, 'a card alone uses nothing');
    const made = receipts().length;
    const paid = await payment.post('card/code', { code: '666666' });
    assert.deepEqual([paid.body.status, ...sums(paid.body)], ['succeeded', 500_000, 50_000, 450_000, 450_000]);
    const [use] = usesOf('UZSP0001');
    const [receipt, ...more] = receipts().slice(made);
    assert.equal(more.length, 0);
    assert.ok(use && receipt && Date.parse(use.useTime) < Date.parse(receipt.at), 'the receipt was made first');
    assert.equal(testBed.payme.ledger().receipts.at(-1)?.amount, 450_000);
  });

  it('stays when the card is declined; the code typed again is refused here and elsewhere, and was used once', async () => {
    const payment = await testBed.create(order);
    await payment.post('pay-code', { code: 'UZSP0002' });
    await payment.post('card', declined);
    await payment.post('card/code', { code: '666666' });
    // The receipt of a declined card is voided before the customer may try again.
    const standing = await waitFor(async () => {
      const view = await payment.view();
      return view.status !== 'processing' && view;
    }, 30_000);
    assert.match(standing.problem?.code ?? '', /^card_/);
    assert.deepEqual([standing.status, ...sums(standing)], ['open', 500_000, 50_000, 450_000, 0]);
    assert.deepEqual(standing.discountCode, { lastCharacters: '0002', removable: false });
    assert.equal((await payment.remove('discount')).body.code, 'discount_taken');
    const other = await testBed.create(order);
    for (const one of [payment, other]) assert.equal((await one.post('pay-code', { code: 'UZSP0002' })).body.code, 'code_used');
    assert.deepEqual(sums(await other.view()), [500_000, 0, 500_000, 0]);
    await payment.post('card', good);
    const paid = await payment.post('card/code', { code: '666666' });
    assert.deepEqual([paid.body.status, ...sums(paid.body)], ['succeeded', 500_000, 50_000, 450_000, 450_000]);
    assert.equal(usesOf('UZSP0002').length, 1);
    const { body } = await testBed.merchant<{ payment: object } & Parameters<typeof sums>[0]>(`payments/${payment.id}`);
    assert.deepEqual(sums(body), [500_000, 50_000, 450_000, 450_000]);
  });

  it('charges nothing while it is not known whether it was used', async () => {
    const payment = await testBed.create(order);
    await payment.post('pay-code', { code: 'UZSP0003' });
    await payment.post('card', good);
    await testBed.spoil('use_code', 'after', 'reset');
    const made = receipts().length;
    assert.equal((await payment.post('card/code', { code: '666666' })).body.code, 'provider_unavailable');
    assert.equal(receipts().length, made);
    await payment.post('card', good);
    const paid = await payment.post('card/code', { code: '666666' });
    assert.deepEqual([paid.body.status, paid.body.amountPaid], ['succeeded', 450_000]);
    assert.equal(usesOf('UZSP0003').length, 1);
  });

  it('is not used up while Payme is broken, whatever card would pay', async () => {
    const payment = await testBed.create(order);
    await payment.post('pay-code', { code: 'UZSP0005' });
    const broken = async (...operations: string[]) => {
      for (const operation of operations) await testBed.spoil(operation, 'before', 'http500', testBed.payme.origin);
    };
    await broken('cards.create');
    assert.equal((await payment.post('card', good)).body.code, 'provider_unavailable');
    assert.equal((await payment.post('card', { ...good, save: true })).body.nextAction.kind, 'enter_card_code');
    await broken('cards.verify', 'cards.check');
    assert.equal((await payment.post('card/code', { code: '666666' })).body.code, 'provider_unavailable');
    assert.equal(usesOf('UZSP0005').length, 0);
    assert.equal((await payment.view()).discountCode?.lastCharacters, '0005');
    assert.equal((await payment.post('card/code', { code: '666666' })).body.status, 'succeeded');
    assert.equal(usesOf('UZSP0005').length, 1);
  });

  it('that another payment has used meanwhile is dropped: no receipt is created, and the whole amount is due', async () => {
    const [first, second] = [await testBed.create(order), await testBed.create(order)];
    for (const payment of [first, second]) {
      await payment.post('pay-code', { code: 'UZSP0004' });
      await payment.post('card', good);
    }
    assert.equal((await first.post('card/code', { code: '666666' })).body.status, 'succeeded');
    const made = receipts().length;
    const refused = await second.post('card/code', { code: '666666' });
    assert.equal(refused.body.code, 'discount_lost');
    assert.deepEqual(sums(refused.body.view ?? assert.fail()), [500_000, 0, 500_000, 0]);
    assert.equal(receipts().length, made);
  });
});

describe('a discount on a transfer', () => {
  const order = { amount: 600_000, currency: 'MMK' };

  it('is redeemed before the requisites are shown, and they show the reduced amount', async () => {
    const payment = await testBed.create(order);
    await payment.post('pay-code', { code: 'MMKP0001' });
    const shown = await payment.post('wallet', { walletType: 'wavepay' });
    assert.ok(shown.body.nextAction.kind === 'transfer', JSON.stringify(shown.body));
    assert.equal(shown.body.nextAction.amount, 540_000);
    assert.equal(usesOf('MMKP0001').length, 1);
    await payment.post('abandon');
    assert.deepEqual(sums(await payment.view()), [600_000, 60_000, 540_000, 0]);
    assert.equal((await payment.post('pay-code', { code: 'MMKP0001' })).body.code, 'code_used');
    assert.equal(usesOf('MMKP0001').length, 1);
  });

  for (const [nth, kind] of ['http500', 'malformed'].entries())
    it(`is not used up where Paykassma gives no requisites: ${kind}`, async () => {
      const code = `MMKP000${nth + 4}`;
      const payment = await testBed.create(order);
      await payment.post('pay-code', { code });
      await testBed.spoil('transaction/create', 'before', kind, testBed.paykassma.url);
      assert.equal((await payment.post('wallet', { walletType: 'wavepay' })).body.code, 'no_requisites');
      assert.equal(usesOf(code).length, 0);
      assert.deepEqual((await payment.view()).discountCode, { lastCharacters: code.slice(-4), removable: true });
      const shown = await payment.post('wallet', { walletType: 'wavepay' });
      assert.ok(shown.body.nextAction.kind === 'transfer' && shown.body.nextAction.amount === 540_000);
      assert.equal(usesOf(code).length, 1);
    });

  it('shows no requisites while it is not known whether it was used, or once it was dropped', async () => {
    const [lost, late] = [await testBed.create(order), await testBed.create(order)];
    for (const payment of [lost, late]) await payment.post('pay-code', { code: 'MMKP0002' });
    await testBed.spoil('use_code', 'after', 'reset');
    assert.equal((await lost.post('wallet', { walletType: 'wavepay' })).body.code, 'provider_unavailable');
    const refused = await late.post('wallet', { walletType: 'wavepay' });
    assert.deepEqual(
      [refused.body.code, refused.body.view?.due, refused.body.view?.nextAction.kind],
      ['discount_lost', 600_000, 'choose'],
    );
    assert.equal((await lost.view()).nextAction.kind, 'choose');
    const shown = await lost.post('wallet', { walletType: 'wavepay' });
    assert.ok(shown.body.nextAction.kind === 'transfer' && shown.body.nextAction.amount === 540_000);
    assert.equal(usesOf('MMKP0002').length, 1);
  });

  it('typed after the whole amount was shown is dropped when that is transferred, and is no longer stored', async () => {
    const payment = await testBed.create(order);
    const shown = await payment.post('wallet', { walletType: 'wavepay' });
    assert.ok(shown.body.nextAction.kind === 'transfer');
    const headers = { 'content-type': 'application/json' };
    const account = testBed.paykassma.ledger().wallets.find(({ wallet }) => wallet === 'wavepay');
    const transfer = { wallet: 'wavepay', identifier: account?.identifier, amount: 6_000, currency: 'MMK' };
    const made = await fetch(`${testBed.paykassma.url}/_/transfers`, { method: 'POST', headers, body: JSON.stringify(transfer) });
    const { transaction_number: transactionNumber } = (await made.json()) as { transaction_number: string };
    await payment.post('abandon');
    await payment.post('pay-code', { code: 'MMKP0003' });
    const paid = await payment.post('wallet/transaction', { transactionNumber });
    assert.deepEqual([paid.body.status, ...sums(paid.body)], ['succeeded', 600_000, 0, 600_000, 600_000]);
    assert.equal(usesOf('MMKP0003').length, 0);
    assert.ok(
      (await testBed.store.discounts(payment.id)).every(({ sealed, status }) => sealed === null && status === 'dropped'),
      'the code is still kept',
    );
  });
});
