/** Codes for the merchant's back office, over HTTP: generated, looked up, limited, audited, and never stored in clear. */
import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { ProblemDetails } from '../../../../server/contract/index.ts';
import { limits } from '../../../../server/limits.ts';
import { generateOnce } from '../../../../server/methods/pay-code/code-batch.ts';
import { StoreUnavailable } from '../../../../server/payments/model/errors.ts';
import { merchantCallMs } from '../../../../server/payments/model/time.ts';
import { createSealer } from '../../../../server/payments/sealer.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { openStore } from '../../../../server/storage/store.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createPayCodeHttpTestBed, type PayCodeHttpTestBed } from './pay-code-http-test-bed.ts';

let testBed: PayCodeHttpTestBed;
before(async () => {
  testBed = await createPayCodeHttpTestBed();
});
after(() => testBed.close());

type Made = { batchId: string; rule: string; code: string; codes: string[]; price: number; currency: string } & ProblemDetails;
type Whose = 'shop' | 'rival' | 'plain';
const make = (body: object, whose?: Whose, key: string = randomUUID()) =>
  testBed.merchant<Made>('pay-codes', body, whose, { 'idempotency-key': key });
const batch = (body: object, whose?: Whose, key: string = randomUUID()) =>
  testBed.merchant<Made>('pay-codes/batch', body, whose, { 'idempotency-key': key });
const acknowledge = (id: string, whose?: Whose) =>
  testBed.merchant<Record<string, unknown>>(`pay-codes/batches/${id}/acknowledge`, {}, whose);
const lookUp = (body: object, whose?: 'shop' | 'rival' | 'plain') =>
  testBed.merchant<Record<string, unknown> & ProblemDetails>('pay-codes/lookup', body, whose);
const calls = (method?: string) => testBed.paycodes.ledger().calls.filter((one) => !method || one.method === method);
async function audit() {
  const { db } = openDatabase(testBed.databaseUrl);
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('type', 'like', 'pay_codes.%')
    .orderBy('at')
    .orderBy('type')
    .execute();
  await db.destroy();
  return rows;
}

