/** Codes for the merchant's back office, over HTTP: made, looked up, limited, audited, and written down nowhere. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ProblemDetails } from '../../../../server/contract/index.ts';
import { openDatabase } from '../../../../server/storage/open-database.ts';
import { createPayCodeShop, type PayCodeShop } from './pay-code-shop.ts';

let shop: PayCodeShop;
before(async () => {
  shop = await createPayCodeShop();
});
after(() => shop.close());

type Made = { rule: string; code: string; codes: string[]; price: number; currency: string } & ProblemDetails;
const make = (body: object, whose?: 'shop' | 'rival' | 'plain') => shop.merchant<Made>('pay-codes', body, whose);
const batch = (body: object, whose?: 'shop' | 'rival' | 'plain') => shop.merchant<Made>('pay-codes/batch', body, whose);
const lookUp = (body: object, whose?: 'shop' | 'rival' | 'plain') =>
  shop.merchant<Record<string, unknown> & ProblemDetails>('pay-codes/lookup', body, whose);
const calls = (method?: string) => shop.paycodes.ledger().calls.filter((one) => !method || one.method === method);
async function audit() {
  const { db } = openDatabase(shop.databaseUrl);
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

describe('making codes', () => {
  it('makes one, which pays, and is looked up before and after', async () => {
    const { status, body } = await make({ rule: 'demo-enter', validFrom: '2020-01-01', validTo: '2099-12-31' });
    assert.deepEqual([status, body.rule, body.price, body.currency], [201, 'demo-enter', 2500, 'PLN']);
    assert.match(body.code, /^[A-Z0-9]{8}$/);
    const fresh = await lookUp({ rule: 'demo-enter', code: body.code });
    assert.deepEqual([fresh.status, fresh.body.state, fresh.body.usedAt, fresh.body.client], [200, 'usable', null, null]);
    assert.match(String(fresh.body.validTo), /^2099-12-31T/);
    const payment = await shop.create({ amount: 2500, currency: 'PLN' });
    assert.equal((await payment.post('pay-code', { code: body.code })).body.status, 'succeeded');
    const used = await lookUp({ rule: 'demo-enter', code: body.code });
    const [attempt] = await shop.store.attempts(payment.id);
    assert.deepEqual([used.body.state, used.body.client], ['used', `pw:${attempt?.id}`]);
    assert.ok(Date.parse(String(used.body.usedAt)) > 0);
  });

  it('makes a thousand at once, all different, in the merchant’s name', async () => {
    const { status, body } = await batch({ rule: 'demo-discount', count: 1_000 });
    assert.deepEqual([status, body.rule, new Set(body.codes).size], [201, 'demo-discount', 1_000]);
    const made = shop.paycodes.ledger().codes.filter(({ creator }) => creator === 'payment-widget:shop');
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
    it(`is refused with ${words}, before any call and any word in the audit`, async () => {
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

  it('is refused for more than is asked: nobody says who makes them', async () => {
    const before = calls().length;
    const answer = await make({ rule: 'demo-enter', creator: 'somebody' });
    assert.deepEqual([answer.status, answer.body.code], [422, 'invalid_request']);
    assert.equal(calls().length, before);
  });

  it('is refused by PayCodes for a rule that is switched off, and told as such', async () => {
    const answer = await make({ rule: 'demo-off' });
    assert.deepEqual([answer.status, answer.body.code], [422, 'invalid_request']);
  });
});

describe('looking codes up', () => {
  for (const [code, state] of [
    ['USED0001', 'used'],
    ['OLD00001', 'expired'],
    ['SOON0001', 'not_yet_valid'],
    ['OFF00001', 'inactive'],
  ]) {
    it(`tells that ${code} is ${state}`, async () =>
      assert.equal((await lookUp({ rule: 'demo-enter', code })).body.state, state));
  }

  it('finds no code under another rule, and takes no text for one', async () => {
    assert.equal((await lookUp({ rule: 'demo-low', code: 'GOOD0001' })).status, 404);
    for (const code of ['', 'abc', 'GOOD 0001', 'x'.repeat(65), 7]) {
      const answer = await lookUp({ rule: 'demo-enter', code });
      assert.deepEqual([answer.status, answer.body.code, answer.body.field], [422, 'invalid_request', 'code'], String(code));
    }
  });
});

describe('whose codes they are', () => {
  it('is told by the key: another merchant has its own rules, and one without codes has none', async () => {
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

  it('is no customer’s business: a client secret opens none of it, and the page causes a code of no other rule', async () => {
    const payment = await shop.create({ amount: 2500, currency: 'PLN' });
    const made = () => calls().filter(({ method }) => method.startsWith('generate_code')).length;
    const before = made();
    for (const path of ['pay-codes', '../v1/pay-codes', '../v1/pay-codes/batch'])
      assert.ok([401, 404].includes((await payment.post(path, { rule: 'demo-enter', count: 5 })).status), path);
    for (const told of [{ rule: 'demo-enter' }, { rule: 'demo-sms', acknowledge: true }])
      assert.equal((await payment.post('reversed-sms/start', told)).body.code, 'invalid_request');
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
  it('is told as such, and nothing is made twice by us', async () => {
    for (const [op, ask] of [
      ['generate_code', () => make({ rule: 'demo-enter' })],
      ['generate_code_list', () => batch({ rule: 'demo-enter', count: 3 })],
      ['get_code', () => lookUp({ rule: 'demo-enter', code: 'GOOD0001' })],
    ] as const) {
      const before = calls(op).length;
      for (let time = 0; time < 3; time += 1) await shop.spoil(op, 'after', 'http500');
      const answer = await ask();
      assert.deepEqual([answer.status, answer.body.code], [503, 'provider_unavailable'], op);
      // A reading may be asked again; what makes codes is sent once.
      assert.equal(calls(op).length - before, op === 'get_code' ? 3 : 1, op);
      await fetch(`${shop.paycodes.url}/_/faults`, { method: 'DELETE' });
    }
  });
});

describe('what is kept of it', () => {
  it('is who asked for how many of which rule, and no code: not in the audit, not in the log, not in the database', async () => {
    const one = await make({ rule: 'demo-high' });
    const many = await batch({ rule: 'demo-high', count: 7 });
    const told = await lookUp({ rule: 'demo-high', code: one.body.code });
    assert.equal(told.body.price, 5_000);
    const rows = (await audit()).slice(-3);
    assert.deepEqual(
      rows.map(({ type, merchant_id, data }) => [type, merchant_id, JSON.parse(data)]),
      [
        ['pay_codes.generate_code', 'shop', { rule: 'demo-high', count: 1 }],
        ['pay_codes.generate_code_list', 'shop', { rule: 'demo-high', count: 7 }],
        ['pay_codes.get_code', 'shop', { rule: 'demo-high', count: 1 }],
      ],
    );
    const { db } = openDatabase(shop.databaseUrl);
    const tables = ['audit', 'attempts', 'intents', 'outbox', 'claims', 'idempotency_keys', 'tries'] as const;
    const kept = await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute()));
    await db.destroy();
    assert.ok(
      shop.lines.some((line) => line.includes('/v1/pay-codes')),
      'the search sees the log',
    );
    for (const code of [one.body.code, ...many.body.codes]) {
      assert.ok(!JSON.stringify(kept).includes(code), 'a code is kept');
      assert.ok(!shop.lines.some((line) => line.includes(code)), 'a code is in the log');
    }
  });
});
