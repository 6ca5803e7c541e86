/** `/v1/events` over HTTP: what a merchant's server can read, have sent again and test. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ProblemDetails, WebhookEventDetail, WebhookEventPage, WebhookReplay } from '../../../server/contract/index.ts';
import { hashBearer } from '../../../server/payments/model/ids.ts';
import type { OutboxRecord } from '../../../server/payments/model/records.ts';
import { isoTime } from '../../../server/payments/model/time.ts';
import { type RunningServer, startServer } from '../../../server/start-server.ts';
import { usualEngines } from '../../support/engines.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { silentPayCode, testConfig, testMerchant } from '../../support/test-server.ts';
import { answer, createWebhookTestBed, secret, type WebhookTestBed } from './webhook-test-bed.ts';

const keys: Record<string, string> = { books: 'sk_test_books_key', films: 'sk_test_films_key', music: 'sk_test_music_key' };
const start = Date.parse('2026-11-01T00:00:00Z');
const second = 1_000;

for (const engine of usualEngines) {
  describe(`/v1/events on ${engine.name}`, { skip: engine.skip }, () => {
    /** Only its host is used. */
    let bed: WebhookTestBed;
    let database: Awaited<ReturnType<typeof engine.create>>;
    let server: RunningServer;
    const clock = createFakeClock(start + 3_600 * second);
    const lines: string[] = [];

    before(async () => {
      bed = await createWebhookTestBed(engine);
      database = await engine.create();
      const merchants = Object.entries(keys).map(([id, key]) =>
        testMerchant(id, key, {
          apiKeys: [
            `sha256:${hashBearer(key)}`,
            { name: 'checkout', hash: `sha256:${hashBearer(`${key}_payments`)}`, scopes: ['payments'] },
          ],
          webhook: { url: id === 'music' ? 'http://127.0.0.1:9/closed' : `${bed.hostUrl}/${id}`, secrets: [secret] },
          methods: { payCode: silentPayCode },
        }),
      );
      const config = testConfig({ databaseUrl: database.url, logLevel: 'info', merchants });
      server = await startServer(config, { clock, logTo: { write: (line) => void lines.push(line) } });
      for (let n = 0; n < 7; n += 1) await put('books', n);
      await put('films', 0);
    });
    after(async () => {
      await server?.stop();
      await database.drop();
      await bed.close();
    });

    /** Of seven webhooks, one each second: the third is parked, the fifth is of another type, two belong to one payment. */
    const put = (merchantId: string, n: number, own: Partial<OutboxRecord> = {}) =>
      server.store.insertOutbox({
        id: `evt_${merchantId}_${9 - n}`,
        merchantId,
        endpoint: 'main',
        paymentId: `pay_${merchantId}_${n < 2 ? 'x' : n}`,
        sequence: n === 1 ? 2 : 1,
        type: n === 4 ? 'payment.refunded' : 'payment.succeeded',
        body: `{"n":${n}}`,
        status: n === 2 ? 'parked' : 'delivered',
        tries: 1,
        nextTryAt: start,
        leaseUntil: 0,
        createdAt: start + n * second,
        deliveredAt: n === 2 ? null : start + n * second,
        replayedAt: null,
        ...own,
      });

    async function call<T = ProblemDetails>(
      path: string,
      { body, key = 'books', headers = {} }: { body?: unknown; key?: string; headers?: object } = {},
    ) {
      const json = body !== undefined && { method: 'POST', body: JSON.stringify(body) };
      const type = body !== undefined && { 'content-type': 'application/json' };
      const response = await fetch(server.address + path, {
        ...json,
        headers: { authorization: `Bearer ${keys[key]}`, ...type, ...headers },
      });
      return { status: response.status, body: (await response.json()) as T };
    }
    const list = async (query = '') => (await call<WebhookEventPage>(`/v1/events?${query}`)).body;
    const numbers = ({ events }: WebhookEventPage) => events.map(({ id }) => 9 - Number(id.split('_')[2]));

    it('are listed oldest first, by cursor, without those of others', async () => {
      const first = await list('limit=3');
      assert.deepEqual([numbers(first), first.hasMore, first.next], [[0, 1, 2], true, 'evt_books_7']);
      const rest = await list(`limit=4&after=${first.next}`);
      assert.deepEqual([numbers(rest), rest.hasMore], [[3, 4, 5, 6], false]);
      const end = await list(`after=${rest.next}`);
      assert.deepEqual([end.events, end.next, end.hasMore], [[], 'evt_books_3', false]);
      assert.deepEqual(first.events[0], {
        id: 'evt_books_9',
        endpoint: 'main',
        type: 'payment.succeeded',
        paymentId: 'pay_books_x',
        sequence: 1,
        status: 'delivered',
        createdAt: isoTime(start),
        deliveredAt: isoTime(start),
        replayedAt: null,
        nextTryAt: null,
        deliveryCount: 0,
        lastDelivery: null,
      });
    });

    it('are found by type, payment, status and time', async () => {
      assert.deepEqual(numbers(await list('type=payment.refunded')), [4]);
      assert.deepEqual(numbers(await list('paymentId=pay_books_x')), [0, 1]);
      assert.deepEqual(numbers(await list('status=parked')), [2]);
      const from = isoTime(start + 3 * second);
      assert.deepEqual(numbers(await list(`createdFrom=${from}&createdTo=${isoTime(start + 5 * second)}`)), [3, 4]);
      assert.deepEqual(numbers(await list(`createdFrom=${encodeURIComponent('2026-11-01T01:00:04+01:00')}`)), [4, 5, 6]);
    });

    it('have a cursor that stays behind the last seconds, so that one which is stored late is not missed', async () => {
      const now = clock.now();
      await put('films', 5, { createdAt: now - 60 * second });
      await put('films', 6, { createdAt: now - 2 * second });
      const pull = async (after: string) => (await call<WebhookEventPage>(`/v1/events?after=${after}`, { key: 'films' })).body;
      const page = await pull('evt_films_9');
      assert.deepEqual([numbers(page), page.next, page.hasMore], [[5, 6], 'evt_films_4', false]);
      await put('films', 7, { createdAt: now - 3 * second });
      assert.deepEqual(numbers(await pull(String(page.next))), [7, 6]);
    });

    it('are refused a query that makes no sense', async () => {
      for (const [query, field] of [
        ['after=evt_films_9', 'after'],
        ['after=evt_nobody', 'after'],
        ['limit=101', 'limit'],
        ['type=payment.lost', 'type'],
        ['createdFrom=yesterday', 'createdFrom'],
        [`createdFrom=${isoTime(start + 1)}&createdTo=${isoTime(start)}`, 'createdTo'],
      ]) {
        const { status, body } = await call(`/v1/events?${query}`);
        assert.deepEqual([status, body.code, body.field], [422, 'invalid_request', field], query);
      }
    });

    it('are read with the body and all deliveries, by their own merchant only', async () => {
      const { body } = await call<WebhookEventDetail>('/v1/events/evt_books_7');
      assert.deepEqual([body.body, body.deliveries, body.status], ['{"n":2}', [], 'parked']);
      for (const path of ['/v1/events/evt_films_9', '/v1/events/evt_nobody', '/v1/events/replays/rpl_nobody']) {
        assert.equal((await call(path)).status, 404, path);
      }
      for (const id of ['evt_films_9', 'evt_nobody']) {
        assert.equal((await call(`/v1/events/${id}/replay`, { body: {} })).status, 404, id);
      }
      assert.equal((await call('/v1/events', { headers: { authorization: 'Bearer sk_test_wrong' } })).status, 401);
      const withoutScope = { authorization: `Bearer ${keys.books}_payments` };
      assert.equal((await call('/v1/events', { headers: withoutScope })).status, 403);
      assert.equal((await call('/v1/events/test', { body: {}, headers: withoutScope })).status, 403);
    });

    it('are sent again once for the same Idempotency-Key', async () => {
      const headers = { 'idempotency-key': 'k1' };
      const ask = () => call<WebhookEventDetail>('/v1/events/evt_books_7/replay', { body: {}, headers });
      const asked = await ask();
      assert.deepEqual([asked.status, asked.body.body], [200, '{"n":2}']);
      await server.runNow();
      const again = await ask();
      await server.runNow();
      assert.deepEqual([again.body.status, again.body.deliveryCount], ['delivered', 1]);
      assert.equal(again.body.lastDelivery?.status, 204);
      assert.deepEqual(
        bed.got.map(({ id, body }) => [id, body]),
        [['evt_books_7', '{"n":2}']],
      );
    });

    it('are sent again by a range, once for the same Idempotency-Key', async () => {
      bed.got.length = 0;
      clock.advance(second);
      const body = { from: isoTime(start + second), to: isoTime(start + 4 * second) };
      const headers = { 'idempotency-key': 'k2' };
      const asked = await call<WebhookReplay>('/v1/events/replay', { body, headers });
      assert.equal(asked.status, 202);
      await server.runNow();
      const again = await call<WebhookReplay>('/v1/events/replay', { body, headers });
      assert.equal(again.body.id, asked.body.id);
      await server.runNow();
      const { body: state } = await call<WebhookReplay>(`/v1/events/replays/${asked.body.id}`);
      assert.deepEqual([state.status, state.replayed, state.from, state.to], ['done', 3, body.from, body.to]);
      assert.deepEqual(bed.got.map(({ id }) => id).sort(), ['evt_books_6', 'evt_books_7', 'evt_books_8']);
      assert.equal((await call(`/v1/events/replays/${asked.body.id}`, { key: 'films' })).status, 404);
      const other = await call('/v1/events/replay', { body: { ...body, from: isoTime(start) }, headers });
      assert.deepEqual([other.status, other.body.code], [422, 'idempotency_conflict']);
      const wrong = await call('/v1/events/replay', { body: { from: body.to, to: body.from } });
      assert.deepEqual([wrong.status, wrong.body.field], [422, 'to']);
    });

    it('are tried by a test, which says what came of it and is stored nowhere', async () => {
      bed.got.length = 0;
      const test = async (key: string) =>
        (await call('/v1/events/test', { body: {}, key })).body as unknown as Record<string, unknown>;
      const { id, durationMs, ...good } = await test('books');
      assert.deepEqual(good, { delivered: true, status: 204, reason: null });
      assert.ok(Number(durationMs) >= 0);
      const [sent] = bed.got;
      assert.equal(sent?.id, id);
      assert.deepEqual(JSON.parse(sent?.body ?? ''), { type: 'test', timestamp: isoTime(clock.now()), data: {} });
      bed.answers.films = answer(302, { location: '/elsewhere' });
      const redirected = await test('films');
      assert.deepEqual([redirected.delivered, redirected.status, redirected.reason], [false, 302, 'redirect']);
      const refused = await test('music');
      assert.deepEqual([refused.delivered, refused.status, refused.reason], [false, 0, 'refused']);
      assert.equal((await list('createdFrom=2026-11-01T00:30:00Z')).events.length, 0);
      assert.equal((await call(`/v1/events/${id}`)).status, 404);
    });

    it('of a host that redirects are reported in the log once', async () => {
      bed.answers.films = answer(308, { location: '/elsewhere' });
      for (const id of ['evt_films_9', 'evt_films_3']) await call(`/v1/events/${id}/replay`, { body: {}, key: 'films' });
      await server.runNow();
      const warnings = lines.filter((line) => line.includes('redirects')).map((line) => JSON.parse(line));
      assert.deepEqual(
        warnings.map(({ level, merchantId, status }) => [level, merchantId, status]),
        [['warn', 'films', 308]],
      );
    });
  });
}
