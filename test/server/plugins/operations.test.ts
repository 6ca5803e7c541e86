/** Readiness and metrics, for operators and their probes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMetrics } from '../../../server/plugins/metrics.ts';
import { bearer, shop, testApp } from './test-app.ts';

describe('readiness', () => {
  it('depends on whether the database can be written; liveness does not', async () => {
    let broken = false;
    const ready = async () => {
      if (broken) throw new Error('disk full');
    };
    const app = testApp({ store: { ready, paymentBySecret: async () => null } });
    assert.deepEqual((await app.inject({ url: '/readyz' })).json(), { status: 'ready' });
    broken = true;
    const { statusCode, body } = await app.inject({ url: '/readyz' });
    assert.deepEqual([statusCode, body.includes('disk full')], [503, false]);
    assert.equal((await app.inject({ url: '/healthz' })).statusCode, 200);
  });
});

describe('metrics', () => {
  it('count answers by the pattern of the route and never by its parameters', async () => {
    const app = testApp({
      merchantRoutes: [async (scope) => void scope.get('/v1/payments/:id', { config: { scope: 'payments' } }, async () => ({}))],
    });
    await app.inject({ url: '/v1/payments/pay_SECRET', headers: bearer(shop.key) });
    await app.inject({ url: '/nowhere/SECRET' });
    const { body, headers } = await app.inject({ url: '/metrics' });
    assert.match(String(headers['content-type']), /^text\/plain; version=0\.0\.4/);
    assert.match(body, /pay_desk_http_request_duration_seconds_count\{method="GET",route="\/v1\/payments\/:id",status="200"\} 1/);
    assert.match(body, /pay_desk_http_request_duration_seconds_count\{method="GET",route="unmatched",status="404"\} 1/);
    assert.ok(!body.includes('SECRET'));
  });

  it('include what other modules count', async () => {
    const metrics = createMetrics({
      backlog: async () => ({ pendingReconciliation: 2, needsReview: 1, undeliveredWebhooks: 0, unmatchedPostbacks: 0 }),
    });
    const app = testApp({ metrics });
    metrics.attempts.inc({ method: 'pay_code', outcome: 'paid' });
    const { body } = await app.inject({ url: '/metrics' });
    assert.match(body, /pay_desk_attempts_total\{method="pay_code",outcome="paid"\} 1/);
    assert.match(body, /pay_desk_backlog\{what="unresolved"\} 2/);
  });
});