describe('generating codes', () => {
  it('waits while a restored database is not verified, because it may have lost the batch of this key', async () => {
    const { db } = openDatabase(testBed.databaseUrl);
    await db.insertInto('restore_holds').values({ id: 'hold', since: 1, restored_at: 2, released_at: null }).execute();
    const before = calls('generate_code').length;
    const key = randomUUID();
    const held = await make({ rule: 'demo-enter' }, 'shop', key);
    assert.deepEqual([held.status, held.body.code, calls('generate_code').length - before], [503, 'busy', 0]);
    await db.deleteFrom('restore_holds').execute();
    await db.destroy();
    assert.equal((await make({ rule: 'demo-enter' }, 'shop', key)).status, 201);
  });

  it('generates one, which pays, and is looked up before and after', async () => {
    const { status, body } = await make({ rule: 'demo-enter', validFrom: '2020-01-01', validTo: '2099-12-31' });
    assert.deepEqual([status, body.rule, body.price, body.currency], [201, 'demo-enter', 2500, 'PLN']);
    assert.match(body.code, /^[A-Z0-9]{8}$/);
    const fresh = await lookUp({ rule: 'demo-enter', code: body.code });
    assert.deepEqual([fresh.status, fresh.body.state, fresh.body.usedAt, fresh.body.client], [200, 'usable', null, null]);
    assert.match(String(fresh.body.validTo), /^2099-12-31T/);
    const payment = await testBed.create({ amount: 2500, currency: 'PLN' });
    assert.equal((await payment.post('pay-code', { code: body.code })).body.status, 'succeeded');
    const used = await lookUp({ rule: 'demo-enter', code: body.code });
    const [attempt] = await testBed.store.attempts(payment.id);
    assert.deepEqual([used.body.state, used.body.client], ['used', `pw:${attempt?.id}`]);
    assert.ok(Date.parse(String(used.body.usedAt)) > 0);
  });

  it('generates a thousand at once, all different, under a creator that names the batch', async () => {
    const { status, body } = await batch({ rule: 'demo-discount', count: 1_000 });
    assert.deepEqual([status, body.rule, new Set(body.codes).size], [201, 'demo-discount', 1_000]);
    const made = testBed.paycodes.ledger().codes.filter(({ creator }) => creator === `pw:${body.batchId}`);
    assert.ok(body.codes.every((code) => made.some((one) => one.code === code && one.ruleSlug === 'demo-discount')));
    assert.equal((await batch({ rule: 'demo-enter', count: 1 })).body.codes.length, 1);
  });

  const wrong: [words: string, body: object, field: string][] = [
    ['no count', { rule: 'demo-enter' }, 'count'],
    ['a count of 0', { rule: 'demo-enter', count: 0 }, 'count'],
    ['a count of 1,001', { rule: 'demo-enter', count: 1_001 }, 'count'],
    ['half a code', { rule: 'demo-enter', count: 1.5 }, 'count'],
    ['a count in words', { rule: 'demo-enter', count: '5' }, 'count'],
    ['a day that is none', { rule: 'demo-enter', count: 1, validFrom: '2026-02-31' }, 'validFrom'],
    ['a time for a day', { rule: 'demo-enter', count: 1, validTo: '2026-02-01T00:00:00Z' }, 'validTo'],
    ['an end before the beginning', { rule: 'demo-enter', count: 1, validFrom: '2026-02-02', validTo: '2026-02-01' }, 'validTo'],
    ['no rule', { count: 1 }, 'rule'],
    ['a rule that is not the merchant’s', { rule: 'test', count: 1 }, 'rule'],
    ['a rule whose codes are shown', { rule: 'demo-reversed', count: 1 }, 'rule'],
  ];
  for (const [words, body, field] of wrong) {
    it(`is refused with ${words}, before any call and any audit event`, async () => {
      const [before, written] = [calls().length, (await audit()).length];
      const answers = [await batch(body)];
      if (field !== 'count')
        answers.push(await make(Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'count'))));
      for (const answer of answers) {
        assert.deepEqual([answer.status, answer.body.code, answer.body.field], [422, 'invalid_request', field]);
      }
      assert.deepEqual([calls().length, (await audit()).length], [before, written]);
    });
  }

  it('is refused where the body has an additional field: the caller does not choose the creator', async () => {
    const before = calls().length;
    const answer = await make({ rule: 'demo-enter', creator: 'somebody' });
    assert.deepEqual([answer.status, answer.body.code], [422, 'invalid_request']);
    assert.equal(calls().length, before);
  });

  it('is refused by PayCodes for a rule that is switched off, and the problem says so', async () => {
    const answer = await make({ rule: 'demo-off' });
    assert.deepEqual([answer.status, answer.body.code], [422, 'invalid_request']);
  });
});

