/** How the Payme client reads every recorded answer, other spellings of them, and invalid answers. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faultOf } from '../paykassma/stub-paykassma.ts';
import { code, everyCall, id, newReceipt, onOneReceipt, token } from './every-call.ts';
import recorded from './recorded.json' with { type: 'json' };
import { envelope, refusal, result, stubPayme, text } from './stub-payme.ts';

/** A recorded result, to be changed. */
const resultOf = (method: string): Record<string, unknown> =>
  structuredClone(recorded.find((one) => one.method === method)?.answer.result ?? assert.fail(method)) as never;
const receiptOf = (method: string) => resultOf(method).receipt as Record<string, unknown>;
const cardOf = (method: string) => resultOf(method).card as Record<string, unknown>;

const paid = receiptOf('receipts.pay');
const card = cardOf('cards.verify');

const tidyPaid = {
  id,
  state: 4,
  amount: 400_000,
  currency: 860,
  createTime: 1662098438706,
  payTime: 1662098438804,
  cancelTime: 0,
  description: '',
  account: [{ name: 'transaction', value: '2326' }],
  card: { number: '860006******6311', expire: '03/99' },
};
const tidyCard = { number: '860006******6311', expire: '03/99', token: card.token, recurrent: true, verify: true };
const listed = { currency: 860, amount: 400_000, payTime: 0, description: '', card: null };

/** The expected result of each recorded answer. */
const tidy: Record<string, unknown> = {
  'cards.create': { ...tidyCard, token: cardOf('cards.create').token, verify: false },
  'cards.get_verify_code': { sent: true, phone: '99890*****66', waitMs: 60_000 },
  'cards.verify': tidyCard,
  'cards.check': { ...tidyCard, token: cardOf('cards.check').token },
  'cards.remove': { success: true },
  'receipts.create': { ...tidyPaid, state: 0, createTime: 1662098412270, payTime: 0, card: null },
  'receipts.pay': tidyPaid,
  'receipts.send': { success: true },
  'receipts.cancel': { ...tidyPaid, state: 21 },
  'receipts.check': { state: 0 },
  'receipts.get': {
    ...listed,
    id: '6311946bc4420cbf2712a247',
    state: 0,
    createTime: 1662096491076,
    cancelTime: 0,
    account: [{ name: 'transaction', value: '2325' }],
  },
  'receipts.get_all': {
    receipts: [
      {
        ...listed,
        id: '6311946bc4420cbf2712a247',
        state: 0,
        createTime: 1662096491076,
        cancelTime: 0,
        account: [{ name: 'transaction', value: '2325' }],
      },
      {
        ...listed,
        id: '63119303c4420cbf2712a245',
        state: 50,
        createTime: 1662096131667,
        cancelTime: 1662096182979,
        account: [{ name: 'transaction', value: '2324' }],
      },
    ],
    unreadable: 0,
  },
};

test('every recorded answer is read, with its id echoed, as a text, null or left out', async (t) => {
  const stub = await stubPayme(t, text(''));
  assert.deepEqual(recorded.map(({ method }) => method).sort(), Object.keys(tidy).sort());
  for (const { method, answer } of recorded) {
    const ask =
      method === 'receipts.get'
        ? () => stub.client.receiptsGet({ id: '6311946bc4420cbf2712a247' })
        : () => (everyCall.find((one) => one.method === method) ?? assert.fail(method)).ask(stub.client);
    const ids: ((ours: number) => unknown)[] = [(ours) => ours, (ours) => String(ours), () => null, () => undefined];
    for (const idOf of ids) {
      stub.respond = (response, { body }) => response.end(JSON.stringify({ ...answer, id: idOf(body.id) }));
      assert.deepEqual(await ask(), { kind: 'ok', result: tidy[method] }, method);
    }
  }
});

test('an answer with another id is rejected', async (t) => {
  const stub = await stubPayme(t, text(''));
  for (const other of [123_456_789_012, '123', '', 0, true, {}]) {
    for (const members of [{ result: { state: 4 } }, { error: { code: -31602 } }]) {
      stub.respond = envelope({ ...members, id: other });
      assert.equal((await faultOf(stub.client.receiptsCheck({ id }))).fault, 'bad_shape', JSON.stringify(other));
    }
  }
});

test('an answer is read under any content type', async (t) => {
  const stub = await stubPayme(t, text(''));
  const types: Record<string, string>[] = [{}, { 'content-type': 'text/html' }, { 'content-type': 'text/json; charset=UTF-8' }];
  for (const headers of types) {
    stub.respond = text('{"result":{"state":4}}', 200, headers);
    assert.deepEqual(await stub.client.receiptsCheck({ id }), { kind: 'ok', result: { state: 4 } });
    stub.respond = text('{"error":{"code":-31602,"message":"x"}}', 200, headers);
    assert.deepEqual(await stub.client.receiptsCheck({ id }), { kind: 'refused', code: -31602 });
  }
});

