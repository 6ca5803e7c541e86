/** The routes of the QA page: the BFF's clock, refunds by the shop, and the proxy that injects faults. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { PaymentView } from '#contract';
import type { OrderView } from '../../../demo/page/qa-api.ts';
import { type Demo, startDemo } from '../../../demo/start-demo.ts';
import { loadConfig } from '../../../server/config.ts';
import { waitFor } from '../../support/wait-for.ts';

describe('the QA page’s server', () => {
  let demo: Demo;
  let order: OrderView;
  let secret: string;

  before(async () => {
    demo = await startDemo({ portBase: 0 });
  });
  after(() => demo.close());
  beforeEach(async () => {
    assert.equal((await post('/qa/reset')).status, 200);
    await buy({ amount: 2500, currency: 'PLN' });
  });

  async function buy(wanted: object): Promise<void> {
    order = (await (await post('/orders', wanted)).json()) as OrderView;
    const page = await (await fetch(new URL(`/shop/checkout/${order.id}`, demo.urls.qa))).text();
    secret = /data-client-secret="([^"]+)"/.exec(page)?.[1] ?? assert.fail('no client secret on the page');
  }

  const post = (path: string, body: object = {}) =>
    fetch(new URL(path, demo.urls.qa), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const ask = (base: string, path = 'checkout', init: RequestInit = {}) =>
    fetch(`${base}/${path}`, {
      ...init,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    });
  const view = async (base = demo.urls.bff) => (await (await ask(base)).json()) as PaymentView;
  const line = () => new URL('/qa/line', demo.urls.qa).href;
  const untilWebhook = (type: string) =>
    waitFor(async () => {
      const seen = (await (await fetch(new URL(`/orders/${order.id}`, demo.urls.qa))).json()) as OrderView;
      return seen.webhooks.some((webhook) => webhook.type === type);
    });

  it('moves the clock of the payments; a long poll is answered, and the shop can verify the webhook', async () => {
    const { version } = await view();
    const following = ask(demo.urls.bff, `checkout?since=${version}&wait=20`);
    const { aheadMs } = (await (await post('/qa/clock', { advanceMs: 86_400_000 })).json()) as { aheadMs: number };
    assert.ok(Math.abs(aheadMs - 86_400_000) < 1_000);
    assert.equal(((await (await following).json()) as PaymentView).status, 'expired');
    await untilWebhook('payment.expired');
  });

  it('refuses an invalid move of the clock', async () => {
    for (const body of [{}, { advanceMs: 'soon' }, { advanceMs: 1, aheadMs: 1 }, { advanceMs: 1e15 }])
      assert.equal((await post('/qa/clock', body)).status, 422);
    assert.equal((await view()).status, 'open');
  });

  it('lets the shop refund what was paid by card, and nothing else', async () => {
    const refund = async () => (await (await post(`/orders/${order.id}/refund`)).json()) as { status: number };
    assert.equal((await refund()).status, 409);
    assert.equal((await view()).status, 'open');
    await buy({ amount: 500_000, currency: 'UZS', phone: '+998901234567' });
    const card = { number: '8600069195406311', expire: '0399' };
    await ask(demo.urls.bff, 'checkout/card', { method: 'POST', body: JSON.stringify(card) });
    await ask(demo.urls.bff, 'checkout/card/code', { method: 'POST', body: JSON.stringify({ code: '666666' }) });
    assert.equal((await post('/qa/payme/settings', { cancelMs: 1 })).status, 200);
    assert.equal((await refund()).status, 200);
    await untilWebhook('payment.refunded');
    assert.ok(demo.payme.ledger().payments.every(({ refundedAt }) => refundedAt));
  });

  it('has a proxy to the BFF that answers like the BFF itself until a fault is set', async () => {
    assert.equal((await view(line())).id, (await view()).id);
    const refused = await ask(line(), 'checkout/pay-code', { method: 'POST', body: JSON.stringify({ code: 'USED0001' }) });
    assert.equal(((await refused.json()) as { code: string }).code, 'code_used');
    await post('/qa/line', { mode: 'live' });
    assert.deepEqual([(await view(line())).test, (await view()).test], [false, true]);
    await post('/qa/line', { mode: 'unknown-secret' });
    assert.equal((await ask(line())).status, 404);
    await post('/qa/line', { mode: 'cut' });
    await assert.rejects(ask(line()), /fetch failed/);
    assert.equal((await post('/qa/line', { mode: 'nonsense' })).status, 422);
  });

  it('forwards only the routes that a customer’s browser may call', async () => {
    for (const path of ['v1/payments', 'metrics', 'checkouts', 'checkout%2f..%2fmetrics'])
      assert.equal((await ask(line(), path)).status, 404, path);
  });

  it('is not part of the BFF itself, and does not start in production', async () => {
    for (const path of ['/qa/clock', '/qa/line', '/_/clock']) assert.equal((await fetch(demo.urls.bff + path)).status, 404);
    assert.throws(() => loadConfig({ NODE_ENV: 'production' }, { demo: true }), /NODE_ENV/);
  });
});
