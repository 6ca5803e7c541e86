/** The operator's interface over the store and the payments of `payment-test-bed.ts`, with three operators. */
import { createPostbackMatching } from '../../../server/methods/wallet/match-postback.ts';
import { buildOperateApp, type OperateAppDeps } from '../../../server/operate-app.ts';
import { createChangeNotifier, createUnitOfWork } from '../../../server/payments/change-feed.ts';
import { hashKey, type Operator } from '../../../server/payments/model/access-keys.ts';
import { recoverFromShop } from '../../../server/payments/recover-from-shop.ts';
import { createMetrics } from '../../../server/plugins/metrics.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import { createWebhookLog } from '../../../server/webhooks/webhook-log.ts';
import { createActsTestBed } from '../../support/acts-test-bed.ts';

export const keys = {
  ben: `op_${'ben'.padEnd(43, 'B')}`,
  anna: `op_${'anna'.padEnd(43, 'A')}`,
  reader: `op_${'reader'.padEnd(43, 'R')}`,
  stranger: `op_${'stranger'.padEnd(43, 'S')}`,
  expired: `op_${'expired'.padEnd(43, 'E')}`,
  bookseller: `op_${'bookseller'.padEnd(43, 'O')}`,
  limited: `op_${'limited'.padEnd(43, 'L')}`,
};

const operator = (name: keyof typeof keys, own: Partial<Operator> = {}): Operator => ({
  name,
  keyHash: hashKey(keys[name]),
  role: 'act',
  scopes: ['resolve', 'refund', 'links'],
  ...own,
});

/** @param more What only some tests have. */
export async function createOperateTestBed(databaseUrl: string, more: Partial<OperateAppDeps> = {}) {
  const testBed = await createActsTestBed(databaseUrl);
  const { store, clock, sealer, payments, acts } = testBed;
  const unit = createUnitOfWork({ store, clock, changes: createChangeNotifier(), observer: testBed.parts.observer });
  /** The shop's host, which takes everything. */
  const sender = {
    wake: () => undefined,
    sendNow: async () => ({ status: 204, reason: null, durationMs: 7, retryAfterMs: 0 }),
  };
  const wallets = { accountIsShared: false };
  const books = { id: 'books', name: 'Books', test: true, allowedOrigins: [], returnUrls: {} };
  const app = buildOperateApp({
    config: { trustProxy: false, logLevel: 'silent' },
    operators: () => [
      operator('anna'),
      operator('ben'),
      operator('reader', { role: 'read', scopes: [] }),
      operator('stranger', { merchants: ['rival'] }),
      operator('bookseller', { merchants: ['books'] }),
      operator('expired', { expires: '2020-01-31' }),
      operator('limited', { scopes: [] }),
    ],
    merchantIds: () => ['books', 'rival'],
    store,
    clock,
    sealer,
    payments,
    acts,
    recover: (wanted, who) =>
      recoverFromShop(
        { ...unit, methods: testBed.methods, merchant: (id) => ({ id, name: id, test: true, allowedOrigins: [] }) },
        wanted,
        who,
      ),
    postbacks: createPostbackMatching({
      ...unit,
      account: (id) =>
        id === 'books' || (id === 'rival' && wallets.accountIsShared) ? { id: 'paykassma', upstream: 'paykassma' } : null,
      merchantIds: () => ['books', 'rival'],
    }),
    links: {
      publicUrl: new URL('https://pay.example'),
      merchants: new Map([['books', { ...books, linkKeys: [{ kid: 'first', key: 'a-link-key-of-more-than-32-characters' }] }]]),
    },
    webhooks: createWebhookLog({
      endpoints: () => ['ledger'],
      store,
      clock,
      sender,
    }),
    metrics: createMetrics({ backlog: () => store.backlog() }),
    ...more,
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
    /** Whether the postbacks of both merchants come to one account. */
    wallets,
    /** Above this an act waits for a second person. */
    setThreshold(threshold: number | null) {
      testBed.threshold = threshold;
    },
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
