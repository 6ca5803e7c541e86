/** Stories of a merchant's server that no state of the QA page covers. */
import { createHash } from 'node:crypto';
import { goodCard, testExpiry } from '../../../demo/page/customers.ts';
import { firstMoment } from '../frozen-demo.ts';
import type { JsonObject } from '../json.ts';
import type { Scene } from '../scene.ts';
import { StoryClient } from './story-client.ts';

const smsCode = '666666';
const day = 86_400_000;
/** As long as such keys must be. */
const keyOf = (what: string): string => createHash('sha256').update(what).digest('hex');

export const merchantStories: Scene[] = [
  {
    id: 'story-payments',
    words: 'Payments made, found, read, canceled',
    async play(frozen) {
      const client = new StoryClient(frozen);
      await client.anybody('POST /v1/payments', { body: {} });
      await client.merchant('POST /v1/payments', { amount: 2_500, currency: 'PLN', orderId: 'order-1', label: 'customer-1' });
      await client.merchant('POST /v1/payments', { amount: 0, currency: 'zloty', colour: 'red' }, 'bad');
      const { id } = await client.create({ metadata: { cart: '7' } });
      await client.create({ metadata: { cart: '7' } });
      await client.create({ amount: 2_600 });
      await client.create({ metadata: { cart: '7' } }, 'second');
      await client.create({ amount: 2_600 }, 'third');
      await client.merchant('GET /v1/payments?orderId=order-1');
      await client.merchant('GET /v1/payments?label=customer-1&status=open&limit=1');
      await client.merchant('GET /v1/payments/pay_00000000000000000000000000');
      await client.merchant(`POST /v1/payments/${id}/refund`, {}, 'refund');
      await client.merchant(`POST /v1/payments/${id}/cancel`, {}, 'cancel');
      await client.merchant(`POST /v1/payments/${id}/cancel`, {}, 'again');
      await client.create({}, 'fourth');
    },
  },
  {
    id: 'story-change',
    words: 'A payment changed while nobody pays it, and after it was canceled',
    async play(frozen) {
      const client = new StoryClient(frozen);
      const { id, secret } = await client.create({ description: 'One book' });
      const change = (body: object, key?: string) => client.merchant(`PATCH /v1/payments/${id}`, body, key);
      await change({ amount: 2_600 });
      await change({ version: 1, amount: 5_000, description: 'Two books' }, 'change');
      await client.customer(secret, 'GET /checkout');
      await change({ version: 1, amount: 5_000, description: 'Two books' }, 'change');
      await change({ version: 1, amount: 7_500 }, 'change');
      await change({ version: 1, amount: 7_500 });
      await change({ version: 2, expiresIn: 60 });
      await client.merchant(`POST /v1/payments/${id}/cancel`, {}, 'cancel');
      await change({ version: 3, amount: 2_500 });
    },
  },
  {
    id: 'story-another-label',
    words: 'An order asked for again for another customer',
    async play(frozen) {
      const client = new StoryClient(frozen);
      await client.create({});
      await client.create({ label: 'customer-2' }, 'second');
    },
  },
  {
    id: 'story-made-codes',
    words: 'Pay codes made and looked up',
    async play(frozen) {
      const client = new StoryClient(frozen);
      const made = await client.merchant('POST /v1/pay-codes', { rule: 'demo-enter' }, keyOf('one'));
      await client.merchant('POST /v1/pay-codes', { rule: 'demo-enter' }, keyOf('one'));
      await client.merchant('POST /v1/pay-codes/batch', { rule: 'demo-enter', count: 2 }, keyOf('many'));
      await client.merchant('POST /v1/pay-codes/batch', { rule: 'demo-enter', count: 2 }, keyOf('many'));
      await client.merchant('POST /v1/pay-codes/lookup', { rule: 'demo-enter', code: made.code });
      await client.merchant('POST /v1/pay-codes/lookup', { rule: 'demo-enter', code: 'USED0001' });
      await client.merchant('POST /v1/pay-codes/lookup', { rule: 'demo-enter', code: 'NOPE2345' });
      await client.merchant('POST /v1/pay-codes', { rule: 'nobody-s' }, keyOf('none'));
    },
  },
  {
    id: 'story-cards-and-receipts',
    words: 'Saved cards, receipts, money given back',
    async play(frozen) {
      const client = new StoryClient(frozen);
      const uzs = { amount: 500_000, currency: 'UZS', phone: '+998901234567' };
      const first = await client.create(uzs);
      await client.customer(first.secret, 'POST /checkout/card', { number: goodCard, expire: testExpiry, save: true });
      await client.customer(first.secret, 'POST /checkout/card/code', { code: smsCode });
      const { cards } = await client.merchant('GET /v1/customers/customer-1/cards');
      const [card] = cards as JsonObject[];
      const second = await client.create({ ...uzs, orderId: 'order-2' }, 'second');
      await client.customer(second.secret, 'POST /checkout/card/saved', { cardId: String(card?.id) });
      await client.customer(second.secret, 'POST /checkout/card/resend', {});
      await client.customer(second.secret, 'POST /checkout/card/code', { code: smsCode });
      await client.merchant(`POST /v1/payments/${first.id}/send-receipt`, { phone: '+998901234567' }, 'send');
      await client.merchant(`GET /v1/receipts?from=${firstMoment - day}&to=${firstMoment + day}`);
      await client.merchant(`POST /v1/payments/${first.id}/refund`, {}, 'refund');
      await client.merchant(`POST /v1/payments/${first.id}/refund`, {}, 'again');
      const third = await client.create({ ...uzs, orderId: 'order-3' }, 'third');
      await client.customer(third.secret, `DELETE /checkout/card/saved/${String(card?.id)}`);
      await client.merchant(`DELETE /v1/customers/customer-1/cards/${String(card?.id)}`);
      await client.merchant('GET /v1/customers/customer-1/cards');
    },
  },
  {
    id: 'story-slips',
    words: 'Slips of a merchant’s server',
    async play(frozen) {
      const client = new StoryClient(frozen);
      const { id } = await client.create({});
      const headers = { authorization: 'Bearer sk_test_demo', 'content-type': 'application/json' };
      await client.anybody(`POST /v1/payments/${id}/cancel`, { headers });
      await client.create({ orderId: 'order-2', returnUrls: { success: 'https://elsewhere.example/' } }, 'elsewhere');
      await client.merchant(`GET /v1/customers/${'long'.repeat(40)}/cards`);
      await client.merchant('POST /v1/pay-codes/lookup', {
        rule: { length: { toString: 1 } },
        code: { length: { toString: 1 } },
      });
    },
  },
];
