/** The clock of payments: the database's, or for SQLite the machine's without its jumps. */
import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { CreatedPayment, PaymentView, WebhookEventPage } from '#contract';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { createDatabaseClock, createMonotonicClock } from '../../../server/storage/engine-clock.ts';
import { engines, type TestDatabase } from '../../support/engines.ts';
import { createServerProcesses, listening, type ServerProcesses } from '../../support/server-process.ts';
import { waitFor } from '../../support/wait-for.ts';

const postgres = engines.find(({ name }) => name === 'postgres') ?? assert.fail();

describe('the time of a database', () => {
  it('is the same for a process whose own clock is wrong', async () => {
    const database = Date.now() - 3_700_000;
    const clock = await createDatabaseClock(async () => database);
    assert.ok(Math.abs(clock.now() - database) < 1_000);
    assert.ok(Math.abs(clock.skewMs() - 3_700_000) < 1_000);
    clock.stop();
  });

  it('goes on evenly while the clock of the machine jumps, which only the skew shows', async (t) => {
    const began = Date.now();
    const clock = await createDatabaseClock(async () => began);
    t.after(() => clock.stop());
    let wall = began;
    t.mock.method(Date, 'now', () => wall);
    for (const hours of [1, -1, 24, 0]) {
      wall = began + hours * 3_600_000;
      assert.ok(Math.abs(clock.now() - began) < 1_000, `${hours} h`);
      assert.ok(Math.abs(clock.skewMs() - hours * 3_600_000) < 1_000);
    }
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

/** Loaded into a process, it sets its wall clock 3,700 s ahead. */
const clockAhead = `
  const Right = Date;
  const now = () => Right.now() + 3_700_000;
  globalThis.Date = class extends Right {
    static now = now;
    constructor(...given) {
      super(...(given.length > 0 ? given : [now()]));
    }
  };`;

/**
 * Two processes on one PostgreSQL: the clock of one is 3,700 s ahead, so by it every lease and most payments are over. The service
 * and the shop are slow enough for it to take what the other is working on.
 */
describe('two processes on one PostgreSQL', { skip: postgres.skip }, () => {
  const slowMs = 2_000;
  const secret = 'whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY=';
  const got: { about: string; type: string; refused: string | null }[] = [];
  const shop = createServer(async (request, response) => {
    const raw = await text(request);
    const { type, data } = JSON.parse(raw) as { type: string; data: { payment: { id: string } } };
    let refused: string | null = null;
    try {
      new Webhook(secret).verify(raw, request.headers as Record<string, string>);
    } catch (cause) {
      refused = String(cause);
    }
    got.push({ about: data.payment.id, type, refused });
    setTimeout(() => response.writeHead(204).end(), slowMs);
  });
  let database: TestDatabase;
  let paycodes: PayCodesSimulator;
  let processes: ServerProcesses;
  let children: ChildProcess[] = [];
  let right = '';
  let wrong = '';
  before(async () => {
    shop.listen(0, '127.0.0.1');
    await once(shop, 'listening');
    [database, paycodes] = await Promise.all([postgres.createEmpty(), createPayCodesSimulator()]);
    processes = createServerProcesses({ url: paycodes.url, key: paycodes.key });
    const MERCHANTS_FILE = join(processes.folder, 'with-shop.json');
    const merchants = readFileSync(join(processes.folder, 'merchants.json'), 'utf8');
    writeFileSync(
      MERCHANTS_FILE,
      merchants.replace('http://127.0.0.1:9/hook', `http://127.0.0.1:${(shop.address() as AddressInfo).port}/hook`),
    );
    const ahead = join(processes.folder, 'ahead.mjs');
    writeFileSync(ahead, clockAhead);
    children = [['server/main.ts'], ['--import', ahead, 'server/main.ts']].map((entry) =>
      processes.run({ DATABASE_URL: database.url, MERCHANTS_FILE }, entry),
    );
    [right, wrong] = (await Promise.all(children.map(listening))) as [string, string];
  });
  after(async () => {
    const ended = children.map((child) => once(child, 'close'));
    processes.end();
    await Promise.all(ended);
    shop.closeAllConnections();
    shop.close();
    await paycodes.close();
    await database.drop();
  });
  const json = { 'content-type': 'application/json' };
  const asShop = () => ({ authorization: `Bearer ${processes.apiKey}` });
  const create = async (address: string, orderId: string) => {
    const response = await fetch(`${address}/v1/payments`, {
      method: 'POST',
      headers: { ...asShop(), ...json, 'idempotency-key': `${address} ${orderId}` },
      body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId, label: 'c', expiresIn: 3_600 }),
    });
    return (await response.json()) as CreatedPayment;
  };

  it('agree on when a payment expires', async () => {
    const made = await create(right, 'one');
    const headers = { authorization: `Bearer ${made.clientSecret}` };
    const view = (await (await fetch(`${wrong}/checkout`, { headers })).json()) as PaymentView;
    assert.equal(view.status, 'open');
    assert.equal((await create(wrong, 'one')).payment.id, made.payment.id, 'one order has two payments');
    assert.match(await (await fetch(`${wrong}/metrics`)).text(), /pay_desk_clock_skew_seconds 3[67]\d\d/);
  });

  for (const [who, address] of [
    ['the right', () => right],
    ['the wrong', () => wrong],
  ] as const) {
    it(`leave ${who} one its work: a payment whose code is looked up slowly is paid, once`, async () => {
      const code = who === 'the right' ? 'GOOD0001' : 'GOOD0002';
      const fault = { op: 'get_code', code, when: 'before', kind: 'slow', ms: slowMs };
      await fetch(`${paycodes.url}/_/faults`, { method: 'POST', headers: json, body: JSON.stringify(fault) });
      const { payment, clientSecret } = await create(address(), code);
      const answer = await fetch(`${address()}/checkout/pay-code`, {
        method: 'POST',
        headers: { ...json, authorization: `Bearer ${clientSecret}` },
        body: JSON.stringify({ code }),
      });
      assert.equal(((await answer.json()) as PaymentView).status, 'succeeded');
      assert.equal(paycodes.ledger().uses.filter((use) => use.code === code).length, 1);
      const own = () => got.filter(({ about }) => about === payment.id);
      // The next one of the payment is sent only when this one has been answered, so then it cannot come once more.
      await waitFor(async () => own().some(({ type }) => type === 'payment.succeeded') && (await isDelivered(payment.id)));
      assert.deepEqual(
        own(),
        [...new Set(own().map(({ type }) => type))].map((type) => ({ about: payment.id, type, refused: null })),
        'each webhook once, signed within the five minutes that shops allow',
      );
    });
  }

  const isDelivered = async (id: string): Promise<boolean> => {
    const response = await fetch(`${right}/v1/events?paymentId=${id}`, { headers: asShop() });
    const { events } = (await response.json()) as WebhookEventPage;
    return events.length > 0 && events.every(({ status }) => status === 'delivered');
  };
});