test('a decline is read by its code; a message in any form is dropped', async (t) => {
  const stub = await stubPayme(t, text(''));
  const messages = ['Неверный код', { ru: 'Неверный код', uz: "Kod noto'g'ri", en: 'Wrong code' }, null, undefined, 7, ['x']];
  for (const refused of [-31103, -31630, -31050, -32400, -32504, -32700, -32600, -32601, -32602, -32300, -31601, 500]) {
    for (const message of messages) {
      stub.respond = refusal(refused, { message, origin: 'uzcard', data: 'said-by-upstream' });
      assert.deepEqual(await stub.client.cardsVerify({ token, code }), { kind: 'refused', code: refused });
    }
  }
  stub.respond = envelope({ result: null, error: { code: -31630, message: 'x' } });
  assert.deepEqual(await stub.client.receiptsPay({ id, token }), { kind: 'refused', code: -31630 });
});

test('a decline names a field only if we sent one of that name', async (t) => {
  const stub = await stubPayme(t, text(''));
  const number = '8600495473316478';
  const cases = [
    ['number', () => stub.client.cardsCreate({ number, expire: '0399', save: true })],
    ['code', () => stub.client.cardsVerify({ token, code })],
    ['order_id', () => stub.client.receiptsCreate(newReceipt)],
    ['phone', () => stub.client.receiptsPay({ id, token, payer: { phone: '998901304527' } })],
  ] as const;
  for (const [field, ask] of cases) {
    stub.respond = refusal(-31610, { data: field });
    assert.deepEqual(await ask(), { kind: 'refused', code: -31610, field });
    for (const data of [number, token, code, 'att_1', '__proto__', 'toString', '', 0, null, { [field]: field }, [field]]) {
      stub.respond = refusal(-31610, { data });
      assert.deepEqual(await ask(), { kind: 'refused', code: -31610 }, JSON.stringify(data));
    }
  }
});

test('verify may return another token, which is used from then on', async (t) => {
  const { client } = await stubPayme(t, result({ card: { ...card, token: 'another' } }));
  const answer = await client.cardsVerify({ token, code });
  assert.equal(answer.kind === 'ok' && answer.result.token, 'another');
});

test('an answer about another receipt is rejected', async (t) => {
  const stub = await stubPayme(t, result({ receipt: { ...paid, _id: '63119303c4420cbf2712a245' } }));
  assert.equal(onOneReceipt.length, 4);
  for (const { method, ask } of onOneReceipt) {
    const { fault, reason } = await faultOf(ask(stub.client));
    assert.deepEqual([fault, reason], ['bad_shape', 'another receipt'], method);
  }
});

test('a receipt that cannot be read is left out of the list and counted, and the others are returned', async (t) => {
  const [first] = resultOf('receipts.get_all') as unknown as Record<string, unknown>[];
  const { client } = await stubPayme(t, result([{ ...first, amount: '400000' }, null, first, 'x', { ...first, _id: undefined }]));
  const answer = await client.receiptsGetAll({ from: 0, to: 1, offset: 0, count: 50 });
  assert.ok(answer.kind === 'ok');
  assert.deepEqual(
    answer.result.receipts.map((receipt) => receipt.id),
    [first?._id],
  );
  assert.equal(answer.result.unreadable, 4);
});

test('members that nothing depends on may be missing, strange or new', async (t) => {
  const stub = await stubPayme(t, result({ receipt: { _id: id, state: 7, amount: 1 } }));
  const bare = { id, state: 7, amount: 1, currency: null, createTime: 0, payTime: 0, cancelTime: 0 };
  const empty = { kind: 'ok', result: { ...bare, description: '', account: [], card: null } };
  assert.deepEqual(await stub.client.receiptsGet({ id }), empty);
  const strange = { create_time: 'x', description: 5, account: 'x', card: 'x', payer: 'x', creator: [], restrictions: {} };
  stub.respond = result({ receipt: { _id: id, state: 7, amount: 1, currency: null, ...strange }, later: {} });
  assert.deepEqual(await stub.client.receiptsGet({ id }), empty);

  stub.respond = result({ receipt: { ...paid, account: [null, { name: 'order_id', value: 197, title: {} }, { name: 'x' }] } });
  const account = [{ name: 'order_id', value: '197' }];
  assert.deepEqual(await stub.client.receiptsGet({ id }), { kind: 'ok', result: { ...tidyPaid, account } });
  stub.respond = result({ receipt: { ...paid, payer: { phone: '998901304527', ip: '10.0.0.1' } } });
  assert.deepEqual(await stub.client.receiptsPay({ id, token }), {
    kind: 'ok',
    result: tidyPaid,
  });

  stub.respond = result({ card: { ...card, recurrent: undefined, type: {}, number_hash: 'x' } });
  assert.deepEqual(await stub.client.cardsCheck({ token }), { kind: 'ok', result: { ...tidyCard, recurrent: false } });
  stub.respond = result({ sent: false, phone: null, wait: 'x' });
  const unsent = { kind: 'ok', result: { sent: false, phone: '', waitMs: 60_000 } };
  assert.deepEqual(await stub.client.cardsGetVerifyCode({ token }), unsent);
  // A time beyond every date, or too long to wait.
  for (const wait of [9e15, 600_001]) {
    stub.respond = result({ sent: false, phone: null, wait });
    assert.deepEqual(await stub.client.cardsGetVerifyCode({ token }), unsent);
  }
});

