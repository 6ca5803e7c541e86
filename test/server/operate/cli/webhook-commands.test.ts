/** The commands for a shop that is being built: signed samples, and new webhooks handed on to the developer's own server. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { Webhook as Verifier } from 'standardwebhooks';
import { Webhook, WebhookType } from '#contract';
import { sampleWebhook } from '../../../../server/operate/cli/webhook-samples.ts';
import { runCommand, startCommand } from '../../../support/pay-desk-command.ts';
import { waitFor } from '../../../support/wait-for.ts';

const secret = 'whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY=';
const key = 'op_a-key-that-must-not-be-printed-anywhere-0123';

/** The shop of the developer. */
let received: { body: string; headers: Record<string, string> }[] = [];
let shopStatus = 204;
const shop = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  received.push({ body, headers: request.headers as Record<string, string> });
  response.writeHead(shopStatus, { location: '/elsewhere' }).end();
});
/** The operator's API. */
let answer: (path: string, query: URLSearchParams, response: ServerResponse) => void;
const api = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://api');
  answer(pathname, searchParams, response);
});
const urlOf = (server: typeof shop, path = '') => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

before(async () => {
  for (const server of [shop, api]) await once(server.listen(0, '127.0.0.1'), 'listening');
});
after(() => {
  for (const server of [shop, api]) {
    server.closeAllConnections();
    server.close();
  }
});
afterEach(() => {
  received = [];
  shopStatus = 204;
});

describe('pay-desk webhooks trigger', () => {
  it('has a sample of every type that the contract has, in the form that the contract says', () => {
    for (const type of WebhookType.options) {
      const sample = Webhook.parse(sampleWebhook(type, 'A-17', new Date()));
      const { payment } = sample.data;
      const counted = payment.evidence.reduce((sum, { amount }) => sum + amount, 0);
      assert.equal(counted, payment.amountPaid, `${type}: what was paid is what the payment service took`);
      const returned = payment.refunds.reduce((sum, { amount }) => sum + amount, 0);
      assert.equal(returned, payment.amountRefunded, `${type}: what was returned has its record`);
    }
  });

  it('sends it signed, so that the shop can verify it as it verifies those of the server', async () => {
    const args = [
      'webhooks',
      'trigger',
      'payment.succeeded',
      '--forward',
      urlOf(shop, '/hook'),
      '--secret',
      secret,
      '--order',
      'A-17',
    ];
    const { code, stdout } = await runCommand(args);
    assert.deepEqual([code, stdout], [0, 'payment.succeeded: 204\n']);
    const [{ body, headers } = { body: '', headers: {} }] = received;
    const { data } = new Verifier(secret).verify(body, headers) as Webhook;
    assert.deepEqual([data.payment.orderId, data.payment.status], ['A-17', 'succeeded']);
  });

  it('makes a secret where none is given, and says it', async () => {
    const { stderr } = await runCommand(['webhooks', 'trigger', 'payment.expired', '--forward', urlOf(shop)]);
    const [made = ''] = /whsec_\S+/.exec(stderr) ?? [];
    const [{ body, headers } = { body: '', headers: {} }] = received;
    assert.ok(new Verifier(made).verify(body, headers));
  });

  it('says what the shop answered, and follows no redirect', async () => {
    for (const status of [500, 302]) {
      shopStatus = status;
      const { code, stderr } = await runCommand(['webhooks', 'trigger', 'payment.expired', '--forward', urlOf(shop)]);
      assert.equal(code, 1);
      assert.match(stderr, new RegExp(`the answer was ${status}`));
    }
    assert.equal(received.length, 2);
  });

  for (const [what, args, code, sentence] of [
    [
      'a type that there is not',
      ['payment.paid', '--forward', 'http://localhost/'],
      2,
      /There is no payment\.paid\. Types: payment\.succeeded/,
    ],
    ['an address that is none', ['payment.expired', '--forward', 'localhost:3000'], 2, /--forward: expected an address/],
    [
      'a secret that is none',
      ['payment.expired', '--forward', 'http://localhost/', '--secret', 'planted'],
      2,
      /--secret: expected whsec_/,
    ],
  ] as const) {
    it(`refuses ${what}`, async () => {
      const end = await runCommand(['webhooks', 'trigger', ...args]);
      assert.equal(end.code, code);
      assert.match(end.stderr, sentence);
      assert.doesNotMatch(end.stderr, /planted/);
    });
  }
});

