/** The plugin for WooCommerce, in PHP with stubs of WordPress and WooCommerce: against a running BFF and against signed webhooks. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { type Demo, startDemo } from '../../../demo/start-demo.ts';
import { minorUnitDigits } from '../../../server/contract/minor-unit-digits.ts';
import { demoKeys } from '../../../server/demo-keys.ts';
import { waitFor } from '../../support/wait-for.ts';
import { whyNoProgram } from '../../support/why-no-program.ts';
import { startWooShop, type WooShop } from './woocommerce-shop.ts';

const skip = whyNoProgram('php', '--version');
const secret = demoKeys.webhookSecret;
const otherSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const apiKey = demoKeys.apiKey;

interface Paid {
  result: string;
  redirect: string;
}
const pay = async (shop: WooShop, order: number, query = ''): Promise<Paid> =>
  (await (await fetch(`${shop.url}/pay?order=${order}${query}`)).json()) as Paid;

describe('the plugin for WooCommerce and a running BFF', { skip }, () => {
  let demo: Demo;
  let shop: WooShop;
  before(async () => {
    shop = await startWooShop();
    demo = await startDemo({ portBase: 0, origins: [shop.url], webhookTo: `${shop.url}/wc-api/pay_desk/` });
    shop.settings({ enabled: 'yes', address: demo.urls.bff, api_key: apiKey, webhook_secrets: secret });
  });
  after(async () => {
    await demo?.close();
    await shop?.close();
  });
  beforeEach(() => void shop.deeds());

  async function api<Answer>(path: string, body?: object, key: string = apiKey): Promise<Answer> {
    const response = await fetch(demo.urls.bff + path, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `${path}: ${response.status} ${response.ok ? '' : await response.text()}`);
    return (await response.json()) as Answer;
  }
  interface OfOrder {
    id: string;
    amount: number;
    label: string;
    status: string;
    returnUrls: object;
  }
  const payments = async (order: number) =>
    (await api<{ payments: OfOrder[] }>(`/v1/payments?orderId=${order}`)).payments.map(
      ({ id, amount, label, status, returnUrls }) => ({ id, amount, label, status, returnUrls }),
    );
  const enter = (redirect: string, code: string) => api('/checkout/pay-code', { code }, new URL(redirect).hash.slice(1));
  const becomes = (order: number, status: string) => waitFor(async () => shop.order(order).status === status);

  it('sends the customer to the page of the payment, and the webhook makes the order paid, once', async () => {
    const order = shop.place({ customer: 7 });
    const first = await pay(shop, order, '&user=7');
    const again = await pay(shop, order, '&user=7');
    assert.equal(first.result, 'success');
    assert.match(first.redirect, new RegExp(`^${demo.urls.bff}/plugin/\\?merchant=demo#cs_`));
    assert.match(again.redirect, /#cs_/);
    const [payment, ...more] = await payments(order);
    assert.deepEqual(more, [], 'a second payment');
    assert.ok(payment);
    assert.deepEqual([payment.amount, payment.label], [2500, 'customer-7']);
    const received = `${shop.url}/order-received/${order}?key=wc_order_${order}`;
    const fail = `${shop.url}/order-pay/${order}?key=wc_order_${order}`;
    assert.deepEqual(payment.returnUrls, { success: received, pending: received, fail });
    const keys = shop.deeds().flatMap(([what, , key]) => (what === 'http' ? [key] : []));
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1], 'the Idempotency-Key of a repetition');

    await enter(again.redirect, 'GOOD0001');
    await becomes(order, 'processing');
    const { events } = await api<{ events: { id: string; type: string }[] }>(`/v1/events?paymentId=${payment.id}`);
    const succeeded = events.find(({ type }) => type === 'payment.succeeded');
    assert.ok(succeeded);
    await api(`/v1/events/${succeeded.id}/replay`, {});
    await waitFor(async () => {
      const { deliveries } = await api<{ deliveries: unknown[] }>(`/v1/events/${succeeded.id}`);
      return deliveries.length === 2;
    });
    assert.deepEqual(
      shop.deeds().filter(([what]) => what === 'payment_complete'),
      [['payment_complete', order, payment.id]],
    );
    assert.equal(shop.order(order).transaction, payment.id);
  });

  it('lets an order whose payment was canceled be paid by another payment', async () => {
    const order = shop.place();
    await pay(shop, order);
    const [canceled] = await payments(order);
    await api(`/v1/payments/${canceled?.id}/cancel`, {});
    await becomes(order, 'failed');
    const { redirect } = await pay(shop, order);
    const now = await payments(order);
    assert.deepEqual(now.map(({ status }) => status).sort(), ['canceled', 'open']);
    await enter(redirect, 'GOOD0002');
    await becomes(order, 'processing');
    assert.equal(shop.order(order).transaction, now.find(({ status }) => status === 'open')?.id);
  });

  it('replaces the payment of an order whose total has changed, and the order stays pending', async () => {
    const order = shop.place({ total: '24.00' });
    await pay(shop, order);
    shop.change(order, { total: '25' });
    const { redirect } = await pay(shop, order);
    assert.deepEqual((await payments(order)).map(({ amount, status }) => `${amount} ${status}`).sort(), [
      '2400 canceled',
      '2500 open',
    ]);
    await enter(redirect, 'GOOD0003');
    await becomes(order, 'processing');
    assert.ok(!JSON.stringify(shop.deeds()).includes('canceled'), 'the end of the first payment changed the order');
  });

  it('refuses to start another payment after one that is paid and not known here yet', async () => {
    const order = shop.place();
    shop.settings({ enabled: 'yes', address: demo.urls.bff, api_key: apiKey, webhook_secrets: otherSecret });
    try {
      const { redirect } = await pay(shop, order);
      await enter(redirect, 'GOOD0004');
      shop.change(order, { total: '26.00' });
      assert.deepEqual(await pay(shop, order), { result: 'failure', redirect: '' });
      const [notice] = shop.deeds().filter(([what]) => what === 'notice');
      assert.match(String(notice?.[1]), /do not pay again/);
      assert.equal((await payments(order)).length, 1);
    } finally {
      shop.settings({ enabled: 'yes', address: demo.urls.bff, api_key: apiKey, webhook_secrets: secret });
    }
  });

  it('gives the saved cards of a customer to nobody who is not logged in as that customer', async () => {
    const order = shop.place({ customer: 7 });
    await pay(shop, order, '&user=8');
    assert.deepEqual(
      (await payments(order)).map(({ label }) => label),
      [`guest-of-order-${order}`],
    );
  });

  it('says that the payment cannot be started, and logs why without any key', async () => {
    const settings = { enabled: 'yes', webhook_secrets: secret };
    const cases = [
      { ...settings, address: demo.urls.bff, api_key: 'sk_test_wrong_and_secret' },
      { ...settings, address: 'http://127.0.0.1:9', api_key: apiKey },
    ];
    for (const each of cases) {
      shop.settings(each);
      assert.deepEqual(await pay(shop, shop.place()), { result: 'failure', redirect: '' });
    }
    shop.settings({ ...settings, address: demo.urls.bff, api_key: apiKey });
    assert.deepEqual(await pay(shop, shop.place({ total: '25.005' })), { result: 'failure', redirect: '' });
    assert.deepEqual(await pay(shop, shop.place({ currency: 'JPY', total: '100' })), { result: 'failure', redirect: '' });
    const deeds = shop.deeds().filter(([what]) => what !== 'http');
    assert.deepEqual(
      deeds.filter(([what]) => what === 'log').map(([, text]) => String(text).replace(/^Order \d+: /, '')),
      [
        'no payment, 401 unauthorized A valid key is needed',
        'no payment, 0  Pay Desk does not answer at http://127.0.0.1:9',
        'no payment, 0  the total is no whole number of the smallest units of the currency',
        'no payment, 409 method_unavailable no method of this merchant takes JPY',
      ],
    );
    assert.equal(deeds.filter(([what]) => what === 'notice').length, 4);
    assert.ok(!/sk_test|whsec/.test(JSON.stringify(deeds)));
  });
});

describe('the plugin for WooCommerce and a webhook', { skip }, () => {
  let shop: WooShop;
  before(async () => {
    shop = await startWooShop();
  });
  after(() => shop?.close());
  beforeEach(() => {
    shop.settings({
      enabled: 'yes',
      address: 'https://pay.example',
      api_key: apiKey,
      webhook_secrets: `${otherSecret}\n${secret}`,
    });
    shop.deeds();
  });

  /** An order that was sent to Pay Desk. */
  const sent = (order: Parameters<WooShop['place']>[0] = {}) =>
    shop.place({
      meta: { _pay_desk_payment_id: 'pay_1', _pay_desk_sequence_pay_1: '0', _pay_desk_sequence_pay_0: '0' },
      ...order,
    });
  const bodyOf = (type: string, orderId: number, sequence = 1, payment: object = {}) =>
    JSON.stringify({
      type: `payment.${type}`,
      timestamp: new Date().toISOString(),
      sequence,
      data: {
        payment: {
          ...{ id: 'pay_1', reference: 'PD-7Q4K-19TZ', orderId: String(orderId), amount: 2500, due: 2500, amountPaid: 2500 },
          ...{ amountRefunded: 0, currency: 'PLN', ...payment },
        },
      },
    });
  async function deliver(
    body: string,
    { by = secret as string, at = new Date(), headers = {}, signedBody = body } = {},
  ): Promise<number> {
    const signature = {
      'webhook-id': 'evt_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(by).sign('evt_1', at, signedBody),
    };
    const response = await fetch(`${shop.url}/wc-api/pay_desk/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signature, ...headers },
      body,
    });
    assert.equal(await response.text(), '', 'an answer has no body');
    return response.status;
  }
  const notes = () => shop.deeds().flatMap(([what, , text]) => (what === 'note' ? [String(text)] : []));

  it('answers 400 to a wrong signature, logs why, and changes nothing', async () => {
    const order = sent();
    const body = bodyOf('succeeded', order);
    const hourAgo = new Date(Date.now() - 3_600_000);
    const inAnHour = new Date(Date.now() + 3_600_000);
    const stranger = 'whsec_c3RyYW5nZXJzdHJhbmdlcnN0cmFuZ2Vyc3RyYW5nZXI=';
    assert.equal(await deliver(body, { by: stranger }), 400);
    assert.equal(await deliver(body, { signedBody: `${body} ` }), 400);
    assert.equal(await deliver(body, { at: hourAgo }), 400);
    assert.equal(await deliver(body, { at: inAnHour }), 400);
    assert.equal(await deliver(body, { headers: { 'webhook-id': 'evt_2' } }), 400);
    assert.equal(await deliver(body, { headers: { 'webhook-signature': '' } }), 400);
    assert.equal(await deliver(body, { headers: { 'webhook-timestamp': '1e9' } }), 400);
    shop.settings({ enabled: 'yes' });
    assert.equal(await deliver(body, { by: secret }), 400);
    assert.equal((await fetch(`${shop.url}/wc-api/pay_desk/`)).status, 400);
    assert.equal(shop.order(order).status, 'pending');
    assert.match(shop.deeds().join(), /^(,?log,Webhook refused: [^,]+(, or [^,]+)?,pay_desk){9}$/);
  });

  it('accepts either of two secrets', async () => {
    for (const by of [secret, otherSecret]) {
      const order = sent();
      assert.equal(await deliver(bodyOf('succeeded', order), { by }), 200);
      assert.equal(shop.order(order).status, 'processing');
    }
  });

  it('completes an order once, even if it comes several times at the same moment', async () => {
    const order = sent();
    const body = bodyOf('succeeded', order);
    const answers = await Promise.all(Array.from({ length: 6 }, () => deliver(body)));
    assert.deepEqual(new Set(answers), new Set([200]));
    assert.deepEqual(shop.deeds(), [['payment_complete', order, 'pay_1']]);
  });

  it('completes an order that was held, or had ended, or by an earlier payment of it', async () => {
    const held = sent({ status: 'on-hold' });
    const ended = sent({ status: 'cancelled' });
    const before = sent();
    assert.equal(await deliver(bodyOf('succeeded', held)), 200);
    assert.deepEqual(notes(), []);
    assert.equal(await deliver(bodyOf('succeeded', ended)), 200);
    assert.match(notes().join(), /came after the order had ended/);
    assert.equal(await deliver(bodyOf('succeeded', before, 1, { id: 'pay_0' })), 200);
    assert.deepEqual(
      [held, ended, before].map((order) => shop.order(order).status),
      ['processing', 'processing', 'processing'],
    );
    assert.equal(shop.order(before).transaction, 'pay_0');
  });

  it('holds an order of another amount or currency than what was paid', async () => {
    for (const other of [{ amount: 2499 }, { currency: 'MMK' }, { amount: 25 }]) {
      const order = sent();
      assert.equal(await deliver(bodyOf('succeeded', order, 1, other)), 200);
      assert.equal(shop.order(order).status, 'on-hold');
      assert.match(notes().join(), /the order is of another amount now/);
    }
  });

  it('holds an order with a note where a person has to look', async () => {
    for (const [type, text] of [
      ['underpaid', /^Pay Desk PD-7Q4K-19TZ: too little was paid, 0\.05 PLN of 25\.00 PLN\.$/],
      ['needs_review', /a person has to find out/],
      ['reversed', /has taken the money back/],
    ] as const) {
      const order = sent();
      assert.equal(await deliver(bodyOf(type, order, 1, { amountPaid: 5 })), 200);
      assert.equal(shop.order(order).status, 'on-hold');
      assert.match(notes().join(), text);
    }
  });

  it('leaves a delivered order, and one that was paid in another way, as it is, with a note', async () => {
    const delivered = sent({ status: 'completed', paid: '2027-01-01', transaction: 'pay_1' });
    const otherwise = sent({ status: 'processing', paid: '2027-01-01', transaction: 'cash' });
    for (const order of [delivered, otherwise]) {
      const { status } = shop.order(order);
      assert.equal(await deliver(bodyOf('needs_review', order)), 200);
      assert.equal(shop.order(order).status, status);
      assert.equal(notes().length, 1);
    }
    assert.equal(await deliver(bodyOf('succeeded', otherwise, 2)), 200);
    assert.match(notes().join(), /had been paid before/);
    assert.equal(shop.order(otherwise).transaction, 'cash');
  });

  it('ends an order only while it is pending, and only with the payment that it waits for', async () => {
    for (const type of ['canceled', 'expired']) {
      const pending = sent();
      const others = [
        sent({ status: 'on-hold' }),
        sent({ status: 'processing' }),
        sent({ method: 'cod' }),
        sent({ meta: { _pay_desk_payment_id: 'pay_2', _pay_desk_sequence_pay_1: '0' } }),
      ];
      const before = others.map((order) => shop.order(order).status);
      for (const order of [pending, ...others]) assert.equal(await deliver(bodyOf(type, order, 1, { amountPaid: 0 })), 200);
      assert.equal(shop.order(pending).status, 'failed');
      assert.deepEqual(
        others.map((order) => shop.order(order).status),
        before,
      );
      assert.equal(notes().length, 1);
    }
  });

  it('notes what was returned, and more money than was due', async () => {
    const order = sent({ status: 'processing', paid: '2027-01-01', transaction: 'pay_1' });
    assert.equal(await deliver(bodyOf('overpaid', order, 2, { amountPaid: 5000 })), 200);
    assert.equal(await deliver(bodyOf('updated', order, 3, { amountPaid: 5000, amountRefunded: 100 })), 200);
    assert.equal(await deliver(bodyOf('refunded', order, 4, { amountPaid: 5000, amountRefunded: 5000 })), 200);
    const [more, changed, returned] = notes();
    assert.match(more ?? '', /50\.00 PLN in all/);
    assert.match(changed ?? '', /Paid: 50\.00 PLN, returned: 1\.00 PLN/);
    assert.match(returned ?? '', /50\.00 PLN was returned/);
    assert.equal(shop.order(order).status, 'processing');
  });

  it('changes nothing if it is repeated or older, of another payment, or of no interest', async () => {
    const order = sent();
    assert.equal(await deliver(bodyOf('underpaid', order, 3)), 200);
    shop.change(order, { status: 'pending' });
    shop.deeds();
    assert.equal(await deliver(bodyOf('underpaid', order, 3)), 200);
    assert.equal(await deliver(bodyOf('succeeded', order, 2)), 200);
    assert.equal(await deliver(bodyOf('succeeded', order, 9, { id: 'pay_of_somebody_else' })), 200);
    assert.equal(await deliver(bodyOf('succeeded', 99_999, 9)), 200);
    assert.equal(await deliver(bodyOf('succeeded', order, 9, { orderId: `${order}-b` })), 200);
    assert.equal(await deliver(bodyOf('of_a_later_version', sent())), 200);
    assert.equal(await deliver(JSON.stringify({ type: 'test', timestamp: '', data: {} })), 200);
    assert.equal(shop.order(order).status, 'pending');
    assert.deepEqual(
      shop.deeds().map(([what, text]) => [what, text]),
      [
        ['log', 'A webhook of the payment pay_of_somebody_else, which is of no order here.'],
        ['log', 'A webhook of the payment pay_1, which is of no order here.'],
      ],
    );
  });

  it('has to come again where it could not be stored', async () => {
    for (const how of ['locked', 'broken'] as const) {
      const order = sent();
      const body = bodyOf('succeeded', order);
      shop.fail(how, true);
      assert.equal(await deliver(body), 503);
      shop.fail(how, false);
      assert.equal(await deliver(body), 200);
      assert.equal(shop.order(order).status, 'processing');
    }
  });

  it('writes nothing into a note that a browser would take for markup', async () => {
    const order = sent();
    assert.equal(await deliver(bodyOf('underpaid', order, 1, { reference: '<script>', currency: '"<b>' })), 200);
    assert.match(notes().join(), /&lt;script&gt;.*&quot;&lt;b&gt;/);
    assert.equal(await deliver(bodyOf('overpaid', order, 2, { reference: '<script>' })), 200);
    assert.match(notes().join(), /&lt;script&gt;/);
  });
});

describe('the plugin for WooCommerce, installed', { skip }, () => {
  let shop: WooShop;
  before(async () => {
    shop = await startWooShop();
  });
  after(() => shop?.close());

  interface Settings {
    html: string;
    available: boolean;
    features: Record<string, boolean>;
  }
  const field = (name: string) => `woocommerce_pay_desk_${name}`;
  async function save(values: Record<string, string>): Promise<Settings & { errors: unknown[] }> {
    shop.deeds();
    const body = new URLSearchParams(Object.entries(values).map(([name, value]) => [field(name), value]));
    const answer = (await (await fetch(`${shop.url}/settings`, { method: 'POST', body })).json()) as Settings;
    return { ...answer, errors: shop.deeds().map(([, text]) => text) };
  }

  it('is offered once it has an address, a key and a secret, and never shows key or secret again', async () => {
    const values = { enabled: 'yes', title: 'Pay', description: '', address: ' https://pay.example/ ' };
    assert.equal((await save(values)).available, false);
    assert.equal((await save({ ...values, api_key: apiKey })).available, false);
    const { html, available, features } = await save({ ...values, webhook_secrets: `${secret} ${otherSecret}` });
    assert.equal(available, true);
    assert.match(html, /value="https:\/\/pay\.example"/);
    assert.match(html, /http:\/\/127\.0\.0\.1:\d+\/wc-api\/pay_desk\//);
    for (const hidden of [apiKey, secret, otherSecret]) assert.ok(!html.includes(hidden), 'a secret is shown');
    // Empty fields keep what is stored.
    assert.equal((await save(values)).available, true);
    assert.deepEqual(features, { custom_order_tables: true, cart_checkout_blocks: false });
  });

  it('refuses an address that would send the key in the clear, and keys that are none', async () => {
    const good = { enabled: 'yes', address: 'https://pay.example', api_key: apiKey, webhook_secrets: secret };
    await save(good);
    for (const address of ['http://pay.example', 'https://pay.example/v1', 'https://user@pay.example', 'pay.example'])
      assert.deepEqual((await save({ ...good, address })).errors, [
        'The address of Pay Desk begins with https:// and has no path.',
      ]);
    const { errors, html } = await save({ ...good, api_key: 'pk_1', webhook_secrets: 'secret_1' });
    assert.deepEqual(errors, [
      'An API key of Pay Desk begins with sk_.',
      'A webhook secret is whsec_ and base64 of 24 to 64 bytes.',
    ]);
    assert.ok(!/pk_1|secret_1/.test(html));
    assert.match(html, /value="https:\/\/pay\.example"/);
  });

  it('reads totals exactly, in every currency', async () => {
    const call = async (...calls: [name: string, args: unknown[]][]) =>
      (await (await fetch(`${shop.url}/call`, { method: 'POST', body: JSON.stringify(calls) })).json()) as unknown[];
    const currencies = Intl.supportedValuesOf('currency');
    assert.deepEqual(
      await call(...currencies.map((currency): [string, unknown[]] => ['minor_units', ['12', currency]])),
      currencies.map((currency) => 12 * 10 ** minorUnitDigits(currency)),
    );
    const totals = [
      ...[
        ['25.5', 'PLN', 2550],
        ['0.29', 'PLN', 29],
        ['1.005', 'KWD', 1005],
        ['25.5000', 'PLN', 2550],
        ['100.00', 'JPY', 100],
      ],
      ...[
        ['100.5', 'JPY', null],
        ['25.005', 'PLN', null],
        ['0.00', 'PLN', null],
        ['-5', 'PLN', null],
        ['1e3', 'PLN', null],
      ],
      ...[
        ['', 'PLN', null],
        ['25,5', 'PLN', null],
        ['25\n', 'PLN', null],
      ],
    ] as const;
    assert.deepEqual(
      await call(...totals.map(([total, currency]): [string, unknown[]] => ['minor_units', [total, currency]])),
      totals.map(([, , amount]) => amount),
    );
    assert.deepEqual(
      await call(['money', [5, 'PLN']], ['money', [2550, 'PLN']], ['money', [100, 'JPY']], ['money', [1005, 'KWD']]),
      [...['0.05 PLN', '25.50 PLN', '100 JPY', '1.005 KWD']],
    );
  });
});
