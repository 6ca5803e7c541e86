/** A server whose merchant has two endpoints: what happens to a payment is written, signed and sent for each, also what a person decides. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { Payment, ProblemDetails, WebhookEventPage } from '../../../server/contract/index.ts';
import { type RunningServer, startServer } from '../../../server/start-server.ts';
import { usualEngines } from '../../support/engines.ts';
import { silentPayCode, testConfig, testMerchant } from '../../support/test-server.ts';

const key = 'sk_test_books_key';
const secrets: Record<string, string> = {
  '/shop': 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  '/ledger': 'whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY=',
};

for (const engine of usualEngines) {
  describe(`a merchant with two endpoints on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Awaited<ReturnType<typeof engine.create>>;
    let server: RunningServer;
    const got: { path: string; id: string; body: { type: string; sequence: number } }[] = [];

    const host = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      const path = request.url ?? '';
      const headers = request.headers as Record<string, string>;
      new Webhook(secrets[path] ?? '').verify(body, headers);
      got.push({ path, id: String(headers['webhook-id']), body: JSON.parse(body) });
      response.writeHead(204).end();
    });

    before(async () => {
      await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
      const hostUrl = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
      database = await engine.create();
      const endpoint = (path: string) => ({ url: hostUrl + path, secrets: [secrets[path] ?? ''] });
      const merchant = testMerchant('books', key, {
        webhook: endpoint('/shop'),
        moreWebhooks: [{ name: 'ledger', ...endpoint('/ledger'), types: ['payment.canceled'] }],
        methods: { payCode: silentPayCode },
      });
      server = await startServer(testConfig({ databaseUrl: database.url, merchants: [merchant] }));
    });
    after(async () => {
      await server?.stop();
      host.closeAllConnections();
      await new Promise((resolve) => host.close(resolve));
      await database?.drop();
    });

    async function call<T = ProblemDetails>(path: string, body?: unknown) {
      const json = body !== undefined && { method: 'POST', body: JSON.stringify(body) };
      const headers = {
        authorization: `Bearer ${key}`,
        'idempotency-key': path,
        ...(json && { 'content-type': 'application/json' }),
      };
      const response = await fetch(server.address + path, { ...json, headers });
      return { status: response.status, body: (await response.json()) as T };
    }

    it('sends each the same news, with ids of its own, signed with its own secret', async () => {
      const wanted = { amount: 500, currency: 'PLN', orderId: '1', label: 'customer' };
      const { body } = await call<{ payment: Payment }>('/v1/payments', wanted);
      assert.equal((await call(`/v1/payments/${body.payment.id}/cancel`, {})).status, 200);
      await server.runNow();
      assert.deepEqual(got.map(({ path, body: { type, sequence } }) => [path, type, sequence]).sort(), [
        ['/ledger', 'payment.canceled', 1],
        ['/shop', 'payment.canceled', 1],
      ]);
      assert.equal(new Set(got.map(({ id }) => id)).size, 2);
    });

    it('lists each log to the merchant, and tries the endpoint that is named', async () => {
      for (const [query, path] of [
        ['', '/shop'],
        ['?endpoint=main', '/shop'],
        ['?endpoint=ledger', '/ledger'],
      ]) {
        const { body } = await call<WebhookEventPage>(`/v1/events${query}`);
        const ids = got.filter((one) => one.path === path).map(({ id }) => id);
        assert.deepEqual(
          body.events.map(({ id, status }) => [id, status]),
          ids.map((id) => [id, 'delivered']),
          query,
        );
      }
      got.length = 0;
      assert.equal((await call('/v1/events/test', { endpoint: 'ledger' })).status, 200);
      assert.deepEqual(
        got.map(({ path }) => path),
        ['/ledger'],
      );
      const { status, body } = await call('/v1/events/test', { endpoint: 'nowhere' });
      assert.deepEqual([status, body.field, body.detail], [422, 'endpoint', 'expected main or ledger']);
      assert.equal((await call('/v1/events/test', {})).status, 200);
      assert.equal(got.at(-1)?.path, '/shop');
    });
  });
}
