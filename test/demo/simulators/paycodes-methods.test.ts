/** The four methods of the simulated PayCodes, by plain HTTP. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as documented from '../../server/clients/fixtures.ts';
import { createPayCodesSimulatorTestBed } from './paycodes-simulator-test-bed.ts';

const good = { code: 'GOOD0001', rule_slug: 'demo-enter' };
const alphabet = /^[A-WVZ0-9]+$/;

test('get_code shows code, pattern and the 18 fields of the rule, in the spelling and the time format of the documents', async (t) => {
  const { result } = await createPayCodesSimulatorTestBed(t);
  const { code, pattern, rule } = (await result('get_code', { code: 'CLJG1J', rule_slug: 'test' })) as Record<
    string,
    Record<string, unknown>
  >;
  assert.deepEqual(pattern, documented.pattern);
  assert.deepEqual(rule, { ...documented.rule, code_duration_date: null });
  const { gen_time, start_time, end_time, id, ...rest } = code ?? {};
  const expected = { code: 'CLJG1J', creator: 'pskrzynski2', rule_slug: 'test', use_time: null, is_active: true, client: null };
  assert.deepEqual(rest, expected);
  assert.ok(Number.isInteger(id));
  for (const time of [gen_time, start_time, end_time])
    assert.match(String(time), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}[+]0[12]$/);
});

test('prints Warsaw time, in winter and in summer', async (t) => {
  for (const [now, shown] of [
    ['2026-01-15T10:00:00Z', '2026-01-15 11:00:00.000785+01'],
    ['2026-07-15T23:30:00.5Z', '2026-07-16 01:30:00.500785+02'],
  ] as const) {
    const { result } = await createPayCodesSimulatorTestBed(t, { now: () => Date.parse(now) });
    await result('use_code', { ...good, client: 'c' });
    const { code } = (await result('get_code', good)) as { code: Record<string, unknown> };
    assert.equal(code.use_time, shown);
  }
});

test('use_code uses a code once, for one client, and get_code returns who and when', async (t) => {
  const { simulator, result } = await createPayCodesSimulatorTestBed(t);
  assert.deepEqual(await result('use_code', { ...good, client: 'first' }), { status: true });
  assert.deepEqual(await result('use_code', { ...good, client: 'second' }), { status: false });
  const { code } = (await result('get_code', good)) as { code: Record<string, unknown> };
  assert.equal(code.client, 'first');
  assert.equal(code.is_active, false);
  assert.ok(code.use_time);
  const [use, ...others] = simulator.ledger().uses;
  assert.deepEqual(others, []);
  assert.equal(use?.client, 'first');
});

test('of 50 uses at once exactly one succeeds', async (t) => {
  const { simulator, result } = await createPayCodesSimulatorTestBed(t);
  const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => result('use_code', { ...good, client: `client-${n}` })));
  const winners = answers.flatMap((answer, n) => (answer.status === true ? [`client-${n}`] : []));
  assert.equal(winners.length, 1);
  assert.deepEqual(
    simulator.ledger().uses.map((use) => use.client),
    winners,
  );
});

test('a code of another rule is not found, an unknown one neither, an unknown rule is an error', async (t) => {
  const { result, error } = await createPayCodesSimulatorTestBed(t);
  assert.equal(await error('get_code', { ...good, rule_slug: 'demo-low' }), 1003);
  assert.equal(await error('get_code', { ...good, code: 'NOSUCH01' }), 1003);
  assert.equal(await error('get_code', { ...good, rule_slug: 'nowhere' }), 1001);
  assert.deepEqual(await result('use_code', { ...good, rule_slug: 'demo-low', client: 'c' }), { status: false });
  assert.equal(await error('use_code', { ...good, rule_slug: 'nowhere', client: 'c' }), 1001);
});

test('a code that cannot be used is answered by status false, or by an error with the reason where that is set', async (t) => {
  const reasons = {
    USED0001: 'used',
    OLD00001: 'expired',
    SOON0001: 'not_yet_valid',
    OFF00001: 'inactive',
    RULEOFF1: 'rule_inactive',
  };
  const quiet = await createPayCodesSimulatorTestBed(t);
  const loud = await createPayCodesSimulatorTestBed(t, { unusable: 'error' });
  for (const [code, reason] of Object.entries(reasons)) {
    const params = { code, rule_slug: code === 'RULEOFF1' ? 'demo-off' : 'demo-enter', client: 'c' };
    assert.deepEqual(await quiet.result('use_code', params), { status: false }, code);
    const { error } = await loud.rpc('use_code', params);
    assert.deepEqual([error?.code, error?.data], [1007, { reason }], code);
  }
  assert.equal(quiet.simulator.ledger().uses.length, 0);
});

test('generate_code creates a new code of the rule that can be used', async (t) => {
  const { simulator, result } = await createPayCodesSimulatorTestBed(t, { now: () => Date.parse('2026-05-01T12:00:00Z') });
  const made = await result('generate_code', { rule_slug: 'demo-enter', creator: 'shop' });
  assert.deepEqual(Object.keys(made), ['code', 'pattern', 'rule']);
  assert.match(String(made.code), alphabet);
  assert.equal(String(made.code).length, 8);
  const record = simulator.ledger().codes.at(-1);
  assert.deepEqual(
    [record?.code, record?.creator, record?.startTime, record?.endTime],
    [made.code, 'shop', '2026-05-01T12:00:00.000Z', '2027-04-26T12:00:00.000Z'],
  );
  assert.deepEqual(await result('use_code', { code: made.code, rule_slug: 'demo-enter', client: 'c' }), { status: true });
});

test('the days of a code are days in Warsaw, and the last one counts in full', async (t) => {
  const { simulator, result, error } = await createPayCodesSimulatorTestBed(t, { now: () => Date.parse('2026-05-01T12:00:00Z') });
  const order = { rule_slug: 'demo-enter', creator: 'shop' };
  await result('generate_code', { ...order, valid_from: '2026-03-28', valid_to: '2026-03-29' });
  const record = simulator.ledger().codes.at(-1);
  assert.deepEqual([record?.startTime, record?.endTime], ['2026-03-27T23:00:00.000Z', '2026-03-29T21:59:59.999Z']);
  for (const dates of [
    { valid_from: '2026-03-29', valid_to: '2026-03-28' },
    { valid_to: '2026-04-30' },
    { valid_from: '29.03.2026' },
    { valid_from: '2026-02-30' },
  ]) {
    assert.equal(await error('generate_code', { ...order, ...dates }), 1004, JSON.stringify(dates));
  }
});

test('generate_code_list creates as many different codes as requested, or none', async (t) => {
  const { simulator, result, error } = await createPayCodesSimulatorTestBed(t);
  const order = { rule_slug: 'demo-enter', creator: 'shop' };
  const before = simulator.ledger().codes.length;
  const made = await result('generate_code_list', { ...order, number_of_codes: 1000 });
  assert.deepEqual(Object.keys(made), ['codes']);
  assert.equal(new Set(made.codes as string[]).size, 1000);
  assert.equal(simulator.ledger().codes.length, before + 1000);
  for (const number_of_codes of [0, 1001, -1, 1.5, 'many', null, undefined]) {
    assert.equal(await error('generate_code_list', { ...order, number_of_codes }), 1005, String(number_of_codes));
  }
  assert.equal(simulator.ledger().codes.length, before + 1000);
  assert.equal(await error('generate_code_list', { ...order, rule_slug: 'demo-off', number_of_codes: 1 }), 1002);
  assert.equal(await error('generate_code', { ...order, rule_slug: 'nowhere' }), 1001);
  assert.equal(await error('generate_code', { ...order, creator: 'x'.repeat(65) }), -32602);
});

test('answers invalid calls as JSON-RPC specifies, and no caller without the key', async (t) => {
  const { simulator, post, error } = await createPayCodesSimulatorTestBed(t);
  const type = { 'content-type': 'application/json' };
  const code = async (body: string, headers?: Record<string, string>) => {
    const answer = (await (await post(body, headers)).json()) as { id: unknown; error?: { code: number } };
    assert.equal(answer.id, null);
    return answer.error?.code;
  };
  const call = { jsonrpc: '2.0', id: 1, method: 'get_code', params: good };
  assert.equal(await code(JSON.stringify(call), type), -32001);
  assert.equal(await code(JSON.stringify(call), { ...type, authorization: 'Bearer wrong' }), -32001);
  assert.equal(await code('{'), -32700);
  assert.equal(await code(''), -32700);
  assert.equal(await code(JSON.stringify([call])), -32600);
  assert.equal(await code(JSON.stringify({ ...call, jsonrpc: '1.0' })), -32600);
  assert.equal(await code(JSON.stringify({ ...call, id: undefined })), -32600);
  assert.equal(await code(JSON.stringify({ ...call, method: 'toString' })), -32601);
  assert.equal(await error('get_code', { code: 'GOOD0001' }), -32602);
  assert.equal(await error('get_code'), -32602);
  assert.equal(await error('use_code', { ...good, client: 5 }), -32602);
  assert.ok(!JSON.stringify(simulator.ledger().calls).includes('wrong'), 'no credential is kept');
});
