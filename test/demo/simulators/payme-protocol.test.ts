/** The simulated Payme answers like the recorded real one, also to callers that send little. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { createPaymeSimulatorTestBed, goodCard, noon, type PaymeAnswer } from './payme-simulator-test-bed.ts';

const recordedUrl = new URL('../../server/clients/payme/recorded.json', import.meta.url);
const recorded = JSON.parse(await readFile(recordedUrl, 'utf8')) as { method: string; answer: { result: unknown } }[];

/** Every name with the JSON type of its value, recursively. */
function shapeOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  if (Array.isArray(value)) return value.map(shapeOf);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shapeOf(member)]));
}

test('every recorded answer has a counterpart with the same names and types', async (t) => {
  const { result, verifiedCard, newReceipt, advance } = await createPaymeSimulatorTestBed(t);
  const answers: Record<string, unknown> = {};
  const ask = async (method: string, params: object) => {
    answers[method] = await result(method, params);
  };
  await ask('cards.create', { card: { number: goodCard, expire: '0399' }, save: true });
  const { token } = (answers['cards.create'] as { card: { token: string } }).card;
  await ask('cards.get_verify_code', { token });
  await ask('cards.verify', { token, code: '666666' });
  await ask('cards.check', { token });
  await ask('cards.remove', { token });
  const paid = await newReceipt();
  await ask('receipts.pay', { id: paid, token: await verifiedCard() });
  await ask('receipts.cancel', { id: paid });
  await ask('receipts.send', { id: paid, phone: '998901304527' });
  await advance(2 * 86_400_000);
  await result('receipts.cancel', { id: await newReceipt() });
  await ask('receipts.create', { amount: 10_000, account: { order_id: 1 }, description: null, detail: null });
  const { _id: id } = (answers['receipts.create'] as { receipt: { _id: string } }).receipt;
  await ask('receipts.check', { id });
  await ask('receipts.get', { id });
  const today = noon + 2 * 86_400_000;
  await ask('receipts.get_all', { count: 2, from: today, to: today, offset: 0 });

  assert.equal(recorded.length, 12);
  for (const { method, answer } of recorded) assert.deepEqual(shapeOf(answers[method]), shapeOf(answer.result), method);
});

test('needs no id, version or content type; an id is echoed as it was sent', async (t) => {
  const { simulator, post } = await createPaymeSimulatorTestBed(t);
  const create = { method: 'cards.create', params: { card: { number: goodCard, expire: '03/99' } } };
  const auth = { 'x-auth': simulator.cashbox.id };
  const answerTo = async (body: object, headers: Record<string, string> = auth) =>
    (await (await post(JSON.stringify(body), headers)).json()) as PaymeAnswer;
  const bare = await answerTo(create);
  assert.deepEqual(Object.keys(bare), ['jsonrpc', 'result']);
  for (const id of [123, 'abc', '7', 0, null]) assert.strictEqual((await answerTo({ ...create, id })).id, id);
  assert.strictEqual((await answerTo({ method: 'nothing', id: 5 })).id, 5);
  for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'nonsense'])
    assert.ok((await answerTo(create, { ...auth, 'content-type': type })).result, type);
  const withSlash = await fetch(`${simulator.url}/`, { method: 'POST', headers: auth, body: JSON.stringify(create) });
  assert.ok(((await withSlash.json()) as PaymeAnswer).result);
});

test('answers an invalid call with the documented error, always with HTTP 200', async (t) => {
  const { simulator, post, rpc } = await createPaymeSimulatorTestBed(t);
  const code = async (body: string) => {
    const answer = await post(body);
    assert.equal(answer.status, 200);
    return ((await answer.json()) as PaymeAnswer).error?.code;
  };
  assert.equal(await code('{'), -32700);
  assert.equal(await code(''), -32700);
  for (const body of ['[]', '[{"method":"receipts.get","params":{}}]', '5', 'null', '{}', '{"method":5}'])
    assert.equal(await code(body), -32600, body);
  assert.equal(await code('{"method":"receipts.get","params":["id"]}'), -32600);
  assert.deepEqual((await rpc('receipts.p2p', {})).error, { code: -32601, message: 'Метод не найден', data: 'receipts.p2p' });
  assert.equal((await rpc('toString', {})).error?.code, -32601);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const answer = await fetch(simulator.url, { method });
    assert.equal(answer.status, 200);
    assert.equal(((await answer.json()) as PaymeAnswer).error?.code, -32300, method);
  }
});

