/** The control routes of every simulator. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPayCodesSimulator } from '../../../demo/simulators/paycodes/simulator.ts';
import { createPayCodesSimulatorTestBed } from './paycodes-simulator-test-bed.ts';

const good = { code: 'GOOD0001', rule_slug: 'demo-enter' };

test('the ledger contains the credentials, every call and every use, and is the same over HTTP', async (t) => {
  const { simulator, control, result, rpc } = await createPayCodesSimulatorTestBed(t, { key: 'another_key' });
  await result('use_code', { ...good, client: 'c' });
  await rpc('get_code', { ...good, code: 'NOSUCH01' });
  const { now, ...ledger } = simulator.ledger();
  assert.deepEqual(ledger.credentials, { type: 'bearer', key: 'another_key' });
  assert.deepEqual(
    ledger.calls.map(({ at: _, ...call }) => call),
    [
      { method: 'use_code', ruleSlug: 'demo-enter', code: 'GOOD0001', client: 'c', outcome: 'status:true' },
      { method: 'get_code', ruleSlug: 'demo-enter', code: 'NOSUCH01', outcome: 'error:1003' },
    ],
  );
  assert.ok(now >= (ledger.calls[1]?.at ?? '9'));
  assert.deepEqual(
    ledger.uses.map(({ useTime: _, ...use }) => use),
    [{ code: 'GOOD0001', ruleSlug: 'demo-enter', client: 'c' }],
  );
  const { now: _, ...overHttp } = (await control('GET', '/_/ledger')).body;
  assert.deepEqual(overHttp, ledger);
});

test('a reset restores the initial codes, calls, clock and faults', async (t) => {
  const { simulator, control, result } = await createPayCodesSimulatorTestBed(t, {
    now: () => Date.parse('2026-05-01T12:00:00Z'),
  });
  const firstDay = simulator.ledger();
  await result('use_code', { ...good, client: 'c' });
  await result('generate_code', { rule_slug: 'demo-enter', creator: 'shop' });
  await control('POST', '/_/clock', { advanceMs: 1000 });
  await control('POST', '/_/faults', { op: '*', when: 'before', kind: 'http500' });
  assert.notDeepEqual(simulator.ledger(), firstDay);
  assert.deepEqual(await control('POST', '/_/reset'), { status: 200, body: { now: '2026-05-01T12:00:00.000Z' } });
  // Everything but the records' ids, which are never repeated.
  const withoutIds = (ledger: typeof firstDay) => ({ ...ledger, codes: ledger.codes.map(({ id: _id, ...code }) => code) });
  assert.deepEqual(withoutIds(simulator.ledger()), withoutIds(firstDay));
  await result('get_code', good);
});

test('a reset by a POST with the content type of JSON and no body works too', async (t) => {
  const { simulator } = await createPayCodesSimulatorTestBed(t);
  const answer = await fetch(`${simulator.url}/_/reset`, { method: 'POST', headers: { 'content-type': 'application/json' } });
  assert.equal(answer.status, 200);
});

test('the clock can be set and advanced: codes become valid and expire by it', async (t) => {
  const { control, result } = await createPayCodesSimulatorTestBed(t, { now: () => Date.parse('2026-05-01T12:00:00Z') });
  const use = (code: string) => result('use_code', { code, rule_slug: 'demo-enter', client: 'c' });
  assert.deepEqual(await use('SOON0001'), { status: false });
  assert.deepEqual((await control('POST', '/_/clock', { advanceMs: 86_400_000 })).body, { now: '2026-05-02T12:00:00.000Z' });
  assert.deepEqual(await use('SOON0001'), { status: true });
  assert.deepEqual((await control('POST', '/_/clock', { now: '2030-01-01T01:00:00+01:00' })).body, {
    now: '2030-01-01T00:00:00.000Z',
  });
  assert.deepEqual(await use('GOOD0001'), { status: false });
  assert.deepEqual((await control('POST', '/_/clock', { now: 1_777_636_800_000 })).body, { now: '2026-05-01T12:00:00.000Z' });
  assert.deepEqual(await use('GOOD0001'), { status: true });
});

test('a fault affects the n-th call of its operation and no other', async (t) => {
  const { simulator, control, post } = await createPayCodesSimulatorTestBed(t);
  const call = async (method: string) =>
    (await post(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params: { ...good, client: 'c' } }))).status;
  await control('POST', '/_/faults', { op: 'get_code', nth: 2, when: 'before', kind: 'http500' });
  const statuses = [
    await call('use_code'),
    await call('get_code'),
    await call('use_code'),
    await call('get_code'),
    await call('get_code'),
  ];
  assert.deepEqual(statuses, [200, 200, 200, 500, 200]);
  assert.deepEqual(
    simulator.ledger().calls.map((each) => each.fault),
    [undefined, undefined, undefined, 'before:http500', undefined],
  );
});

test('ordering a fault for the next call twice spoils the next two', async (t) => {
  const { control, post } = await createPayCodesSimulatorTestBed(t);
  const call = async () => (await post(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'get_code', params: good }))).status;
  await control('POST', '/_/faults', { op: 'get_code', when: 'before', kind: 'http500' });
  await control('POST', '/_/faults', { op: '*', when: 'after', kind: 'http500' });
  assert.deepEqual([await call(), await call(), await call()], [500, 500, 200]);
});

test('faults are listed and can be removed', async (t) => {
  const { control, result } = await createPayCodesSimulatorTestBed(t);
  const fault = { op: 'get_code', nth: 1, when: 'before', kind: 'slow', ms: 5 };
  assert.deepEqual((await control('POST', '/_/faults', fault)).body, { faults: [fault] });
  assert.deepEqual((await control('GET', '/_/faults')).body, { faults: [fault] });
  assert.deepEqual((await control('DELETE', '/_/faults')).body, { faults: [] });
  await result('get_code', good);
});

test('an invalid control request is refused with the reason, and changes nothing', async (t) => {
  const { simulator, control } = await createPayCodesSimulatorTestBed(t);
  const fault = { op: 'get_code', when: 'before', kind: 'reset' };
  const bad: [string, unknown, RegExp][] = [
    ['/_/faults', { ...fault, kind: 'explode' }, /kind/],
    ['/_/faults', { ...fault, when: 'during' }, /when/],
    ['/_/faults', { ...fault, op: 'steal_code' }, /op/],
    ['/_/faults', { ...fault, nth: 0 }, /nth/],
    ['/_/faults', { ...fault, ms: -1 }, /ms/],
    ['/_/faults', { ...fault, colour: 'red' }, /colour/],
    ['/_/clock', {}, /either now or advanceMs/],
    ['/_/clock', { now: 0, advanceMs: 0 }, /either now or advanceMs/],
    ['/_/clock', { now: 'noon' }, /now/],
    ['/_/clock', { advanceMs: '1' }, /advanceMs/],
    ['/_/clock', [], /object/],
  ];
  for (const [path, body, word] of bad) {
    const answer = await control('POST', path, body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.match(String(answer.body.message), word);
  }
  const answer = await fetch(`${simulator.url}/_/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"now":',
  });
  assert.equal(answer.status, 400);
  assert.deepEqual((await control('GET', '/_/faults')).body, { faults: [] });
  assert.ok(Math.abs(Date.parse(simulator.ledger().now) - Date.now()) < 60_000);
});

test('closing ends a call that hangs, and drops a delayed one', async (t) => {
  const { simulator, control, post } = await createPayCodesSimulatorTestBed(t);
  const call = () => post(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'use_code', params: { ...good, client: 'c' } }));
  await control('POST', '/_/faults', { op: '*', when: 'before', kind: 'timeout' });
  await control('POST', '/_/faults', { op: '*', when: 'before', kind: 'slow', ms: 60_000 });
  const calls = [assert.rejects(call()), assert.rejects(call())];
  while (simulator.ledger().calls.filter((each) => each.fault).length < 2) await new Promise(setImmediate);
  await simulator.close();
  await Promise.all(calls);
  assert.equal(simulator.ledger().uses.length, 0);
});

test('a timeout of limited length closes the connection at its end', async (t) => {
  const { control, post } = await createPayCodesSimulatorTestBed(t);
  await control('POST', '/_/faults', { op: '*', when: 'before', kind: 'timeout', ms: 30 });
  await assert.rejects(post(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'get_code', params: good })));
});

test('does not start in production', async (t) => {
  const before = process.env.NODE_ENV;
  t.after(() => {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  });
  process.env.NODE_ENV = 'production';
  await assert.rejects(createPayCodesSimulator(), /NODE_ENV is production/);
});
