/** What a postback contains, and which of it is signed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { Postback } from '../../../../server/clients/paykassma/postback.ts';
import { openPostback, type PostbackSettings } from '../../../../server/clients/paykassma/postback.ts';
import given from './given-vectors.json' with { type: 'json' };

const keys = { accessKey: 'testAccessKey01', privateKey: 'testPrivateKey02' };
const minorUnitDigits = (currency: string) => (currency === 'JPY' ? 0 : 2);
const nothing = { amount: null, currency: null, walletType: null, label: null };

const open = (body: string, signedPath: PostbackSettings['signedPath']) =>
  openPostback(new TextEncoder().encode(body), { ...keys, signedPath, minorUnitDigits });

function read(body: string, signedPath: PostbackSettings['signedPath']): Postback {
  const opened = open(body, signedPath);
  return opened.kind === 'signed' ? opened.postback : assert.fail(`${opened.kind}: ${body}`);
}

const sign = (json: string) => {
  const digest = createHash('md5').update(json).digest('hex');
  return createHash('sha1')
    .update(keys.accessKey + keys.privateKey + digest)
    .digest('hex');
};
/** A body of the current form: this list, signed, and these fields beside it. */
const flat = (list: unknown, beside: object = {}) => {
  const json = JSON.stringify(list);
  return `${JSON.stringify({ signature: sign(json), ...beside }).slice(0, -1)},"additional_data":${json}}`;
};
const digestOf = (signed: string) => createHash('sha256').update(signed).digest('hex');
/** Of the only transaction of a vector, as PHP writes it unescaped, whichever way it was sent. */
const signedDigest = (id: string) => digestOf((given.vectors.find((one) => one.id === id)?.signed_json ?? '').slice(1, -1));
const vector = (id: string) => given.vectors.find((one) => one.id === id)?.body_default_flags ?? assert.fail(id);

test('the flat shape: the ids are signed, the money beside them is not', () => {
  assert.deepEqual(read(vector('flat-wavepay-ascii'), 'additional_data'), {
    shape: 'flat',
    direction: 'ingoing',
    transactions: [
      {
        transactionId: '1394646476',
        customTransactionId: '123465477897',
        outcome: 'credited',
        signed: nothing,
        unsigned: { amount: 600_000, currency: 'MMK', walletType: 'wavepay', label: '55' },
        digest: digestOf('{"transaction_id":"1394646476","plugin_custom_order_id":"123465477897"}'),
      },
    ],
  });
});

test('the amount beside the signed list can be changed by anybody, and is marked as unsigned', () => {
  const tenfold = vector('flat-wavepay-ascii').replace('"amount":6000', '"amount":60000');
  const [transaction] = read(tenfold, 'additional_data').transactions;
  assert.equal(transaction?.unsigned.amount, 6_000_000);
  assert.equal(transaction?.signed.amount, null);
});

test('the legacy shape: amount, currency and wallet are signed; the customer’s id is not', () => {
  assert.deepEqual(read(vector('legacy-transactions-noflags'), 'transactions'), {
    shape: 'legacy',
    direction: null,
    transactions: [
      {
        transactionId: '212345678901',
        customTransactionId: 'ord/1',
        outcome: 'credited',
        signed: { amount: 50_000, currency: 'INR', walletType: 'upi', label: null },
        unsigned: { ...nothing, label: '55' },
        digest: signedDigest('legacy-transactions'),
      },
    ],
  });
});

test('A-Pay’s shape: all of it is signed, and its status is the outcome', () => {
  assert.deepEqual(read(vector('apay-transactions'), 'transactions'), {
    shape: 'apay',
    direction: null,
    transactions: [
      {
        transactionId: '7fa13dbc3b79e05e',
        customTransactionId: 'cust/123',
        outcome: 'credited',
        signed: { amount: 600_839, currency: 'MMK', walletType: 'wavepay_l', label: '55' },
        unsigned: nothing,
        digest: signedDigest('apay-transactions'),
      },
    ],
  });
  const outcomeOf = (status: unknown) => {
    const json = JSON.stringify([{ order_id: '1', status }]);
    return read(`{"signature":"${sign(json)}","transactions":${json}}`, 'transactions').transactions[0]?.outcome;
  };
  assert.deepEqual(['Success', 'Failed', 'Rejected', 'success', 'Done', null, 1].map(outcomeOf), [
    'credited',
    'refused',
    'refused',
    'unknown',
    'unknown',
    'unknown',
    'unknown',
  ]);
});

