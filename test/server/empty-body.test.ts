/** Many clients say that they send JSON where they send no body: then each route answers as it does without that header. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { CreatedPayment } from '../../server/contract/index.ts';
import { createRunningServer } from '../support/running-server.ts';

/** A picture is no JSON. */
const multipart = 'POST /checkout/wallet/screenshot';

describe('an empty body that is called JSON', () => {
  let running: Awaited<ReturnType<typeof createRunningServer>>;
  before(async () => {
    running = await createRunningServer('sqlite::memory:');
  });
  after(() => running.close());

  let orders = 0;
  /** On a payment of its own, since the same request may not be possible twice. */
  async function ask(method: string, path: string, headers: Record<string, string>) {
    orders += 1;
    const order = { amount: 2_500, currency: 'PLN', orderId: `order-${orders}`, label: 'customer' };
    const created = await running.merchant('/v1/payments', order, { 'idempotency-key': `key-${orders}` });
    const { payment, clientSecret } = (await created.json()) as CreatedPayment;
    const bearer = path.startsWith('/v1/') ? running.apiKey : clientSecret;
    const address =
      running.server.address + path.replace('payments/{id}', `payments/${payment.id}`).replace(/\{\w+\}/g, 'unknown');
    const response = await fetch(address, { method, headers: { authorization: `Bearer ${bearer}`, ...headers } });
    const { code = null } = (await response.json()) as { code?: string };
    return [response.status, code];
  }

  it('is none, on each route that changes something', async () => {
    const document = (await (await fetch(`${running.server.address}/openapi.json`)).json()) as OpenAPIV3_1.Document;
    const routes = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      ['post', 'patch', 'delete'].filter((method) => method in Object(item)).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.ok(routes.length > 30, String(routes.length));
    for (const route of routes) {
      if (route === multipart) continue;
      const [method = '', path = ''] = route.split(' ');
      const without = await ask(method, path, {});
      assert.deepEqual(await ask(method, path, { 'content-type': 'application/json' }), without, route);
      if (/\/(cancel|recheck|abandon)$/.test(path)) assert.equal(without[0], 200, route);
    }
  });
});
