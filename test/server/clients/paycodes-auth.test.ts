/** Every form of authentication at PayCodes, over either transport; and that no error contains the credentials. */
import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { test } from 'node:test';
import { createPayCodesClient } from '../../../server/clients/paycodes/client.ts';
import type { PayCodesAuth } from '../../../server/clients/paycodes/transport.ts';
import { json, key, shownBy, stubUpstream, thrownBy } from './stub-upstream.ts';

const use = { code: 'CLJG1J', ruleSlug: 'test', client: 'pw:attempt-1' };
const params = { code: 'CLJG1J', rule_slug: 'test', client: 'pw:attempt-1' };

const forms: [PayCodesAuth, IncomingHttpHeaders, Record<string, string>][] = [
  [{ type: 'bearer', key }, { authorization: `Bearer ${key}` }, {}],
  [{ type: 'header', name: 'X-Onet-App', key }, { 'x-onet-app': key }, {}],
  [{ type: 'header', name: 'Authorization', key: `Token ${key}` }, { authorization: `Token ${key}` }, {}],
  [{ type: 'param', name: 'secret', key }, {}, { secret: key }],
  [{ type: 'none' }, {}, {}],
];

for (const [auth, headers, added] of forms) {
  for (const transport of ['jsonrpc', 'rest'] as const) {
    const name = 'name' in auth ? `${auth.type} ${auth.name}` : auth.type;
    test(`${name} over ${transport}: sent in its place and in no other`, async (t) => {
      let seen: IncomingHttpHeaders = {};
      const stub = await stubUpstream(
        t,
        (question, response, request) => {
          seen = request.headers;
          const result = { status: true };
          json(response, transport === 'rest' ? result : { jsonrpc: '2.0', id: question.id, result });
        },
        { auth, transport },
      );
      assert.deepEqual(await stub.client.useCode(use), { kind: 'status', used: true });
      assert.deepEqual(stub.questions[0]?.params, { ...params, ...added });
      for (const [header, value] of Object.entries(headers)) assert.equal(seen[header], value);
      const shown = JSON.stringify(seen) + JSON.stringify(stub.questions);
      assert.equal(shown.split(key).length - 1, auth.type === 'none' ? 0 : 1);
    });

    test(`${name} over ${transport}: no error contains it, though every answer repeats it`, async (t) => {
      const stub = await stubUpstream(t, () => undefined, { auth, transport });
      const echo = `CLJG1J ${key} secret-answer`;
      const answers: (typeof stub.respond)[] = [
        (_question, response) => response.socket?.resetAndDestroy(),
        (_question, response) => response.writeHead(500, echo).end(echo),
        (_question, response) => response.writeHead(401).end(JSON.stringify({ error: { message: echo, code: -32001 } })),
        (_question, response) => response.writeHead(302, { location: `/${key}` }).end(echo),
        (_question, response) => response.end(echo),
        (_question, response) => json(response, { [echo]: echo, status: echo, code: echo, codes: [echo, 7] }),
        (question, response) => json(response, { id: question.id, result: { [echo]: echo, status: echo, codes: [echo, 7] } }),
        (question, response) => json(response, { id: question.id, result: null, error: { code: -32001, message: echo } }),
      ];
      for (const respond of answers) {
        stub.respond = respond;
        const order = { ruleSlug: 'test', creator: 'c', count: 2 };
        for (const call of [stub.client.useCode(use), stub.client.generateCode(order), stub.client.generateCodeList(order)]) {
          const shown = shownBy(await thrownBy(call));
          for (const secret of [key, 'CLJG1J', 'tenant', 'secret-answer', 'pw:attempt-1'])
            assert.ok(!shown.includes(secret), shown);
        }
      }
    });
  }
}

test('credentials that no request could carry are refused when the client is created, without naming the key', () => {
  const unfit: [PayCodesAuth, string][] = [
    [{ type: 'bearer', key: `${key}\r\nx-evil: 1` }, 'auth.key'],
    [{ type: 'bearer', key: '' }, 'auth.key'],
    [{ type: 'bearer', key: `${key}ł` }, 'auth.key'],
    [{ type: 'header', name: 'x-app', key: `${key}\n` }, 'auth.key'],
    [{ type: 'header', name: 'x app', key }, 'auth.name'],
    [{ type: 'header', name: '', key }, 'auth.name'],
    [{ type: 'header', name: 'Content-Type', key }, 'auth.name'],
    [{ type: 'header', name: 'HOST', key }, 'auth.name'],
    [{ type: 'param', name: 'code', key }, 'auth.name'],
    [{ type: 'param', name: 'client', key }, 'auth.name'],
    [{ type: 'param', name: '', key }, 'auth.name'],
  ];
  for (const [auth, setting] of unfit) {
    assert.throws(
      () => createPayCodesClient({ url: new URL('http://127.0.0.1:9/'), auth }),
      (thrown) => thrown instanceof Error && thrown.message.includes(setting) && !shownBy(thrown).includes(key),
      JSON.stringify(auth),
    );
  }
});
