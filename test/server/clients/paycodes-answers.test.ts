/** How the PayCodes client reads answers: documented, contradictory and wrong ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UpstreamError } from '../../../server/clients/http.ts';
import * as fixtures from './fixtures.ts';
import { envelope, json, key, result, stubUpstream } from './stub-upstream.ts';

const codeQuery = { code: 'CLJG1J', ruleSlug: 'test' };
const use = { ...codeQuery, client: 'pw:attempt-1' };
const fault = (kind: UpstreamError['fault']) => (thrown: unknown) => {
  assert.ok(thrown instanceof UpstreamError, String(thrown));
  assert.equal(thrown.fault, kind);
  return true;
};

test('asks by JSON-RPC 2.0, with the bearer key and the names of the documents', async (t) => {
  let seen: { method?: string; url?: string; type?: string; authorization?: string } = {};
  const stub = await stubUpstream(t, (question, response, { method = '', url = '', headers }) => {
    seen = { method, url, type: headers['content-type'] ?? '', authorization: headers.authorization ?? '' };
    json(response, { jsonrpc: '2.0', id: question.id, result: { status: true } });
  });
  await stub.client.useCode(use);
  assert.deepEqual(seen, { method: 'POST', url: '/rpc?tenant=demo', type: 'application/json', authorization: `Bearer ${key}` });
  const { id, ...question } = stub.questions[0] ?? assert.fail('nothing was asked');
  assert.ok(id);
  assert.deepEqual(question, {
    jsonrpc: '2.0',
    method: 'use_code',
    params: { code: 'CLJG1J', rule_slug: 'test', client: 'pw:attempt-1' },
  });
});

test("reads the documents' example of get_code", async (t) => {
  const { client } = await stubUpstream(t, result(fixtures.getCode));
  const answer = await client.getCode(codeQuery);
  assert.ok(answer.kind === 'found');
  const time = new Date('2014-07-24T16:23:30.586Z');
  assert.deepEqual(answer.code, {
    id: 4065441,
    code: 'CLJG1J',
    ruleSlug: 'test',
    useTime: null,
    client: null,
    startTime: time,
    endTime: time,
    isActive: true,
  });
  assert.deepEqual(answer.rule, { slug: 'test', isActive: true, price: 123456, config: { test: 'test' } });
  assert.deepEqual(answer.pattern, { pattern: fixtures.pattern.pattern });
});

test('reads numbers as strings, flags in words, and an answer with keys it does not know', async (t) => {
  const rule = { ...fixtures.rule, price: '2500', is_active: 'True', colour: 'red' };
  const code = { ...fixtures.code, id: '12', is_active: 0, shade: 'dark' };
  const { client } = await stubUpstream(t, result({ code, rule, pattern: null, extra: [1] }));
  const answer = await client.getCode(codeQuery);
  assert.ok(answer.kind === 'found');
  assert.equal(answer.rule.price, 2500);
  assert.equal(answer.rule.isActive, true);
  assert.equal(answer.code.id, 12);
  assert.equal(answer.code.isActive, false);
  assert.equal(answer.pattern, null);
});

test('accepts missing and strange values that no payment depends on', async (t) => {
  const rule = { slug: 'test', price: null, config: 'none', code_lenght: 'six', channel_id: {} };
  const code = { code: 'CLJG1J', use_time: null };
  const { client } = await stubUpstream(t, result({ code, rule, pattern: 'ABC' }));
  const answer = await client.getCode(codeQuery);
  assert.ok(answer.kind === 'found');
  assert.deepEqual(answer.code, {
    id: null,
    code: 'CLJG1J',
    ruleSlug: null,
    useTime: null,
    client: null,
    startTime: null,
    endTime: null,
    isActive: null,
  });
  assert.equal(answer.rule.isActive, null);
  assert.equal(answer.rule.price, null);
});

test('get_code that answers only a status is neither a usable code nor a fault', async (t) => {
  for (const status of [true, 'True', '0', false]) {
    const { client } = await stubUpstream(t, result({ status }));
    assert.deepEqual(await client.getCode(codeQuery), { kind: 'status_only', status: status === true || status === 'True' });
  }
});

const refusals: [string, Record<string, unknown>, number | null][] = [
  ['an error of JSON-RPC', { error: { code: 1003, message: 'code_not_found' } }, 1003],
  ['an error beside a null result', { error: { code: '1003' }, result: null }, 1003],
  ['an error with a message only', { error: { message: 'no such code' } }, null],
  ['an error inside the result', { result: { error: { code: 7, message: '' } } }, 7],
  ['a result without a code', { result: {} }, null],
  ['a null code', { result: { code: null, rule: null } }, null],
  ['a null result', { result: null }, null],
];
for (const [name, members, code] of refusals) {
  test(`get_code is refused by ${name}`, async (t) => {
    const stub = await stubUpstream(t, envelope(members));
    assert.deepEqual(await stub.client.getCode(codeQuery), { kind: 'refused', code });
    assert.equal(stub.questions.length, 1);
  });
}

test('error code 0 inside a result means that there is no error', async (t) => {
  const { client } = await stubUpstream(t, result({ status: 1, error: { message: '', code: 0 } }));
  assert.deepEqual(await client.useCode(use), { kind: 'status', used: true });
});

test('get_code: an internal error of the service proves nothing about the code', async (t) => {
  for (const code of [-32603, -32001, -32000, -32768]) {
    const { client } = await stubUpstream(t, envelope({ error: { code, message: 'internal' } }));
    await assert.rejects(client.getCode(codeQuery), fault('http'));
  }
});

test('use_code reads its status in every spelling, and an unreadable one leaves the outcome unknown', async (t) => {
  const readings: [unknown, boolean][] = [
    [true, true],
    [1, true],
    ['1', true],
    ['true', true],
    ['True', true],
    [false, false],
    [0, false],
    ['0', false],
    ['false', false],
    ['False', false],
    [null, false],
  ];
  const stub = await stubUpstream(t, result({}));
  for (const [status, used] of readings) {
    stub.respond = result({ status });
    assert.deepEqual(await stub.client.useCode(use), { kind: 'status', used }, JSON.stringify(status));
  }
  for (const status of ['used', 'TRUE', 'ok', '', 2, -1, {}, [], [true], undefined]) {
    stub.respond = result({ status });
    await assert.rejects(stub.client.useCode(use), fault('bad_shape'), JSON.stringify(status));
  }
  for (const value of [true, 'true', 1, null, []]) {
    stub.respond = result(value);
    await assert.rejects(stub.client.useCode(use), fault('bad_shape'), JSON.stringify(value));
  }
});

const lies: [string, Record<string, unknown>][] = [
  ['another code', { result: { ...fixtures.getCode, code: { ...fixtures.code, code: 'OTHER1' } } }],
  ['a code of another rule', { result: { ...fixtures.getCode, code: { ...fixtures.code, rule_slug: 'other' } } }],
  ['another rule', { result: { ...fixtures.getCode, rule: { ...fixtures.rule, slug: 'other' } } }],
  ['no rule', { result: { code: fixtures.code } }],
  ['no word on its use', { result: { ...fixtures.getCode, code: { ...fixtures.code, use_time: undefined } } }],
  ['a use at no time', { result: { ...fixtures.getCode, code: { ...fixtures.code, use_time: 'yesterday' } } }],
  ['a price that is no integer', { result: { ...fixtures.getCode, rule: { ...fixtures.rule, price: 25.5 } } }],
  ['a flag that is none', { result: { ...fixtures.getCode, code: { ...fixtures.code, is_active: 'maybe' } } }],
  ['a code that is a word', { result: { ...fixtures.getCode, code: 'CLJG1J' } }],
  ['an answer to another question', { id: 'other', result: fixtures.getCode }],
  ['an error and a result at once', { error: { code: 1 }, result: fixtures.getCode }],
  ['neither error nor result', {}],
  ['a list', { result: [] }],
];
for (const [name, members] of lies) {
  test(`get_code rejects an answer with ${name}`, async (t) => {
    const stub = await stubUpstream(t, envelope(members));
    await assert.rejects(stub.client.getCode(codeQuery), fault('bad_shape'));
    assert.equal(stub.questions.length, 3, 'reading may be tried again twice');
  });
}

test('a code is found though the answer spells it in another letter case', async (t) => {
  const { client } = await stubUpstream(t, result({ ...fixtures.getCode, code: { ...fixtures.code, code: 'cljg1j' } }));
  assert.equal((await client.getCode(codeQuery)).kind, 'found');
});

test('use_code: an internal error of the service leaves the outcome unknown', async (t) => {
  const stub = await stubUpstream(t, envelope({}));
  for (const error of [{ code: -32603 }, { code: -32000 }, { code: '-32050' }, { message: 'try later' }]) {
    stub.respond = envelope({ error });
    await assert.rejects(stub.client.useCode(use), fault('http'), JSON.stringify(error));
  }
});

test('use_code: a call that was not understood, and a business error, are definite answers', async (t) => {
  const stub = await stubUpstream(t, envelope({}));
  for (const code of [-32700, -32600, -32601, -32602, 1007]) {
    stub.respond = envelope({ error: { code } });
    assert.deepEqual(await stub.client.useCode(use), { kind: 'refused', code });
  }
});
