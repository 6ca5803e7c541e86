/** The whole server over HTTP, with a PayCodes simulator: what a merchant's server and a customer's page can do. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../demo/simulators/paycodes/simulator.ts';
import type { CreatedPayment, PaymentView, ProblemDetails } from '../../server/contract/index.ts';
import { apiKeyScopes, hashKey } from '../../server/payments/model/access-keys.ts';
import { enterRules, startTestServer, type TestServer, testMerchant, webhookSecret } from '../support/test-server.ts';
import type { Description } from './fuzz/draw-request.ts';
import type { Random } from './fuzz/random.ts';
import { sample } from './fuzz/sample.ts';

const shopPage = 'https://shop.example';
const keys = { shop: 'sk_test_shop_key', rival: 'sk_test_rival_key' };
let simulator: PayCodesSimulator;
let server: TestServer['server'];
let folder: string;
let lines: TestServer['lines'];
let close: TestServer['close'];

before(async () => {
  simulator = await createPayCodesSimulator();
  const auth = { type: 'bearer', key: simulator.key } as const;
  const merchants = Object.entries(keys).map(([id, key]) =>
    testMerchant(id, key, {
      apiKeys: [{ name: 'all', hash: hashKey(key), scopes: [...apiKeyScopes] }],
      allowedOrigins: [id === 'shop' ? shopPage : 'https://rival.example'],
      methods: { payCode: { url: String(simulator.url), auth, rules: enterRules('PLN') } },
    }),
  );
  ({ server, folder, lines, close } = await startTestServer(merchants));
});
after(async () => {
  await close();
  await simulator.close();
});

type Init = { method?: string; headers?: Record<string, string>; body?: unknown };
async function call<T>(path: string, { body, headers, ...init }: Init = {}) {
  const json =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } };
  const response = await fetch(server.address + path, { headers: headers ?? {}, ...init, ...json });
  return { status: response.status, headers: response.headers, body: (await response.json()) as T };
}

/** Of each choice the first, of each number one that is not 0, and no field that may be missing. */
const plainest: Random = { below: (limit) => Math.min(100, limit - 1), oneIn: () => false, pick: ([first]) => first as never };

let orders = 0;
const order = () => {
  orders += 1;
  return { amount: 2500, currency: 'PLN', orderId: `order-${orders}`, label: 'customer' };
};
const asMerchant = (key = keys.shop) => ({ authorization: `Bearer ${key}` });
const create = (body: unknown, key = crypto.randomUUID() as string) =>
  call<CreatedPayment & ProblemDetails>('/v1/payments', {
    method: 'POST',
    body,
    headers: { ...asMerchant(), 'idempotency-key': key },
  });
const asCustomer = (secret: string) => ({ authorization: `Bearer ${secret}`, origin: shopPage });
const submit = <T = PaymentView>(secret: string, code: unknown, headers = {}) =>
  call<T>('/checkout/pay-code', {
    method: 'POST',
    body: { code },
    headers: { ...asCustomer(secret), ...headers },
  });

