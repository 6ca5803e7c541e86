/** Wallets over HTTP, with a Paykassma simulator: what a customer's page, Paykassma and an unauthorized caller can do. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createPayCodesSimulator, type PayCodesSimulator } from '../../../../demo/simulators/paycodes/simulator.ts';
import type { Transaction } from '../../../../demo/simulators/paykassma/money-book.ts';
import { postbackBody } from '../../../../demo/simulators/paykassma/postback-body.ts';
import { createPaykassmaSimulator, type PaykassmaSimulator } from '../../../../demo/simulators/paykassma/simulator.ts';
import type { CreatedPayment, PaymentView, ProblemDetails } from '../../../../server/contract/index.ts';
import { enterRules, startTestServer, type TestServer, testMerchant } from '../../../support/test-server.ts';

const planted = { secret: 'planted_secret_1', accessKey: 'planted_access_key_1', privateKey: 'planted_private_key_1' };
const apiKey = 'sk_test_wallet_shop';
/** The text of every answer that was a problem. */
const problems: string[] = [];
let paykassma: PaykassmaSimulator;
let paycodes: PayCodesSimulator;
let server: TestServer['server'];
let lines: TestServer['lines'];
let close: TestServer['close'];

before(async () => {
  paykassma = await createPaykassmaSimulator({ keys: planted, slowMs: 60_000 });
  paycodes = await createPayCodesSimulator();
  const wallet = {
    url: paykassma.url,
    ...planted,
    wallets: ['wavepay', 'kbzpay_manual', 'nagad'],
    timeoutsMs: { activate: 2_000 },
  };
  const payCode = { url: String(paycodes.url), auth: { type: 'bearer', key: paycodes.key } as const, rules: enterRules('MMK') };
  ({ server, lines, close } = await startTestServer([
    testMerchant('shop', apiKey, { methods: { wallet, payCode } }),
    testMerchant('fenced', 'sk_test_fenced', {
      methods: { wallet: { ...wallet, postbackAddresses: ['203.0.113.0/24', '2001:db8::/32'] } },
    }),
    testMerchant('near', 'sk_test_near', {
      methods: { wallet: { ...wallet, postbackAddresses: ['203.0.113.9', '127.0.0.0/8'] } },
    }),
    testMerchant('codes', 'sk_test_codes', { methods: { payCode } }),
  ]));
});
after(async () => {
  await close();
  await Promise.all([paykassma.close(), paycodes.close()]);
});

async function send<T = PaymentView>(
  path: string,
  headers: Record<string, string>,
  body?: string | FormData | Uint8Array<ArrayBuffer>,
) {
  const response = await fetch(server.address + path, { method: 'POST', headers, ...(body !== undefined && { body }) });
  const text = await response.text();
  if (response.status >= 400) {
    problems.push(text);
    assert.match(response.headers.get('content-type') ?? '', /^application\/problem\+json/);
  }
  return { status: response.status, body: JSON.parse(text) as T };
}
/** The view, or the problem with the fresh view in it. */
type Answer = PaymentView & Partial<Pick<ProblemDetails, 'code' | 'view'>>;
const json = { 'content-type': 'application/json' };

let orders = 0;
async function create(own: object = {}) {
  orders += 1;
  const order = { amount: 600_000, currency: 'MMK', orderId: `order-${orders}`, label: 'customer', ...own };
  const headers = { ...json, authorization: `Bearer ${apiKey}`, 'idempotency-key': `create-${orders}` };
  const { body } = await send<CreatedPayment>('/v1/payments', headers, JSON.stringify(order));
  const asCustomer = { authorization: `Bearer ${body.clientSecret}` };
  const post = (path: string, wanted: object, more: Record<string, string> = {}) =>
    send<Answer>(`/checkout/${path}`, { ...asCustomer, ...json, ...more }, JSON.stringify(wanted));
  return {
    id: body.payment.id,
    asCustomer,
    post,
    choose: (walletType = 'wavepay', own: object = {}) => post('wallet', { walletType, ...own }),
    submit: (transactionNumber: string, more = {}) => post('wallet/transaction', { transactionNumber }, more),
    upload: (form: FormData, more = {}) => send<Answer>('/checkout/wallet/screenshot', { ...asCustomer, ...more }, form),
  };
}
const control = async (path: string, body: object) => {
  const init = { method: 'POST', headers: json, body: JSON.stringify(body) };
  return (await fetch(`${paykassma.url}/_/${path}`, init)).json() as Promise<{ transaction_number: string }>;
};
const transfer = async (wallet = 'wavepay') => {
  const identifier = paykassma.ledger().wallets.find((one) => one.wallet === wallet)?.identifier;
  return (await control('transfers', { wallet, identifier, amount: 6_000, currency: 'MMK' })).transaction_number;
};
const calls = (operation?: string) => paykassma.ledger().calls.filter((one) => !operation || one.operation === operation).length;
const summary = ({ status, body }: { status: number; body: Answer }) => [
  status,
  body.code,
  body.view?.status,
  body.view?.nextAction.kind,
];

