/** The OpenAPI document is generated from the routes themselves. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { OpenAPIV3_1 } from 'openapi-types';
import { CreatedPayment, CreatePayment, PaymentView, ReadCheckout, SubmitPayCode } from '#contract';
import { testApp } from './test-app.ts';

const app = testApp({
  merchantRoutes: [
    async (scope) => {
      scope.post(
        '/v1/payments',
        { config: { scope: 'payments' }, schema: { body: CreatePayment, response: { 201: CreatedPayment } } },
        async () => ({}),
      );
    },
  ],
  checkoutRoutes: [
    async (scope) => {
      scope.get('/checkout', { schema: { querystring: ReadCheckout, response: { 200: PaymentView } } }, async () => ({}));
      scope.post('/checkout/pay-code', { schema: { body: SubmitPayCode, response: { 200: PaymentView } } }, async () => ({}));
    },
  ],
});

it('lists each route with what it takes, what it answers and who may call it', async () => {
  const document = (await app.inject({ url: '/openapi.json' })).json<OpenAPIV3_1.Document>();
  assert.equal(document.openapi, '3.1.0');
  assert.deepEqual(Object.keys(document.paths ?? {}), ['/v1/payments', '/checkout', '/checkout/pay-code']);
  assert.deepEqual(document.paths?.['/v1/payments']?.post?.security, [{ apiKey: [] }]);
  const pay = document.paths?.['/checkout/pay-code']?.post;
  assert.deepEqual(pay?.security, [{ clientSecret: [] }]);
  assert.match(JSON.stringify(pay?.requestBody), /SubmitPayCodeInput/);
  assert.match(JSON.stringify(document.components?.schemas?.SubmitPayCodeInput), /"maxLength":1000/);
  assert.match(JSON.stringify(pay?.responses?.['200']), /PaymentView/);
  assert.match(JSON.stringify(pay?.responses?.default), /problem\+json.*ProblemDetails/);
});

it('contains the schemas that it refers to, and no others', async () => {
  const text = (await app.inject({ url: '/openapi.json' })).body;
  const document = JSON.parse(text) as OpenAPIV3_1.Document;
  const names = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name ?? '');
  assert.ok(names.includes('PaymentView') && names.includes('ProblemDetails'));
  assert.deepEqual([...new Set(names)].sort(), Object.keys(document.components?.schemas ?? {}).sort());
});

it('marks the requests that need an Idempotency-Key, and those that can have one', async () => {
  const { paths } = (await app.inject({ url: '/openapi.json' })).json<OpenAPIV3_1.Document>();
  const key = (path: string) =>
    paths?.[path]?.post?.parameters?.find((parameter) => 'name' in parameter && parameter.in === 'header');
  assert.deepEqual(key('/v1/payments'), { ...key('/checkout/pay-code'), required: true });
  assert.match(JSON.stringify(key('/checkout/pay-code')), /"Idempotency-Key","required":false/);
});

it('has a page, whose policy does not loosen that of others', async () => {
  const page = await app.inject({ url: '/docs/' });
  assert.equal(page.statusCode, 200);
  assert.match(String(page.headers['content-security-policy']), /script-src 'self';/);
  assert.match(String((await app.inject({ url: '/openapi.json' })).headers['content-security-policy']), /default-src 'none'/);
});
