/** How the PayCodes client handles a broken network and endless answers, and what its errors contain. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createPayCodesClient } from '../../../server/clients/paycodes/client.ts';
import { scaledTimeout } from '../../support/load-factor.ts';
import * as fixtures from './fixtures.ts';
import { json, key, result, shownBy, stubUpstream, thrownBy } from './stub-upstream.ts';

const codeQuery = { code: 'CLJG1J', ruleSlug: 'test' };
const use = { ...codeQuery, client: 'pw:attempt-1' };

test('a service that cannot be reached proves that nothing was sent', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  const client = createPayCodesClient({ url: new URL(`http://127.0.0.1:${port}/`), auth: { type: 'bearer', key } });
  assert.equal((await thrownBy(client.useCode(use))).fault, 'not_sent');
  assert.equal((await thrownBy(client.getCode(codeQuery))).fault, 'not_sent');
  await client.close();
});

test('a call that is aborted before it begins was not sent', async (t) => {
  const stub = await stubUpstream(t, result({ status: true }));
  assert.equal((await thrownBy(stub.client.useCode(use, AbortSignal.abort()))).fault, 'not_sent');
  assert.equal(stub.questions.length, 0);
});

test('a call that is aborted in flight has an unknown outcome, and is not tried again', async (t) => {
  const giveUp = new AbortController();
  const stub = await stubUpstream(t, () => giveUp.abort());
  assert.equal((await thrownBy(stub.client.getCode(codeQuery, giveUp.signal))).fault, 'lost');
  assert.equal(stub.questions.length, 1);
});

test('an answer that arrives byte by byte is ended by the total deadline', async (t) => {
  const timers = new Set<NodeJS.Timeout>();
  t.after(() => timers.forEach(clearInterval));
  const stub = await stubUpstream(
    t,
    (_question, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      timers.add(setInterval(() => response.write(' '), 20));
    },
    { timeoutMs: 300 },
  );
  const began = performance.now();
  assert.equal((await thrownBy(stub.client.useCode(use))).fault, 'lost');
  assert.equal((await thrownBy(stub.client.getCode(codeQuery))).fault, 'lost');
  assert.ok(performance.now() - began < scaledTimeout(2_000));
  assert.equal(stub.questions.length, 2, 'the deadline covers the retries of a reading');
});

test('an answer of more than 256 KiB is not read', async (t) => {
  const padded = (size: number) => result({ status: true, padding: 'x'.repeat(size) });
  const stub = await stubUpstream(t, padded(255 * 1024));
  assert.deepEqual(await stub.client.useCode(use), { kind: 'status', used: true });
  stub.respond = padded(256 * 1024);
  assert.equal((await thrownBy(stub.client.useCode(use))).fault, 'bad_shape');
  stub.respond = (_question, response) => {
    const feed = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    };
    response.writeHead(200, { 'content-type': 'application/json' }).on('drain', feed);
    feed();
  };
  assert.equal((await thrownBy(stub.client.useCode(use))).fault, 'bad_shape');
});

test('any status but 2xx is a fault, redirects included, and use_code is sent once', async (t) => {
  const stub = await stubUpstream(t, result({}));
  for (const status of [301, 307, 400, 401, 404, 429, 500, 503]) {
    stub.questions.length = 0;
    stub.respond = (_question, response) =>
      response
        .writeHead(status, { location: '/elsewhere', 'content-type': 'application/json' })
        .end('{"result":{"status":true}}');
    assert.equal((await thrownBy(stub.client.useCode(use))).fault, 'http');
    assert.equal(stub.questions.length, 1);
  }
});

test('get_code recovers from two faults in a row, not from three', async (t) => {
  let faults = 2;
  const stub = await stubUpstream(t, (question, response) => {
    if (faults-- > 0) response.writeHead(500).end();
    else json(response, { jsonrpc: '2.0', id: question.id, result: fixtures.getCode });
  });
  assert.equal((await stub.client.getCode(codeQuery)).kind, 'found');
  faults = 3;
  assert.equal((await thrownBy(stub.client.getCode(codeQuery))).fault, 'http');
});

test('no error contains the key, the code, the query or text of the answer', async (t) => {
  const stub = await stubUpstream(t, result({}), { timeoutMs: scaledTimeout(500) });
  const echo = `CLJG1J ${key} secret-answer`;
  const answers: Parameters<typeof stubUpstream>[1][] = [
    (_question, response) => response.socket?.resetAndDestroy(),
    (_question, response) => response.writeHead(500).end(echo),
    (_question, response) => response.writeHead(200).end(echo),
    (_question, response) => response.socket?.end(`${echo}\r\n\r\n`),
    (_question, response) => response.writeHead(200, { 'content-length': '9000' }).end('{'),
    result({ status: echo, code: echo }),
    result({ [echo]: echo, code: { ...fixtures.code, use_time: echo }, rule: fixtures.rule }),
    (question, response) => json(response, { id: question.id, error: echo }),
    () => undefined,
  ];
  for (const respond of answers) {
    stub.respond = respond;
    for (const call of [stub.client.useCode(use), stub.client.getCode(codeQuery)]) {
      const thrown = await thrownBy(call);
      const shown = shownBy(thrown);
      for (const secret of [key, 'CLJG1J', 'tenant', 'secret-answer', 'pw:attempt-1']) assert.ok(!shown.includes(secret), shown);
      assert.match(thrown.message, /^paycodes (get|use)_code: /);
    }
  }
});
