/**
 * What a merchant's server can do with cards and receipts, over HTTP, with a Payme simulator; and what is stored of it.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ReceiptList, SavedCard } from '../../../../server/contract/index.ts';
import { merchantCallMs } from '../../../../server/payments/model/time.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { assertNoSecretStored } from './assert-no-secret-stored.ts';
import { type CardHttpTestBed, createCardHttpTestBed, planted } from './card-http-test-bed.ts';

let testBed: CardHttpTestBed;
before(async () => {
  testBed = await createCardHttpTestBed();
});
after(() => testBed.close());

type Cards = { cards: SavedCard[]; code?: string };
/** Waits until the reconciler has stored the saved cards. */
async function savedCards(label: string, count: number): Promise<SavedCard[]> {
  for (;;) {
    const { cards } = (await testBed.merchant<Cards>('GET', `customers/${label}/cards`)).body;
    if (cards?.length === count) return cards;
    assert.ok(cards, `no list of the cards of ${label}`);
  }
}

describe('a merchant’s server', () => {
  it('lists and removes the cards of its own customers', async () => {
    const payment = await testBed.pay({ label: 'saver' }, { save: true });
    const [card] = await savedCards('saver', 1);
    assert.deepEqual(card, { id: card?.id, number: '860006******6311' });
    const path = `customers/saver/cards/${card?.id}`;
    assert.equal((await testBed.merchant<Cards>('DELETE', path, undefined, 'rival')).status, 404);
    assert.equal((await testBed.merchant<Cards>('DELETE', path.replace('saver', 'other'))).status, 404);
    assert.deepEqual((await testBed.merchant<Cards>('GET', 'customers/saver/cards', undefined, 'rival')).body.cards, []);
    assert.deepEqual((await testBed.merchant<Cards>('DELETE', path)).body, { cards: [] });
    assert.equal((await testBed.merchant<Cards>('DELETE', path)).status, 404);
    assert.equal(
      (await testBed.call('GET', '/v1/customers/saver/cards', payment.secret)).status,
      401,
      'a customer is no merchant',
    );
  });

  for (const [what, label] of [
    ['129 signs', 'x'.repeat(129)],
    ['190 signs', 'y'.repeat(190)],
    ['190 signs of three bytes each', 'မ'.repeat(190)],
    ['190 emojis', '🎁'.repeat(190)],
    ['slashes and percent signs', `100%/${'/'.repeat(150)}`],
  ] as const)
    it(`lists and removes the cards of a customer whose label has ${what}`, async () => {
      await testBed.pay({ label }, { save: true });
      const path = encodeURIComponent(label);
      const [card] = await savedCards(path, 1);
      assert.deepEqual((await testBed.merchant<Cards>('DELETE', `customers/${path}/cards/${card?.id}`)).body, { cards: [] });
    });

  it('can have a receipt sent once', async () => {
    const { id } = await testBed.pay();
    const before = testBed.calls('receipts.send');
    const send = (body?: object) => testBed.merchant('POST', `payments/${id}/send-receipt`, body);
    assert.deepEqual([(await send({ phone: '12' })).body.code, testBed.calls('receipts.send')], ['phone_format', before]);
    assert.equal((await send()).status, 200);
    const again = await send({ phone: '998901304528' });
    assert.deepEqual([again.status, again.body.code, testBed.calls('receipts.send')], [409, 'receipt_sent', before + 1]);
    const unpaid = await testBed.create();
    assert.equal((await testBed.merchant('POST', `payments/${unpaid.id}/send-receipt`)).status, 409);
    assert.equal((await testBed.merchant('POST', `payments/${id}/send-receipt`, {}, 'rival')).status, 404);
  });

  it('never waits longer for Payme than an answer may take, whatever the settings allow', async (t) => {
    const { id } = await testBed.pay();
    const qrUrl = 'https://ofd.example/check?r=1';
    const deadline = t.mock.method(AbortSignal, 'timeout');
    for (const [method, path, body] of [
      ['GET', 'receipts?from=0&to=1'],
      ['POST', `payments/${id}/send-receipt`],
      ['POST', `payments/${id}/fiscal-receipt`, { kind: 'sale', receiptId: 1, qrUrl, terminalId: 'EP1', fiscalSign: '1' }],
    ] as const) {
      deadline.mock.resetCalls();
      assert.equal((await testBed.merchant(method, path, body)).status, 200, path);
      assert.equal(deadline.mock.calls.filter(({ arguments: [ms] }) => ms === merchantCallMs).length, 1, path);
    }
  });

  it('repeats a request with the same key and gets the same answer: one SMS, one refund, though the first was refused meanwhile', async () => {
    const { id } = await testBed.pay();
    const [sms, cancels] = [testBed.calls('receipts.send'), testBed.calls('receipts.cancel')];
    const post = (path: string) =>
      testBed.call('POST', `/v1/payments/${id}/${path}`, 'sk_test_card_shop', {}, { 'idempotency-key': `${id}-${path}` });
    for (let time = 0; time < 2; time += 1) assert.equal((await post('send-receipt')).status, 200);
    assert.equal(testBed.calls('receipts.send'), sms + 1);
    await testBed.control('settings', { refuse: { 'receipts.cancel': -31008 } });
    assert.equal((await post('refund')).status, 200);
    const now = async () => (await testBed.merchant('GET', `payments/${id}`)).body.status;
    await waitFor(async () => (await now()) === 'succeeded');
    assert.deepEqual([(await post('refund')).status, await now()], [200, 'succeeded']);
    await testBed.control('settings', { refuse: { 'receipts.cancel': null } });
    assert.equal(testBed.calls('receipts.cancel'), cancels + 1);
  });

  it('can have a receipt sent again if it was not sent, but not if that is unknown', async () => {
    const { id } = await testBed.pay();
    const send = () => testBed.merchant('POST', `payments/${id}/send-receipt`);
    await testBed.control('settings', { refuse: { 'receipts.send': -31110 } });
    assert.equal((await send()).body.code, 'provider_unavailable');
    await testBed.control('settings', { refuse: { 'receipts.send': null } });
    await testBed.control('faults', { op: 'receipts.send', when: 'after', kind: 'reset' });
    assert.equal((await send()).body.code, 'provider_unavailable');
    assert.equal((await send()).body.code, 'receipt_sent');
  });

  it('lists the receipts of its cashbox, card numbers masked and without their expiry', async () => {
    await testBed.pay();
    const moment = (ms: number) => new Date(Date.now() + ms).toISOString();
    const range = `from=${moment(-3_600_000)}&to=${moment(1)}`;
    const { body } = await testBed.merchant<ReceiptList>('GET', `receipts?${range}&count=2`);
    assert.equal(body.receipts.length, 2);
    // As these were given before.
    const since = await testBed.merchant<ReceiptList>(
      'GET',
      `receipts?from=${Date.now() - 3_600_000}&to=${Date.now() + 1}&count=2`,
    );
    assert.equal(since.body.receipts.length, 2);
    for (const wrong of ['yesterday', '2026-13-01T00:00:00Z', '-1'])
      assert.equal((await testBed.merchant('GET', `receipts?from=${wrong}&to=${moment(1)}`)).status, 422, wrong);
    const { id } = testBed.payme.ledger().receipts.at(-1) ?? assert.fail();
    const [newest] = body.receipts;
    assert.deepEqual([newest?.id, newest?.state, newest?.amount, newest?.currency], [id, 4, 500_000, 'UZS']);
    assert.deepEqual(newest?.card, { number: '860006******6311' });
    assert.deepEqual((await testBed.merchant<ReceiptList>('GET', 'receipts?from=0&to=1')).body, { receipts: [], unreadable: 0 });
    assert.equal((await testBed.merchant('GET', 'receipts?from=0')).status, 422);
  });

  describe('on a cashbox that it shares', () => {
    const make = async (description: string | undefined, orderId = '7') => {
      const { id, key } = planted.cashbox;
      const params = { amount: 100_000, account: { order_id: orderId }, ...(description !== undefined && { description }) };
      const body = JSON.stringify({ id: 1, method: 'receipts.create', params });
      await fetch(testBed.payme.url, { method: 'POST', headers: { 'X-Auth': `${id}:${key}` }, body });
      return testBed.payme.ledger().receipts.at(-1)?.id ?? assert.fail();
    };
    const list = async (whose: 'shop' | 'rival') => {
      const range = `from=${Date.now() - 3_600_000}&to=${Date.now() + 1}`;
      const { receipts } = (await testBed.merchant<ReceiptList>('GET', `receipts?${range}`, undefined, whose)).body;
      return receipts.map(({ id }) => id);
    };

    it('sees the receipts of its own payments, and nobody else does', async () => {
      await testBed.pay();
      const { id } = testBed.payme.ledger().receipts.at(-1) ?? assert.fail();
      assert.ok((await list('shop')).includes(id));
      assert.deepEqual(await list('rival'), []);
    });

    for (const description of [undefined, '', 'by hand', 'att_ORDER 7', 'att_00000000000000000000000000 7', 'Order att_1'])
      it(`sees no receipt whose description is ${JSON.stringify(description)}, because it may be another’s`, async () => {
        const id = await make(description);
        for (const whose of ['shop', 'rival'] as const) assert.ok(!(await list(whose)).includes(id), whose);
      });

    it('sees no receipt that bears the id of its attempt but was made for another order', async () => {
      await testBed.control('settings', { accountRows: 'all' });
      await testBed.pay();
      const own = testBed.payme.ledger().receipts.at(-1) ?? assert.fail();
      const other = await make(own.description, 'somebody-elses-order');
      const listed = await list('shop');
      assert.deepEqual([listed.includes(own.id), listed.includes(other)], [true, false]);
    });
  });

  it('sees the receipts that were made elsewhere on a cashbox of its own', async () => {
    const alone = await createCardHttpTestBed(undefined, {}, ['shop']);
    try {
      const { id, key } = planted.cashbox;
      const params = { amount: 100_000, account: { order_id: '7' }, description: 'by hand' };
      const body = JSON.stringify({ id: 1, method: 'receipts.create', params });
      await fetch(alone.payme.url, { method: 'POST', headers: { 'X-Auth': `${id}:${key}` }, body });
      const range = `from=${Date.now() - 3_600_000}&to=${Date.now() + 1}`;
      const { receipts } = (await alone.merchant<ReceiptList>('GET', `receipts?${range}`)).body;
      assert.deepEqual(
        receipts.map(({ description }) => description),
        ['by hand'],
      );
    } finally {
      await alone.close();
    }
  });

  it('refunds a payment, and gets a webhook when the money is back', async () => {
    const { id, view } = await testBed.pay();
    assert.equal((await testBed.merchant('POST', `payments/${id}/refund`, {}, 'rival')).status, 404);
    const { body } = await testBed.merchant('POST', `payments/${id}/refund`, {});
    assert.ok(['refunding', 'refunded'].includes(body.status), body.status);
    for (let at = (await view()).body; at.status !== 'refunded'; ) at = (await view(`?since=${at.version}&wait=20`)).body;
    assert.equal((await testBed.merchant('GET', `payments/${id}`)).body.attempts.at(-1)?.status, 'refunded');
    assert.equal((await testBed.merchant('POST', `payments/${(await testBed.create()).id}/refund`, {})).status, 409);
  });
});

it('stores no card number, no SMS code, no token and no key', () => assertNoSecretStored(testBed));
