/** How the Paykassma client handles a broken network: one call is one request, and no error contains the secret. */
import assert from 'node:assert/strict';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import Fastify from 'fastify';
import { createPaykassmaClient } from '../../../../server/clients/paykassma/client.ts';
import { logOptions } from '../../../../server/plugins/log.ts';
import { activation, answer, claim, faultOf, secret, stubPaykassma } from './stub-paykassma.ts';

const of = { currency: 'MMK', label: '55' };

/** A server below HTTP: `respond` is called once for each request's head, with how many came before it over this connection. */
async function rawServer(t: TestContext, respond: (socket: Socket, before: number) => void) {
  const heads: string[] = [];
  const server = createServer((socket) => {
    let before = 0;
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      for (const [head] of String(data).matchAll(/^(GET|POST) \S+ HTTP/gm)) {
        heads.push(head);
        respond(socket, before);
        before += 1;
      }
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const client = createPaykassmaClient({ url, secret, minorUnitDigits: () => 2, timeoutsMs: { activate: 2_000 } });
  t.after(async () => {
    server.close();
    await client.close();
  });
  return { client, heads };
}

const pending = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{"status":"pending"}';

test('a call on a kept connection that breaks is not sent again', async (t) => {
  const { client, heads } = await rawServer(t, (socket, before) => {
    if (before === 0) socket.write(pending);
    else socket.destroy();
  });
  // The pool has 20 connections, so one of 21 calls meets a used one.
  let calls = 0;
  let fault: string | undefined;
  while (fault === undefined && calls < 21) {
    calls += 1;
    fault = await client.activate(activation).then(
      () => undefined,
      (thrown) => thrown.fault,
    );
  }
  assert.equal(fault, 'lost');
  assert.equal(heads.length, calls);
});

test('a call whose connection is closed, reset or half answered is not sent again, with or without a picture', async (t) => {
  const breaks: ((socket: Socket) => void)[] = [
    (socket) => socket.end(),
    (socket) => socket.resetAndDestroy(),
    (socket) => socket.end(pending.slice(0, 20)),
    (socket) => socket.end(pending.slice(0, -5)),
  ];
  for (const breakIt of breaks) {
    const { client, heads } = await rawServer(t, breakIt);
    assert.equal((await faultOf(client.activate(activation))).fault, 'lost');
    assert.equal((await faultOf(client.possibleTransaction(claim))).fault, 'lost');
    assert.equal((await faultOf(client.createTransaction('wavepay', of))).fault, 'lost');
    assert.equal((await faultOf(client.paymentSystemsAvailable(['MMK'], '55'))).fault, 'lost');
    assert.equal(heads.length, 4, 'each call is one request');
  }
});

test('a service that cannot be reached proves that nothing was sent', async () => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  const url = new URL(`http://127.0.0.1:${port}`);
  const client = createPaykassmaClient({ url, secret, minorUnitDigits: () => 2 });
  assert.equal((await faultOf(client.activate(activation))).fault, 'not_sent');
  assert.equal((await faultOf(client.possibleTransaction(claim))).fault, 'not_sent');
  await client.close();
});

test('each call has a deadline of its own, which ends even an answer that arrives byte by byte', async (t) => {
  const timers = new Set<NodeJS.Timeout>();
  t.after(() => timers.forEach(clearInterval));
  const timeoutsMs = { available: 100, create: 100, activate: 100, possibleTransaction: 100 };
  const drip = (response: { write(text: string): void }) => {
    timers.add(setInterval(() => response.write(' '), 20));
  };
  const { client, questions } = await stubPaykassma(t, drip, { timeoutsMs });
  assert.equal((await faultOf(client.activate(activation))).fault, 'lost');
  assert.equal((await faultOf(client.possibleTransaction(claim))).fault, 'lost');
  assert.equal((await faultOf(client.createTransaction('wavepay', of))).fault, 'lost');
  assert.equal((await faultOf(client.paymentSystemsAvailable(['MMK'], '55'))).fault, 'lost');
  assert.equal(questions.length, 4);
});

test('a call that is aborted before it begins was not sent', async (t) => {
  const { client, questions } = await stubPaykassma(t, answer({ status: 'pending' }));
  assert.equal((await faultOf(client.activate(activation, AbortSignal.abort()))).fault, 'not_sent');
  assert.equal(questions.length, 0);
});

test('no error and no line of the log contains the secret, the number, or text of the answer', async (t) => {
  const echo = `${secret} ${encodeURIComponent(secret)} ${activation.key1} said-by-upstream`;
  type Respond = Parameters<typeof stubPaykassma>[1];
  const answers: Respond[] = [
    (response) => response.socket?.resetAndDestroy(),
    (response) => response.socket?.end(`${echo}\r\n\r\n`),
    (response) => response.writeHead(200, { 'content-length': '9000' }).end('{'),
    answer(echo),
    answer(echo, 404),
    answer(echo, 500),
    answer({ status: echo, [echo]: echo }),
    answer({ status: 'ok', deposit: true, deposit_amount: echo, currency: { code: echo } }),
    answer('x'.repeat(300 * 1024)),
    () => undefined,
  ];
  const timeoutsMs = { available: 300, create: 300, activate: 300, possibleTransaction: 300 };
  const stub = await stubPaykassma(t, answer({}), { timeoutsMs });
  const lines: string[] = [];
  const { log } = Fastify({ logger: logOptions('trace', { write: (line) => void lines.push(line) }) });
  const secrets = [secret, encodeURIComponent(secret), new URLSearchParams({ secret }).toString().slice('secret='.length)];
  for (const respond of answers) {
    stub.respond = respond;
    const faults = await Promise.all([
      faultOf(stub.client.activate(activation)),
      faultOf(stub.client.possibleTransaction(claim)),
      faultOf(stub.client.createTransaction('wavepay', of)),
      faultOf(stub.client.paymentSystemsAvailable(['MMK'], '55')),
    ]);
    for (const thrown of faults) {
      log.error(thrown);
      const shown = inspect(thrown, { depth: 10, showHidden: true }) + JSON.stringify(thrown) + thrown.stack + lines.at(-1);
      for (const word of [...secrets, 'secret', activation.key1, 'said-by-upstream']) assert.ok(!shown.includes(word), shown);
      assert.match(thrown.message, /^paykassma (payment-systems|transaction|possible-transaction)\S*: /);
    }
  }
  assert.equal(lines.length, answers.length * 4);
  assert.ok(!inspect(stub.client, { depth: 10, showHidden: true }).includes(secret), 'nor does the client itself');
});

test('a decline contains no text of the answer either', async (t) => {
  const { client } = await stubPaykassma(t, answer({ status: 'fail', message: { [secret]: [secret], key1: [secret] } }, 422));
  assert.ok(!inspect(await client.activate(activation), { depth: 10 }).includes(secret));
});