describe('a transfer over HTTP', () => {
  it('is chosen, submitted and paid in three round trips', async () => {
    const { choose, submit } = await create();
    const chosen = await choose();
    assert.deepEqual([chosen.status, chosen.body.status, chosen.body.nextAction.kind], [200, 'awaiting_customer', 'transfer']);
    const paid = await submit(`  Txn ID: ${await transfer()} `);
    assert.deepEqual([paid.status, paid.body.status, paid.body.amountPaid], [200, 'succeeded', 600_000]);
  });

  it('that fails returns the reason, with the fresh view', async () => {
    const { choose, submit } = await create();
    await choose();
    assert.deepEqual(summary(await submit('2000000009')), [409, 'transfer_not_found', 'awaiting_customer', 'transfer']);
    assert.deepEqual(summary(await submit('1000000005')), [409, 'transfer_refused', 'awaiting_customer', 'transfer']);
    assert.deepEqual(summary(await submit('no number')), [422, 'number_format', 'awaiting_customer', 'transfer']);
    const without = await create();
    assert.deepEqual(summary(await without.submit('2000000008')), [409, 'method_unavailable', 'open', 'choose']);
  });

  it('makes one call for one Idempotency-Key, whatever its outcome', async () => {
    const { choose, submit } = await create();
    await choose();
    const before = calls('transaction/activate');
    const key = { 'idempotency-key': 'submit-once' };
    assert.equal((await submit('2000000010', key)).body.code, 'transfer_not_found');
    assert.equal((await submit('2000000010', key)).body.code, 'transfer_not_found');
    assert.equal(calls('transaction/activate'), before + 1);
    assert.deepEqual(summary(await submit('2000000011', key)).slice(0, 2), [422, 'idempotency_conflict']);
  });

  it('makes no call to Paykassma in another currency or for a wallet that cannot pay', async () => {
    const { choose, submit } = await create();
    await choose();
    const kyat = await create({ amount: 600_050 });
    const before = calls();
    for (const wallet of ['nagad', 'khalti_ml', 'nagad_api', '__proto__'])
      assert.equal((await choose(wallet)).body.code, 'method_unavailable', wallet);
    assert.equal((await kyat.choose('kbzpay_manual')).body.code, 'method_unavailable', 'whole units only');
    assert.equal((await (await create({ methods: ['pay_code'] })).choose()).body.code, 'method_unavailable');
    assert.equal((await submit('1'.repeat(1_001))).status, 422);
    assert.equal((await choose('wavepay', { amount: 1 })).status, 422);
    assert.equal(calls(), before);
  });
});

describe('another method', () => {
  const code = 'GOOD0001';
  const uses = () => paycodes.ledger().calls.length;

  it('is refused while a transfer is unconfirmed, unless the customer acknowledges it', async () => {
    const { choose, submit, post } = await create();
    await choose();
    await submit('2000000012');
    const before = uses();
    assert.deepEqual(summary(await post('pay-code', { code })).slice(0, 2), [409, 'payment_processing']);
    assert.equal(uses(), before, 'a code was looked up or used');
    await post('pay-code', { code, acknowledge: true });
    assert.ok(uses() > before);
  });

  it('is refused while a transfer is being checked, even if the customer acknowledges it', async () => {
    const { choose, submit, post } = await create();
    await choose();
    assert.equal((await submit('1000000002')).body.status, 'processing');
    const before = uses();
    assert.deepEqual(summary(await post('pay-code', { code, acknowledge: true })).slice(0, 3), [
      409,
      'payment_processing',
      'processing',
    ]);
    assert.equal(uses(), before);
  });
});

describe('a picture of a transfer', () => {
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const jpeg = [0xff, 0xd8, 0xff, 0xe0];
  const webp = [...Buffer.from('RIFF\0\0\0\0WEBP')];
  let payment: Awaited<ReturnType<typeof create>>;
  beforeEach(async () => {
    payment = await create();
    await payment.choose('kbzpay_manual');
  });
  const form = (bytes: number[] | Uint8Array | null, name = 'picture', number: string | null = '20000000000000000001') => {
    const data = new FormData();
    if (number !== null) data.set('transactionNumber', number);
    if (bytes) data.set('screenshot', new Blob([new Uint8Array(bytes)], { type: 'text/html' }), name);
    return data;
  };
  let pictures = 0;
  const number = () => {
    pictures += 1;
    return `2000000000000000${1000 + pictures}`;
  };

  for (const [kind, bytes] of Object.entries({ png, jpeg, webp })) {
    it(`is accepted as ${kind}, by its content, whatever it is called`, async () => {
      const { status, body } = await payment.upload(form(bytes, '../../etc/passwd\u202E.html', number()));
      assert.deepEqual(
        [status, body.status, body.nextAction],
        [200, 'processing', { ...body.nextAction, kind: 'wait', reason: 'transfer_pending' }],
      );
    });
  }

  it('of another content, missing or too large is refused without a call', async () => {
    const before = calls();
    const large = new Uint8Array(5 * 1024 * 1024 + 1);
    large.set(png);
    const wrong = [...Buffer.from('<svg onload=alert(1)>')];
    for (const [bytes, name] of [
      [wrong, 'a.png'],
      [[], 'a.png'],
      [null, ''],
      [large, 'a.png'],
    ] as const)
      assert.deepEqual((await payment.upload(form(bytes as number[], name))).body.code, 'screenshot_format');
    assert.deepEqual((await payment.upload(form(png, 'a.png', null))).body.code, 'invalid_request');
    const huge = () => payment.upload(form(new Uint8Array(6 * 1024 * 1024)));
    // The server answers and closes the connection while the client is still sending. On a busy machine the client may see only
    // the latter.
    const { status } = await huge().catch(huge).catch(huge);
    assert.equal(status, 413);
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=nowhere', 'application/json'])
      assert.equal(
        (await send('/checkout/wallet/screenshot', { ...payment.asCustomer, 'content-type': type }, '{}')).status,
        400,
        type,
      );
    assert.equal((await payment.submit('20000000000000000002')).body.code, 'screenshot_format', 'it needs a picture');
    assert.equal(calls(), before);
  });

  it('is not read with an unknown client secret', async () => {
    const headers = { authorization: 'Bearer cs_nobody' };
    assert.equal((await send('/checkout/wallet/screenshot', headers, form(png))).status, 404);
  });
});