describe('a payment', () => {
  it('is created by the merchant, paid by the customer with a code, and read by both', async () => {
    const { status, body } = await create(order());
    assert.equal(status, 201);
    assert.match(body.pluginUrl, /^https:\/\/pay\.example\/plugin\/\?merchant=shop#cs_/);
    const view = await call<PaymentView>('/checkout', { headers: asCustomer(body.clientSecret) });
    assert.equal(view.body.nextAction.kind, 'enter_code');
    assert.equal(view.headers.get('access-control-allow-origin'), shopPage);
    const paid = await submit(body.clientSecret, ' good-0001 ');
    assert.deepEqual([paid.status, paid.body.status], [200, 'succeeded'], JSON.stringify(paid.body));
    const read = await call<{ status: string; evidence: unknown[] }>(`/v1/payments/${body.payment.id}`, {
      headers: asMerchant(),
    });
    assert.deepEqual([read.body.status, read.body.evidence.length], ['succeeded', 1]);
  });

  it('returns why a code is declined, with the fresh view', async () => {
    const { body } = await create(order());
    const refused = await submit<ProblemDetails>(body.clientSecret, 'USED0001');
    assert.deepEqual([refused.status, refused.body.code, refused.body.view?.status], [409, 'code_used', 'open']);
    assert.equal(refused.body.reference, body.payment.reference);
  });

  it('can be canceled after a declined code, and that answer is no decline', async () => {
    const { body } = await create(order());
    await submit(body.clientSecret, 'USED0001');
    for (const [route, status] of [
      ['recheck', 'open'],
      ['abandon', 'open'],
      ['cancel', 'canceled'],
    ]) {
      const headers = asCustomer(body.clientSecret);
      const answer = await call<PaymentView>(`/checkout/${route}`, { method: 'POST', body: {}, headers });
      assert.deepEqual([answer.status, answer.body.status], [200, status], route);
    }
  });

  it('can be followed by long poll: the answer comes when something has changed', async () => {
    const { body } = await create(order());
    const { version } = (await call<PaymentView>('/checkout', { headers: asCustomer(body.clientSecret) })).body;
    const following = call<PaymentView>(`/checkout?since=${version}&wait=20`, { headers: asCustomer(body.clientSecret) });
    await call(`/v1/payments/${body.payment.id}/cancel`, { method: 'POST', headers: asMerchant() });
    assert.equal((await following).body.status, 'canceled');
  });

  it('cannot be read with another key, from another page, or by its id alone', async () => {
    const { body } = await create(order());
    assert.equal((await call(`/v1/payments/${body.payment.id}`, { headers: asMerchant(keys.rival) })).status, 404);
    assert.equal((await submit(body.clientSecret, 'GOOD0002', { origin: 'https://rival.example' })).status, 404);
    assert.equal((await call('/checkout', { headers: asCustomer(body.payment.id) })).status, 404);
  });

  it('needs an Idempotency-Key, which creates one payment however often it is sent', async () => {
    const body = order();
    const bare = await call<ProblemDetails>('/v1/payments', { method: 'POST', body, headers: asMerchant() });
    assert.deepEqual([bare.status, bare.body.code], [400, 'invalid_request']);
    const [first, again] = [await create(body, 'key-1'), await create(body, 'key-1')];
    assert.equal(first.body.payment.id, again.body.payment.id);
    const other = await create({ ...body, amount: 1 }, 'key-1');
    assert.deepEqual([other.status, other.body.code], [422, 'idempotency_conflict']);
  });
});

describe('the real routes', () => {
  it('are all in the OpenAPI document', async () => {
    const { body } = await call<{ paths: Record<string, object> }>('/openapi.json');
    const routes = Object.entries(body.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    assert.deepEqual(routes.sort(), [
      'delete /checkout/card/saved/{id}',
      'delete /checkout/discount',
      'delete /v1/customers/{label}/cards/{id}',
      'get /checkout',
      'get /v1/customers/{label}/cards',
      'get /v1/events',
      'get /v1/events/replays/{id}',
      'get /v1/events/{id}',
      'get /v1/payments',
      'get /v1/payments/{id}',
      'get /v1/receipts',
      'patch /v1/payments/{id}',
      'post /checkout/abandon',
      'post /checkout/cancel',
      'post /checkout/card',
      'post /checkout/card/code',
      'post /checkout/card/resend',
      'post /checkout/card/saved',
      'post /checkout/card/token',
      'post /checkout/link',
      'post /checkout/pay-code',
      'post /checkout/recheck',
      'post /checkout/reversed-sms/start',
      'post /checkout/sms-code/start',
      'post /checkout/wallet',
      'post /checkout/wallet/screenshot',
      'post /checkout/wallet/transaction',
      'post /v1/events/replay',
      'post /v1/events/test',
      'post /v1/events/{id}/replay',
      'post /v1/pay-codes',
      'post /v1/pay-codes/batch',
      'post /v1/pay-codes/batches/{id}/acknowledge',
      'post /v1/pay-codes/lookup',
      'post /v1/payments',
      'post /v1/payments/{id}/accept',
      'post /v1/payments/{id}/cancel',
      'post /v1/payments/{id}/dispose',
      'post /v1/payments/{id}/fiscal-receipt',
      'post /v1/payments/{id}/recheck',
      'post /v1/payments/{id}/refund',
      'post /v1/payments/{id}/reopen',
      'post /v1/payments/{id}/resolve',
      'post /v1/payments/{id}/send-receipt',
    ]);
  });

  it('of one payment do not know a payment of another merchant, and change nothing of it', async () => {
    const { body: created } = await create(order());
    const { id } = created.payment;
    const version = async () => (await call<{ version: number }>(`/v1/payments/${id}`, { headers: asMerchant() })).body.version;
    const before = await version();
    const { body: description } = await call<Description>('/openapi.json');
    const requests = Object.entries(description.paths)
      .filter(([path]) => path.startsWith('/v1/payments/{id}'))
      .flatMap(([path, operations]) =>
        Object.entries(operations).map(([method, { requestBody }]) => {
          const schema = requestBody?.content['application/json']?.schema;
          const body = schema && sample(schema, plainest, description.components.schemas);
          return { path: path.replace('{id}', id), method: method.toUpperCase(), body };
        }),
      );
    assert.ok(requests.length > 8, String(requests.length));
    const ask = ({ path, method, body }: (typeof requests)[number], key: string) =>
      call<ProblemDetails>(path, { method, body, headers: { ...asMerchant(key), 'idempotency-key': crypto.randomUUID() } });
    for (const request of requests) {
      const { status, body } = await ask(request, keys.rival);
      assert.deepEqual([status, body.code], [404, 'not_found'], `${request.method} ${request.path}: ${JSON.stringify(body)}`);
    }
    assert.equal(await version(), before);
    // The same requests reach the payment with the key of its own merchant.
    for (const request of requests) assert.notEqual((await ask(request, keys.shop)).status, 404, request.path);
  });

  it('never answer an invalid body with a 5xx, and change nothing by it', async () => {
    const { body: created } = await create(order());
    const targets: [path: string, headers: Record<string, string>][] = [
      ['/v1/payments', { ...asMerchant(), 'idempotency-key': 'fuzz' }],
      ['/v1/payments', asMerchant()],
      ['/checkout/pay-code', asCustomer(created.clientSecret)],
      ['/checkout/recheck', asCustomer(created.clientSecret)],
    ];
    const odd = fc.oneof(
      fc.jsonValue(),
      fc.record({ code: fc.jsonValue() }),
      fc.record({ amount: fc.jsonValue(), code: fc.string() }),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...targets), odd, async ([path, headers], body) => {
        const { status } = await call(path, { method: 'POST', body, headers });
        assert.ok(status < 500, `${status}`);
      }),
      { numRuns: 200 },
    );
    const view = await call<PaymentView>('/checkout', { headers: asCustomer(created.clientSecret) });
    assert.deepEqual([view.body.status, view.body.amountPaid], ['open', 0]);
  });
});

it('leaves no code, secret or key in clear, in no log line and in no file of the database', async () => {
  const { body } = await create(order());
  await submit(body.clientSecret, 'GOOD0003', { 'idempotency-key': 'idem-planted-1' });
  await submit(body.clientSecret, 'WRONG999');
  const planted = ['GOOD0003', 'WRONG999', body.clientSecret, keys.shop, simulator.key, webhookSecret, 'idem-planted-1'];
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  assert.ok(files.length > 0 && lines.length > 50);
  for (const secret of planted) {
    assert.ok(!lines.some((line) => line.includes(secret)), 'a log line holds a secret');
    assert.ok(!files.some((file) => file.includes(secret)), 'a file of the database holds a secret');
  }
});