test('where the whole body is signed, the amount in it is signed too', () => {
  const body = { amount: 6000.5, currency_code: 'MMK', direction: 'Ingoing', additional_data: [{ transaction_id: '1' }] };
  const signed = JSON.stringify({ signature: sign(JSON.stringify(body)), ...body });
  const [transaction] = read(signed, 'body').transactions;
  assert.deepEqual(transaction?.signed, { ...nothing, amount: 600_050, currency: 'MMK' });
  assert.deepEqual(transaction?.unsigned, nothing);
  assert.equal(transaction?.outcome, 'credited');
});

test('an amount in the signed list is read as signed', () => {
  const [transaction] = read(
    flat([{ transaction_id: '1', amount: 4.35, currency_code: 'MMK' }], { amount: 9, currency_code: 'MMK' }),
    'additional_data',
  ).transactions;
  assert.equal(transaction?.signed.amount, 435);
  assert.equal(transaction?.unsigned.amount, 900);
});

test('with several transactions the single amount belongs to none of them', () => {
  const two = [{ transaction_id: '1' }, { transaction_id: '2' }];
  const { transactions } = read(flat(two, { amount: 1, currency_code: 'MMK', direction: 'ingoing' }), 'additional_data');
  assert.deepEqual(
    transactions.map(({ transactionId, unsigned }) => [transactionId, unsigned.amount, unsigned.currency]),
    [
      ['1', null, 'MMK'],
      ['2', null, 'MMK'],
    ],
  );
});

test('an inexact amount is not mistaken for a missing one', () => {
  const amountOf = (members: object) =>
    read(flat([{ transaction_id: '1' }], members), 'additional_data').transactions[0]?.unsigned.amount;
  assert.equal(amountOf({ amount: 4.35, currency_code: 'MMK' }), 435);
  assert.equal(amountOf({ amount: '500', currency_code: 'INR' }), 50_000);
  assert.equal(amountOf({ amount: 500, currency_code: 'JPY' }), 500);
  assert.equal(amountOf({ currency_code: 'MMK' }), null);
  assert.equal(amountOf({ amount: null, currency_code: 'MMK' }), null);
  for (const amount of [0.30000000000000004, 4.355, -1, 1e25, 'many', '1,000', {}, [], true, '', 2 ** 53]) {
    assert.equal(amountOf({ amount, currency_code: 'MMK' }), 'inexact', JSON.stringify(amount));
  }
  assert.equal(amountOf({ amount: 5.5, currency_code: 'JPY' }), 'inexact');
  for (const currency_code of ['kyat', 'mmk', '', null, 104]) assert.equal(amountOf({ amount: 5, currency_code }), 'inexact');
});

test('a payout is no deposit, even if the unsigned direction says so', () => {
  const outcome = (list: object[], beside: object) => {
    const { direction, transactions } = read(flat(list, beside), 'additional_data');
    return [direction, transactions[0]?.outcome];
  };
  const deposit = [{ transaction_id: '1' }];
  const payout = [{ transaction_id: '1', withdrawal_id: '7', withdrawal_status: 1 }];
  assert.deepEqual(outcome(deposit, { direction: 'INGOING' }), ['ingoing', 'credited']);
  assert.deepEqual(outcome(deposit, { direction: 'outgoing' }), ['outgoing', 'unknown']);
  assert.deepEqual(outcome(deposit, {}), [null, 'unknown']);
  assert.deepEqual(outcome(deposit, { direction: 'sideways' }), [null, 'unknown']);
  assert.deepEqual(outcome(payout, { direction: 'ingoing' }), ['outgoing', 'unknown']);
  assert.deepEqual(outcome([{ transaction_id: '1', withdrawal_id: null }], { direction: 'ingoing' }), ['ingoing', 'credited']);
});

test('an id that is null, empty or a number is read', () => {
  const [nulls, numbers] = read(
    flat([
      { transaction_id: null, plugin_custom_order_id: '' },
      { transaction_id: 42, plugin_custom_order_id: 'pw-1' },
    ]),
    'additional_data',
  ).transactions;
  assert.deepEqual([nulls?.transactionId, nulls?.customTransactionId], [null, null]);
  assert.deepEqual([numbers?.transactionId, numbers?.customTransactionId], ['42', 'pw-1']);
});

test('a valid signature with an unknown shape is kept for a person, and not refused', () => {
  for (const list of [
    [{ surprise: 1 }],
    [{ transaction_id: '1' }, 'x'],
    { transaction_id: '1' },
    [{ transaction_id: '1' }, { a: 1 }],
  ]) {
    assert.equal(open(flat(list), 'additional_data').kind, 'unreadable', JSON.stringify(list));
  }
  const both = { additional_data: [{ transaction_id: '1' }], transactions: [{ transaction_id: '1' }] };
  const signed = JSON.stringify({ signature: sign(JSON.stringify(both)), ...both });
  assert.equal(open(signed, 'body').kind, 'unreadable');
});