describe('a postback over HTTP', () => {
  const transaction = (id: string, key1: string): Transaction => ({
    custom_transaction_id: id,
    wallet_type: 'wavepay',
    label: 'customer',
    key1,
    currency_code: 'MMK',
    amount: 600_000,
    deposit_amount: 600_000,
    status: 'activated',
    at: new Date(0).toISOString(),
  });
  const bodyOf = (id: string, key1: string, own = {}) =>
    postbackBody(transaction(id, key1), planted, {
      mode: 'flat',
      wrongSignature: false,
      unsignedTimes: 1,
      unescapedBody: false,
      ...own,
    });
  const post = (merchant: string, body: string, headers: Record<string, string> = json) =>
    send<{ status: string }>(`/postbacks/paykassma/${merchant}`, headers, body);

  it('pays, whatever content type it has', async () => {
    const types = [
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'x/y; charset=utf-16',
    ];
    for (const [place, type] of types.entries()) {
      const { choose, submit, post: ask } = await create();
      await choose();
      const number = `300000000${place}`;
      await submit(number);
      const attempts = paykassma.ledger().transactions.filter(({ key1 }) => key1 === number);
      const answer = await post('shop', bodyOf(attempts[0]?.custom_transaction_id ?? '', number), { 'content-type': type });
      assert.deepEqual(answer, { status: 200, body: { status: 'ok' } }, type);
      assert.equal((await ask('recheck', {})).body.status, 'succeeded', type);
    }
  });

  it('pays at whatever address stands in Paykassma’s cabinet, with slashes too many and with a query', async () => {
    const addresses = ['shop/', 'shop?', 'shop/?source=cabinet'].map((end) => `/postbacks/paykassma/${end}`);
    addresses.push('//postbacks/paykassma/shop', '//postbacks/paykassma/shop/', '//postbacks/paykassma/shop/?source=cabinet');
    for (const [place, address] of addresses.entries()) {
      const { choose, submit, post: ask } = await create();
      await choose();
      const number = `310000000${place}`;
      await submit(number);
      const [attempt] = paykassma.ledger().transactions.filter(({ key1 }) => key1 === number);
      const answer = await send(address, json, bodyOf(attempt?.custom_transaction_id ?? '', number));
      assert.deepEqual(answer, { status: 200, body: { status: 'ok' } }, address);
      assert.equal((await ask('recheck', {})).body.status, 'succeeded', address);
    }
  });

  it('is refused if it is not signed, too long, or from an address that is not on the list', async () => {
    const body = bodyOf('att_x', '1');
    assert.equal((await post('shop', bodyOf('att_x', '1', { wrongSignature: true }))).status, 401);
    assert.equal((await post('shop', body.replace('att_x', 'att_y'))).status, 401);
    assert.equal((await post('shop', '')).status, 401);
    assert.equal((await post('shop', `{"a":"${'x'.repeat(70_000)}"}`)).status, 413);
    for (const merchant of ['fenced', 'codes', 'nobody', '__proto__', 'x'.repeat(60)])
      assert.equal((await post(merchant, body)).status, 404, merchant);
    assert.equal((await post('near', body)).status, 200, 'an address on the list');
  });
});

it('no log line or problem contains a key or a customer’s number', () => {
  assert.ok(lines.length > 50 && problems.length > 20, `${lines.length} lines, ${problems.length} problems`);
  const numbers = new Set(paykassma.ledger().transactions.map(({ key1 }) => key1));
  for (const secret of Object.values(planted)) {
    assert.ok(!lines.some((line) => line.includes(secret)), `a log line holds ${secret}`);
    assert.ok(!problems.some((text) => text.includes(secret)), `a problem holds ${secret}`);
  }
  for (const number of numbers) assert.ok(!lines.some((line) => line.includes(number)), `a log line holds ${number}`);
});
