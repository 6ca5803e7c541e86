/** What the commands make of answers that a real server gives only in trouble, from a stand-in of the operator's API. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { PaymentDetail } from '#contract/operate';
import { freePorts } from '../../../../demo/start-demo.ts';
import { sampleWebhook } from '../../../../server/operate/cli/webhook-samples.ts';
import { runCommand } from '../../../support/pay-desk-command.ts';

const key = 'op_a-key-that-must-not-be-printed-anywhere-0123';
const folder = mkdtempSync(join(tmpdir(), 'pay-desk-cli-'));
const keyFile = join(folder, 'operator.key');
writeFileSync(keyFile, `${key}\n`);

let answer: (request: IncomingMessage, response: ServerResponse) => void;
let requests: { line: string; headers: IncomingMessage['headers']; body: unknown }[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  requests.push({ line: `${request.method} ${request.url}`, headers: request.headers, body: body && JSON.parse(body) });
  answer(request, response);
});
let url = '';

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  requests = [];
});

/** As an operator whose shell has the address and the key. */
const run = (args: readonly string[], env: Record<string, string> = {}) =>
  runCommand(args, { env: { PAY_DESK_URL: url, PAY_DESK_OPERATOR_KEY: key, ...env } });

const json = (response: ServerResponse, body: unknown, status = 200) =>
  response
    .writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' })
    .end(JSON.stringify(body));
const problem = (status: number, code: string, more: object = {}) => ({
  type: 'about:blank',
  title: 'It cannot be done',
  status,
  code,
  reference: 'PD-0000-0000',
  ...more,
});

const { payment } = sampleWebhook('payment.needs_review', 'A-17', new Date()).data;
const detail: PaymentDetail = {
  payment,
  merchantId: 'shop',
  timeline: [{ at: payment.createdAt, kind: 'payment', title: 'The payment was created', data: { amount: 2500 } }],
  acts: [
    {
      act: 'resolve_paid',
      title: 'It was paid',
      consequence: 'The payment succeeds with the amount that you type in.',
      irreversible: 'The shop ships.',
      attemptId: 'att_1',
      reads: false,
      secondPerson: false,
    },
  ],
  approvals: [],
  flags: [],
};
/** Answers the payment, and to any POST what the function says. */
const withPayment = (post: typeof answer) => {
  answer = (request, response) => void (request.method === 'GET' ? json(response, detail) : post(request, response));
};
const resolve = (...more: string[]) => ['payments', 'resolve', payment.reference, '--outcome', 'paid', '--note', 'seen', ...more];
const money = ['--amount', '25.00', '--currency', 'PLN'];

