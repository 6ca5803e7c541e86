/**
 * How the Payme client handles a broken network: one call is one request, and no error contains a number, a code, a token or the
 * key.
 */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { inspect } from 'node:util';
import Fastify from 'fastify';
import { createPaymeClient } from '../../../../server/clients/payme/client.ts';
import { logOptions } from '../../../../server/plugins/log.ts';
import { scaledTimeout } from '../../../support/load-factor.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { faultOf } from '../paykassma/stub-paykassma.ts';
import { code, everyCall, id, number, phone, token } from './every-call.ts';
import { cashboxId, envelope, key, type Respond, refusal, result, stubPayme, text } from './stub-payme.ts';

const state = result({ state: 4 });
const head = { 'content-length': '9000' };

test('a broken connection leaves the outcome unknown, and nothing is sent again', async (t) => {
  const breaks: Respond[] = [
    (response) => response.socket?.destroy(),
    (response) => response.socket?.resetAndDestroy(),
    (response) => response.socket?.end('HTTP/1.1 200 OK\r\ncontent-'),
    (response) => response.writeHead(200, head).write('{"result":', () => response.socket?.destroy()),
  ];
  for (const respond of breaks) {
    const { client, questions } = await stubPayme(t, respond);
    for (const { method, ask } of everyCall) assert.equal((await faultOf(ask(client))).fault, 'lost', method);
    assert.deepEqual(
      questions.map(({ body }) => body.method),
      everyCall.map(({ method }) => method),
    );
  }
});

test('a call on a kept connection that breaks is not sent again', async (t) => {
  const used = new WeakSet<object>();
  const stub = await stubPayme(t, (response, question) => {
    const socket = response.socket ?? assert.fail();
    if (used.has(socket)) return socket.destroy();
    used.add(socket);
    return state(response, question);
  });
  // The pool has 20 connections, so one of 21 calls meets a used one.
  let calls = 0;
  let fault: string | undefined;
  while (fault === undefined && calls < 21) {
    calls += 1;
    fault = await stub.client.receiptsCheck({ id }).then(
      () => undefined,
      (thrown) => thrown.fault,
    );
  }
  assert.equal(fault, 'lost');
  assert.equal(stub.questions.length, calls);
});

test('a service that cannot be reached, or a call that is aborted before it begins, proves that nothing was sent', async (t) => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  const nowhere = createPaymeClient({ url: new URL(`http://127.0.0.1:${port}/api`), cashboxId, key });
  t.after(() => nowhere.close());
  const { client, questions } = await stubPayme(t, state);
  for (const { method, ask } of everyCall) {
    assert.equal((await faultOf(ask(nowhere))).fault, 'not_sent', method);
    assert.equal((await faultOf(ask(client, AbortSignal.abort()))).fault, 'not_sent', method);
  }
  assert.equal(questions.length, 0);
});

test('a call that is aborted in flight has an unknown outcome, at once', { timeout: scaledTimeout(10_000) }, async (t) => {
  const stub = await stubPayme(t, state);
  for (const { method, ask } of everyCall) {
    const giveUp = new AbortController();
    stub.respond = () => giveUp.abort();
    assert.equal((await faultOf(ask(stub.client, giveUp.signal))).fault, 'lost', method);
  }
  assert.equal(stub.questions.length, everyCall.length);
});

test('any status but 200 is a fault, whatever its body contains, and the call is sent once', async (t) => {
  const stub = await stubPayme(t, state);
  for (const status of [201, 202, 204, 301, 307, 400, 401, 403, 404, 429, 500, 502, 503, 504]) {
    for (const body of ['{"result":{"success":true,"state":4}}', '{"error":{"code":-31630}}']) {
      stub.questions.length = 0;
      stub.respond = text(status === 204 ? '' : body, status, { location: '/elsewhere' });
      for (const { method, ask } of everyCall) {
        const { fault, reason } = await faultOf(ask(stub.client));
        assert.deepEqual([fault, reason], ['http', String(status)], method);
      }
      assert.equal(stub.questions.length, everyCall.length);
    }
  }
});