describe('a request for codes that is repeated', () => {
  const made = (batchId: string) => testBed.paycodes.ledger().codes.filter(({ creator }) => creator === `pw:${batchId}`).length;
  const listed = () => calls('generate_code_list').length;

  it('is answered with the same codes, and none is generated again', async () => {
    const key = randomUUID();
    const first = await batch({ rule: 'demo-enter', count: 5 }, 'shop', key);
    const before = listed();
    const second = await batch({ rule: 'demo-enter', count: 5 }, 'shop', key);
    assert.deepEqual([second.status, second.body], [201, first.body]);
    const one = await make({ rule: 'demo-enter' }, 'shop', key);
    assert.equal(one.status, 201, 'another route has keys of its own');
    assert.deepEqual((await make({ rule: 'demo-enter' }, 'shop', key)).body, one.body);
    assert.deepEqual([listed(), made(first.body.batchId), made(one.body.batchId)], [before, 5, 1]);
  });

  it('is answered with the same codes though the database stored them only at the second try', async () => {
    const { transaction } = testBed.store;
    testBed.store.transaction = async (work, options) => {
      if (!options?.answer) return transaction(work, options);
      testBed.store.transaction = transaction;
      throw new StoreUnavailable({ code: '57P01', effect: 'unknown', soon: false });
    };
    const key = randomUUID();
    const request = { rule: 'demo-enter', validFrom: '2020-01-01', validTo: '2099-12-31' };
    const first = await make(request, 'shop', key);
    assert.equal(first.status, 201);
    const again = await waitFor(async () => {
      const answer = await make(request, 'shop', key);
      return answer.status === 201 && answer;
    });
    assert.equal(again.body.code, first.body.code);
  });

  it('at the same time generates one set', async () => {
    const [key, before] = [randomUUID(), listed()];
    const answers = await Promise.all(Array.from({ length: 8 }, () => batch({ rule: 'demo-enter', count: 3 }, 'shop', key)));
    const [whole, ...same] = answers.filter(({ status }) => status === 201);
    assert.ok(whole);
    for (const { body } of same) assert.deepEqual(body, whole.body);
    for (const { status, body } of answers) assert.ok(status === 201 || body.code === 'idempotency_conflict', body.code);
    assert.equal(listed() - before, 1);
  });

  it('with another body is refused, and another merchant cannot read the batch', async () => {
    const key = randomUUID();
    const first = await batch({ rule: 'demo-low', count: 2 }, 'shop', key);
    const other = await batch({ rule: 'demo-low', count: 3 }, 'shop', key);
    assert.deepEqual([other.status, other.body.code], [422, 'idempotency_conflict']);
    const rival = await batch({ rule: 'demo-low', count: 2 }, 'rival', key);
    assert.notDeepEqual(rival.body.codes, first.body.codes);
    assert.equal((await acknowledge(first.body.batchId, 'rival')).status, 404);
  });

  it('after our own error in reading the answer generates nothing again: the codes may exist', async () => {
    const store = await openStore('sqlite::memory:');
    const observer = { upstreamCall() {}, attempt() {}, webhook() {}, failure() {} };
    const parts = { store, sealer: createSealer(randomBytes(32)), clock: Date, observer };
    const wanted = {
      merchantId: 'books',
      operation: 'generate_code_list' as const,
      key: randomUUID(),
      body: {},
      rule: 'r',
      count: 2,
    };
    let made = 0;
    const make = () =>
      generateOnce(parts, wanted, async () => {
        made += 1;
        throw new TypeError('a price that nobody thought of');
      });
    await assert.rejects(make(), TypeError);
    await assert.rejects(make(), /outcome_unknown/);
    assert.equal(made, 1);
    await store.close();
  });

  it('after PayCodes’ answer was lost generates nothing: the outcome is unknown, and the problem names the batch', async () => {
    const [key, before] = [randomUUID(), listed()];
    await testBed.spoil('generate_code_list', 'after', 'reset');
    for (let time = 0; time < 2; time += 1) {
      const { status, body } = await batch({ rule: 'demo-enter', count: 4 }, 'shop', key);
      assert.deepEqual([status, body.code, body.batch?.count, made(body.batch?.id ?? '')], [409, 'outcome_unknown', 4, 4]);
    }
    assert.equal(listed() - before, 1);
  });

  it('after PayCodes certainly generated none generates them now', async () => {
    const key = randomUUID();
    assert.equal((await make({ rule: 'demo-off' }, 'shop', key)).status, 422);
    assert.equal((await make({ rule: 'demo-enter' }, 'shop', key)).status, 201);
  });

  it('gets only the batch once it was acknowledged; the codes are no longer stored', async () => {
    const key = randomUUID();
    const { body } = await batch({ rule: 'demo-enter', count: 6 }, 'shop', key);
    const { status, body: state } = await acknowledge(body.batchId);
    assert.deepEqual([status, state.status, state.count, state.kept], [200, 'made', 6, false]);
    const later = await batch({ rule: 'demo-enter', count: 6 }, 'shop', key);
    assert.deepEqual([later.status, later.body.code, later.body.batch], [410, 'codes_erased', { id: body.batchId, count: 6 }]);
    assert.equal((await testBed.store.codeBatch('shop', body.batchId))?.sealed, null);
  });

  it('gets the codes for a day and no longer, and only the key decrypts them', async () => {
    const key = randomUUID();
    const { body } = await batch({ rule: 'demo-enter', count: 2 }, 'shop', key);
    const row = (await testBed.store.codeBatch('shop', body.batchId)) ?? assert.fail();
    assert.ok(row.sealed && !JSON.stringify(row).includes(key));
    const sealer = createSealer(Buffer.alloc(32, 9));
    assert.throws(() => sealer.open(row.sealed ?? '', row.id));
    assert.throws(() => sealer.openFor(randomUUID(), row.sealed ?? '', row.id));
    await testBed.store.eraseCodes({ endedBefore: row.endedAt ?? 0 });
    assert.equal((await batch({ rule: 'demo-enter', count: 2 }, 'shop', key)).status, 201);
    await testBed.store.eraseCodes({ endedBefore: (row.endedAt ?? 0) + 1 });
    assert.equal((await batch({ rule: 'demo-enter', count: 2 }, 'shop', key)).status, 410);
  });

  it('needs a key that nobody can guess, and the problem says how long it must be', async () => {
    const before = calls().length;
    const good = [randomBytes(16).toString('hex'), randomBytes(16).toString('base64url'), randomBytes(20).toString('base64')];
    good.push('a-4Kf9-xQ2_mB7Lw-TzR1A', randomUUID().toUpperCase());
    const weak = ['1', 'order-2026-11-29-batch-7'.slice(0, 20), '12345678901234567890123456789012', 'a'.repeat(200), 'create-1'];
    for (const key of weak) {
      const { status, body } = await batch({ rule: 'demo-enter', count: 1 }, 'shop', key);
      assert.deepEqual([status, body.code, body.field], [422, 'invalid_request', 'Idempotency-Key'], key);
      assert.match(body.detail ?? '', /128 random bits/);
    }
    assert.equal((await testBed.merchant('pay-codes/batch', { rule: 'demo-enter', count: 1 })).status, 400);
    assert.equal(calls().length, before);
    for (const key of good) assert.equal((await batch({ rule: 'demo-enter', count: 1 }, 'shop', key)).status, 201, key);
  });

  it('never waits longer for PayCodes than an answer may take, whatever the settings allow', async (t) => {
    assert.ok(merchantCallMs <= limits.handlerMs - 2_000);
    const deadline = t.mock.method(AbortSignal, 'timeout');
    for (const ask of [
      () => make({ rule: 'demo-enter' }),
      () => batch({ rule: 'demo-enter', count: 1 }),
      () => lookUp({ rule: 'demo-enter', code: 'GOOD0001' }),
    ]) {
      deadline.mock.resetCalls();
      assert.ok((await ask()).status < 300);
      assert.equal(deadline.mock.calls.filter(({ arguments: [ms] }) => ms === merchantCallMs).length, 1, String(ask));
    }
  });
});