test('an expiry is read as MM/YY, in either order', async (t) => {
  const stub = await stubPayme(t, text(''));
  for (const [expire, onCard, onReceipt] of [
    ['03/99', '03/99', '03/99'],
    ['0399', '03/99', ''],
    ['9903', '', '03/99'],
    ['1230', '12/30', ''],
    ['3012', '', '12/30'],
    ['13/99', '', ''],
    ['8600495473316478', '', ''],
    [399, '', ''],
    [undefined, '', ''],
  ] as const) {
    stub.respond = result({ card: { ...card, expire } });
    const checked = await stub.client.cardsCheck({ token });
    assert.equal(checked.kind === 'ok' && checked.result.expire, onCard, String(expire));
    stub.respond = result({ receipt: { ...paid, card: { number: '860049******6478', expire } } });
    const read = await stub.client.receiptsGet({ id });
    assert.equal(read.kind === 'ok' && read.result.card?.expire, onReceipt, String(expire));
  }
});

test('members that money depends on must be present and readable, or the outcome is unknown', async (t) => {
  const stub = await stubPayme(t, text(''));
  const brokenReceipts = [
    { _id: undefined },
    { _id: 5 },
    { _id: '' },
    { state: undefined },
    { state: null },
    { state: '4' },
    { state: 4.5 },
    { amount: undefined },
    { amount: '400000' },
    { amount: 400_000.5 },
    { amount: 2 ** 53 },
    { currency: 'UZS' },
    { currency: '860' },
    { pay_time: 'x' },
    { pay_time: -1 },
    { cancel_time: true },
    { _id: { length: { toString: 1 } } },
    { _id: '' },
  ];
  for (const broken of brokenReceipts) {
    stub.respond = result({ receipt: { ...paid, ...broken } });
    for (const { ask } of onOneReceipt) {
      assert.equal((await faultOf(ask(stub.client))).fault, 'bad_shape', JSON.stringify(broken));
    }
    assert.equal((await faultOf(stub.client.receiptsCreate(newReceipt))).fault, 'bad_shape', JSON.stringify(broken));
  }
  for (const broken of [
    { token: undefined },
    { token: '' },
    { token: { length: { toString: 1 } } },
    { token: 'x'.repeat(2_049) },
    { number: 86 },
    { verify: undefined },
    { verify: 'true' },
  ]) {
    stub.respond = result({ card: { ...card, ...broken } });
    assert.equal((await faultOf(stub.client.cardsVerify({ token, code }))).fault, 'bad_shape', JSON.stringify(broken));
  }
  stub.respond = result({ card: { ...card, token: 'x'.repeat(2_048) } });
  assert.equal((await stub.client.cardsVerify({ token, code })).kind, 'ok');
});

test('any other answer leaves the outcome unknown, and the call is sent once', async (t) => {
  const bodies = [
    '',
    'null',
    '[]',
    '{}',
    '"paid"',
    '<!doctype html><p>Bad gateway',
    '{"result":{"receipt":{"_id":"x","state":4',
    '{"result":null}',
    '{"result":true}',
    '{"result":{}}',
    '{"result":{"success":1}}',
    '{"result":{"receipt":null,"card":null,"state":"4","success":"true"}}',
    '{"result":{"receipts":[]}}',
    '{"error":"no"}',
    '{"error":{}}',
    '{"error":{"code":"-31630"}}',
    '{"error":{"code":-31630.5}}',
    '{"error":{"code":-31630},"result":{"success":true}}',
    '[{"result":{"success":true}}]',
  ];
  const stub = await stubPayme(t, text(''));
  for (const body of bodies) {
    stub.respond = text(body);
    for (const { method, ask } of everyCall) {
      assert.equal((await faultOf(ask(stub.client))).fault, 'bad_shape', `${method}: ${body}`);
    }
  }
  assert.equal(stub.questions.length, bodies.length * everyCall.length);
});
