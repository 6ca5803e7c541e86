/** One call starts the whole demo, payments pass through all of it, and one call ends it. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import type { PaymentView } from '#contract';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { freePortBase } from '../support/port-base.ts';
import { waitFor } from '../support/wait-for.ts';

describe('the demo', () => {
  let demo: Demo;
  before(async () => {
    demo = await startDemo({ portBase: 0 });
  });
  after(() => demo.close());

  const shop = (path: string, init?: RequestInit) => fetch(new URL(path, demo.urls.qa), init);
  const post = (path: string, body: object) =>
    shop(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const newOrder = (order: object): Promise<Response> => post('/orders', order);

  /** The client secret, as the customer's browser gets it: in the checkout page. */
  const secretOf = async (orderId: string): Promise<string> => {
    const page = await (await shop(`/shop/checkout/${orderId}`)).text();
    return /data-client-secret="([^"]+)"/.exec(page)?.[1] ?? assert.fail('no client secret on the page');
  };
  const ask = (clientSecret: string, path: string, body: object) =>
    fetch(`${demo.urls.bff}/checkout/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${clientSecret}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
        origin: new URL(demo.urls.qa).origin,
      },
      body: JSON.stringify(body),
    });
  const pay = (clientSecret: string, code: string) => ask(clientSecret, 'pay-code', { code });
  const checkout = async (clientSecret: string, path: string, body: object) =>
    (await (await ask(clientSecret, path, body)).json()) as PaymentView;

  it('shows its pages, each under a strict policy', async () => {
    for (const path of ['/', '/shop', '/shop/payme-offer']) {
      const page = await shop(path);
      assert.equal(page.status, 200);
      assert.match(page.headers.get('content-type') ?? '', /text\/html/);
      assert.match(page.headers.get('content-security-policy') ?? '', /require-trusted-types-for 'script'/);
      assert.doesNotMatch(page.headers.get('content-security-policy') ?? '', /unsafe/);
    }
    assert.equal((await shop('/shop/orders/NB-NOSUCHONE')).status, 404);
  });

  it('notifies the shop of a payment by a webhook, and only then the order is paid', async () => {
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
    it(`sells in ${currency} for codes of ${currency}, and for no others`, async () => {
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

  for (const [walletType, currency] of [
    ['wavepay', 'MMK'],
    ['nagad', 'BDT'],
    ['bkash', 'BDT'],
    ['easypaisa', 'PKR'],
    ['jazzcash_business', 'PKR'],
    ['upi_l', 'INR'],
    ['sinpemovil', 'CRC'],
  ] as const) {
    it(`sells by ${walletType}: a transfer, submitted by its number, pays once, with a signed postback`, async () => {
      const order = (await (await newOrder({ amount: 600_000, currency })).json()) as OrderView;
      const secret = await secretOf(order.id);
      const { nextAction } = await checkout(secret, 'wallet', { walletType });
      assert.ok(nextAction.kind === 'transfer' && nextAction.requisites[0]);
      const transfer = { wallet: walletType, identifier: nextAction.requisites[0].value, amount: 6000, currency };
      const { transaction_number: transactionNumber } = (await (await post('/qa/paykassma/transfers', transfer)).json()) as {
        transaction_number: string;
      };
      assert.equal((await checkout(secret, 'wallet/transaction', { transactionNumber })).status, 'succeeded');
      const { webhooks } = await waitFor(async () => {
        const seen = (await (await shop(`/orders/${order.id}`)).json()) as OrderView;
        return seen.status === 'paid' && seen;
      });
      assert.deepEqual(
        webhooks.map(({ type, amountPaid }) => [type, amountPaid]),
        [['payment.succeeded', 600_000]],
      );
      const delivered = await waitFor(async () => {
        const sent = demo.paykassma.ledger().postbacks.at(-1);
        return sent?.tries.some(({ ok }) => ok) ? sent : null;
      });
      assert.deepEqual(
        delivered.tries.map(({ status, ok }) => [status, ok]),
        [[200, true]],
      );
    });
  }

  it('sells by card in UZS: a card confirmed by SMS is charged once; a saved one is offered for the next order', async () => {
    const buy = async () => (await (await newOrder({ amount: 500_000, currency: 'UZS' })).json()) as OrderView;
    const order = await buy();
    const secret = await secretOf(order.id);
    const card = { number: '8600 0691 9540 6311', expire: '03/99', phone: '+998 90 123 45 67', save: true };
    assert.equal((await checkout(secret, 'card', card)).nextAction.kind, 'enter_card_code');
    const [sms] = demo.payme.ledger().sms;
    const code = /\d{6}/.exec(sms?.text ?? '')?.[0] ?? assert.fail('no SMS');
    assert.equal((await checkout(secret, 'card/code', { code })).status, 'succeeded');
    const { webhooks } = await waitFor(async () => {
      const seen = (await (await shop(`/orders/${order.id}`)).json()) as OrderView;
      return seen.status === 'paid' && seen;
    });
    assert.deepEqual(
      webhooks.map(({ type, amountPaid }) => [type, amountPaid]),
      [['payment.succeeded', 500_000]],
    );
    assert.deepEqual(
      demo.payme.ledger().payments.map(({ amount, card }) => [amount, card]),
      [[500_000, '6311']],
    );

    const next = await secretOf((await buy()).id);
    const saved = await waitFor(async () => {
      const { nextAction } = await checkout(next, 'recheck', {});
      const ways = nextAction.kind === 'choose' ? nextAction.options : [];
      return ways.find((way) => way.kind === 'enter_card')?.saved[0];
    });
    assert.match(saved.number, /6311$/);
    // After a reset that customer has no saved card.
    await post('/qa/reset', {});
    const { nextAction } = await checkout(next, 'recheck', {});
    assert.doesNotMatch(JSON.stringify(nextAction), /6311/);
  });

  it('sells its book in UZS on the shop’s pages too', async () => {
    assert.match(await (await shop('/shop')).text(), /25\.00 PLN.*currency=UZS/s);
    assert.match(await (await shop('/shop?currency=UZS')).text(), /class="price">5,000 UZS/);
    const bought = await shop('/shop/buy', { method: 'POST', body: new URLSearchParams({ currency: 'UZS' }) });
    assert.match(await bought.text(), /5,000 UZS/);
  });

  it('keeps the client secret out of everything that is public', async () => {
    const order = (await (await newOrder({ amount: 2500, currency: 'PLN' })).json()) as OrderView;
    const secret = await secretOf(order.id);
    for (const path of [`/orders/${order.id}`, '/qa/journal?after=0', `/shop/orders/${order.id}`]) {
      assert.ok(!(await (await shop(path)).text()).includes(secret), path);
    }
  });

  it('returns why a payment cannot be created', async () => {
    const refused = await newOrder({ amount: 600_000, currency: 'EUR' });
    assert.equal(refused.status, 502);
    assert.match(await refused.text(), /method_unavailable/);
    assert.equal((await newOrder({ amount: 12.5, currency: 'PLN' })).status, 422);
  });

  it('lets the QA page call the simulators’ control routes, and nothing else of them', async () => {
    const order = (path: string) => post(path, { advanceMs: 1000 });
    for (const name of ['paycodes', 'paykassma', 'payme']) {
      assert.equal((await order(`/qa/${name}/clock`)).status, 200);
      assert.equal((await shop(`/qa/${name}/ledger`)).status, 200);
      assert.equal((await order(`/qa/${name}/ledger`)).status, 404);
      assert.equal((await order(`/qa/${name}/..%2f`)).status, 404);
      assert.equal((await order(`/qa/${name}/api/v1/transaction/create/wavepay`)).status, 404);
    }
    assert.equal((await order('/qa/paycodes/transfers')).status, 404);
    assert.equal((await order('/qa/payme/sms')).status, 404);
  });

  it('ends on demand', async () => {
    const other = await startDemo({ portBase: 0 });
    await other.close();
    for (const url of Object.values(other.urls)) await assert.rejects(fetch(url), /fetch failed/);
  });

  for (const [whose, offset] of [
    ['BFF', 0],
    ['shop', 1],
    ['operators', 90],
  ] as const)
    it(`says which port is taken, and how to move all: that of the ${whose}`, async () => {
      const portBase = await freePortBase();
      const taken = createServer().listen(portBase + offset, '127.0.0.1');
      await once(taken, 'listening');
      try {
        await assert.rejects(startDemo({ portBase }), {
          message: `Port ${portBase + offset} is taken; PORT_BASE=5000 before the command moves all ports.`,
        });
      } finally {
        taken.close();
      }
    });
});