describe('pay-desk webhooks listen', () => {
  const body = JSON.stringify(sampleWebhook('payment.succeeded', 'A-17', new Date()));
  const event = (id: string) => ({ id, type: 'payment.succeeded', paymentId: 'pay_1', sequence: 1, status: 'pending' });

  it('goes on where it was after the server has gone away, also in the middle of a page', async () => {
    const asked: string[] = [];
    answer = (path, _query, response) => {
      if (path === '/operate/status') return void response.end(JSON.stringify({ now: '2026-11-29T18:00:00.000Z' }));
      if (path === '/operate/events')
        return void response.end(JSON.stringify({ events: [event('evt_1'), event('evt_2')], next: 'two', hasMore: false }));
      const id = path.slice('/operate/events/'.length);
      asked.push(id);
      if (id === 'evt_2' && asked.filter((one) => one === id).length === 1) return void response.destroy();
      return void response.end(JSON.stringify({ ...event(id), body, deliveries: [] }));
    };
    const child = startCommand(['webhooks', 'listen', '--forward', urlOf(shop, '/hook')], {
      env: { PAY_DESK_URL: urlOf(api), PAY_DESK_OPERATOR_KEY: key },
    });
    const closed = once(child, 'close');
    child.stdout.resume();
    child.stderr.resume();
    await waitFor(async () => received.length >= 2 || child.exitCode !== null, 60_000);
    child.kill('SIGINT');
    assert.deepEqual(await closed, [130, null]);
    assert.deepEqual(
      received.map(({ headers }) => headers['webhook-id']),
      ['evt_1', 'evt_2'],
    );
    assert.deepEqual(asked.slice(0, 3), ['evt_1', 'evt_2', 'evt_2']);
  });

  it('hands on what is new, once, signed by a secret that it prints, and ends quietly', async () => {
    const pages = [[event('evt_1')], [event('evt_1'), event('evt_2')]];
    const asked: URLSearchParams[] = [];
    answer = (path, query, response) => {
      if (path === '/operate/status') return void response.end(JSON.stringify({ now: '2026-11-29T18:00:00.000Z' }));
      if (path !== '/operate/events')
        return void response.end(JSON.stringify({ ...event(path.slice('/operate/events/'.length)), body, deliveries: [] }));
      asked.push(query);
      const events = pages.shift() ?? [];
      return void response.end(JSON.stringify({ events, next: events.at(-1)?.id ?? null, hasMore: pages.length > 0 }));
    };
    const child = startCommand(['webhooks', 'listen', '--forward', urlOf(shop, '/hook')], {
      env: { PAY_DESK_URL: urlOf(api), PAY_DESK_OPERATOR_KEY: key },
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    }
    await waitFor(async () => received.length >= 2 && asked.length >= 3, 60_000);
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    assert.equal(code, 130);
    const [printed = ''] = /whsec_\S+/.exec(output.stderr) ?? [];
    assert.deepEqual(
      received.map(({ headers }) => headers['webhook-id']),
      ['evt_1', 'evt_2'],
    );
    for (const { body: sent, headers } of received) assert.ok(new Verifier(printed).verify(sent, headers));
    assert.match(
      output.stdout,
      /^\S+ \S+ {2}payment\.succeeded {2}evt_1 {2}204\n\S+ \S+ {2}payment\.succeeded {2}evt_2 {2}204\n$/,
    );
    assert.doesNotMatch(output.stderr, /must-not-be-printed|Error/);
    // Nothing that was there before, and each page from where the one before ended.
    assert.deepEqual(
      asked.slice(0, 3).map((query) => [query.get('createdFrom'), query.get('after')]),
      [
        ['2026-11-29T18:00:00.000Z', null],
        ['2026-11-29T18:00:00.000Z', 'evt_1'],
        ['2026-11-29T18:00:00.000Z', 'evt_2'],
      ],
    );
  });

  it('does not begin with a wrong key', async () => {
    answer = (_path, _query, response) =>
      void response
        .writeHead(401, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify({ type: 'about:blank', title: 'Not allowed', status: 401, code: 'unauthorized', reference: 'r' }));
    const { code } = await runCommand(['webhooks', 'listen', '--forward', urlOf(shop)], {
      env: { PAY_DESK_URL: urlOf(api), PAY_DESK_OPERATOR_KEY: key },
    });
    assert.equal(code, 4);
  });
});
