/** Webhooks to a merchant's host that verifies, fails, delays and disconnects. */
import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import type { Telemetry } from '../../../server/payments/model/ports.ts';
import type { OutboxRecord } from '../../../server/payments/model/records.ts';
import { type OpenStore, openStore } from '../../../server/storage/store.ts';
import { nextTryIn } from '../../../server/webhooks/retry-schedule.ts';
import { signWebhook } from '../../../server/webhooks/send-webhook.ts';
import { createWebhookSender, type WebhookSender } from '../../../server/webhooks/webhook-sender.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

const secrets = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd'];

describe('the signature', () => {
  it('is the one that the standard’s own example gives', () => {
    const headers = signWebhook(
      ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      '{"test": 2432232314}',
      new Date(1_614_265_330_000),
    );
    assert.deepEqual(headers, {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is accepted with either secret during a rotation, and with no other', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        const headers = signWebhook(secrets, 'evt_1', body, new Date());
        for (const secret of secrets) new Webhook(secret).verify(body, headers);
        assert.throws(() => new Webhook('whsec_c29tZWJvZHktZWxzZS1zLXNlY3JldA==').verify(body, headers));
      }),
    );
  });
});

describe('the schedule', () => {
  const failed = { status: 500, retryAfterMs: 0 };
  it('is 5 s, 5 min, 30 min, 2, 5, 10, 14, 20, 24 h, then no more', () => {
    let age = 0;
    const steps = Array.from({ length: 10 }, (_, n) => {
      const ms = nextTryIn(n + 1, age, 0.5, failed);
      age += ms ?? 0;
      return ms && ms / 1000;
    });
    assert.deepEqual(steps, [5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400, null]);
  });
  it('varies by a tenth, and waits as long as the host asks, up to a day', () => {
    assert.deepEqual([nextTryIn(1, 0, 0, failed), nextTryIn(1, 0, 1, failed)], [4500, 5500]);
    const asking = (retryAfterMs: number) => nextTryIn(1, 0, 0.5, { status: 503, retryAfterMs });
    assert.deepEqual([asking(60_000), asking(1e12)], [60_000, 86_400_000]);
  });
  it('has no end before three days, however many tries were brought forward', () => {
    assert.equal(nextTryIn(40, 70 * 3_600_000, 0.5, failed), 86_400_000);
    assert.equal(nextTryIn(40, 80 * 3_600_000, 0.5, failed), null);
  });
});

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;
const ok: Answer = (_request, response) => void response.writeHead(204).end();