describe('looking codes up', () => {
  for (const [code, state] of [
    ['USED0001', 'used'],
    ['OLD00001', 'expired'],
    ['SOON0001', 'not_yet_valid'],
    ['OFF00001', 'inactive'],
  ]) {
    it(`answers that ${code} is ${state}`, async () =>
      assert.equal((await lookUp({ rule: 'demo-enter', code })).body.state, state));
  }

  it('finds no code under another rule, and accepts no text that cannot be a code', async () => {
    assert.equal((await lookUp({ rule: 'demo-low', code: 'GOOD0001' })).status, 404);
    for (const code of ['', 'abc', 'GOOD 0001', 'x'.repeat(65), 7]) {
      const answer = await lookUp({ rule: 'demo-enter', code });
      assert.deepEqual([answer.status, answer.body.code, answer.body.field], [422, 'invalid_request', 'code'], String(code));
    }
  });
});

describe('access to codes', () => {
  it('is decided by the API key: another merchant has its own rules, and one without codes has none', async () => {
    assert.equal((await make({ rule: 'demo-low' }, 'rival')).status, 201);
    const before = calls().length;
    for (const ask of [make({ rule: 'demo-enter' }, 'rival'), batch({ rule: 'demo-enter', count: 2 }, 'rival')]) {
      const answer = await ask;
      assert.deepEqual([answer.status, answer.body.field], [422, 'rule']);
    }
    assert.equal((await lookUp({ rule: 'demo-enter', code: 'GOOD0001' }, 'rival')).status, 422);
    assert.equal((await make({ rule: 'demo-enter' }, 'plain')).body.code, 'method_unavailable');
    assert.equal(calls().length, before);
  });

  it('is denied to customers: a client secret opens no route of it, and the page cannot choose the rule of a code', async () => {
    const payment = await testBed.create({ amount: 2500, currency: 'PLN' });
    const made = () => calls().filter(({ method }) => method.startsWith('generate_code')).length;
    const before = made();
    for (const path of ['pay-codes', '../v1/pay-codes', '../v1/pay-codes/batch'])
      assert.ok([401, 404].includes((await payment.post(path, { rule: 'demo-enter', count: 5 })).status), path);
    for (const body of [{ rule: 'demo-enter' }, { rule: 'demo-sms', acknowledge: true }])
      assert.equal((await payment.post('reversed-sms/start', body)).body.code, 'invalid_request');
    assert.equal((await payment.post('sms-code/start')).body.nextAction.kind, 'send_sms');
    assert.equal(made(), before);
    await payment.post('abandon');
    assert.equal((await payment.post('reversed-sms/start')).body.status, 'awaiting_customer');
    assert.deepEqual(
      calls('generate_code')
        .slice(-1)
        .map(({ ruleSlug }) => ruleSlug),
      ['demo-reversed'],
    );
    assert.equal(made(), before + 1);
  });
});

