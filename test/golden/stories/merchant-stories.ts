/** Stories of a merchant's server that no state of the QA page covers. */
import { createHash } from 'node:crypto';
import { goodCard, testExpiry } from '../../../demo/page/customers.ts';
import type { JsonObject } from '../json.ts';
import type { Scene } from '../scene.ts';
import { firstMoment } from '../still-demo.ts';
import { Talk } from './talk.ts';

const smsCode = '666666';
const day = 86_400_000;
/** As long as such keys must be. */
const keyOf = (what: string): string => createHash('sha256').update(what).digest('hex');

export const merchantStories: Scene[] = [
  {
    id: 'story-payments',
    words: 'Payments made, found, read, canceled',
    async play(still) {
      const talk = new Talk(still);
      await talk.anybody('POST /v1/payments', { body: {} });
      await talk.merchant('POST /v1/payments', { amount: 2_500, currency: 'PLN', orderId: 'order-1', label: 'customer-1' });
      await talk.merchant('POST /v1/payments', { amount: 0, currency: 'zloty', colour: 'red' }, 'bad');
      const { id } = await talk.create({ metadata: { cart: '7' } });
      await talk.create({ metadata: { cart: '7' } });
      await talk.create({ amount: 2_600 });
      await talk.create({ metadata: { cart: '7' } }, 'second');
      await talk.create({ amount: 2_600 }, 'third');
      await talk.merchant('GET /v1/payments?orderId=order-1');
      await talk.merchant('GET /v1/payments?label=customer-1&status=open&limit=1');
      await talk.merchant('GET /v1/payments/pay_00000000000000000000000000');
      await talk.merchant(`POST /v1/payments/${id}/refund`, {}, 'refund');
      await talk.merchant(`POST /v1/payments/${id}/cancel`, {}, 'cancel');
      await talk.merchant(`POST /v1/payments/${id}/cancel`, {}, 'again');
      await talk.create({}, 'fourth');
    },
  },
  {
    id: 'story-another-label',
    words: 'An order asked for again for another customer',
    async play(still) {
      const talk = new Talk(still);
      await talk.create({});
      await talk.create({ label: 'customer-2' }, 'second');
    },
  },
  {
    id: 'story-made-codes',
    words: 'Pay codes made and looked up',
    async play(still) {
      const talk = new Talk(still);
      const made = await talk.merchant('POST /v1/pay-codes', { rule: 'demo-enter' }, keyOf('one'));
      await talk.merchant('POST /v1/pay-codes', { rule: 'demo-enter' }, keyOf('one'));
      await talk.merchant('POST /v1/pay-codes/batch', { rule: 'demo-enter', count: 2 }, keyOf('many'));
      await talk.merchant('POST /v1/pay-codes/batch', { rule: 'demo-enter', count: 2 }, keyOf('many'));
      await talk.merchant('POST /v1/pay-codes/lookup', { rule: 'demo-enter', code: made.code });
      await talk.merchant('POST /v1/pay-codes/lookup', { rule: 'demo-enter', code: 'USED0001' });
      await talk.merchant('POST /v1/pay-codes/lookup', { rule: 'demo-enter', code: 'NOPE2345' });
      await talk.merchant('POST /v1/pay-codes', { rule: 'nobody-s' }, keyOf('none'));
    },
  },
  {
    id: 'story-cards-and-receipts',
    words: 'Saved cards, receipts, money given back',
    async play(still) {
      const talk = new Talk(still);
      const uzs = { amount: 500_000, currency: 'UZS', phone: '+998901234567' };
      const first = await talk.create(uzs);
      await talk.customer(first.secret, 'POST /checkout/card', { number: goodCard, expire: testExpiry, save: true });
      await talk.customer(first.secret, 'POST /checkout/card/code', { code: smsCode });
      const { cards } = await talk.merchant('GET /v1/customers/customer-1/cards');
      const [card] = cards as JsonObject[];
      const second = await talk.create({ ...uzs, orderId: 'order-2' }, 'second');
      await talk.customer(second.secret, 'POST /checkout/card/saved', { cardId: String(card?.id) });
      await talk.customer(second.secret, 'POST /checkout/card/resend', {});
      await talk.customer(second.secret, 'POST /checkout/card/code', { code: smsCode });
      await talk.merchant(`POST /v1/payments/${first.id}/send-receipt`, { phone: '+998901234567' }, 'send');
      await talk.merchant(`GET /v1/receipts?from=${firstMoment - day}&to=${firstMoment + day}`);
      await talk.merchant(`POST /v1/payments/${first.id}/refund`, {}, 'refund');
      await talk.merchant(`POST /v1/payments/${first.id}/refund`, {}, 'again');
      const third = await talk.create({ ...uzs, orderId: 'order-3' }, 'third');
      await talk.customer(third.secret, `DELETE /checkout/card/saved/${String(card?.id)}`);
      await talk.merchant(`DELETE /v1/customers/customer-1/cards/${String(card?.id)}`);
      await talk.merchant('GET /v1/customers/customer-1/cards');
    },
  },
  {
    id: 'story-slips',
    words: 'Slips of a merchant’s server',
    async play(still) {
      const talk = new Talk(still);
      const { id } = await talk.create({});
      const headers = { authorization: 'Bearer sk_test_demo', 'content-type': 'application/json' };
      await talk.anybody(`POST /v1/payments/${id}/cancel`, { headers });
      await talk.create({ orderId: 'order-2', returnUrls: { success: 'https://elsewhere.example/' } }, 'elsewhere');
      await talk.merchant(`GET /v1/customers/${'long'.repeat(40)}/cards`);
      await talk.merchant('POST /v1/pay-codes/lookup', { rule: { length: { toString: 1 } }, code: { length: { toString: 1 } } });
    },
  },
];
