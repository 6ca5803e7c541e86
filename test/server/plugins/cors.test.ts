/** Merchants' pages may call the browser routes and read the answers, errors too; other origins and other routes are refused. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bearer, ownOrigin, rival, shop, testApp } from './test-app.ts';

const app = testApp();
const preflight = (url: string, origin: string) =>
  app.inject({
    method: 'OPTIONS',
    url,
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type, idempotency-key',
    },
  });

it('a preflight passes from every listed origin and from our own', async () => {
  for (const origin of [shop.origin, rival.origin, ownOrigin]) {
    const { statusCode, headers } = await preflight('/checkout/pay-code', origin);
    assert.equal(statusCode, 204);
    assert.equal(headers['access-control-allow-origin'], origin);
    assert.equal(headers['access-control-allow-headers'], 'authorization, content-type, idempotency-key');
    assert.match(String(headers['access-control-allow-methods']), /POST/);
    assert.match(String(headers.vary), /Origin/);
    assert.ok(Number(headers['access-control-max-age']) > 0);
    assert.equal(headers['access-control-allow-credentials'], undefined);
  }
});

it('a preflight from another origin allows no origin', async () => {
  for (const origin of ['https://evil.example', 'null', `${shop.origin}.evil.example`]) {
    assert.equal((await preflight('/checkout/pay-code', origin)).headers['access-control-allow-origin'], undefined);
  }
});

it('the routes for merchants’ servers allow no origin', async () => {
  const { statusCode, headers } = await preflight('/v1/me', shop.origin);
  assert.deepEqual([statusCode, headers['access-control-allow-origin']], [404, undefined]);
  const answer = await app.inject({ url: '/v1/me', headers: { ...bearer(shop.key), origin: shop.origin } });
  assert.deepEqual([answer.statusCode, answer.headers['access-control-allow-origin']], [200, undefined]);
});

it('answers and errors alike can be read by the page', async () => {
  const headers = { origin: shop.origin };
  const answers = await Promise.all([
    app.inject({ url: '/checkout', headers: { ...headers, ...bearer(shop.secret) } }),
    app.inject({ url: '/checkout', headers: { ...headers, ...bearer('cs_unknown') } }),
    app.inject({ url: '/checkout/nowhere', headers }),
    app.inject({
      method: 'POST',
      url: '/checkout/pay-code',
      headers: { ...headers, ...bearer(shop.secret), 'content-type': 'application/json' },
      payload: 'x'.repeat(20_000),
    }),
  ]);
  assert.deepEqual(
    answers.map(({ statusCode }) => statusCode),
    [200, 404, 404, 413],
  );
  for (const answer of answers) {
    assert.equal(answer.headers['access-control-allow-origin'], shop.origin);
    assert.match(String(answer.headers['access-control-expose-headers']), /Retry-After/i);
  }
});