test('every call has a deadline, which ends even an answer that arrives byte by byte', async (t) => {
  const timers = new Set<NodeJS.Timeout>();
  t.after(() => timers.forEach(clearInterval));
  const drip: Respond = (response) => void timers.add(setInterval(() => response.write(' '), 20));
  const { client, questions } = await stubPayme(t, drip, {
    timeoutsMs: { default: scaledTimeout(1_000), pay: scaledTimeout(1_000) },
  });
  const faults = await Promise.all(everyCall.map(({ ask }) => faultOf(ask(client))));
  assert.deepEqual(new Set(faults.map(({ fault }) => fault)), new Set(['lost']));
  assert.equal(questions.length, everyCall.length);
});

test('receipts.pay has a longer deadline than the other calls', async (t) => {
  const waiting: ServerResponse[] = [];
  const { client } = await stubPayme(t, (response) => void waiting.push(response), { timeoutsMs: { default: 100 } });
  const payment = client.receiptsPay({ id, token });
  await waitFor(async () => waiting.length === 1);
  assert.equal((await faultOf(client.receiptsGet({ id }))).fault, 'lost');
  for (const response of waiting) response.end('{"error":{"code":-31630}}');
  assert.deepEqual(await payment, { kind: 'refused', code: -31630 });
});

test('the default is 35 s for a payment and 15 s for everything else', async (t) => {
  const { client } = await stubPayme(t, refusal(-31602));
  const timeout = t.mock.method(AbortSignal, 'timeout');
  for (const { method, ask } of everyCall) {
    await ask(client);
    assert.deepEqual(timeout.mock.calls.at(-1)?.arguments, [method === 'receipts.pay' ? 35_000 : 15_000], method);
  }
});

test('no error and no line of the log contains a number, a code, a token, a phone, the key or text of the answer', async (t) => {
  const echo = `${key} ${number} ${code} ${token} ${phone} said-by-upstream`;
  const broken = { _id: id, state: echo, amount: echo, [echo]: echo };
  const answers: Respond[] = [
    (response) => response.socket?.resetAndDestroy(),
    (response) => response.socket?.end(`${echo}\r\n\r\n`),
    (response) => response.writeHead(200, head).end('{'),
    text(echo),
    text(echo, 500),
    text(echo, 201),
    result(echo),
    result({ receipt: broken, card: { number: echo, token: [echo] }, sent: echo, state: echo, success: echo }),
    result({ [echo]: echo }),
    envelope({ id: echo, result: {} }),
    envelope({ error: echo }),
    envelope({ error: { code: echo, message: echo, data: echo } }),
    text('x'.repeat(300 * 1024)),
    () => undefined,
  ];
  const stub = await stubPayme(t, text(''), { timeoutsMs: { default: scaledTimeout(300), pay: scaledTimeout(300) } });
  const lines: string[] = [];
  const { log } = Fastify({ logger: logOptions('trace', { write: (line) => void lines.push(line) }) });
  for (const respond of answers) {
    stub.respond = respond;
    for (const thrown of await Promise.all(everyCall.map(({ ask }) => faultOf(ask(stub.client))))) {
      log.error(thrown);
      const shown = inspect(thrown, { depth: 10, showHidden: true }) + JSON.stringify(thrown) + thrown.stack + lines.at(-1);
      for (const word of [key, cashboxId, number, code, 'plantedToken', phone, id, 'said-by-upstream']) {
        assert.ok(!shown.includes(word), shown);
      }
      assert.match(thrown.message, /^payme (cards|receipts)\.[a-z_]+: /);
      assert.equal(thrown.cause, undefined);
    }
  }
  assert.equal(lines.length, answers.length * everyCall.length);
  assert.ok(!inspect(stub.client, { depth: 10, showHidden: true }).includes(key), 'nor does the client itself');
});

test('a decline contains no text of the answer either', async (t) => {
  const echo = `${number} ${code} ${token} said-by-upstream`;
  const { client } = await stubPayme(t, refusal(-31630, { message: { ru: echo }, data: echo, origin: echo, [echo]: echo }));
  for (const { ask } of everyCall) assert.deepEqual(await ask(client), { kind: 'refused', code: -31630 });
});
