/** The security headers of every answer. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bearer, shop, testApp } from './test-app.ts';

it('answers and errors have the most restrictive security headers', async () => {
  const app = testApp();
  const answers = await Promise.all([
    app.inject({ url: '/v1/me', headers: bearer(shop.key) }),
    app.inject({ url: '/v1/me' }),
    app.inject({ url: '/nowhere' }),
    app.inject({ url: '/healthz' }),
  ]);
  for (const { headers } of answers) {
    assert.equal(
      headers['content-security-policy'],
      "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
    );
    assert.equal(headers['cache-control'], 'no-store');
    assert.equal(headers['referrer-policy'], 'no-referrer');
    assert.equal(headers['x-content-type-options'], 'nosniff');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
    assert.equal(headers['strict-transport-security'], 'max-age=31536000');
    assert.equal(headers['x-powered-by'], undefined);
    assert.equal(headers['set-cookie'], undefined);
  }
});

it('no Strict-Transport-Security is sent over plain http', async () => {
  const app = testApp({ config: { publicUrl: new URL('http://localhost:4400') } });
  assert.equal((await app.inject({ url: '/healthz' })).headers['strict-transport-security'], undefined);
});
