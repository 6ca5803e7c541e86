/**
 * What Payme receives about an order: the amount, its id, what is bought and who pays; and what the customer must enter for that.
 */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { EnterCard } from '../../../../server/contract/index.ts';
import { type CardWorld, createCardWorld, goodCard } from '../../../support/card-world.ts';

const within = async (settings: { [name: string]: unknown }, work: (world: CardWorld) => Promise<void>) => {
  const world = await createCardWorld({ settings });
  try {
    await work(world);
  } finally {
    await world.close();
  }
};
const lastReceipt = (world: CardWorld) => world.simulator.ledger().receipts.at(-1) ?? assert.fail('no receipt');
const entry = async (world: CardWorld, id: string): Promise<EnterCard> => {
  const { nextAction } = await world.payments.view(id);
  return nextAction.kind === 'enter_card' ? nextAction : assert.fail(nextAction.kind);
};

describe('an order that is paid by card', () => {
  let world: CardWorld;
  before(async () => {
    world = await createCardWorld();
  });
  after(() => world.close());

  const pay = async (wanted = {}, submitted = {}) => {
    const id = await world.pay(wanted);
    await world.card(id, submitted);
    assert.equal((await world.code(id)).status, 'succeeded');
    return lastReceipt(world);
  };

  it('is sent with its amount, its id and its attempt', async () => {
    const receipt = await pay({ orderId: 'A-1', amount: 123_456 });
    assert.deepEqual([receipt.amount, receipt.currency, receipt.account], [123_456, 860, { order_id: 'A-1' }]);
    assert.match(receipt.description, /^att_\w+ A-1$/);
  });

  it('is sent item by item, as a fiscal receipt needs it', async () => {
    const item = { title: 'Book', price: 250_000, count: 2, code: '00702001001000001', vatPercent: 12, packageCode: '123456' };
    const { id } = await pay({ items: [{ ...item, units: 241_092 }] });
    const { cashbox, url } = world.simulator;
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
    const id = await world.pay({ phone: undefined });
    assert.equal((await entry(world, id)).askPhone, true);
    const before = world.simulator.ledger().calls.length;
    for (const phone of [undefined, ' ', '12'])
      await assert.rejects(world.card(id, phone === undefined ? {} : { phone }), /phone_format/);
    assert.equal(world.simulator.ledger().calls.length, before);
    await world.card(id, { phone: '90 130 45 28' });
    await world.code(id);
    assert.equal(lastReceipt(world).phone, '998901304528');
  });

  it('does not ask the customer for a known phone', async () => {
    assert.equal((await entry(world, await world.pay())).askPhone, false);
    assert.equal((await entry(world, await world.pay({ phone: '+48 600 100 200' }))).askPhone, true, 'of another country');
  });
});

describe('a cashbox', () => {
  it('that needs no phone gets none, or the one that is typed', () =>
    within({ payerPhone: 'optional' }, async (world) => {
      const id = await world.pay({ phone: undefined });
      assert.equal((await entry(world, id)).askPhone, false);
      await world.card(id);
      await world.code(id);
      assert.equal(lastReceipt(world).phone, null);
      const other = await world.pay({ phone: undefined });
      await world.card(other, { phone: '901304528' });
      await world.code(other);
      assert.equal(lastReceipt(world).phone, '998901304528');
    }));

  for (const [from, value] of [
    ['label', 'customer'],
    ['orderId', 'A-2'],
    ['paymentId', null],
  ] as const) {
    it(`with its own account field gets the payment's ${from} in it`, () =>
      within({ account: { field: 'contract', from } }, async (world) => {
        const id = await world.pay({ orderId: 'A-2' });
        await world.card(id);
        await world.code(id);
        assert.deepEqual(lastReceipt(world).account, { contract: value ?? id });
      }));
  }

  it('offers what its settings allow', () =>
    within({ offerUrl: 'https://payme.example/offer', saveCards: false, confirmSaved: 'click' }, async (world) => {
      const id = await world.pay();
      const { frameUrl, ...action } = await entry(world, id);
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
      within({ transport }, async (world) => {
        const id = await world.pay();
        const { direct } = await entry(world, id);
        const { url, cashbox } = world.simulator;
        assert.deepEqual(direct, transport === 'direct' ? { url, cashboxId: cashbox.id } : undefined);
        await assert.rejects(transport === 'bff' ? world.token(id, 'a token') : world.card(id), /method_unavailable/);
        assert.deepEqual(world.simulator.ledger().calls, []);
      }));
  }

  it('that takes cards directly pays with the token that the page had confirmed, and with no other', () =>
    within({ transport: 'direct' }, async (world) => {
      const { client } = world.parts.account('books') ?? assert.fail();
      const make = async () => {
        const made = await client.cardsCreate({ ...goodCard, expire: '0399', save: false });
        return made.kind === 'ok' ? made.result.token : assert.fail();
      };
      const id = await world.pay();
      assert.equal((await world.token(id, await make())).problem?.code, 'card_declined', 'nobody has confirmed it');
      assert.equal(world.simulator.ledger().receipts.length, 0);
      const token = await make();
      await client.cardsGetVerifyCode({ token });
      await client.cardsVerify({ token, code: '666666' });
      assert.equal((await world.token(id, token)).status, 'succeeded');
      assert.equal(world.debits().length, 1);
      const next = await world.pay();
      assert.equal((await world.token(next, token)).problem?.code, 'card_declined', 'it was good for one payment');
      assert.equal(world.debits().length, 1);
    }));
});