test('parameters of a wrong type are refused with the name of the field, and have no effect', async (t) => {
  const { simulator, rpc, newReceipt } = await createPaymeSimulatorTestBed(t);
  const id = await newReceipt();
  const fiscal = { receipt_id: 1, qr_code_url: 'https://ofd.example' };
  const bad: [string, object, string][] = [
    ['cards.create', { number: goodCard, expire: '0399' }, 'card'],
    ['cards.create', { card: { number: 8600069195406311, expire: '0399' } }, 'card.number'],
    ['cards.create', { card: { number: goodCard } }, 'card.expire'],
    ['cards.create', { card: { number: goodCard, expire: '0399' }, save: 'yes' }, 'save'],
    ['cards.get_verify_code', {}, 'token'],
    ['cards.verify', { token: 'x', verify_code: '666666' }, 'code'],
    ['cards.check', { token: 5 }, 'token'],
    ['cards.remove', {}, 'token'],
    ['receipts.create', { amount: 10_000, order_id: 1 }, 'account'],
    ['receipts.create', { amount: '10000', account: {} }, 'amount'],
    ['receipts.pay', { invoice_id: id, token: 'x' }, 'id'],
    ['receipts.pay', { id, token: 'x', payer: { phone: 998901304527 } }, 'payer.phone'],
    ['receipts.send', { id }, 'phone'],
    ['receipts.cancel', {}, 'id'],
    ['receipts.check', { id: 7 }, 'id'],
    ['receipts.get', {}, 'id'],
    ['receipts.get_all', { count: 2, from: 0, offset: 0 }, 'to'],
    ['receipts.get_all', { count: 0, from: 0, to: 0, offset: 0 }, 'count'],
    ['receipts.confirm_hold', {}, 'id'],
    ['receipts.set_fiscal_data', { id, fiscal_data: { ...fiscal, receipt_id: 'one' } }, 'fiscal_data.receipt_id'],
  ];
  for (const [method, params, field] of bad) {
    const { error } = await rpc(method, params);
    assert.deepEqual([error?.code, error?.data], [-32602, field], `${method} ${JSON.stringify(params)}`);
  }
  const { cards, receipts } = simulator.ledger();
  assert.deepEqual([cards.length, receipts.length], [0, 1]);
});

test('calls about cards need only the id, those about receipts the key too, and all others are refused', async (t) => {
  const { simulator, error, rpc, post, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t);
  const { id, key } = simulator.cashbox;
  const token = await verifiedCard();
  const receipt = await newReceipt();
  for (const method of ['cards.check', 'cards.get_verify_code', 'cards.remove'])
    assert.ok((await rpc(method, { token }, id)).result);
  const stranger = 'f'.repeat(24);
  for (const [method, params] of [
    ['cards.create', { card: { number: goodCard, expire: '0399' } }],
    ['receipts.get', { id: receipt }],
  ] as const) {
    assert.equal(await error(method, params, `${id}:wrong`), -32504, method);
    assert.equal(await error(method, params, `${id}:`), -32504, method);
    assert.equal(await error(method, params, ''), -32504, method);
    assert.equal(await error(method, params, stranger), -31601, method);
    assert.equal(await error(method, params, `${stranger}:${key}`), -31601, method);
    const unsigned = await post(JSON.stringify({ method, params }), {});
    assert.equal(((await unsigned.json()) as PaymeAnswer).error?.code, -32504, method);
  }
  assert.equal(await error('receipts.get', { id: receipt }, id), -32504);
  assert.equal(await error('receipts.pay', { id: receipt, token }, id), -32504);
  assert.ok((await rpc('receipts.get', { id: receipt }, `${id}:${key}`)).result);
  assert.deepEqual(
    new Set(simulator.ledger().calls.map((call) => call.auth)),
    new Set(['key', 'id', 'wrong_key', 'none', 'unknown_id']),
  );
});

test('a page of any origin may call it, with the header that it needs', async (t) => {
  const { simulator, post } = await createPaymeSimulatorTestBed(t);
  for (const url of [simulator.url, `${simulator.url}/`]) {
    const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin: 'https://shop.example' } });
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /X-Auth/);
    assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /POST/);
  }
  assert.equal((await post('{')).headers.get('access-control-allow-origin'), '*');
});
