/** The shop accepts a webhook only where it is signed, recent, about its own order, and for the order's amount. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { fastify } from 'fastify';
import { Webhook as Signer } from 'standardwebhooks';
import type { Webhook } from '#contract';
import { createJournal } from '../../../demo/journal.ts';
import { createOrderBook } from '../../../demo/shop/order-book.ts';
import { webhookRoute } from '../../../demo/shop/webhook-route.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

async function shop() {
  const orders = createOrderBook();
  const app = fastify();
  await app.register(webhookRoute, { orders, journal: createJournal(), webhookSecret: secret });
  const order = orders.place({ title: 'The Patient Garden', amount: 2500, currency: 'PLN' });
  order.payment = { id: 'pay_1', clientSecret: 'cs', pluginUrl: 'https://pay.example/plugin/?merchant=demo#cs' };
  const send = (body: string, { id = 'evt_1', at = new Date(), signedAs = body } = {}) =>
    app.inject({
      method: 'POST',
      url: '/webhooks',
      body,
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
        'webhook-signature': new Signer(secret).sign(id, at, signedAs),
      },
    });
  return { order, send };
}

const webhook = (orderId: string, change: Partial<Webhook> = {}, payment: Partial<Webhook['data']['payment']> = {}): string =>
  JSON.stringify({
    type: 'payment.succeeded',
    timestamp: '2026-11-21T21:48:00.000Z',
    sequence: 1,
    data: { payment: { ...paid, orderId, ...payment } },
    ...change,
  } satisfies Webhook);

const paid: Webhook['data']['payment'] = {
  id: 'pay_1',
  version: 3,
  reference: 'PD-AAAA-BBBB',
  orderId: '',
  label: 'reader',
  description: null,
  status: 'succeeded',
  test: true,
  amount: 2500,
  discount: 0,
  discountCode: null,
  due: 2500,
  amountPaid: 2500,
  amountRefunded: 0,
  currency: 'PLN',
  paidLate: false,
  methods: ['pay_code'],
  method: 'pay_code',
  createdAt: '2026-11-21T21:40:00.000Z',
  expiresAt: '2026-11-21T22:40:00.000Z',
  paidAt: '2026-11-21T21:48:00.000Z',
  returnUrls: {},
  metadata: {},
  attempts: [],
  evidence: [],
  decisions: [],
  refunds: [],
};

describe('webhooks for a server of the developer’s own', () => {
  let status = 200;
  const own = createServer((_request, response) => void response.writeHead(status).end('not for anybody else'));
  const printed: string[] = [];
  const app = fastify();
  let webhookTo = '';
  before(async () => {
    own.listen(0, '127.0.0.1');
    await once(own, 'listening');
    webhookTo = `http://127.0.0.1:${(own.address() as AddressInfo).port}/webhooks`;
    const print = (line: string) => void printed.push(line);
    const deps = { orders: createOrderBook(), journal: createJournal(), webhookSecret: secret };
    await app.register(webhookRoute, { ...deps, webhookTo: `${webhookTo}?key=hidden`, print });
    await app.listen({ host: '127.0.0.1', port: 0 });
  });
  after(async () => {
    own.close();
    await app.close();
  });
  const send = async () => {
    const [body, at] = [webhook('NB-1'), new Date()];
    const headers = {
      'content-type': 'application/json',
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Signer(secret).sign('evt_1', at, body),
    };
    return fetch(`${app.listeningOrigin}/webhooks`, { method: 'POST', body, headers });
  };

  it('have its answer, and a line in the terminal where it has not taken them', async () => {
    for (status of [200, 202, 400, 410, 503]) {
      const answer = await send();
      assert.deepEqual([answer.status, await answer.text()], [status, '']);
    }
    assert.deepEqual(
      printed.splice(0),
      [400, 410, 503].map(
        (one) => `  Webhook payment.succeeded to ${webhookTo}: ${one}. It comes again until the answer is 2xx.`,
      ),
    );
  });

  it('have no answer where nothing listens, and the terminal says so', async () => {
    own.close();
    own.closeAllConnections();
    await assert.rejects(send(), /fetch failed/);
    assert.match(printed.join(), /: no answer\. It comes again/);
  });
});

describe('webhooks at the shop', () => {
  it('mark an order as paid, once', async () => {
    const { order, send } = await shop();
    assert.equal(order.status, 'awaiting_payment');
    assert.equal((await send(webhook(order.id))).statusCode, 204);
    assert.equal(order.status, 'paid');
    const { paidAt } = order;
    assert.equal((await send(webhook(order.id))).statusCode, 204, 'a repetition is taken, or it would come for ever');
    assert.equal(order.webhooks.length, 1);
    assert.equal(order.paidAt, paidAt);
  });

  it('are refused when the signature is of other bytes', async () => {
    const { order, send } = await shop();
    const body = webhook(order.id);
    assert.equal((await send(body, { signedAs: `${body} ` })).statusCode, 400);
    assert.equal((await send(body.replace('"test":true', '"test":false'), { signedAs: body })).statusCode, 400);
    assert.equal(order.status, 'awaiting_payment');
    assert.deepEqual(order.webhooks, []);
  });

  it('are refused when they are old, because they may be a replay', async () => {
    const { order, send } = await shop();
    assert.equal((await send(webhook(order.id), { at: new Date(Date.now() - 10 * 60_000) })).statusCode, 400);
    assert.equal(order.status, 'awaiting_payment');
  });

  it('are refused when they are not JSON', async () => {
    const { order, send } = await shop();
    assert.equal((await send('{"type":')).statusCode, 400);
    assert.equal(order.status, 'awaiting_payment');
  });

  it('may overtake each other: an older one does not undo a newer', async () => {
    const { order, send } = await shop();
    await send(webhook(order.id, { type: 'payment.refunded', sequence: 2 }), { id: 'evt_2' });
    await send(webhook(order.id, { sequence: 1 }), { id: 'evt_1' });
    assert.equal(order.status, 'refunded');
    assert.equal(order.webhooks.length, 2);
  });

  for (const [what, payment] of [
    ['another sum', { amount: 1, due: 1, amountPaid: 1 }],
    ['another currency', { currency: 'MMK' }],
    ['less than was due', { amountPaid: 2499 }],
  ] as const) {
    it(`about ${what} do not mark an order as paid`, async () => {
      const { order, send } = await shop();
      assert.equal((await send(webhook(order.id, {}, payment))).statusCode, 204);
      assert.equal(order.status, 'in_review');
      assert.equal(order.paidAt, null);
    });
  }

  it('about a payment that is not the order’s own change nothing', async () => {
    const { order, send } = await shop();
    assert.equal((await send(webhook(order.id, {}, { id: 'pay_of_somebody_else' }))).statusCode, 204);
    assert.equal(order.status, 'awaiting_payment');
  });

  it('of an unknown type are accepted and change nothing', async () => {
    const { order, send } = await shop();
    const body = webhook(order.id).replace('payment.succeeded', 'payment.blessed');
    assert.equal((await send(body)).statusCode, 204);
    assert.equal(order.status, 'awaiting_payment');
  });
});
