/**
 * Every route that takes an Idempotency-Key by its description honours it: the same request again has no second effect and the same
 * answer, and another request under this key is refused.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { OpenAPIV3_1 } from 'openapi-types';
import type { CreatedPayment, WebhookEventPage } from '../../server/contract/index.ts';
import { openDatabase } from '../../server/storage/database.ts';
import { engines } from '../support/engines.ts';
import { createRunningServer } from '../support/running-server.ts';

/**
 * Routes whose requests need a payment service or a person. They go through the same two functions as those below
 * (`runIdempotentRequest`, `submitOnce`); the test that is named repeats requests of that kind.
 */
const testedElsewhere: Readonly<Record<string, string>> = {
  'POST /v1/payments/{id}/resolve': 'payments/act-routes.test.ts',
  'POST /v1/payments/{id}/accept': 'payments/act-routes.test.ts',
  'POST /v1/payments/{id}/reopen': 'payments/act-routes.test.ts',
  'POST /v1/payments/{id}/dispose': 'payments/act-routes.test.ts',
  'POST /v1/payments/{id}/refund': 'payments/act-routes.test.ts',
  'POST /v1/payments/{id}/send-receipt': 'methods/card/merchant.test.ts',
  'POST /v1/payments/{id}/fiscal-receipt': 'methods/card/fiscal-receipt.test.ts',
  'POST /checkout/sms-code/start': 'payments/idempotency.test.ts',
  'POST /checkout/reversed-sms/start': 'payments/idempotency.test.ts',
  'POST /checkout/wallet': 'methods/wallet/http.test.ts',
  'POST /checkout/wallet/transaction': 'methods/wallet/http.test.ts',
  'POST /checkout/wallet/screenshot': 'methods/wallet/http.test.ts',
  'POST /checkout/card': 'methods/card/http.test.ts',
  'POST /checkout/card/code': 'methods/card/http.test.ts',
  'POST /checkout/card/resend': 'methods/card/http.test.ts',
  'POST /checkout/card/saved': 'methods/card/http.test.ts',
  'POST /checkout/card/token': 'methods/card/http.test.ts',
};

/** It erases what it acknowledges, and erasing twice is the same: the key is taken and not needed. */
const runsTwice: ReadonlySet<string> = new Set(['POST /v1/pay-codes/batches/{id}/acknowledge']);

interface Repetition {
  path: string;
  body: unknown;
  /** Another request; undefined where the route takes no parameters. */
  other?: unknown;
  /** The client secret, on a route of the browser. */
  secret?: string;
}

