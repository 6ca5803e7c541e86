/** The clock of payments: the database's, or for SQLite the machine's without its jumps. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, it } from 'node:test';
import type { CreatedPayment, PaymentView } from '#contract';
import { createDatabaseClock, createMonotonicClock } from '../../../server/storage/engine-clock.ts';
import { engines } from '../../support/engines.ts';
import { createServerProcesses, listening } from '../../support/server-process.ts';

const postgres = engines.find(({ name }) => name === 'postgres') ?? assert.fail();

describe('the time of a database', () => {
  it('is the same for a process whose own clock is wrong', async () => {
    const database = Date.now() - 3_700_000;
    const clock = await createDatabaseClock(async () => database);
    assert.ok(Math.abs(clock.now() - database) < 1_000);
    assert.ok(Math.abs(clock.skewMs() - 3_700_000) < 1_000);
    clock.stop();
  });

  it('cannot be read from a database that is unavailable', async () => {
    await assert.rejects(
      createDatabaseClock(() => Promise.reject(new Error('away'))),
      /away/,
    );
  });
});

describe('the time of a machine', () => {
  function machine() {
    let wall = 1_750_000_000_000;
    let monotonic = 0;
    return {
      clock: createMonotonicClock(
        () => wall,
        () => monotonic,
      ),
      pass(ms: number) {
        wall += ms;
        monotonic += ms;
      },
      jump(ms: number) {
        wall += ms;
      },
    };
  }

  it('does not jump with a clock that is wrong for a moment', () => {
    const { clock, pass, jump } = machine();
    const began = clock.now();
    jump(3_700_000);
    pass(30_000);
    assert.equal(clock.now(), began + 30_000);
    jump(-3_700_000);
    pass(60_000);
    assert.equal(clock.now(), began + 90_000);
  });

  it('follows a clock that stays at its new time, and every small step', () => {
    const { clock, pass, jump } = machine();
    const began = clock.now();
    jump(-600_000);
    clock.now();
    pass(60_000);
    assert.equal(clock.now(), began - 540_000);
    jump(1_000);
    assert.equal(clock.now(), began - 539_000);
  });
});

describe('two processes on one PostgreSQL', { skip: postgres.skip }, () => {
  it('agree on when a payment expires, though the clock of one is 3,700 s ahead', async () => {
    const database = await postgres.createEmpty();
    const processes = createServerProcesses({ url: 'http://127.0.0.1:9', key: 'none' });
    const ahead = 'data:text/javascript,const real=Date.now;Date.now=()=>real()+3700000';
    const children = [['server/main.ts'], ['--import', ahead, 'server/main.ts']].map((entry) =>
      processes.run({ DATABASE_URL: database.url }, entry),
    );
    try {
      const [right, wrong] = (await Promise.all(children.map(listening))) as [string, string];
      const json = { 'content-type': 'application/json' };
      const create = async (address: string) => {
        const response = await fetch(`${address}/v1/payments`, {
          method: 'POST',
          headers: { authorization: `Bearer ${processes.apiKey}`, ...json, 'idempotency-key': address },
          body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: 'one', label: 'c', expiresIn: 3_600 }),
        });
        return (await response.json()) as CreatedPayment;
      };
      const made = await create(right);
      const view = async (address: string) =>
        (await (
          await fetch(`${address}/checkout`, { headers: { authorization: `Bearer ${made.clientSecret}` } })
        ).json()) as PaymentView;
      assert.equal((await view(wrong)).status, 'open');
      assert.equal((await create(wrong)).payment.id, made.payment.id, 'one order has two payments');
      assert.match(await (await fetch(`${wrong}/metrics`)).text(), /pay_desk_clock_skew_seconds 3[67]\d\d/);
    } finally {
      const ended = children.map((child) => once(child, 'close'));
      processes.end();
      await Promise.all(ended);
      await database.drop();
    }
  });
});