describe('an act on a payment', () => {
  it('prints what will happen and what cannot be undone, and sends nothing where nobody can be asked', async () => {
    withPayment((_request, response) => json(response, { payment }));
    const { code, stdout, stderr } = await run(resolve(...money));
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(
      stderr,
      /The payment succeeds with the amount[\s\S]*What cannot be undone: The shop ships\.[\s\S]*no terminal to ask on/,
    );
    assert.deepEqual(
      requests.map(({ line }) => line),
      [`GET /operate/payments/${payment.reference}`],
    );
  });

  it('sends the version that it showed, the amount in minor units, and a key of its own for each call', async () => {
    withPayment((_request, response) => json(response, { payment }));
    for (let time = 0; time < 2; time += 1) assert.equal((await run(resolve(...money, '--yes'))).code, 0);
    const posts = requests.filter(({ line }) => line === `POST /operate/payments/${payment.id}/resolve`);
    assert.deepEqual(posts[0]?.body, {
      outcome: 'paid',
      attemptId: 'att_1',
      amount: 2500,
      currency: 'PLN',
      note: 'seen',
      version: 4,
    });
    assert.equal(new Set(posts.map(({ headers }) => headers['idempotency-key'])).size, 2);
  });

  it('sends the version and the key that it is given', async () => {
    withPayment((_request, response) => json(response, { payment }));
    await run(resolve(...money, '--yes', '--version', '3', '--idempotency-key', 'again'));
    const { body, headers } = requests.at(-1) ?? {};
    assert.deepEqual([Object(body).version, headers?.['idempotency-key']], [3, 'again']);
  });

  for (const [what, args, sentence] of [
    [
      'more digits than the currency has',
      ['--amount', '25.001', '--currency', 'PLN'],
      /PLN has 2 digits after the point, and 25\.001 has more/,
    ],
    ['digits where the currency has none', ['--amount', '25.0', '--currency', 'JPY'], /JPY has no digits after the point/],
    [
      'signs between the thousands',
      ['--amount', '1,000', '--currency', 'PLN'],
      /expected an amount such as 25\.00, and not 1,000/,
    ],
    ['an exponent', ['--amount', '1e3', '--currency', 'PLN'], /expected an amount/],
    ['a negative amount', ['--amount=-5', '--currency', 'PLN'], /expected an amount/],
    ['an amount without its currency', ['--amount', '25'], /--currency: expected the amount's currency/],
    ['a currency that is none', ['--amount', '25', '--currency', 'zł'], /expected three capital letters/],
    [
      'no amount where nobody can be asked what was paid',
      [],
      /--amount: expected what was paid, e\.g\. --amount 25\.00 --currency PLN/,
    ],
    ['a note of two signs', [...money, '--note', 'ok'], /--note: expected a note of at least 3 signs/],
    ['a note that is too long', [...money, '--note', 'x'.repeat(501)], /--note: expected 500 signs at most/],
    ['a version that is no number', [...money, '--version', 'x'], /--version: expected a whole number/],
  ] as const) {
    it(`refuses ${what}, and sends nothing`, async () => {
      withPayment((_request, response) => json(response, { payment }));
      const { code, stderr } = await run(resolve(...args, '--yes'));
      assert.equal(code, 2);
      assert.match(stderr, sentence);
      assert.ok(requests.every(({ line }) => line.startsWith('GET')));
    });
  }

  it('says what is possible where the act is not', async () => {
    withPayment((_request, response) => json(response, { payment }));
    const { code, stderr } = await run(['payments', 'accept', payment.reference, '--note', 'enough', '--yes']);
    assert.equal(code, 1);
    assert.match(stderr, /PD-7Q4K-19TZ is needs_review\. Possible: resolve_paid/);
  });

  it('ends with 5 and what the payment is now, where it has moved', async () => {
    withPayment((_request, response) =>
      json(response, problem(409, 'version_conflict', { payment: { ...payment, status: 'succeeded', version: 5 } }), 409),
    );
    const { code, stderr } = await run(resolve(...money, '--yes'));
    assert.equal(code, 5);
    assert.match(stderr, /It is now succeeded, version 5\. Look at it again: pay-desk payments show PD-7Q4K-19TZ/);
  });

  for (const [what, args] of [
    ['is not possible any more', ['payments', 'accept', payment.reference, '--note', 'enough']],
    ['is still possible', resolve(...money)],
  ] as const) {
    it(`ends with 5 and sends nothing where another version was seen, and the act ${what}`, async () => {
      withPayment((_request, response) => json(response, { payment }));
      const { code, stderr } = await run([...args, '--yes', '--version', '3']);
      assert.equal(code, 5);
      assert.match(stderr, /you have seen version 3\. It is now needs_review, version 4\. Look at it again/);
      assert.ok(requests.every(({ line }) => line.startsWith('GET')));
    });
  }

  it('says before it asks that the number is not the one that the customer submitted', async () => {
    const [attempt] = payment.attempts;
    assert.ok(attempt);
    const submitted = { ...payment, attempts: [{ ...attempt, id: 'att_1', submittedReference: '1394646474' }] };
    answer = (_request, response) => void json(response, { ...detail, payment: submitted });
    const other = await run(resolve(...money, '--upstream-id', '1394646475'));
    assert.match(other.stderr, /Look again: the customer submitted the number 1394646474, and you name 1394646475\./);
    assert.doesNotMatch((await run(resolve(...money, '--upstream-id', '1394646474'))).stderr, /Look again/);
    assert.match((await run(['payments', 'show', 'PD-7Q4K-19TZ'])).stdout, /\nsubmitted number +1394646474 \(/);
  });

  it('names no option that a command does not have, where a lost call may be repeated', async () => {
    answer = (request) => request.socket.destroy();
    for (const args of [
      ['webhooks', 'test', '--merchant', 'shop'],
      ['reconcile', '--merchant', 'shop', '--day', '2026-11-28', '--source', 'payme'],
    ]) {
      const { code, stderr } = await run(args);
      assert.equal(code, 3);
      assert.match(stderr, /Nobody knows whether it was done\. It can be repeated without harm\.\n$/);
    }
  });

  it('says how to repeat a call whose answer was lost', async () => {
    withPayment((request) => request.socket.destroy());
    const { code, stderr } = await run(resolve(...money, '--yes'));
    assert.equal(code, 3);
    const sent = requests.at(-1)?.headers['idempotency-key'];
    assert.match(
      stderr,
      new RegExp(
        `Nobody knows whether it was done\\. Repeat it with --idempotency-key ${sent} --attempt att_1 --amount 25\\.00 --currency PLN --version 4`,
      ),
    );
  });

  it('says who has to do what, where a second person has to confirm it', async () => {
    const approval = { id: 'apr_1', status: 'pending' };
    withPayment((_request, response) => json(response, { payment, approval }, 202));
    const { code, stderr } = await run(resolve(...money, '--yes'));
    assert.equal(code, 0);
    assert.match(stderr, /Nothing was done yet[\s\S]*pay-desk approvals confirm apr_1/);
  });
});

describe('a postback', () => {
  it('is matched to the payment of a reference, with the amount that was typed in', async () => {
    withPayment((_request, response) => json(response, { payment }));
    const match = ['postbacks', 'match', 'itm_1', '--payment', payment.reference, '--note', 'seen'];
    assert.equal((await run([...match, ...money, '--yes'])).code, 0);
    const { line, body } = requests.at(-1) ?? {};
    assert.equal(line, 'POST /operate/postbacks/itm_1/match');
    assert.deepEqual(body, { paymentId: payment.id, amount: 2500, currency: 'PLN', note: 'seen' });
    const unsure = await run(match);
    assert.equal(unsure.code, 2);
    assert.match(unsure.stderr, /cannot be matched a second time/);
  });
});

describe('the exit code says', () => {
  const status = ['status'];
  for (const [what, http, code, exit] of [
    ['a wrong key', 401, 'unauthorized', 4],
    ['a key that may not do it', 403, 'unauthorized', 4],
    ['a refusal', 422, 'invalid_request', 1],
    ['a payment that does not exist', 404, 'not_found', 1],
    ['another conflict', 409, 'payment_processing', 1],
  ] as const) {
    it(`${exit} after ${what}, with the reason`, async () => {
      answer = (_request, response) =>
        void json(response, problem(http, code, { detail: 'because of this', field: 'amount' }), http);
      const end = await run(status);
      assert.deepEqual([end.code, end.stdout], [exit, '']);
      // The titles of a wrong request and of a wrong key say no more than the detail.
      const title = code === 'invalid_request' || code === 'unauthorized' ? '' : 'It cannot be done: ';
      assert.equal(end.stderr, `Refused: ${title}because of this (amount).\n`);
    });
  }

  it('3 where nothing answers', async () => {
    const [port = 0] = await freePorts(1);
    const { code, stderr } = await run(status, { PAY_DESK_URL: `http://127.0.0.1:${port}` });
    assert.equal(code, 3);
    assert.match(stderr, /http:\/\/127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\./);
    assert.doesNotMatch(stderr, /Nobody knows/);
  });

  it('3 where something else answers, and follows no redirect, which could carry the key away', async () => {
    answer = (_request, response) => void response.end('<html>nginx</html>');
    assert.equal((await run(status)).code, 3);
    answer = (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end();
    assert.match((await run(status)).stderr, /answered 302, but not as the operator's API does/);
    assert.ok(requests.every(({ line }) => !line.includes('elsewhere')));
  });

  for (const [what, args, env, sentence] of [
    ['no key', [], { PAY_DESK_OPERATOR_KEY: '' }, /There is no operator's key/],
    ['a key file that is not there', ['--key-file', '/nowhere'], {}, /--key-file: expected the path/],
    ['a key of two lines', [], { PAY_DESK_OPERATOR_KEY: 'op_planted\nop_planted' }, /must be one line/],
    ['an address that is none', ['--url', 'localhost:4490'], {}, /--url: expected an address/],
    ['http to another machine', ['--url', 'http://pay.example'], {}, /everybody between reads the key/],
  ] as const) {
    it(`2 after ${what}`, async () => {
      const { code, stderr } = await run([...status, ...args], env);
      assert.equal(code, 2);
      assert.match(stderr, sentence);
      assert.doesNotMatch(stderr, /planted/);
    });
  }
});

describe('what is printed', () => {
  const item = {
    id: 'pay_1',
    kind: 'needs_review',
    merchantId: 'shop',
    paymentId: 'pay_1',
    reference: 'PD-0000-0001',
    orderId: 'evil\u001b[2J\u202e\u0007order',
    amount: 2500,
    currency: 'PLN',
    reason: 'An answer was lost.',
    since: new Date(Date.now() - 3 * 3_600_000).toISOString(),
  };
  const page = { items: [item], next: 'cursor-2', counts: { needs_review: 1 } };

  it('is a table without colours, and talk is apart from it', async () => {
    answer = (_request, response) => void json(response, page);
    const { code, stdout, stderr } = await run(['queue', '--key-file', keyFile], { PAY_DESK_OPERATOR_KEY: '' });
    assert.equal(code, 0);
    assert.match(
      stdout,
      /^WAITS FOR +KIND +PAYMENT +AMOUNT +ORDER +REASON +ID\n *3 h \d+ min +needs_review +PD-0000-0001 +25\.00 PLN/,
    );
    assert.match(stderr, /needs_review: 1\nThere are more: add --after cursor-2/);
  });

  it('is what waits to be sent and what was given up, of all merchants, where no merchant is named', async () => {
    const body = { id: 'evt_1', type: 'payment.succeeded', status: 'parked', createdAt: payment.createdAt, nextTryAt: null };
    const event = {
      ...body,
      merchantId: 'tea-house',
      paymentId: 'pay_1',
      reference: 'PD-3T7W-QX55',
      deliveryCount: 12,
      lastDelivery: null,
    };
    answer = (_request, response) => void json(response, { events: [event], next: null });
    const { stdout } = await run(['webhooks', 'list', '--status', 'parked']);
    assert.match(stdout, / MERCHANT +PAYMENT +ID\n.* payment\.succeeded +parked +12 .* tea-house +PD-3T7W-QX55 +evt_1\n/);
    await run(['webhooks', 'list', '--merchant', 'shop']);
    assert.deepEqual(
      requests.map(({ line }) => line),
      ['GET /operate/events/undelivered?status=parked', 'GET /operate/events?merchant=shop'],
    );
    answer = (_request, response) => void json(response, { events: [event, { ...event, endpoint: 'ledger' }], next: null });
    assert.match(
      (await run(['webhooks', 'list'])).stdout,
      / ENDPOINT +PAYMENT +ID\n.*\n.* tea-house +ledger +PD-3T7W-QX55 +evt_1\n/,
    );
  });

  it('is the log of the endpoint that is named, and a test goes there', async () => {
    answer = (request, response) =>
      void json(
        response,
        request.method === 'POST' ? { delivered: true, status: 204, reason: null, durationMs: 3 } : { events: [] },
      );
    await run(['webhooks', 'list', '--merchant', 'shop', '--endpoint', 'ledger']);
    assert.equal((await run(['webhooks', 'test', '--merchant', 'shop', '--endpoint', 'ledger'])).stdout, 'Answer: 204, 3 ms\n');
    assert.deepEqual(
      requests.map(({ line }) => line),
      ['GET /operate/events?merchant=shop&endpoint=ledger', 'POST /operate/events/test'],
    );
  });

  it('begins with the hold, where payments are held', async () => {
    const held = { heldSince: '2026-11-29T18:00:00.000Z' };
    answer = (request, response) => void json(response, request.url?.startsWith('/operate/status') ? held : page);
    assert.match((await run(['queue'])).stderr, /^Payments are held since 2026-11-29 18:00:00 UTC: run pay-desk db verify\n/);
  });

  it('holds no sign that a terminal would obey, whoever wrote it', async () => {
    answer = (_request, response) => void json(response, page);
    const { stdout } = await run(['queue']);
    assert.match(stdout, /evilorder/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  it("is exactly the server's JSON after --json", async () => {
    answer = (_request, response) => void response.end('{"items": [],  "next":null,"counts":{}}');
    const { stdout, stderr } = await run(['queue', '--json']);
    assert.deepEqual([stdout, stderr], ['{"items": [],  "next":null,"counts":{}}\n', '']);
  });

  it('never has the key in it', async () => {
    answer = (_request, response) => void json(response, problem(401, 'unauthorized', { detail: `not ${key}` }), 401);
    const { stderr } = await run(['status']);
    assert.doesNotMatch(stderr, /must-not-be-printed/);
  });
});
