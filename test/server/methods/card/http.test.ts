/** Cards over HTTP, with a Payme simulator: what a customer's page can do, and what is stored of it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { assertNoSecretStored } from './assert-no-secret-stored.ts';
import { type Answer, type CardHttpTestBed, createCardHttpTestBed, planted } from './card-http-test-bed.ts';

let testBed: CardHttpTestBed;
before(async () => {
  testBed = await createCardHttpTestBed();
});
after(() => testBed.close());

const { wrongCode } = planted;
const summary = ({ status, body }: { status: number; body: Answer }) => [
  status,
  body.code,
  body.view?.status,
  body.view?.nextAction.kind,
];

describe('a card over HTTP', () => {
  it('is submitted, confirmed and paid in three round trips', async () => {
    const { view, card, code } = await testBed.create();
    assert.equal((await view()).body.nextAction.kind, 'enter_card');
    const submitted = await card();
    assert.deepEqual(
      [submitted.status, submitted.body.status, submitted.body.nextAction.kind],
      [200, 'awaiting_customer', 'enter_card_code'],
    );
    const paid = await code();
    assert.deepEqual([paid.status, paid.body.status, paid.body.amountPaid], [200, 'succeeded', 500_000]);
  });

  it('that fails returns the reason, with the fresh view', async () => {
    const { card, code, post } = await testBed.create();
    assert.deepEqual(summary(await code()), [410, 'sms_code_expired', 'open', 'enter_card']);
    assert.deepEqual(summary(await post('card/resend')), [410, 'sms_code_expired', 'open', 'enter_card']);
    assert.deepEqual(summary(await card({ number: '1' })), [422, 'card_number', 'open', 'enter_card']);
    assert.deepEqual(summary(await card({ number: '8600060921090842' })), [409, 'card_sms_disabled', 'open', 'enter_card']);
    await card();
    assert.deepEqual(summary(await code(wrongCode)), [422, 'sms_code_wrong', 'awaiting_customer', 'enter_card_code']);
    assert.deepEqual(summary(await code('1')), [422, 'sms_code_format', 'awaiting_customer', 'enter_card_code']);
    assert.deepEqual(summary(await post('card/resend')), [429, 'too_many_attempts', 'awaiting_customer', 'enter_card_code']);
    assert.deepEqual(summary(await post('card/saved', { cardId: 'card_nobody' })).slice(0, 2), [409, 'card_not_saved']);
    assert.equal((await card({ amount: 1 })).status, 422, 'a customer names no amount');
    assert.equal((await post('card/code', {})).status, 422);
  });

  it('is not charged where another amount is due than the customer saw', async () => {
    const { card, code } = await testBed.create();
    const before = testBed.calls('cards.create');
    for (const seen of [
      { due: 499_999, currency: 'UZS' },
      { due: 500_000, currency: 'USD' },
    ])
      assert.deepEqual(summary(await card({ seen })), [409, 'payment_changed', 'open', 'enter_card']);
    assert.equal(testBed.calls('cards.create'), before, 'Payme was not called');
    await card({ seen: { due: 500_000, currency: 'UZS' } });
    assert.equal((await code()).body.status, 'succeeded');
  });

  it('makes one call of each kind for one Idempotency-Key', async () => {
    const { card, code } = await testBed.create();
    const before = [testBed.calls('cards.create'), testBed.calls('cards.verify'), testBed.payme.ledger().payments.length];
    const once = { 'idempotency-key': 'once' };
    await Promise.all([card({}, once), card({}, once)]);
    assert.equal((await card({}, once)).body.nextAction.kind, 'enter_card_code');
    assert.equal((await card({ number: '8600495473316478' }, once)).body.code, 'idempotency_conflict');
    await Promise.all([code('666666', once), code('666666', once)]);
    assert.equal((await code('666666', once)).body.status, 'succeeded');
    assert.deepEqual(
      [testBed.calls('cards.create'), testBed.calls('cards.verify'), testBed.payme.ledger().payments.length],
      before.map((count) => count + 1),
    );
  });

  it('tries another SMS code that is sent under the key of a wrong one, once the sender knows that it is another', async () => {
    const { card, code } = await testBed.create();
    const used = { 'idempotency-key': 'the key of a lost answer, 128 bits' };
    await card();
    assert.equal((await code(wrongCode, used)).body.code, 'sms_code_wrong');
    const verified = testBed.calls('cards.verify');
    assert.equal((await code(wrongCode, used)).body.code, 'sms_code_wrong');
    assert.equal(testBed.calls('cards.verify'), verified, 'a repetition was tried again');
    // The widget takes a new key for a code that does not belong to the old one.
    assert.deepEqual(summary(await code('666666', used)).slice(0, 2), [422, 'idempotency_conflict']);
    assert.equal((await code('666666', { 'idempotency-key': `${used['idempotency-key']}, new` })).body.status, 'succeeded');
    assert.equal((await code('666666', used)).status, 422);
  });

  it('refuses under the same key a card of which only the date, the wish to save it or the phone differs, and one with the same last four digits', async () => {
    const { number, expire } = planted;
    const sameEnd = `${number.slice(0, 8)}0000${number.slice(-4)}`;
    for (const [at, other] of [
      { expire: expire === '11/33' ? '10/33' : '11/33' },
      { save: true },
      { phone: '998901304528' },
      { number: sameEnd },
    ].entries()) {
      const { card } = await testBed.create();
      const once = { 'idempotency-key': `the key of a card, of 128 bits, number ${at}` };
      const before = testBed.calls('cards.create');
      assert.equal((await card({ number, expire }, once)).body.nextAction.kind, 'enter_card_code');
      assert.deepEqual(
        summary(await card(other, once)).slice(0, 2),
        [422, 'idempotency_conflict'],
        JSON.stringify(Object.keys(other)),
      );
      assert.equal((await card({ number, expire }, once)).body.nextAction.kind, 'enter_card_code');
      assert.equal(testBed.calls('cards.create'), before + 1);
    }
  });

  it('makes no call to Payme for a payment that cannot be paid by card', async () => {
    const zloty = await testBed.create({ amount: 2_500, currency: 'PLN' });
    const codes = await testBed.create({ currency: 'PLN', methods: ['pay_code'] });
    const direct = await testBed.create({}, 'direct');
    // Tokens of other payments are removed at any time.
    const calls = () => testBed.calls() - testBed.calls('cards.remove');
    const before = calls();
    for (const { card, code, post, forget, view } of [zloty, codes]) {
      assert.deepEqual((await view()).body.methods, ['pay_code']);
      const forced = [
        card(),
        code(),
        post('card/resend'),
        post('card/saved', { cardId: 'card_1' }),
        post('card/token', { token: 't' }),
        forget('card_1'),
      ];
      for (const { status, body } of await Promise.all(forced))
        assert.deepEqual([status, body.code], [409, 'method_unavailable']);
    }
    assert.equal((await direct.card()).body.code, 'method_unavailable');
    assert.equal(calls(), before);
  });
});

it('answers within 8 seconds while Payme is slow, and the view follows to the end', async () => {
  const { card, code, view } = await testBed.create();
  await card();
  await testBed.control('faults', { op: 'receipts.pay', when: 'after', kind: 'slow', ms: 8_500 });
  const begun = performance.now();
  const { status, body } = await code();
  assert.ok(performance.now() - begun < 8_000, `${performance.now() - begun} ms`);
  assert.deepEqual([status, body.status, body.nextAction.kind], [200, 'processing', 'wait']);
  assert.deepEqual(summary(await card()), [409, 'payment_processing', 'processing', 'wait']);
  assert.equal((await view(`?since=${body.version}&wait=20`)).body.status, 'succeeded');
});

it('stores no card number, no SMS code, no token and no key', () => assertNoSecretStored(testBed));
