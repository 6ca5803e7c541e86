/** How the PayCodes client generates codes: with the documented names, once, and impossible answers are refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scaledTimeout } from '../../support/load-factor.ts';
import * as fixtures from './fixtures.ts';
import { envelope, result, stubUpstream, thrownBy } from './stub-upstream.ts';

const order = { ruleSlug: 'test', creator: 'payment-widget:books' };
const days = { validFrom: '2100-09-01', validTo: '2100-11-01' };
const many = { ...order, count: 4 };

test('generate_code is sent with the documented names, and the documented example is read', async (t) => {
  const stub = await stubUpstream(t, result(fixtures.generateCode));
  const answer = await stub.client.generateCode({ ...order, ...days });
  assert.deepEqual(
    stub.questions.map(({ method, params }) => ({ method, params })),
    [
      {
        method: 'generate_code',
        params: { rule_slug: 'test', creator: 'payment-widget:books', valid_from: '2100-09-01', valid_to: '2100-11-01' },
      },
    ],
  );
  assert.ok(answer.kind === 'generated');
  assert.equal(answer.code, 'CLJG1J');
  assert.deepEqual(answer.pattern, { pattern: fixtures.pattern.pattern });
  assert.deepEqual(answer.rule, { slug: 'test', isActive: true, price: 123456, config: { test: 'test' } });
});

test('generate_code_list is sent with the documented names, and the documented example has one code twice', async (t) => {
  const stub = await stubUpstream(t, result(fixtures.generateCodeList));
  const answer = await stub.client.generateCodeList({ ...many, ...days });
  assert.deepEqual(stub.questions[0]?.method, 'generate_code_list');
  assert.deepEqual(stub.questions[0]?.params, {
    rule_slug: 'test',
    number_of_codes: 4,
    creator: 'payment-widget:books',
    valid_from: '2100-09-01',
    valid_to: '2100-11-01',
  });
  assert.deepEqual(answer, { kind: 'generated', codes: ['CLJG1J5', 'CLJG13J', 'CLJG11J'] });
});

test('days that are not given are not sent', async (t) => {
  const stub = await stubUpstream(t, result(fixtures.generateCode));
  await stub.client.generateCode(order);
  await stub.client.generateCode({ ...order, validTo: '2100-11-01' });
  assert.deepEqual(
    stub.questions.map(({ params }) => Object.keys(params)),
    [
      ['rule_slug', 'creator'],
      ['rule_slug', 'creator', 'valid_to'],
    ],
  );
});

test('a day that does not exist, an end before the start and a wrong count are refused before anything is sent', async (t) => {
  const stub = await stubUpstream(t, result(fixtures.generateCode));
  const wrong: [{ validFrom?: string; validTo?: string }, string][] = [
    [{ validFrom: '01.09.2100' }, 'valid_from'],
    [{ validFrom: '2100-02-30' }, 'valid_from'],
    [{ validFrom: '2100-09-01 00:00:00' }, 'valid_from'],
    [{ validFrom: '' }, 'valid_from'],
    [{ validTo: '2100-9-1' }, 'valid_to'],
    [{ validTo: '2100-13-01' }, 'valid_to'],
    [{ validFrom: '2100-09-02', validTo: '2100-09-01' }, 'valid_to'],
  ];
  for (const [wrongField, reason] of wrong) {
    for (const call of [
      stub.client.generateCode({ ...order, ...wrongField }),
      stub.client.generateCodeList({ ...many, ...wrongField }),
    ]) {
      const thrown = await thrownBy(call);
      assert.deepEqual([thrown.fault, thrown.reason], ['not_sent', reason], JSON.stringify(wrongField));
    }
  }
  for (const count of [0, -1, 1.5, Number.NaN, 2 ** 60]) {
    const thrown = await thrownBy(stub.client.generateCodeList({ ...many, count }));
    assert.deepEqual([thrown.fault, thrown.reason], ['not_sent', 'number_of_codes'], String(count));
  }
  assert.equal(stub.questions.length, 0);
  await stub.client.generateCode({ ...order, validFrom: '2100-09-01', validTo: '2100-09-01' });
  assert.equal(stub.questions.length, 1, 'one day is enough');
});

test('generate_code is read with numbers as text, flags in words and without a pattern', async (t) => {
  const rule = { ...fixtures.rule, price: '2500', is_active: 'True' };
  const stub = await stubUpstream(t, result({ ...fixtures.generateCode, rule, pattern: null, status: 'True' }));
  const answer = await stub.client.generateCode(order);
  assert.ok(answer.kind === 'generated');
  assert.deepEqual([answer.rule.price, answer.rule.isActive, answer.pattern], [2500, true, null]);
});

const lies: [string, unknown][] = [
  ['a code of another rule', { ...fixtures.generateCode, rule: { ...fixtures.rule, slug: 'other' } }],
  ['no rule', { ...fixtures.generateCode, rule: undefined }],
  ['no code', { ...fixtures.generateCode, code: undefined }],
  ['an empty code', { ...fixtures.generateCode, code: '' }],
  ['a code that is a number', { ...fixtures.generateCode, code: 123456 }],
  ['a code with a sign that the pattern lacks', { ...fixtures.generateCode, code: 'CLJGX1' }],
  ['a code in small letters where the pattern has capitals', { ...fixtures.generateCode, code: 'cljg1j' }],
  ['a price that is no integer', { ...fixtures.generateCode, rule: { ...fixtures.rule, price: 25.5 } }],
  ['a code that only has a length', { ...fixtures.generateCode, code: { length: { toString: 1 } } }],
  ['nothing', {}],
  ['null', null],
  ['a list', []],
  ['a word', 'CLJG1J'],
];
for (const [name, value] of lies) {
  test(`generate_code rejects an answer with ${name}, and is not sent again`, async (t) => {
    const stub = await stubUpstream(t, result(value));
    assert.equal((await thrownBy(stub.client.generateCode(order))).fault, 'bad_shape');
    assert.equal(stub.questions.length, 1);
  });
}

test('generate_code_list rejects an answer that is no list of codes', async (t) => {
  const stub = await stubUpstream(t, result({}));
  for (const value of [
    {},
    null,
    [],
    { codes: null },
    { codes: 'CLJG1J5' },
    { codes: ['CLJG1J5', 7] },
    { codes: [''] },
    { codes: [{ length: { toString: 1 } }] },
  ]) {
    stub.respond = result(value);
    assert.equal((await thrownBy(stub.client.generateCodeList(many))).fault, 'bad_shape', JSON.stringify(value));
  }
});

test('fewer codes than requested are returned as they are', async (t) => {
  const stub = await stubUpstream(t, result({ codes: ['AAAA', 'BBBB'], status: 1 }));
  assert.deepEqual(await stub.client.generateCodeList(many), {
    kind: 'generated',
    codes: ['AAAA', 'BBBB'],
  });
});

test('no form of a decline returns a code', async (t) => {
  const stub = await stubUpstream(t, envelope({}));
  const refusals: [Record<string, unknown>, number | null][] = [
    [{ error: { code: 1002 } }, 1002],
    [{ error: { code: -32602 } }, -32602],
    [{ error: { message: 'no' } }, null],
    [{ result: { error: { code: 7, message: '' } } }, 7],
    [{ result: { status: false } }, null],
    [{ result: { ...fixtures.generateCode, ...fixtures.generateCodeList, status: 'False' } }, null],
  ];
  for (const [members, code] of refusals) {
    stub.respond = envelope(members);
    assert.deepEqual(await stub.client.generateCode(order), { kind: 'refused', code });
    assert.deepEqual(await stub.client.generateCodeList(many), { kind: 'refused', code });
  }
});

test('an internal error of the service is a fault, and neither call is sent again', async (t) => {
  const stub = await stubUpstream(t, envelope({ error: { code: -32603 } }), { timeoutMs: scaledTimeout(300) });
  const answers: [typeof stub.respond, string][] = [
    [stub.respond, 'http'],
    [(_question, response) => response.writeHead(503).end(), 'http'],
    [(_question, response) => response.socket?.resetAndDestroy(), 'lost'],
    [() => undefined, 'lost'],
    [(_question, response) => response.writeHead(200).end('<!doctype html>'), 'bad_shape'],
  ];
  for (const [respond, fault] of answers) {
    stub.respond = respond;
    for (const call of [() => stub.client.generateCode(order), () => stub.client.generateCodeList(many)]) {
      stub.questions.length = 0;
      assert.equal((await thrownBy(call())).fault, fault);
      assert.equal(stub.questions.length, 1, fault);
    }
  }
});
