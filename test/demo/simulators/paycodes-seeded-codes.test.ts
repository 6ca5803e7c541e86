/** Each seeded code behaves as its name says, with the real client over HTTP. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { createPayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { UpstreamError } from '../../../server/clients/http.ts';
import { codeState, priceDeductionOf } from '../../../server/clients/paycodes/answers.ts';
import { createPayCodesClient } from '../../../server/clients/paycodes/client.ts';

const client = 'pw:attempt-1';

async function pair(t: TestContext, { slowMs = 200 } = {}) {
  const simulator = await createPayCodesSimulator({ slowMs });
  const paycodes = createPayCodesClient({ url: new URL(simulator.url), auth: { type: 'bearer', key: simulator.key } });
  t.after(async () => {
    await simulator.close();
    await paycodes.close();
  });
  const look = async (code: string, ruleSlug = 'demo-enter') => {
    const answer = await paycodes.getCode({ code, ruleSlug });
    return {
      state: codeState(answer, Date.now()),
      price: answer.kind === 'found' ? answer.rule.price : null,
      client: answer.kind === 'found' ? answer.code.client : null,
    };
  };
  const use = (code: string, ruleSlug = 'demo-enter') => paycodes.useCode({ code, ruleSlug, client });
  return { simulator, paycodes, look, use };
}

test('every seeded code is in the state that its name says, at the price of its rule', async (t) => {
  const { look } = await pair(t);
  for (let n = 1; n <= 20; n += 1) {
    assert.deepEqual(await look(`GOOD${String(n).padStart(4, '0')}`), { state: 'usable', price: 2500, client: null });
  }
  const others = [
    ['USED0001', 'demo-enter', 'used', 2500],
    ['OLD00001', 'demo-enter', 'expired', 2500],
    ['SOON0001', 'demo-enter', 'not_yet_valid', 2500],
    ['OFF00001', 'demo-enter', 'inactive', 2500],
    ['LOW00001', 'demo-low', 'usable', 1250],
    ['HIGH0001', 'demo-high', 'usable', 5000],
    ['SLOW0001', 'demo-enter', 'usable', 2500],
    ['LOST0001', 'demo-enter', 'usable', 2500],
    ['RACE0001', 'demo-enter', 'usable', 2500],
    ['MMKG0001', 'demo-enter-mmk', 'usable', 600_000],
    ['MMKG0005', 'demo-enter-mmk', 'usable', 600_000],
    ['UZSG0001', 'demo-enter-uzs', 'usable', 500_000],
    ['UZSG0005', 'demo-enter-uzs', 'usable', 500_000],
    ['SMSG0001', 'demo-sms', 'usable', 2500],
    ['SMSG0005', 'demo-sms', 'usable', 2500],
    ['SMSG0001', 'demo-enter', 'not_found', null],
    ['DISCUSED', 'demo-discount', 'used', 0],
    ['MMKG0001', 'demo-enter', 'not_found', null],
    ['GOOD0001', 'demo-enter-mmk', 'not_found', null],
    ['RULEOFF1', 'demo-off', 'rule_inactive', 2500],
    ['GOOD0021', 'demo-enter', 'not_found', null],
    ['LOW00001', 'demo-enter', 'not_found', null],
  ] as const;
  for (const [code, rule, state, price] of others) {
    const seen = await look(code, rule);
    assert.deepEqual([seen.state, seen.price], [state, price], code);
  }
});

test('SLOW0001 is looked up at once; its use is answered late, but correctly', async (t) => {
  const { simulator, look, use } = await pair(t, { slowMs: 300 });
  assert.equal((await look('SLOW0001')).state, 'usable');
  const began = performance.now();
  assert.deepEqual(await use('SLOW0001'), { kind: 'status', used: true });
  assert.ok(performance.now() - began >= 295);
  assert.equal(simulator.ledger().uses.length, 1);
});

test('LOST0001 is used and the answer lost; only its client shows who used it', async (t) => {
  const { simulator, look, use } = await pair(t);
  await assert.rejects(use('LOST0001'), (thrown) => thrown instanceof UpstreamError && thrown.fault === 'lost');
  assert.deepEqual(await look('LOST0001'), { state: 'used', price: 2500, client });
  assert.equal(simulator.ledger().uses.length, 1);
  assert.deepEqual(await use('LOST0001'), { kind: 'status', used: false });
  assert.equal(simulator.ledger().uses.length, 1);
});

test('FAIL0001 answers an internal error to everything and is never used', async (t) => {
  const { simulator, look, use } = await pair(t);
  for (const call of [look, use]) {
    await assert.rejects(call('FAIL0001'), (thrown) => thrown instanceof UpstreamError && thrown.fault === 'http');
  }
  assert.equal(simulator.ledger().uses.length, 0);
});

test('RACE0001 looks usable, but somebody else uses it first', async (t) => {
  const { simulator, look, use } = await pair(t);
  assert.equal((await look('RACE0001')).state, 'usable');
  assert.deepEqual(await use('RACE0001'), { kind: 'status', used: false });
  assert.deepEqual(await look('RACE0001'), { state: 'used', price: 2500, client: 'somebody-else' });
  assert.deepEqual(
    simulator.ledger().uses.map((each) => each.client),
    ['somebody-else'],
  );
});

test('50 clients use one code at once: exactly one succeeds', async (t) => {
  const { simulator, paycodes } = await pair(t);
  const uses = Array.from({ length: 50 }, (_, n) =>
    paycodes.useCode({ code: 'GOOD0001', ruleSlug: 'demo-enter', client: `pw:${n}` }),
  );
  const used = (await Promise.all(uses)).flatMap((answer, n) => (answer.kind === 'status' && answer.used ? [`pw:${n}`] : []));
  assert.equal(used.length, 1);
  assert.deepEqual(
    simulator.ledger().uses.map((each) => each.client),
    used,
  );
});

test('every discount reduces by what its name says', async (t) => {
  const { paycodes } = await pair(t);
  const discounts = [
    ['DISC10PC', 'demo-discount', { type: 'percent', value: 10 }],
    ['DISC0001', 'demo-discount', { type: 'percent', value: 10 }],
    ['DISC0010', 'demo-discount', { type: 'percent', value: 10 }],
    ['DISCLOST', 'demo-discount', { type: 'percent', value: 10 }],
    ['DISCRACE', 'demo-discount', { type: 'percent', value: 10 }],
    ['DISCFULL', 'demo-full', { type: 'percent', value: 100 }],
    ['FULL0005', 'demo-full', { type: 'percent', value: 100 }],
    ['DISC5PLN', 'demo-discount-amount', { type: 'amount', value: 500 }],
    ['FIVE0005', 'demo-discount-amount', { type: 'amount', value: 500 }],
    ['MMKP0005', 'demo-discount-mmk', { type: 'percent', value: 10 }],
    ['MMKF0005', 'demo-full-mmk', { type: 'percent', value: 100 }],
    ['MMKA0005', 'demo-discount-amount-mmk', { type: 'amount', value: 100_000 }],
    ['UZSP0005', 'demo-discount-uzs', { type: 'percent', value: 10 }],
    ['UZSF0005', 'demo-full-uzs', { type: 'percent', value: 100 }],
    ['UZSA0005', 'demo-discount-amount-uzs', { type: 'amount', value: 100_000 }],
    ['DISCODD1', 'demo-discount-odd', 'unreadable'],
    ['GOOD0001', 'demo-enter', null],
  ] as const;
  for (const [code, ruleSlug, deduction] of discounts) {
    const answer = await paycodes.getCode({ code, ruleSlug });
    assert.equal(codeState(answer, Date.now()), 'usable', code);
    assert.deepEqual(answer.kind === 'found' && priceDeductionOf(answer.rule), deduction, code);
  }
});

test('the answer to a discount can be lost, and somebody else can use it first, as with any code', async (t) => {
  const { simulator, look, use } = await pair(t);
  await assert.rejects(use('DISCLOST', 'demo-discount'), (thrown) => thrown instanceof UpstreamError && thrown.fault === 'lost');
  assert.deepEqual(await look('DISCLOST', 'demo-discount'), { state: 'used', price: 0, client });
  assert.deepEqual(await use('DISCRACE', 'demo-discount'), { kind: 'status', used: false });
  assert.deepEqual(await look('DISCRACE', 'demo-discount'), { state: 'used', price: 0, client: 'somebody-else' });
  assert.equal(simulator.ledger().uses.length, 2);
});

test('every seeded code has the characters of its pattern and the length of its rule', async (t) => {
  const { simulator, paycodes } = await pair(t);
  for (const { code, ruleSlug } of simulator.ledger().codes) {
    if (code === 'FAIL0001') continue;
    const answer = await paycodes.getCode({ code, ruleSlug });
    assert.ok(answer.kind === 'found', code);
    assert.ok(
      [...code].every((sign) => answer.pattern?.pattern.includes(sign)),
      code,
    );
    // Our client does not read the length, so it is read here as it comes.
    const params = { code, rule_slug: ruleSlug };
    const raw = await fetch(simulator.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${simulator.key}` },
      body: JSON.stringify({ jsonrpc: '2.0', id: '1', method: 'get_code', params }),
    });
    const { result } = (await raw.json()) as { result: { rule: { code_lenght: number } } };
    assert.equal(code.length, result.rule.code_lenght, code);
  }
});
