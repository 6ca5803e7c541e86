/** Who is authenticated, and that a refusal reveals nothing. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashKey, newApiKey, usualScopes } from '../../../server/payments/model/access-keys.ts';
import { bearer, ownOrigin, rival, shop, testApp } from './test-app.ts';

const app = testApp();
const get = (url: string, headers: Record<string, string>) => app.inject({ url, headers });

describe("a merchant's server", () => {
  it('is authenticated by its API key', async () => {
    assert.deepEqual((await get('/v1/me', bearer(shop.key))).json(), { id: 'shop' });
    assert.deepEqual((await get('/v1/me', { authorization: `bearer ${rival.key}` })).json(), { id: 'rival' });
  });

  it('is refused with anything else', async () => {
    const strange = [
      'Bearer sk_live_other',
      `Basic ${shop.key}`,
      'Bearer',
      `Bearer ${shop.key}x`,
      `Bearer ${shop.secret}`,
      shop.key,
      '',
    ];
    for (const authorization of strange) {
      const response = await get('/v1/me', { authorization });
      assert.deepEqual([response.statusCode, response.json().code], [401, 'unauthorized'], authorization);
      assert.equal(response.headers['www-authenticate'], 'Bearer');
    }
    assert.equal((await get('/v1/me', {})).statusCode, 401);
  });

  it('cannot use a test key for a live merchant', async () => {
    const crossed = testApp({
      config: { merchants: [{ ...merchantOf(rival.key), test: false }] },
    });
    assert.equal((await crossed.inject({ url: '/v1/me', headers: bearer(rival.key) })).statusCode, 401);
  });

  it('cannot use a live key that could be guessed, and is told what is wrong with it; the demo accepts its own', async () => {
    const merchants = [{ ...merchantOf('sk_live_1234'), test: false }];
    const answer = await testApp({ config: { merchants } }).inject({ url: '/v1/me', headers: bearer('sk_live_1234') });
    assert.deepEqual([answer.statusCode, answer.json().code], [401, 'unauthorized']);
    assert.equal(answer.json().detail, 'expected an API key with at least 32 characters after sk_live_');
    const demo = testApp({ config: { merchants, demo: true } });
    assert.equal((await demo.inject({ url: '/v1/me', headers: bearer('sk_live_1234') })).statusCode, 200);
  });

  it('may do only what its key is for, and is told which scope is missing', async () => {
    const key = newApiKey(false);
    const apiKeys = [{ name: 'back office', hash: hashKey(key), scopes: ['codes', 'events'] as const }];
    const narrow = testApp({ config: { merchants: [{ ...merchantOf(key), test: false, apiKeys: [...apiKeys] }] } });
    const answer = await narrow.inject({ url: '/v1/me', headers: bearer(key) });
    assert.deepEqual([answer.statusCode, answer.json().code], [403, 'forbidden']);
    assert.equal(answer.json().detail, 'this API key lacks the scope payments');
  });

  it('has no route that forgot to name its scope: the server does not start', async () => {
    const app = testApp({ merchantRoutes: [async (scope) => void scope.get('/v1/forgotten', async () => ({}))] });
    await assert.rejects(async () => app.ready(), /GET \/v1\/forgotten names no scope/);
  });

  it('is known by the merchants of the moment', async () => {
    let merchants = [merchantOf(rival.key)];
    const app = testApp({ merchants: () => merchants });
    const status = async (key: string) => (await app.inject({ url: '/v1/me', headers: bearer(key) })).statusCode;
    const next = newApiKey(true);
    assert.deepEqual([await status(rival.key), await status(next)], [200, 401]);
    merchants = [merchantOf(next)];
    assert.deepEqual([await status(rival.key), await status(next)], [401, 200]);
  });
});

describe("a customer's browser", () => {
  it('is authenticated by its client secret, from the merchant’s page, from the plugin window, and without a page', async () => {
    for (const origin of [{ origin: shop.origin }, { origin: ownOrigin }, {}]) {
      const response = await get('/checkout', { ...bearer(shop.secret), ...origin });
      assert.deepEqual(response.json(), { id: 'pay_shop' });
    }
  });

  it('gets the same answer for an unknown client secret and for one of another merchant', async () => {
    const refused = [
      { ...bearer('cs_unknown') },
      { ...bearer(shop.key) },
      { authorization: 'Bearer' },
      { authorization: `Basic ${shop.secret}` },
      { ...bearer(shop.secret), origin: rival.origin },
      { ...bearer(shop.secret), origin: 'null' },
      { ...bearer(shop.secret), origin: `${shop.origin}.evil.example` },
      { ...bearer(shop.secret), origin: 'http://shop.example' },
    ];
    const answers = await Promise.all(refused.map((headers) => get('/checkout', headers)));
    const texts = answers.map((response) => {
      const { reference, ...problem } = response.json();
      assert.ok(reference);
      return JSON.stringify([response.statusCode, problem]);
    });
    assert.equal(new Set(texts).size, 1, texts.join('\n'));
    assert.match(texts[0] ?? '', /404.*not_found/);
  });

  it('needs a client secret', async () => {
    assert.equal((await get('/checkout', {})).json().code, 'unauthorized');
  });
});

it('the body of an unauthenticated request is not read', async () => {
  const payload = 'x'.repeat(100_000);
  const response = await app.inject({ method: 'POST', url: '/checkout/pay-code', headers: bearer('cs_unknown'), payload });
  assert.equal(response.statusCode, 404);
});

function merchantOf(key: string) {
  return {
    id: 'crossed',
    name: 'Crossed',
    test: true,
    apiKeys: [{ name: null, hash: hashKey(key), scopes: usualScopes }],
    linkKeys: [],
    webhook: { url: 'https://crossed.example', secrets: [] },
    allowedOrigins: [],
    returnUrls: {},
    methods: {},
  };
}
