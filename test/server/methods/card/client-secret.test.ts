/** What a client secret may still do after its payment has ended, and how many of them a payment has. Over HTTP, with saved cards. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { CreatedPayment, PaymentView } from '../../../../server/contract/index.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { type CardHttpTestBed, createCardHttpTestBed } from './card-http-test-bed.ts';

const clock = createFakeClock();
const dayMs = 24 * 3_600_000;
let testBed: CardHttpTestBed;
before(async () => {
  testBed = await createCardHttpTestBed(clock);
});
after(() => testBed.close());

const read = (secret: string) => testBed.call<PaymentView>('GET', '/checkout', secret);
const cardsOf = async (label: string) =>
  (await testBed.merchant<{ cards: { id: string }[] }>('GET', `customers/${label}/cards`)).body.cards;

/** A customer who has a saved card. */
async function withSavedCard(label: string): Promise<string> {
  await testBed.pay({ label }, { save: true });
  for (;;) {
    const [card] = await cardsOf(label);
    if (card) return card.id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('a client secret', () => {
  it('removes a saved card while the payment can be paid', async () => {
    const card = await withSavedCard('owner');
    const payment = await testBed.create({ label: 'owner' });
    const { nextAction } = (await payment.view()).body;
    assert.ok(nextAction.kind === 'enter_card');
    assert.deepEqual(
      nextAction.saved.map(({ id }) => id),
      [card],
    );
    assert.equal((await payment.forget(card)).status, 200);
    assert.deepEqual(await cardsOf('owner'), []);
  });

  it('removes no saved card and shows none after the payment was paid, canceled or over', async () => {
    const card = await withSavedCard('keeper');
    const [canceled, expired] = [
      await testBed.create({ label: 'keeper' }),
      await testBed.create({ label: 'keeper', expiresIn: 60 }),
    ];
    await testBed.merchant('POST', `payments/${canceled.id}/cancel`, {});
    const paid = await testBed.pay({ label: 'keeper' });
    clock.advance(61_000);
    for (const payment of [canceled, expired, paid]) {
      const { body } = await payment.forget(card);
      const { status, nextAction } = (await payment.view()).body;
      // Whoever asks after the payment was paid is answered by its view.
      assert.deepEqual(body.code, payment === paid ? undefined : 'payment_expired', status);
      assert.deepEqual(nextAction.kind, 'none', status);
      assert.deepEqual(
        (await cardsOf('keeper')).map(({ id }) => id),
        [card],
        status,
      );
    }
  });

  it('reads for thirty days after the end, and what came of the payment after that only by a new one', async () => {
    const open = await testBed.create({ label: 'reader', expiresIn: 7 * 24 * 3600 });
    const { id, secret } = await testBed.create({ label: 'reader' });
    await testBed.merchant('POST', `payments/${id}/cancel`, {});
    clock.advance(6 * dayMs);
    assert.equal((await read(open.secret)).status, 200);
    clock.advance(24 * dayMs - 60_000);
    assert.equal((await read(secret)).body.status, 'canceled');
    clock.advance(60_000);
    assert.equal((await read(secret)).status, 404);
    assert.equal((await testBed.call('POST', '/checkout/cancel', secret, {})).status, 404);
    assert.equal((await testBed.merchant('GET', `payments/${id}`)).status, 200);
  });

  it('is one of twenty of a payment: the 21st ends the first', async () => {
    const order = { amount: 500_000, currency: 'UZS', orderId: 'loaded again', label: 'customer', phone: '998901304527' };
    const secrets: string[] = [];
    for (let n = 1; n <= 21; n += 1) {
      const once = { 'idempotency-key': `loaded-${n}` };
      const { body } = await testBed.call<CreatedPayment>('POST', '/v1/payments', 'sk_test_card_shop', order, once);
      secrets.push(body.clientSecret);
      clock.advance(1_000);
    }
    const answers = await Promise.all(secrets.map(async (secret) => (await read(secret)).status));
    assert.deepEqual(answers, [404, ...Array<number>(20).fill(200)]);
  });
});