describe('the sender', () => {
  let clock: FakeClock;
  let store: OpenStore;
  let sender: WebhookSender;
  let answers: Record<string, Answer>;
  let got: { merchant: string; id: string; body: string }[];
  let outcomes: string[];
  let alarms: string[];
  /** Merchants that are missing from the merchants file. */
  let absent: Set<string>;
  let host: ReturnType<typeof createServer>;
  let another: (ofClock?: FakeClock) => WebhookSender;

  beforeEach(async () => {
    clock = createFakeClock();
    store = await openStore('sqlite::memory:');
    got = [];
    outcomes = [];
    alarms = [];
    absent = new Set();
    answers = {};
    host = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        const merchant = request.url?.slice(1) ?? '';
        // A host that cannot verify has received nothing. It uses its own clock, although the test's clock may be days away.
        try {
          for (const secret of secrets) new Webhook(secret).verify(body, request.headers as Record<string, string>);
        } catch {
          return void request.socket.destroy();
        }
        got.push({ merchant, id: String(request.headers['webhook-id']), body });
        (answers[merchant] ?? ok)(request, response, body);
      });
    });
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
    const { port } = host.address() as AddressInfo;
    const observer: Telemetry = {
      upstreamCall: () => undefined,
      attempt: () => undefined,
      webhook: (outcome) => void outcomes.push(outcome),
      failure: (_where, cause) => void alarms.push(String(cause)),
    };
    const endpoint = ({ merchantId: merchant }: { merchantId: string }) =>
      absent.has(merchant) ? null : { url: `http://127.0.0.1:${port}/${merchant}`, secrets };
    another = (of = clock) => createWebhookSender({ store, clock: of, observer, endpoint });
    sender = another();
  });
  afterEach(async () => {
    host.closeAllConnections();
    await new Promise((resolve) => host.close(resolve));
    await sender.stop();
    await store.close();
    assert.deepEqual(alarms, []);
  });

  const put = async (merchantId: string, paymentId: string, sequence: number, body = '{"a":1}'): Promise<OutboxRecord> => {
    const now = clock.now();
    const row: OutboxRecord = {
      id: `evt_${merchantId}${paymentId}${sequence}`,
      merchantId,
      endpoint: 'main',
      paymentId,
      sequence,
      type: 'payment.succeeded',
      body,
      status: 'pending',
      tries: 0,
      nextTryAt: now,
      leaseUntil: 0,
      createdAt: now,
      deliveredAt: null,
      replayedAt: null,
    };
    await store.insertOutbox(row);
    return row;
  };

  it('delivers once, verifiable to the byte, in the order in which it happened', async () => {
    await put('books', 'p', 2);
    await put('books', 'p', 1, '{"text":"မြန်မာ \\u2028 €"}');
    await sender.runOnce();
    assert.deepEqual(
      got.map(({ id }) => id),
      ['evt_booksp1', 'evt_booksp2'],
    );
    await sender.runOnce();
    assert.equal(got.length, 2);
  });

  it('tries again by the schedule with the same id, and the later ones wait', async () => {
    answers.books = (_request, response) => void response.writeHead(500).end('<html>');
    await put('books', 'p', 1);
    await put('books', 'p', 2);
    await sender.runOnce();
    assert.equal(got.length, 1);
    clock.advance(4_000);
    await sender.runOnce();
    assert.equal(got.length, 1);
    answers.books = ok;
    clock.advance(2_000);
    await sender.runOnce();
    assert.deepEqual(
      got.map(({ id }) => id),
      ['evt_booksp1', 'evt_booksp1', 'evt_booksp2'],
    );
  });

  it('parks after the last try, deletes nothing, and lets the later ones through', async () => {
    answers.books = (request, response) =>
      void response.writeHead(String(request.headers['webhook-id']).endsWith('1') ? 503 : 200).end();
    await put('books', 'p', 1);
    await put('books', 'p', 2);
    for (let tries = 0; tries < 11; tries += 1) {
      await sender.runOnce();
      clock.advance(30 * 3_600_000);
    }
    assert.equal(got.filter(({ id }) => id === 'evt_booksp1').length, 10);
    assert.equal(got.filter(({ id }) => id === 'evt_booksp2').length, 1);
    assert.deepEqual(outcomes.filter((outcome) => outcome !== 'failed').sort(), ['delivered', 'parked']);
  });

  it('does not let one dead host hold up another merchant', async () => {
    const held: ServerResponse[] = [];
    answers.dead = (_request, response) => void held.push(response);
    for (let n = 1; n <= 30; n += 1) await put('dead', `p${n}`, 1);
    await put('books', 'p', 1);
    sender.start();
    while (!got.some(({ merchant }) => merchant === 'books')) await new Promise(setImmediate);
    for (const response of held) response.destroy();
  });

  for (const [words, answer] of [
    ['redirects', (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['hangs up', (request) => void request.socket.destroy()],
    ['fails without end', (_request, response) => void response.writeHead(500).write('x'.repeat(500_000))],
  ] as [string, Answer][]) {
    it(`counts a host that ${words} as one that failed`, async () => {
      answers.books = answer;
      await put('books', 'p', 1);
      await sender.runOnce();
      assert.deepEqual(outcomes, ['failed']);
      assert.deepEqual(
        got.map(({ merchant }) => merchant),
        ['books'],
      );
    });
  }

  it('accepts a 2xx with a body of any length', async () => {
    answers.books = (_request, response) => void response.writeHead(200).write('x'.repeat(500_000));
    await put('books', 'p', 1);
    await sender.runOnce();
    assert.deepEqual(outcomes, ['delivered']);
  });

  const ids = () => got.map(({ id }) => id.replace('evt_', ''));
  const hour = 3_600_000;

  it('waits for a merchant that is missing from the file, and reports it once', async () => {
    absent.add('left');
    await put('left', 'p', 1);
    await put('left', 'p', 2);
    for (let minutes = 0; minutes < 10; minutes += 1) {
      await sender.runOnce();
      clock.advance(61_000);
    }
    assert.deepEqual(got, []);
    assert.match(alarms.splice(0).join(), /^Error: merchant left is not in the merchants file[^,]*$/);
    assert.equal((await store.backlog()).undeliveredWebhooks, 1);
    absent.clear();
    await sender.runOnce();
    assert.deepEqual(ids(), ['leftp1', 'leftp2']);
    assert.ok(!outcomes.includes('parked'));
  });

  it('pauses for a host that answers 410, and tries again: it may be a mistake', async () => {
    answers.books = (_request, response) => void response.writeHead(410).end();
    await put('books', 'p', 1);
    await sender.runOnce();
    clock.advance(hour / 2);
    await sender.runOnce();
    assert.deepEqual(outcomes, ['gone']);
    answers.books = ok;
    clock.advance(hour / 2);
    await sender.runOnce();
    assert.deepEqual(outcomes, ['gone', 'delivered']);
  });

  it('sends what a host that answered 410 has missed once it answers again, but not a webhook that keeps getting 410', async () => {
    answers.books = (_request, response) => void response.writeHead(410).end();
    for (const sequence of [1, 2]) await put('books', 'p', sequence);
    await put('books', 'poison', 1);
    await sender.runOnce();
    clock.advance(10 * 60_000);
    answers.books = (request, response) =>
      void response.writeHead(String(request.headers['webhook-id']).includes('poison') ? 410 : 204).end();
    got.length = 0;
    await put('books', 'fresh', 1);
    await sender.runOnce();
    assert.deepEqual(
      ids().filter((id) => !id.includes('poison')),
      ['booksfresh1', 'booksp1', 'booksp2'],
    );
    for (let passed = 0; passed < 60; passed += 1) {
      await put('books', `q${passed}`, 1);
      await sender.runOnce();
      clock.advance(10_000);
    }
    const tries = ids().filter((id) => id.includes('poison')).length;
    assert.ok(tries <= 14, `${tries} tries in ten minutes`);
    alarms.length = 0;
  });

  it('sends all that waited as soon as the host answers again, in order within each payment', async () => {
    answers.books = (_request, response) => void response.writeHead(503).end();
    for (const payment of ['p', 'q']) for (const sequence of [1, 2]) await put('books', payment, sequence);
    for (let passed = 0; passed < 8; passed += 1) {
      await sender.runOnce();
      clock.advance(hour);
    }
    got.length = 0;
    answers.books = ok;
    await put('books', 'fresh', 1);
    await sender.runOnce();
    assert.equal(ids()[0], 'booksfresh1');
    assert.deepEqual(
      ids()
        .slice(1)
        .filter((id) => id.includes('p')),
      ['booksp1', 'booksp2'],
    );
    assert.deepEqual(
      ids().filter((id) => id.includes('q')),
      ['booksq1', 'booksq2'],
    );
  });

  it('does not send a webhook that is always refused more often because others succeed', async () => {
    answers.books = (request, response) =>
      void response.writeHead(String(request.headers['webhook-id']).includes('poison') ? 500 : 204).end();
    await put('books', 'poison', 1);
    for (let passed = 0; passed < 60; passed += 1) {
      await put('books', `p${passed}`, 1);
      await sender.runOnce();
      clock.advance(10_000);
    }
    const tries = ids().filter((id) => id.includes('poison')).length;
    assert.ok(tries <= 14, `${tries} tries in ten minutes`);
  });

  it('sends nothing after its lease, because another process may have sent it, and later ones too', async () => {
    const lease = store.leaseDueWebhooks;
    store.leaseDueWebhooks = async (...args) => {
      const rows = await lease(...args);
      // The process is frozen meanwhile.
      if (rows.length > 0) clock.advance(16_000);
      return rows;
    };
    await put('books', 'p', 1);
    await sender.runOnce();
    assert.deepEqual(ids(), []);
    store.leaseDueWebhooks = lease;
    clock.advance(15_000);
    await sender.runOnce();
    assert.deepEqual(ids(), ['booksp1']);
  });

  it('does not change what another process has delivered while it was frozen for longer than its lease', async () => {
    let thaw = (): void => undefined;
    answers.books = (_request, response) => {
      answers.books = ok;
      thaw = () => void response.writeHead(500).end();
    };
    await put('books', 'p', 1);
    const frozen = sender.runOnce();
    while (got.length === 0) await new Promise(setImmediate);
    const later = createFakeClock(clock.now() + 31_000);
    const second = another(later);
    await second.runOnce();
    thaw();
    await frozen;
    await second.stop();
    clock.advance(30 * hour);
    await sender.runOnce();
    assert.deepEqual(ids(), ['booksp1', 'booksp1']);
    assert.equal((await store.backlog()).undeliveredWebhooks, 0);
  });
});
