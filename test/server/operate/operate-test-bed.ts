/** The operator's interface over the store and the payments of `payment-test-bed.ts`, with three operators. */
import { eventRoutes } from '../../../server/operate/event-routes.ts';
import { readRoutes } from '../../../server/operate/read-routes.ts';
import { buildOperateApp } from '../../../server/operate-app.ts';
import { hashKey, type Operator } from '../../../server/payments/model/access-keys.ts';
import { createMetrics } from '../../../server/plugins/metrics.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { createWebhookLog } from '../../../server/webhooks/webhook-log.ts';
import { createPaymentTestBed } from '../../support/payment-test-bed.ts';

export const keys = {
  anna: `op_${'anna'.padEnd(43, 'A')}`,
  reader: `op_${'reader'.padEnd(43, 'R')}`,
  stranger: `op_${'stranger'.padEnd(43, 'S')}`,
  expired: `op_${'expired'.padEnd(43, 'E')}`,
  limited: `op_${'limited'.padEnd(43, 'L')}`,
};

const operator = (name: keyof typeof keys, own: Partial<Operator> = {}): Operator => ({
  name,
  keyHash: hashKey(keys[name]),
  role: 'act',
  scopes: ['resolve', 'refund'],
  ...own,
});

export async function createOperateTestBed(databaseUrl: string) {
  const testBed = await createPaymentTestBed(databaseUrl);
  const { store, clock, sealer, payments } = testBed;
  /** The shop's host, which takes everything. */
  const sender = { wake: () => undefined, sendNow: async () => ({ status: 204, reason: null, durationMs: 7, retryAfterMs: 0 }) };
  const about = { version: '9.9.9', engine: store.engine, pendingAnswers: () => 3, skewMs: () => 1_500 };
  const app = buildOperateApp({
    config: { trustProxy: false, logLevel: 'silent' },
    operators: () => [
      operator('anna'),
      operator('reader', { role: 'read', scopes: [] }),
      operator('stranger', { merchants: ['rival'] }),
      operator('expired', { expires: '2020-01-31' }),
      operator('limited', { scopes: [] }),
    ],
    store,
    clock,
    sealer,
    metrics: createMetrics({ backlog: () => store.backlog() }),
    routes: [
      async (scope) => void scope.register(readRoutes, { store, reads: store.reads, payments, clock, sealer, about }),
      async (scope) =>
        void scope.register(eventRoutes, { store, clock, sealer, webhooks: createWebhookLog({ store, clock, sender }) }),
    ],
  });
  await app.ready();
  const { db } = openDatabase(databaseUrl);
  const get = async <Body = Record<string, unknown>>(
    url: string,
    key: string | null = keys.anna,
    remoteAddress = '127.0.0.1',
  ) => {
    const answer = await app.inject({ url, remoteAddress, headers: key === null ? {} : { authorization: `Bearer ${key}` } });
    return { status: answer.statusCode, body: answer.json<Body>(), headers: answer.headers };
  };
  const post = async <Body = Record<string, unknown>>(url: string, body: unknown, key = keys.anna, idempotencyKey?: string) => {
    const headers = { authorization: `Bearer ${key}`, ...(idempotencyKey && { 'idempotency-key': idempotencyKey }) };
    const answer = await app.inject({ method: 'POST', url, headers, ...(body !== undefined && { payload: body as object }) });
    return { status: answer.statusCode, body: answer.json<Body>() };
  };
  return {
    ...testBed,
    app,
    post,
    /** The tables, for what no use case writes. */
    db,
    get,
    /** What operators read and failed to, oldest first. */
    log: () => db.selectFrom('operator_log').selectAll().orderBy('at').execute(),
    async close() {
      await app.close();
      await db.destroy();
      await testBed.close();
    },
  };
}

export type OperateTestBed = Awaited<ReturnType<typeof createOperateTestBed>>;