describe('Idempotency-Key', () => {
  const [engine] = engines;
  let running: Awaited<ReturnType<typeof createRunningServer>>;
  let database: Awaited<ReturnType<NonNullable<typeof engine>['create']>>;
  before(async () => {
    assert.ok(engine);
    database = await engine.create();
    running = await createRunningServer(database.url);
  });
  after(async () => {
    await running.close();
    await database.drop();
  });

  /** As long as the keys of pay codes must be. */
  const newKey = () => crypto.randomUUID();
  const order = () => ({ amount: 2_500, currency: 'PLN', orderId: newKey(), label: 'reader' });
  const create = async () => {
    const response = await running.merchant('/v1/payments', order(), { 'idempotency-key': newKey() });
    const { payment, clientSecret } = (await response.json()) as CreatedPayment;
    return { id: payment.id, secret: clientSecret };
  };
  const send = async (method: string, { path, secret }: Repetition, body: unknown, key: string) => {
    const response = await running.send(method, path, body, { 'idempotency-key': key }, secret);
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };

  const requests: Readonly<Record<string, () => Promise<Repetition>>> = {
    'POST /v1/payments': async () => {
      const body = order();
      return { path: '/v1/payments', body, other: { ...body, amount: 2_600 } };
    },
    'PATCH /v1/payments/{id}': async () => {
      const { id } = await create();
      return { path: `/v1/payments/${id}`, body: { version: 1, amount: 2_000 }, other: { version: 1, amount: 1_000 } };
    },
    'POST /v1/payments/{id}/cancel': async () => ({ path: `/v1/payments/${(await create()).id}/cancel`, body: {} }),
    'POST /v1/payments/{id}/recheck': async () => ({ path: `/v1/payments/${(await create()).id}/recheck`, body: {} }),
    'POST /v1/pay-codes': async () => ({
      path: '/v1/pay-codes',
      body: { rule: 'demo-enter' },
      other: { rule: 'demo-enter', validTo: '2099-01-01' },
    }),
    'POST /v1/pay-codes/batch': async () => ({
      path: '/v1/pay-codes/batch',
      body: { rule: 'demo-enter', count: 2 },
      other: { rule: 'demo-enter', count: 3 },
    }),
    'POST /v1/pay-codes/batches/{id}/acknowledge': async () => {
      const made = await running.merchant('/v1/pay-codes', { rule: 'demo-enter' }, { 'idempotency-key': newKey() });
      const { batchId } = (await made.json()) as { batchId: string };
      return { path: `/v1/pay-codes/batches/${batchId}/acknowledge`, body: {} };
    },
    'POST /v1/events/{id}/replay': async () => {
      const { id } = await create();
      await running.merchant(`/v1/payments/${id}/cancel`, {});
      const { events } = (await (await running.merchant(`/v1/events?paymentId=${id}`)).json()) as WebhookEventPage;
      return { path: `/v1/events/${events[0]?.id}/replay`, body: {} };
    },
    'POST /v1/events/replay': async () => {
      const body = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };
      return { path: '/v1/events/replay', body, other: { ...body, to: '2026-01-03T00:00:00Z' } };
    },
    'POST /checkout/recheck': async () => ({ path: '/checkout/recheck', body: {}, secret: (await create()).secret }),
    'POST /checkout/abandon': async () => ({ path: '/checkout/abandon', body: {}, secret: (await create()).secret }),
    'POST /checkout/cancel': async () => ({ path: '/checkout/cancel', body: {}, secret: (await create()).secret }),
    'POST /checkout/pay-code': async () => ({
      path: '/checkout/pay-code',
      body: { code: 'GOOD0001' },
      other: { code: 'GOOD0002' },
      secret: (await create()).secret,
    }),
  };

  it('is described for routes that are repeated here or in a test of their own', async () => {
    const document = (await (await fetch(`${running.server.address}/openapi.json`)).json()) as OpenAPIV3_1.Document;
    const keyed = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item ?? {}).flatMap(([method, operation]) =>
        JSON.stringify(operation).includes('"Idempotency-Key"') ? [`${method.toUpperCase()} ${path}`] : [],
      ),
    );
    assert.deepEqual(keyed.sort(), [...Object.keys(requests), ...Object.keys(testedElsewhere)].sort());
    for (const file of Object.values(testedElsewhere)) assert.ok(existsSync(new URL(file, import.meta.url)), file);
  });

  /**
   * A request without parameters has no other body that would be refused, and its second run may change nothing by itself. So a route that
   * ignored its key is found while the key is taken: then the request may not run.
   */
  async function assertKeyIsTaken(route: string, repeat: () => ReturnType<typeof send>): Promise<void> {
    if (runsTwice.has(route)) return;
    const { store } = running.server;
    const { reserveKey } = store;
    store.reserveKey = async (row) => ({ ...row, leaseUntil: row.leaseUntil + 60_000 });
    const { status, body } = await repeat().finally(() => {
      store.reserveKey = reserveKey;
    });
    assert.deepEqual([status, body.code, typeof body.retryAt], [409, 'idempotency_conflict', 'string']);
  }

  it('leaves no more than 200 rows of a route, however many keys a customer sends', async () => {
    const { id, secret } = await create();
    const { db } = openDatabase(database.url);
    try {
      for (let sent = 0; sent < 205; sent += 1)
        await running.send('POST', '/checkout/recheck', {}, { 'idempotency-key': newKey() }, secret);
      const rows = await db.selectFrom('idempotency_keys').select('scope').where('scope', '=', `${id}:recheck`).execute();
      assert.equal(rows.length, 200);
    } finally {
      await db.destroy();
    }
  });

  for (const [route, prepare] of Object.entries(requests))
    it(`is honoured by ${route}`, async () => {
      const [method = ''] = route.split(' ');
      const request = await prepare();
      const key = newKey();
      const first = await send(method, request, request.body, key);
      assert.ok(first.status < 300, JSON.stringify(first.body));
      const again = await send(method, request, request.body, key);
      assert.deepEqual(withoutTimes(again), withoutTimes(first));
      if (request.other === undefined) return assertKeyIsTaken(route, () => send(method, request, request.body, key));
      const other = await send(method, request, request.other, key);
      assert.deepEqual([other.status, other.body.code], [422, 'idempotency_conflict']);
    });
});

/** A repetition is answered by what is true now, which work in the background may have changed; each answer to a new payment has a client secret of its own. */
function withoutTimes({ status, body }: { status: number; body: Record<string, unknown> }) {
  const { now: _now, clientSecret: _secret, pluginUrl: _url, replayed: _replayed, endedAt: _ended, ...rest } = body;
  const { status: _state, nextTryAt: _next, deliveryCount: _count, lastDelivery: _last, deliveries: _all, ...same } = rest;
  return { status, body: 'deliveries' in body || 'replayed' in body ? same : rest };
}