describe('a PayCodes that is down', () => {
  it('is reported as such, and nothing is sent twice by us', async () => {
    for (const [op, ask] of [
      ['generate_code', () => make({ rule: 'demo-enter' })],
      ['generate_code_list', () => batch({ rule: 'demo-enter', count: 3 })],
      ['get_code', () => lookUp({ rule: 'demo-enter', code: 'GOOD0001' })],
    ] as const) {
      const before = calls(op).length;
      for (let time = 0; time < 3; time += 1) await testBed.spoil(op, 'after', 'http500');
      const answer = await ask();
      // Nobody knows whether codes were generated. A read has no effect that could be unknown.
      const problem = op === 'get_code' ? [503, 'provider_unavailable'] : [409, 'outcome_unknown'];
      assert.deepEqual([answer.status, answer.body.code], problem, op);
      // A read may be sent again. A call that generates codes is sent once.
      assert.equal(calls(op).length - before, op === 'get_code' ? 3 : 1, op);
      await fetch(`${testBed.paycodes.url}/_/faults`, { method: 'DELETE' });
    }
  });
});

describe('what is stored of generated codes', () => {
  it('is who requested how many of which rule, and no code in the audit, the log or the database', async () => {
    const one = await make({ rule: 'demo-high' });
    const many = await batch({ rule: 'demo-high', count: 7 });
    const read = await lookUp({ rule: 'demo-high', code: one.body.code });
    assert.equal(read.body.price, 5_000);
    const rows = (await audit()).slice(-3);
    assert.deepEqual(
      rows.map(({ type, merchant_id, data }) => [type, merchant_id, JSON.parse(data)]),
      [
        ['pay_codes.generate_code', 'shop', { batchId: one.body.batchId, rule: 'demo-high', count: 1 }],
        ['pay_codes.generate_code_list', 'shop', { batchId: many.body.batchId, rule: 'demo-high', count: 7 }],
        ['pay_codes.get_code', 'shop', { rule: 'demo-high', count: 1 }],
      ],
    );
    const { db } = openDatabase(testBed.databaseUrl);
    const tables = ['audit', 'code_batches', 'attempts', 'intents', 'outbox', 'claims', 'idempotency_keys', 'tries'] as const;
    const kept = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
    await db.destroy();
    assert.ok(
      testBed.lines.some((line) => line.includes('/v1/pay-codes')),
      'the search sees the log',
    );
    for (const code of [one.body.code, ...many.body.codes]) {
      assert.ok(!JSON.stringify(kept).includes(code), 'a code is kept');
      assert.ok(!testBed.lines.some((line) => line.includes(code)), 'a code is in the log');
    }
  });
});
