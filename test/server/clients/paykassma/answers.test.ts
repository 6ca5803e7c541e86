/** What the Paykassma client sends, and how it reads every documented answer and every other. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { activation, answer, claim, faultOf, secret, stubPaykassma } from './stub-paykassma.ts';

const ok = { status: 'ok' };
const fail = { status: 'fail', message: 'MESSAGE' };
const refused = { kind: 'refused', fields: [] };
const of = { currency: 'MMK', label: 'customer 55' };

test('requests the available wallets by a GET', async (t) => {
  const wallet = {
    type: 'nagad',
    currency_code: 'BDT',
    order: 17,
    logo: 'https://elsewhere.example/nagad.png',
    name: 'Nagad',
    is_manual: true,
    uploading_payment_bill: true,
  };
  const body = {
    ...ok,
    params: {
      currency_data: [{ code: 'BDT', symbol: '৳' }],
      wallets: [
        wallet,
        { type: 'broken' },
        { ...wallet, type: { length: { toString: 1 } } },
        'x',
        { type: 'wavepay', currency_code: 'MMK', is_manual: null },
      ],
    },
  };
  const { client, questions } = await stubPaykassma(t, answer(body));
  assert.deepEqual(await client.paymentSystemsAvailable(['BDT', 'MMK'], 'customer 55'), {
    kind: 'available',
    wallets: [
      { walletType: 'nagad', currency: 'BDT', order: 17 },
      { walletType: 'wavepay', currency: 'MMK', order: Number.MAX_SAFE_INTEGER },
    ],
  });
  const [question] = questions;
  assert.equal(question?.method, 'GET');
  assert.equal(question.path, '/plugin/api/v1/payment-systems/available');
  assert.deepEqual(
    [...question.query],
    [
      ['currency_code[]', 'BDT'],
      ['currency_code[]', 'MMK'],
      ['label', 'customer 55'],
      ['secret', secret],
    ],
  );
});

test('requests requisites, and returns them in the order in which they were sent', async (t) => {
  const params = '{"Wallet number":"00123","10":"b","9":"a","is_check_amount":null,"ok":true,"count":4.10,"nested":{"a":1}}';
  const { client, questions } = await stubPaykassma(t, answer(`{"status":"ok","params":${params}}`));
  assert.deepEqual(await client.createTransaction('bnb_ml', of), {
    kind: 'requisites',
    params: [
      ['Wallet number', '00123'],
      ['10', 'b'],
      ['9', 'a'],
      ['is_check_amount', null],
      ['ok', true],
      ['count', '4.10'],
    ],
  });
  const [question] = questions;
  assert.equal(question?.path, '/plugin/api/v1/transaction/create/bnb_ml');
  assert.equal(question.query.get('secret'), secret);
  assert.deepEqual(JSON.parse(String(question.body)), of);
});

test('requisites without an account are rejected', async (t) => {
  const stub = await stubPaykassma(t, answer({}));
  for (const params of [
    [],
    {},
    { is_check_amount: true },
    { identifier: '' },
    { identifier: ' ' },
    { account_type: 'agent' },
    'x',
    null,
  ]) {
    stub.respond = answer({ ...ok, params });
    assert.equal((await faultOf(stub.client.createTransaction('wavepay', of))).fault, 'bad_shape', JSON.stringify(params));
  }
});

test('activates with the amount as exact text', async (t) => {
  const { client, questions } = await stubPaykassma(t, answer({ status: 'pending' }));
  for (const [amount, text] of [
    [600_050, '6000.5'],
    [435, '4.35'],
    [600_000, '6000'],
    [Number.MAX_SAFE_INTEGER, '90071992547409.91'],
  ] as const) {
    await client.activate({ ...activation, amount });
    const { body = '', path, type } = questions.at(-1) ?? {};
    assert.match(String(body), new RegExp(`"amount":${text.replace('.', '\\.')}}$`));
    assert.equal(path, '/plugin/api/v1/transaction/activate');
    assert.equal(type, 'application/json');
  }
  assert.deepEqual(JSON.parse(String(questions[0]?.body)), {
    currency_code: 'MMK',
    wallet_type: 'wavepay',
    label: 'customer 55',
    key1: '0094646476',
    custom_transaction_id: 'attempt-1',
    amount: 6000.5,
  });
});

test('every documented answer to an activation is read', async (t) => {
  const deposit = { ...ok, deposit: true, deposit_amount: 6000, currency: { code: 'MMK', symbol: 'MMK' } };
  const waiting = 'The deposit status check has been started. The operation may take longer than expected.';
  const stub = await stubPaykassma(t, answer({}));
  const cases: [unknown, unknown][] = [
    [deposit, { kind: 'credited', amount: 600_000, currency: 'MMK' }],
    [JSON.stringify(deposit).replace('6000', '4.35'), { kind: 'credited', amount: 435, currency: 'MMK' }],
    [JSON.stringify(deposit).replace('6000', '6e3'), { kind: 'credited', amount: 600_000, currency: 'MMK' }],
    [
      JSON.stringify(deposit).replace('6000', '90071992547409.91'),
      { kind: 'credited', amount: 9007199254740991, currency: 'MMK' },
    ],
    [JSON.stringify(deposit).replace('6000', '4.355'), { kind: 'credited', amount: 'inexact', currency: 'MMK' }],
    [JSON.stringify(deposit).replace('6000', '1.0e+25'), { kind: 'credited', amount: 'inexact', currency: 'MMK' }],
    [
      { ...deposit, deposit_amount: '6000.00' },
      { kind: 'credited', amount: 600_000, currency: 'MMK' },
    ],
    [{ ...ok, deposit: false }, { kind: 'accepted_not_credited' }],
    [{ ...ok, deposit: false, transaction: { id: 1 }, deposit_amount: 'soon' }, { kind: 'accepted_not_credited' }],
    [{ status: 'pending', message: waiting }, { kind: 'pending' }],
    [
      { status: 'possible_transaction_created', message: 'Transaction not found. Possible transaction created' },
      { kind: 'possible_transaction_created' },
    ],
    [fail, refused],
    [{ status: 'fail' }, refused],
    [
      { status: 'fail', message: { key1: ['Wrong'], amount: ['Too much'], [secret]: ['x'] } },
      { kind: 'refused', fields: ['key1', 'amount'] },
    ],
    [{ status: 'fail', message: ['x'] }, refused],
  ];
  for (const [body, expected] of cases) {
    stub.respond = answer(body);
    assert.deepEqual(await stub.client.activate(activation), expected, JSON.stringify(body));
  }
});

test('a decline is read with any 2xx or 4xx; with a 5xx it proves nothing', async (t) => {
  const stub = await stubPaykassma(t, answer({}));
  const calls = [
    () => stub.client.activate(activation),
    () => stub.client.possibleTransaction(claim),
    () => stub.client.createTransaction('wavepay', of),
    () => stub.client.paymentSystemsAvailable(['MMK'], '55'),
  ];
  for (const call of calls) {
    for (const status of [200, 201, 400, 401, 403, 404, 406, 409, 422, 429]) {
      stub.respond = answer(fail, status);
      assert.deepEqual(await call(), refused, String(status));
    }
    for (const status of [302, 500, 502, 503, 504]) {
      stub.respond = answer(fail, status);
      assert.equal((await faultOf(call())).fault, 'http', String(status));
    }
  }
});

test('a success with an HTTP status of an error is a fault', async (t) => {
  const stub = await stubPaykassma(t, answer({}));
  const credited = { ...ok, deposit: true, deposit_amount: 6000, currency: { code: 'MMK' } };
  for (const body of [credited, { ...ok, deposit: false }, { status: 'pending' }, { status: 'possible_transaction_created' }]) {
    for (const status of [301, 400, 422, 500]) {
      stub.respond = answer(body, status);
      assert.equal((await faultOf(stub.client.activate(activation))).fault, 'http');
    }
  }
});

test('a wrong secret is answered "Not found", which is a fault with 404 as its reason', async (t) => {
  const { client } = await stubPaykassma(t, answer('Not found', 404));
  const { fault, reason } = await faultOf(client.activate(activation));
  assert.deepEqual([fault, reason], ['http', '404']);
});

test('anything else leaves the outcome unknown', async (t) => {
  const credited = { ...ok, deposit: true, deposit_amount: 6000, currency: { code: 'MMK', symbol: 'MMK' } };
  const strange: unknown[] = [
    '',
    'ok',
    'null',
    '[]',
    '{}',
    '"ok"',
    '<!doctype html>',
    '{"status":"ok","deposit":true,"deposit_amount":6000,"curren',
    '{"status":"fail","status":"ok","deposit":true,"deposit_amount":6000,"currency":{"code":"MMK"}}',
    ok,
    { status: 'success' },
    { status: 'OK', deposit: true },
    { status: 'Fail' },
    { status: 1 },
    { ...credited, deposit: 1 },
    { ...credited, deposit: 'true' },
    { ...credited, deposit: null },
    { ...credited, deposit_amount: -6000 },
    { ...credited, deposit_amount: null },
    { ...credited, deposit_amount: '6,000' },
    { ...credited, deposit_amount: '' },
    { ...credited, deposit_amount: [6000] },
    { ...credited, currency: 'MMK' },
    { ...credited, currency: { code: 'kyat' } },
    { ...credited, currency: null },
    { ...ok, deposit: true },
  ];
  const stub = await stubPaykassma(t, answer({}));
  for (const body of strange) {
    stub.respond = answer(body);
    assert.equal((await faultOf(stub.client.activate(activation))).fault, 'bad_shape', JSON.stringify(body));
  }
  assert.equal(stub.questions.length, strange.length, 'each was asked once');
});

test('submits a possible transaction with its screenshot, as a form', async (t) => {
  const success = { status: 'success', message: '', code: 20000, data: [], paginate: { offset: 0, total: 1, limit: 1 } };
  const { client, questions } = await stubPaykassma(t, answer(success));
  assert.deepEqual(await client.possibleTransaction(claim), { kind: 'submitted' });
  const [question] = questions;
  assert.equal(question?.path, '/plugin/api/v1/possible-transaction');
  const form = await new Response(new Uint8Array(question.body), { headers: { 'content-type': question.type } }).formData();
  const { screenshot, ...fields } = Object.fromEntries(form);
  assert.deepEqual(fields, {
    currency_code: 'MMK',
    wallet_type: 'wavepay',
    label: 'customer 55',
    key1: '0094646476',
    custom_transaction_id: 'attempt-1',
    amount: '6000',
  });
  assert.ok(screenshot instanceof File);
  assert.deepEqual([screenshot.name, screenshot.type], ['screenshot.png', 'image/png']);
  assert.deepEqual(new Uint8Array(await screenshot.arrayBuffer()), claim.screenshot.bytes);
});

test('an amount that cannot be requested proves that nothing was sent', async (t) => {
  const { client, questions } = await stubPaykassma(t, answer({ status: 'success' }));
  const calls = [
    ...[0, -1, 1.5, Number.NaN, 2 ** 53].map((amount) => client.activate({ ...activation, amount })),
    client.possibleTransaction({ ...claim, amount: 600_050 }),
  ];
  for (const call of calls) assert.equal((await faultOf(call)).fault, 'not_sent');
  assert.equal(questions.length, 0);
});
