/** When new work is declined, when the service is read again, and what says nothing about the service. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { type Breaker, createBreaker } from '../../../server/clients/breaker.ts';
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

const fail = (fault: TransportError = 'lost', { reason = 'ECONNRESET', kind }: { reason?: string; kind?: 'spends' } = {}) =>
  assert.rejects(
    breaker.watch(() => Promise.reject(new UpstreamError(fault, { upstream: 'x', method: 'y', reason })), kind),
    UpstreamError,
  );
const failTimes = async (times: number, ...how: Parameters<typeof fail>) => {
  for (let nth = 0; nth < times; nth += 1) await fail(...how);
};
const answer = (kind?: 'spends') => breaker.watch(async () => 'refused', kind);
const wait = () =>
  breaker.waitMs(async () => {
    readings += 1;
    return up;
  });

describe('a service that answers nothing', () => {
  for (const [fault, reason] of [
    ['lost', 'TimeoutError'],
    ['not_sent', 'ECONNREFUSED'],
    ['http', '503'],
    ['http', '429'],
    ['bad_shape', 'not_json'],
  ] as const) {
    it(`is read after five calls in a row that end as ${fault} (${reason}), and declined if that is not answered`, async () => {
      up = false;
      await failTimes(4, fault, { reason });
      assert.deepEqual([await wait(), readings], [0, 0]);
      await fail(fault, { reason });
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

describe('what opens nothing', () => {
  it('one customer’s input that makes the service fail: our own reading is answered', async () => {
    for (let round = 0; round < 10; round += 1) {
      await failTimes(20, 'http', { reason: '500' });
      assert.equal(await wait(), 0);
    }
    assert.deepEqual(changes, []);
  });

  it('refusals, wrong keys, and calls that were given up before they were sent', async () => {
    up = false;
    for (let nth = 0; nth < 50; nth += 1) {
      await answer();
      await fail('http', { reason: '401', kind: 'spends' });
      await fail('not_sent', { reason: 'aborted', kind: 'spends' });
      await fail('not_sent', { reason: 'queued', kind: 'spends' });
    }
    assert.deepEqual([await wait(), readings], [0, 0]);
  });

  it('failures with an answer between them, or a long time', async () => {
    up = false;
    for (let nth = 0; nth < 10; nth += 1) {
      await failTimes(4);
      await answer();
    }
    await failTimes(4);
    at += 61_000;
    await fail();
    assert.deepEqual([await wait(), readings], [0, 0]);
  });

  it('a bug of ours, which is thrown', async () => {
    for (let nth = 0; nth < 9; nth += 1)
      await assert.rejects(
        breaker.watch(() => Promise.reject(new TypeError('ours'))),
        TypeError,
      );
    assert.equal(await wait(), 0);
  });
});

describe('a service that is read well, and answers no call that spends', () => {
  const lose = (times: number) => failTimes(times, 'lost', { kind: 'spends' });

  it('is declined after three in a row, although readings are answered', async () => {
    for (let nth = 0; nth < 2; nth += 1) {
      await lose(1);
      await answer();
    }
    assert.equal(await wait(), 0);
    await lose(1);
    await answer();
    assert.deepEqual([await wait(), readings, changes.length], [5_000, 0, 1]);
  });

  it('is tried again after a reading, and one more that is lost declines for twice as long', async () => {
    await lose(3);
    at += 5_000;
    assert.deepEqual([await wait(), readings], [0, 1]);
    await lose(1);
    assert.equal(await wait(), 10_000);
    at += 10_000;
    assert.equal(await wait(), 0);
    await answer('spends');
    await lose(2);
    assert.equal(await wait(), 0, 'it still remembers');
    assert.deepEqual(changes, ['open', 'closed', 'open', 'closed']);
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
