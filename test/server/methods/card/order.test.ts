/**
 * What Payme receives about an order: the amount, its id, what is bought and who pays; and what the customer must enter for that.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EnterCard } from '../../../../server/contract/index.ts';
import { type CardTestBed, createCardTestBed, goodCard } from '../../../support/card-test-bed.ts';

const within = async (settings: { [name: string]: unknown }, work: (testBed: CardTestBed) => Promise<void>) => {
  const testBed = await createCardTestBed({ settings });
  try {
    await work(testBed);
  } finally {
    await testBed.close();
  }
};
const lastReceipt = (testBed: CardTestBed) => testBed.simulator.ledger().receipts.at(-1) ?? assert.fail('no receipt');
const entry = async (testBed: CardTestBed, id: string): Promise<EnterCard> => {
  const { nextAction } = await testBed.payments.view(id);
  return nextAction.kind === 'enter_card' ? nextAction : assert.fail(nextAction.kind);
};

describe('an order that is paid by card', () => {
  let testBed: CardTestBed;
  before(async () => {
    testBed = await createCardTestBed();
  });
  after(() => testBed.close());

  const pay = async (wanted = {}, submitted = {}) => {
    const id = await testBed.pay(wanted);
    await testBed.card(id, submitted);
    assert.equal((await testBed.code(id)).status, 'succeeded');
    return lastReceipt(testBed);
  };

  it('is sent with its amount, its id and its attempt', async () => {
    const receipt = await pay({ orderId: 'A-1', amount: 123_456 });
    assert.deepEqual([receipt.amount, receipt.currency, receipt.account], [123_456, 860, { order_id: 'A-1' }]);
    assert.match(receipt.description, /^att_\w+ A-1$/);
  });

  it('is sent item by item, as a fiscal receipt needs it', async () => {
    const item = { title: 'Book', price: 250_000, count: 2, code: '00702001001000001', vatPercent: 12, packageCode: '123456' };
    const { id } = await pay({ items: [{ ...item, units: 241_092 }] });
    const { cashbox, url } = testBed.simulator;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'x-auth': `${cashbox.id}:${cashbox.key}` },
      body: JSON.stringify({ method: 'receipts.get', params: { id } }),
    });
    const { result } = (await answer.json()) as { result: { receipt: { detail: { items: object[] } } } };
    const { vatPercent, packageCode, ...same } = item;
    assert.deepEqual(result.receipt.detail.items, [
      { ...same, units: 241_092, vat_percent: vatPercent, package_code: packageCode },
    ]);
  });

  it('has the phone that the merchant sent, whatever is typed', async () => {
    assert.equal((await pay({ phone: '+998 90 130-45-27' }, { phone: '998911111111' })).phone, '998901304527');
  });

  it('has the phone that the customer typed, if the merchant sent none', async () => {
    const id = await testBed.pay({ phone: undefined });
    assert.equal((await entry(testBed, id)).askPhone, true);
    const before = testBed.simulator.ledger().calls.length;
    for (const phone of [undefined, ' ', '12'])
      await assert.rejects(testBed.card(id, phone === undefined ? {} : { phone }), /phone_format/);
    assert.equal(testBed.simulator.ledger().calls.length, before);
    await testBed.card(id, { phone: '90 130 45 28' });
    await testBed.code(id);
    assert.equal(lastReceipt(testBed).phone, '998901304528');
  });

  it('does not ask the customer for a known phone', async () => {
    assert.equal((await entry(testBed, await testBed.pay())).askPhone, false);
    assert.equal((await entry(testBed, await testBed.pay({ phone: '+48 600 100 200' }))).askPhone, true, 'of another country');
  });
});

describe('a cashbox', () => {
  it('that needs no phone gets none, or the one that is typed', () =>
    within({ payerPhone: 'optional' }, async (testBed) => {
      const id = await testBed.pay({ phone: undefined });
      assert.equal((await entry(testBed, id)).askPhone, false);
      await testBed.card(id);
      await testBed.code(id);
      assert.equal(lastReceipt(testBed).phone, null);
      const other = await testBed.pay({ phone: undefined });
      await testBed.card(other, { phone: '901304528' });
      await testBed.code(other);
      assert.equal(lastReceipt(testBed).phone, '998901304528');
      const third = await testBed.pay({ phone: undefined });
      await testBed.card(third, { phone: 'ask my wife' });
      await testBed.code(third);
      assert.equal(lastReceipt(testBed).phone, null, 'what is no phone is no reason to refuse money');
    }));

  for (const [from, value] of [
    ['label', 'customer'],
    ['orderId', 'A-2'],
    ['paymentId', null],
  ] as const) {
    it(`with its own account field gets the payment's ${from} in it`, () =>
      within({ account: { field: 'contract', from } }, async (testBed) => {
        const id = await testBed.pay({ orderId: 'A-2' });
        await testBed.card(id);
        await testBed.code(id);
        assert.deepEqual(lastReceipt(testBed).account, { contract: value ?? id });
      }));
  }

  it('offers what its settings allow', () =>
    within({ offerUrl: 'https://payme.example/offer', saveCards: false, confirmSaved: 'click' }, async (testBed) => {
      const id = await testBed.pay();
      const { frameUrl, ...action } = await entry(testBed, id);
      assert.equal(frameUrl, 'https://pay.example/frame/card/?merchant=books');
      assert.deepEqual(action, {
        kind: 'enter_card',
        saved: [],
        offerUrl: 'https://payme.example/offer',
        askPhone: false,
        canSave: false,
        confirmSaved: false,
      });
    }));

  for (const transport of ['bff', 'direct'] as const) {
    it(`that takes cards by ${transport} refuses the other transport without a call`, () =>
      within({ transport }, async (testBed) => {
        const id = await testBed.pay();
        const { direct } = await entry(testBed, id);
        const { url, cashbox } = testBed.simulator;
        assert.deepEqual(direct, transport === 'direct' ? { url, cashboxId: cashbox.id } : undefined);
        await assert.rejects(transport === 'bff' ? testBed.token(id, 'a token') : testBed.card(id), /method_unavailable/);
        assert.deepEqual(testBed.simulator.ledger().calls, []);
      }));
  }

  it('that takes cards directly pays with the token that the page had confirmed, and with no other', () =>
    within({ transport: 'direct' }, async (testBed) => {
      const { client } = testBed.parts.account('books') ?? assert.fail();
      const make = async () => {
        const made = await client.cardsCreate({ ...goodCard, expire: '0399', save: false });
        return made.kind === 'ok' ? made.result.token : assert.fail();
      };
      const id = await testBed.pay();
      assert.equal((await testBed.token(id, await make())).problem?.code, 'card_declined', 'nobody has confirmed it');
      assert.equal(testBed.simulator.ledger().receipts.length, 0);
      const token = await make();
      await client.cardsGetVerifyCode({ token });
      await client.cardsVerify({ token, code: '666666' });
      assert.equal((await testBed.token(id, token)).status, 'succeeded');
      assert.equal(testBed.debits().length, 1);
      const next = await testBed.pay();
      assert.equal((await testBed.token(next, token)).problem?.code, 'card_declined', 'it was good for one payment');
      assert.equal(testBed.debits().length, 1);
    }));
});
