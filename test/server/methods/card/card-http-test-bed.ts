/**
 * The whole server over HTTP with merchants that sell by card, and a Payme simulator. Logs, answers and the database can be
 * searched.
 */
import assert from 'node:assert/strict';
import { createPaymeSimulator } from '../../../../demo/simulators/payme/simulator.ts';
import type { CreatedPayment, Payment, PaymentView, ProblemDetails } from '../../../../server/contract/index.ts';
import { apiKeyScopes, hashKey } from '../../../../server/payments/model/access-keys.ts';
import type { Clock } from '../../../../server/payments/model/ports.ts';
import { manyCards } from '../../../support/card-test-bed.ts';
import { silentPayCode, startTestServer, testMerchant } from '../../../support/test-server.ts';

/** The view, or the problem with the fresh view in it. */
export type Answer = PaymentView & Partial<Pick<ProblemDetails, 'code' | 'view'>>;

/** Secrets that must be stored and logged nowhere. */
export const planted = {
  cashbox: { id: '0123456789abcdef01234567', key: 'planted/cashbox+key=1' },
  number: '8600 0691 9540 6311',
  expire: '03 / 99',
  wrongCode: '73916482',
};
const keys = { shop: 'sk_test_card_shop', rival: 'sk_test_card_rival', direct: 'sk_test_card_direct' };

/** @param sellers The merchants that there are; all of them share one cashbox. */
export async function createCardHttpTestBed(
  clock?: Clock,
  limits: object = {},
  sellers: readonly (keyof typeof keys)[] = ['shop', 'rival', 'direct'],
) {
  const answers: string[] = [];
  const payme = await createPaymeSimulator({ cashbox: planted.cashbox, settings: { cancelMs: 1, cardInGetAll: 'full' } });
  const { id: cashboxId, key } = planted.cashbox;
  const card = { url: payme.url, cashboxId, key, limits: { ...manyCards, ...limits } };
  const merchants = sellers.map((id) =>
    testMerchant(id, keys[id], {
      apiKeys: [{ name: 'shop', hash: hashKey(keys[id]), scopes: [...apiKeyScopes] }],
      methods: { payCode: silentPayCode, card: id === 'direct' ? { ...card, transport: 'direct' } : card },
    }),
  );
  const { server, folder, lines, close } = await startTestServer(merchants, clock);

  async function call<T>(method: string, path: string, bearer: string, body?: object, more: Record<string, string> = {}) {
    const headers = { authorization: `Bearer ${bearer}`, ...(body && { 'content-type': 'application/json' }), ...more };
    const response = await fetch(server.address + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    const text = await response.text();
    answers.push(text);
    if (response.status >= 400) assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
    return { status: response.status, body: JSON.parse(text) as T };
  }

  let orders = 0;
  async function create(own: object = {}, whose: keyof typeof keys = 'shop') {
    orders += 1;
    const phone = '998901304527';
    const order = { amount: 500_000, currency: 'UZS', orderId: `order-${orders}`, label: 'customer', phone, ...own };
    const once = { 'idempotency-key': `create-${orders}` };
    const { body } = await call<CreatedPayment>('POST', '/v1/payments', keys[whose], order, once);
    const secret = body.clientSecret;
    const post = (path: string, body: object = {}, more = {}) => call<Answer>('POST', `/checkout/${path}`, secret, body, more);
    const { number, expire } = planted;
    return {
      id: body.payment.id,
      secret,
      post,
      card: (fields: object = {}, more = {}) => post('card', { number, expire, ...fields }, more),
      code: (code = '666 666', more = {}) => post('card/code', { code }, more),
      view: (query = '') => call<Answer>('GET', `/checkout${query}`, secret),
      forget: (cardId: string) => call<Answer>('DELETE', `/checkout/card/saved/${cardId}`, secret),
    };
  }

  return {
    payme,
    folder,
    lines,
    answers,
    call,
    create,
    async pay(own: object = {}, cardFields: object = {}) {
      const payment = await create(own);
      await payment.card(cardFields);
      assert.equal((await payment.code()).body.status, 'succeeded');
      return payment;
    },
    merchant: <T = Payment & { code?: string }>(method: string, path: string, body?: object, whose: keyof typeof keys = 'shop') =>
      call<T>(method, `/v1/${path}`, keys[whose], body),
    control: (path: string, body: object) =>
      fetch(`${payme.origin}/_/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    calls: (method?: string) => payme.ledger().calls.filter((one) => !method || one.method === method).length,
    async close(): Promise<void> {
      await close();
      await payme.close();
    },
  };
}

export type CardHttpTestBed = Awaited<ReturnType<typeof createCardHttpTestBed>>;
