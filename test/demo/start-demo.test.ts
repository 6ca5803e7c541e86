/** One call starts the whole pretend world, a payment goes through all of it, one call ends it. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { waitFor } from '../support/wait-for.ts';

describe('the demo', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ portBase: 0 });
  });
  after(() => demo.close());

  const shop = (path: string, init?: RequestInit) => fetch(new URL(path, demo.urls.qa), init);
  const newOrder = async (order: object): Promise<Response> =>
    shop('/orders', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(order) });

  /** The client secret, as the customer's browser gets it: in the checkout page. */
  const secretOf = async (orderId: string): Promise<string> => {
    const page = await (await shop(`/shop/checkout/${orderId}`)).text();
    return /data-client-secret="([^"]+)"/.exec(page)?.[1] ?? assert.fail('no client secret on the page');
  };
  const pay = (clientSecret: string, code: string) =>
    fetch(`${demo.urls.bff}/checkout/pay-code`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${clientSecret}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
        origin: new URL(demo.urls.qa).origin,
      },
      body: JSON.stringify({ code }),
    });

  it('shows its pages, each under a strict policy', async () => {
    for (const path of ['/', '/shop']) {
      const page = await shop(path);
      assert.equal(page.status, 200);
      assert.match(page.headers.get('content-type') ?? '', /text\/html/);
      assert.match(page.headers.get('content-security-policy') ?? '', /require-trusted-types-for 'script'/);
      assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /unsafe/);
    }
    assert.equal((await shop('/shop/orders/NB-NOSUCHONE')).status, 404);
  });

  it('has the shop told of a payment by a webhook, and only then believe it', async () => {
    const order = (await (await newOrder({ amount: 2500, currency: 'PLN' })).json()) as OrderView;
    assert.equal(order.status, 'awaiting_payment');
    assert.equal((await pay(await secretOf(order.id), 'GOOD0001')).status, 200);
    const paid = await waitFor(async () => {
      const seen = (await (await shop(`/orders/${order.id}`)).json()) as OrderView;
      return seen.status === 'paid' && seen;
    });
    assert.deepEqual(
      paid.webhooks.map((webhook) => webhook.type),
      ['payment.succeeded'],
    );
    assert.deepEqual(
      demo.paycodes.ledger().uses.map((use) => use.code),
      ['GOOD0001'],
    );
  });

  for (const [currency, amount, code] of [
    ['MMK', 600_000, 'MMKG0001'],
    ['UZS', 500_000, 'UZSG0001'],
  ] as const) {
    it(`sells in ${currency}, to codes of ${currency} and to no others`, async () => {
      const order = (await (await newOrder({ amount, currency })).json()) as OrderView;
      const secret = await secretOf(order.id);
      const refused = await pay(secret, 'GOOD0002');
      assert.equal(refused.status, 422);
      assert.equal(((await refused.json()) as { code: string }).code, 'code_invalid');
      assert.equal((await pay(secret, code)).status, 200);
      const { webhooks } = await waitFor(async () => {
        const seen = (await (await shop(`/orders/${order.id}`)).json()) as OrderView;
        return seen.status === 'paid' && seen;
      });
      assert.equal(webhooks.at(-1)?.type, 'payment.succeeded');
      const [first, ...others] = demo.paycodes.ledger().uses.filter((use) => use.code === code || use.code === 'GOOD0002');
      assert.deepEqual([first?.code, first?.ruleSlug, others], [code, `demo-enter-${currency.toLowerCase()}`, []]);
    });
  }

  it('keeps the client secret out of what anybody may read', async () => {
    const order = (await (await newOrder({ amount: 2500, currency: 'PLN' })).json()) as OrderView;
    const secret = await secretOf(order.id);
    for (const path of [`/orders/${order.id}`, '/qa/journal?after=0', `/shop/orders/${order.id}`]) {
      assert.ok(!(await (await shop(path)).text()).includes(secret), path);
    }
  });

  it('says why a payment cannot be made', async () => {
    const refused = await newOrder({ amount: 600_000, currency: 'EUR' });
    assert.equal(refused.status, 502);
    assert.match(await refused.text(), /method_unavailable/);
    assert.equal((await newOrder({ amount: 12.5, currency: 'PLN' })).status, 422);
  });

  it('lets the QA page reach the simulator’s switches, and nothing else of it', async () => {
    const post = (path: string) =>
      shop(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advanceMs: 1000 }) });
    assert.equal((await post('/qa/simulator/clock')).status, 200);
    assert.equal((await post('/qa/simulator/ledger')).status, 404);
    assert.equal((await post('/qa/simulator/..%2f')).status, 404);
  });

  it('ends when it is told to', async () => {
    const other = await startDemo({ portBase: 0 });
    await other.close();
    for (const url of Object.values(other.urls)) await assert.rejects(fetch(url), /fetch failed/);
  });
});
