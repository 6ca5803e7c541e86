/** When new work is declined, when the service is read again, and what says nothing about the service. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type Breaker, createBreaker, isAway } from '../../../server/clients/breaker.ts';
import { type TransportError, UpstreamError } from '../../../server/clients/http.ts';

let at: number;
let breaker: Breaker;
let changes: string[];
let readings: number;
/** Whether our own reading is answered. */
let up: boolean;
let queuedMs: number;

beforeEach(() => {
  at = 0;
  changes = [];
  readings = 0;
  up = true;
  queuedMs = 0;
  breaker = createBreaker({ now: () => at, onChange: (state) => void changes.push(state) }, () => queuedMs);
});

const errorOf = (fault: TransportError, reason: string) => new UpstreamError(fault, { upstream: 'x', method: 'y', reason });
const fail = (fault: TransportError = 'lost', reason = 'ECONNRESET') =>
  assert.rejects(
    breaker.watch(() => Promise.reject(errorOf(fault, reason))),
    UpstreamError,
  );
const failTimes = async (times: number, ...how: Parameters<typeof fail>) => {
  for (let nth = 0; nth < times; nth += 1) await fail(...how);
};
const answer = () => breaker.watch(async () => 'answered');
const wait = (read?: () => Promise<boolean>) =>
  breaker.waitMs(async () => {
    readings += 1;
    return read ? read() : up;
  });

describe('a service that answers nothing', () => {
  for (const [fault, reason] of [
    ['lost', 'TimeoutError'],
    ['not_sent', 'ECONNREFUSED'],
    ['http', '500'],
    ['http', '503'],
    ['http', '429'],
    ['bad_shape', 'not_json'],
  ] as const) {
    it(`is read after five calls in a row that end as ${fault} (${reason}), and declined if that is not answered`, async () => {
      up = false;
      await failTimes(4, fault, reason);
      assert.deepEqual([await wait(), readings, breaker.state()], [0, 0, 'closed']);
      await fail(fault, reason);
      assert.equal(breaker.state(), 'half_open');
      assert.deepEqual([await wait(), readings, breaker.state()], [5_000, 1, 'open']);
    });
  }

  it('is not read again before the time is over, then once for all who come, and each time after twice as long', async () => {
    up = false;
    await failTimes(5);
    assert.equal(await wait(), 5_000);
    at += 2_000;
    assert.deepEqual([await wait(), readings], [3_000, 1]);
    at += 3_000;
    assert.equal(breaker.state(), 'half_open');
    assert.deepEqual(await Promise.all([wait(), wait(), wait()]), [10_000, 10_000, 10_000]);
    assert.equal(readings, 2);
    const waits: number[] = [];
    for (let nth = 0; nth < 4; nth += 1) {
      at += 60_000;
      waits.push(await wait());
    }
    assert.deepEqual(waits, [20_000, 40_000, 60_000, 60_000]);
    assert.deepEqual(changes, ['open']);
  });

  it('is accepted again by a reading that is answered, and begins anew', async () => {
    up = false;
    await failTimes(5);
    await wait();
    at += 5_000;
    up = true;
    assert.deepEqual([await wait(), breaker.state()], [0, 'closed']);
    assert.deepEqual(changes, ['open', 'closed']);
    up = false;
    await failTimes(5);
    assert.equal(await wait(), 5_000, 'it remembers the outage before');
  });

  it('is accepted again by any call that is answered meanwhile', async () => {
    up = false;
    await failTimes(5);
    await wait();
    await answer();
    assert.deepEqual([await wait(), breaker.state(), readings], [0, 'closed', 1]);
  });
});

describe('a reading', () => {
  it('that ends without an answer says nothing against one that came after it was begun', async () => {
    await failTimes(5);
    let end = (_answered: boolean) => {};
    const waiting = wait(() => new Promise((resolve) => (end = resolve)));
    await answer();
    end(false);
    assert.deepEqual([await waiting, breaker.state(), changes], [0, 'closed', []]);
  });

  it('that is slow is waited for only so long, and still finds out that the service is there', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    await failTimes(5);
    let end = (_answered: boolean) => {};
    const slow = () => new Promise<boolean>((resolve) => (end = resolve));
    const [first, second] = [wait(slow), wait(slow)];
    t.mock.timers.tick(3_000);
    assert.deepEqual([await first, await second, readings], [2_000, 2_000, 1]);
    end(true);
    t.mock.timers.reset();
    assert.deepEqual([await wait(slow), breaker.state(), readings], [0, 'closed', 1]);
  });

  it('fails because the service is away, or because the service cannot answer this very reading, which closes nothing', () => {
    const away = [
      errorOf('lost', 'TimeoutError'),
      errorOf('not_sent', 'ECONNREFUSED'),
      errorOf('not_sent', 'queued'),
      ...['429', '502', '503', '504', '522'].map((status) => errorOf('http', status)),
    ];
    assert.deepEqual(
      away.filter((cause) => !isAway(cause)),
      [],
    );
    const there = ['400', '401', '404', '500', '-32600', '-32601', '-32603'].map((status) => errorOf('http', status));
    assert.deepEqual([...there, errorOf('bad_shape', 'not_json')].filter(isAway), []);
  });
});

describe('what opens nothing', () => {
  it('one customer’s input that makes the service fail: our own reading is answered', async () => {
    for (let round = 0; round < 10; round += 1) {
      await failTimes(20, 'http', '500');
      assert.equal(await wait(), 0);
    }
    assert.deepEqual(changes, []);
  });

  it('calls that were given up before they were sent, and connections that we closed', async () => {
    for (let nth = 0; nth < 50; nth += 1) {
      await fail('not_sent', 'aborted');
      await fail('not_sent', 'queued');
      await fail('not_sent', 'UND_ERR_CLOSED');
    }
    assert.equal(breaker.state(), 'closed');
  });

  it('failures with an answer between them, or a long time', async () => {
    for (let nth = 0; nth < 10; nth += 1) {
      await failTimes(4);
      await answer();
    }
    await failTimes(4);
    at += 61_000;
    await fail();
    assert.equal(breaker.state(), 'closed');
  });

  for (const refusal of ['401', '404', '-32601']) {
    it(`refusals, which are answers, such as ${refusal}`, async () => {
      for (let nth = 0; nth < 10; nth += 1) {
        await failTimes(4);
        await fail('http', refusal);
      }
      assert.equal(breaker.state(), 'closed');
      up = false;
      await failTimes(5);
      await wait();
      await fail('http', refusal);
      assert.deepEqual([breaker.state(), changes], ['closed', ['open', 'closed']]);
    });
  }

  it('a bug of ours, which is thrown', async () => {
    for (let nth = 0; nth < 9; nth += 1)
      await assert.rejects(
        breaker.watch(() => Promise.reject(new TypeError('ours'))),
        TypeError,
      );
    assert.equal(breaker.state(), 'closed');
  });
});

describe('connections that are all taken by calls that hang', () => {
  it('decline what is new, and nothing is read', async () => {
    queuedMs = 2_001;
    assert.deepEqual([await wait(), readings], [2_000, 0]);
    queuedMs = 1_999;
    assert.equal(await wait(), 0);
  });
});
