/** PayCodes by REST: the method in the path, the parameters as the body, the result as the answer, and errors by HTTP status. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fixtures from './fixtures.ts';
import { json, stubUpstream, thrownBy } from './stub-upstream.ts';

const codeQuery = { code: 'CLJG1J', ruleSlug: 'test' };
const use = { ...codeQuery, client: 'pw:attempt-1' };
const order = { ruleSlug: 'test', creator: 'shop' };
const rest = { transport: 'rest' } as const;
type Respond = Parameters<typeof stubUpstream>[1];
const answer =
  (value: unknown): Respond =>
  (_question, response) =>
    json(response, value);
const refuse =
  (status: number, body = ''): Respond =>
  (_question, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);

test('the four methods are called by path and answered by the result itself', async (t) => {
  const results: Record<string, unknown> = {
    '/rpc/get_code?tenant=demo': fixtures.getCode,
    '/rpc/use_code?tenant=demo': { status: '1' },
    '/rpc/generate_code?tenant=demo': fixtures.generateCode,
    '/rpc/generate_code_list?tenant=demo': fixtures.generateCodeList,
  };
  const paths: string[] = [];
  const stub = await stubUpstream(
    t,
    (_question, response, { method, url = '' }) => {
      paths.push(`${method} ${url}`);
      json(response, results[url]);
    },
    rest,
  );
  assert.equal((await stub.client.getCode(codeQuery)).kind, 'found');
  assert.deepEqual(await stub.client.useCode(use), { kind: 'status', used: true });
  assert.equal((await stub.client.generateCode(order)).kind, 'generated');
  assert.deepEqual(await stub.client.generateCodeList({ ...order, count: 4 }), {
    kind: 'generated',
    codes: ['CLJG1J5', 'CLJG13J', 'CLJG11J'],
  });
  assert.deepEqual(
    paths,
    Object.keys(results).map((path) => `POST ${path}`),
  );
  assert.deepEqual(
    stub.questions.map(({ params }) => params),
    [
      { code: 'CLJG1J', rule_slug: 'test' },
      { code: 'CLJG1J', rule_slug: 'test', client: 'pw:attempt-1' },
      { rule_slug: 'test', creator: 'shop' },
      { rule_slug: 'test', number_of_codes: 4, creator: 'shop' },
    ],
  );
});

for (const transport of ['jsonrpc', 'rest'] as const) {
  for (const contentType of [undefined, 'application/json-rpc'] as const) {
    test(`${transport} sends ${contentType ?? 'application/json by default'}`, async (t) => {
      let type: string | undefined;
      const stub = await stubUpstream(
        t,
        (question, response, { headers }) => {
          type = headers['content-type'];
          json(response, { id: question.id, result: { status: true }, status: true });
        },
        { transport, ...(contentType && { contentType }) },
      );
      await stub.client.useCode(use);
      assert.equal(type, contentType ?? 'application/json');
    });
  }
}

test('status is read in every spelling, and an unreadable one leaves the outcome unknown', async (t) => {
  const stub = await stubUpstream(t, answer({}), rest);
  for (const [status, used] of [
    [true, true],
    [1, true],
    ['1', true],
    ['True', true],
    [false, false],
    ['0', false],
    ['False', false],
    [null, false],
  ] as const) {
    stub.respond = answer({ status });
    assert.deepEqual(await stub.client.useCode(use), { kind: 'status', used }, JSON.stringify(status));
  }
  for (const value of [{ status: 'used' }, {}, null, true, []]) {
    stub.respond = answer(value);
    assert.equal((await thrownBy(stub.client.useCode(use))).fault, 'bad_shape', JSON.stringify(value));
  }
});

test('an answer of status alone, and an empty one, are not read as a code', async (t) => {
  const stub = await stubUpstream(t, answer({ status: 'True' }), rest);
  assert.deepEqual(await stub.client.getCode(codeQuery), { kind: 'status_only', status: true });
  for (const value of [{}, null, { code: null }]) {
    stub.respond = answer(value);
    assert.deepEqual(await stub.client.getCode(codeQuery), { kind: 'refused', code: null });
  }
});

const refusals: [string, Respond, number | null][] = [
  ['404 without a body', refuse(404), null],
  ['404 with words only', refuse(404, '{"message":"no such code"}'), null],
  ['410 and an error that is text', refuse(410, '{"error":"gone","code":"GONE"}'), null],
  ['404 and a number in an error', refuse(404, '{"error":{"code":"1003","message":"x"}}'), 1003],
  ['400 and a number beside the text', refuse(400, '{"code":1003,"message":"x"}'), 1003],
  ['200 and an error in the result', answer({ error: { code: 1003, message: '' } }), 1003],
];
for (const [name, respond, code] of refusals) {
  test(`${name} declines a look-up and a request for codes, without a retry`, async (t) => {
    const stub = await stubUpstream(t, respond, rest);
    assert.deepEqual(await stub.client.getCode(codeQuery), { kind: 'refused', code });
    assert.deepEqual(await stub.client.generateCode(order), { kind: 'refused', code });
    assert.equal(stub.questions.length, 2);
  });
}

test('a use is declined only by an error number; without one the outcome is unknown', async (t) => {
  const stub = await stubUpstream(t, refuse(409, '{"error":{"code":1007}}'), rest);
  assert.deepEqual(await stub.client.useCode(use), { kind: 'refused', code: 1007 });
  for (const status of [404, 409, 410, 422]) {
    stub.respond = refuse(status);
    assert.equal((await thrownBy(stub.client.useCode(use))).fault, 'http');
  }
  stub.respond = refuse(422, '{"error":{"code":-32602}}');
  assert.deepEqual(await stub.client.useCode(use), { kind: 'refused', code: -32602 });
  stub.respond = answer({ error: { code: 0 }, status: true });
  assert.deepEqual(await stub.client.useCode(use), { kind: 'status', used: true });
});

test('an internal error of the service proves nothing about a code; a use is sent once, a look-up three times', async (t) => {
  const stub = await stubUpstream(t, answer({}), rest);
  const body = '{"error":{"code":1003},"code":1003,"status":true}';
  const troubles = [301, 401, 403, 408, 429, 500, 503].map((status) => [status, body] as const);
  for (const [status, text] of [...troubles, [400, ''], [404, '<h1>Not Found</h1>'], [404, '[]'], [404, '"no"']] as const) {
    stub.respond = refuse(status, text);
    stub.questions.length = 0;
    const thrown = await thrownBy(stub.client.useCode(use));
    assert.deepEqual([thrown.fault, thrown.reason], ['http', String(status)]);
    assert.equal(stub.questions.length, 1);
    assert.equal((await thrownBy(stub.client.getCode(codeQuery))).fault, 'http', `${status} ${text}`);
    assert.equal(stub.questions.length, 4);
  }
  stub.respond = refuse(404, '{"error":{"code":-32601}}');
  assert.equal((await thrownBy(stub.client.getCode(codeQuery))).fault, 'http', 'the method is missing, not the code');
});
