/** What the log says of work that failed, and of what only waits for an operator. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import fastify from 'fastify';
import { Registry } from 'prom-client';
import { OperatorNotice, StoreUnavailable } from '../../../server/payments/model/errors.ts';
import { logOptions } from '../../../server/plugins/log.ts';
import { createMetrics, createTelemetry } from '../../../server/plugins/metrics.ts';
import { createUpstreamHealth } from '../../../server/plugins/upstream-health.ts';

const lines: Record<string, unknown>[] = [];
const { log } = fastify({ logger: logOptions('info', { write: (line) => void lines.push(JSON.parse(line)) }) });
const nothingWaits = { pendingReconciliation: 0, needsReview: 0, undeliveredWebhooks: 0, unmatchedPostbacks: 0 };
const metrics = createMetrics({ backlog: async () => nothingWaits });
const telemetry = () => createTelemetry(metrics, () => log);

beforeEach(() => {
  lines.length = 0;
});

describe('the log', () => {
  it('warns of what waits for an operator, in words', () => {
    telemetry().failure('postback', new OperatorNotice('postback pbk_1 names no attempt of ours'));
    const { level, where, msg, err } = lines[0] ?? {};
    assert.deepEqual([level, where, msg, err], ['warn', 'postback', 'postback pbk_1 names no attempt of ours', undefined]);
  });

  it('reports any other cause as an error, without its text', () => {
    telemetry().failure('postback', new Error('planted'));
    assert.deepEqual([lines[0]?.level, lines[0]?.msg], ['error', 'work failed']);
    assert.ok(!JSON.stringify(lines).includes('planted'));
  });

  it('reports a database that is away once in a while for each kind of work, and every notice', () => {
    const { failure } = telemetry();
    const away = new StoreUnavailable({ code: 'ETIMEDOUT', effect: 'none', soon: false });
    for (let nth = 0; nth < 3; nth += 1) {
      failure('postback', away);
      failure('postback', new OperatorNotice(`notice ${nth}`));
    }
    assert.deepEqual(
      lines.map(({ level }) => level),
      ['error', 'warn', 'warn', 'warn'],
    );
  });

  it('says since when payments are held', () => {
    log.warn({ since: '2026-11-29T03:00:00.000Z' }, 'all payments are held');
    assert.equal(lines[0]?.since, '2026-11-29T03:00:00.000Z');
  });
});

describe('the metrics', () => {
  it('say for how long, and to how many calls, a service has not answered; an answer ends it, and a postback does not', async () => {
    const registry = new Registry();
    let at = 5_000;
    const health = createUpstreamHealth(registry, () => at);
    const read = async () => {
      const [seconds, inARow] = await registry.getMetricsAsJSON();
      return [seconds, inARow].map((metric) =>
        Object.fromEntries((metric?.values ?? []).map(({ labels, value }) => [labels.upstream, value])),
      );
    };
    assert.deepEqual(await read(), [{}, {}], 'nothing is known of a service that was not called');
    health.note('payme', 'receipts.get', 'lost');
    at += 60_000;
    health.note('payme', 'receipts.pay', 'not_sent');
    health.note('paykassma', 'create', 'bad_shape');
    health.note('paycodes', 'get_code', 'refused');
    at += 30_000;
    health.note('paykassma', 'postback', 'applied');
    assert.deepEqual(await read(), [
      { payme: 90, paykassma: 30, paycodes: 0 },
      { payme: 2, paykassma: 1, paycodes: 0 },
    ]);
    health.note('payme', 'receipts.get', 'ok');
    health.note('paykassma', 'create', 'http');
    assert.deepEqual(await read(), [
      { payme: 0, paykassma: 30, paycodes: 0 },
      { payme: 0, paykassma: 2, paycodes: 0 },
    ]);
  });

  it('are fed by every call that is counted', async () => {
    telemetry().upstreamCall('payme', 'cards.verify', 'http');
    const text = await metrics.registry.metrics();
    assert.match(text, /pay_desk_upstream_calls_total\{upstream="payme",method="cards\.verify",outcome="http"\} 1/);
    assert.match(text, /pay_desk_upstream_failures_in_a_row\{upstream="payme"\} 1/);
  });
});
