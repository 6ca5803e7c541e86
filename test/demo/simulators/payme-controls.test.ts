/** The controls of the simulated Payme: faults, settings, an operator; and what its ledger never holds. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { createPaymeSimulator } from '../../../demo/simulators/payme/simulator.ts';
import { createPaymeSimulatorTestBed, goodCard, noon } from './payme-simulator-test-bed.ts';

test('a payment takes effect where its answer is lost, and not where the fault comes before the effect', async (t) => {
  const { simulator, control, rpc, result, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t);
  const token = await verifiedCard();
  for (const [when, paid] of [['after', 4] as const, ['before', 0] as const]) {
    const id = await newReceipt();
    await control('faults', { op: 'receipts.pay', when, kind: 'reset' });
    await assert.rejects(rpc('receipts.pay', { id, token }));
    assert.equal((await result('receipts.check', { id })).state, paid, when);
    const { fault, outcome } = simulator.ledger().calls.at(-2) ?? assert.fail('there was no call');
    assert.deepEqual([fault, outcome], [`${when}:reset`, paid ? 'state:4' : 'none']);
  }
  assert.equal(simulator.ledger().payments.length, 1);
});

test('a fault can be set for one receipt, or for one card', async (t) => {
  const { control, post, result, verifiedCard, newReceipt, simulator } = await createPaymeSimulatorTestBed(t);
  const [mine, other] = [await newReceipt(), await newReceipt()];
  const [token, another] = [await verifiedCard(), await verifiedCard('8600495473316478')];
  const status = async (method: string, params: object) => (await post(JSON.stringify({ method, params }))).status;
  await control('faults', { op: 'receipts.check', code: mine, when: 'before', kind: 'http500' });
  assert.deepEqual([await status('receipts.check', { id: other }), await status('receipts.check', { id: mine })], [200, 500]);
  await control('faults', { op: '*', code: '6478', when: 'after', kind: 'http500' });
  await result('receipts.pay', { id: mine, token });
  assert.equal(await status('receipts.pay', { id: other, token: another }), 500);
  assert.equal(simulator.ledger().payments.length, 2);
  await control('faults', { op: 'cards.create', code: '6311', when: 'before', kind: 'http500' });
  const create = (number: string) => status('cards.create', { card: { number, expire: '0399' } });
  assert.deepEqual([await create('8600495473316478'), await create(goodCard)], [200, 500]);
});

test('an error message is a Russian text, or one in each language', async (t) => {
  const { control, rpc } = await createPaymeSimulatorTestBed(t);
  const message = async () => (await rpc('receipts.get', { id: 'x' })).error?.message;
  assert.equal(await message(), 'Чек не найден или уже оплачен');
  await control('settings', { messageAs: 'object' });
  assert.deepEqual(Object.keys((await message()) as object), ['ru', 'uz', 'en']);
});

test('any method can be made to fail with any code, and then has no effect', async (t) => {
  const { simulator, control, result, error, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t);
  const params = { id: await newReceipt(), token: await verifiedCard() };
  await control('settings', { refuse: { 'receipts.pay': -31622 } });
  assert.equal(await error('receipts.pay', params), -31622);
  assert.equal(simulator.ledger().payments.length, 0);
  await control('settings', { refuse: { 'receipts.pay': null } });
  assert.equal((await result('receipts.pay', params)).receipt.state, 4);
});

test('settings can be changed one by one, and an invalid request changes nothing', async (t) => {
  const { control } = await createPaymeSimulatorTestBed(t);
  const first = (await control('settings')).body;
  await control('settings', { stepMs: 5, failAt: { [goodCard]: 'receipts.pay' } });
  const changed = (await control('settings')).body;
  assert.deepEqual(changed, { ...first, stepMs: 5, failAt: { ...(first.failAt as object), [goodCard]: 'receipts.pay' } });
  const bad = {
    pay: 'never',
    failAt: { 12: null },
    stepMs: -1,
    refuse: { 'receipts.steal': -1 },
    colour: 1,
    balances: { [goodCard]: 0.5 },
  };
  for (const [name, value] of Object.entries(bad)) {
    const { status, body } = await control('settings', { waitMs: 7, [name]: value });
    assert.equal(status, 400, name);
    assert.match(String(body.message), new RegExp(name));
  }
  assert.deepEqual((await control('settings')).body, changed);
});

test('an operator moves a receipt to another state, and the money with it', async (t) => {
  const { simulator, control, result, error, verifiedCard, newReceipt, advance } = await createPaymeSimulatorTestBed(t, {
    settings: { pay: 'late' },
  });
  const id = await newReceipt();
  const move = (state: number, whose = id) => control(`receipts/${whose}/state`, { state });
  assert.equal((await move(4)).status, 409, 'nobody has paid');
  await result('receipts.pay', { id, token: await verifiedCard() });
  assert.deepEqual(await move(20), { status: 200, body: { id, state: 20 } });
  await advance(60_000);
  assert.equal((await result('receipts.check', { id })).state, 20, 'a person holds it');
  assert.equal(await error('receipts.cancel', { id }), -31008);
  assert.equal((await move(4)).status, 200);
  assert.equal((await move(0)).status, 409, 'the money was taken');
  assert.equal(simulator.ledger().payments.length, 1);
  await move(30);
  assert.equal((await move(21)).status, 200);
  await advance(3_000);
  const { receipt } = await result('receipts.get', { id });
  assert.deepEqual([receipt.state, receipt.meta.source_cancel], [50, 'subscribe']);
  assert.deepEqual(
    simulator.ledger().payments.map(({ refundedAt }) => refundedAt !== null),
    [true],
  );
  assert.equal((await move(4)).status, 409, 'it is over');
  assert.equal((await move(20, 'f'.repeat(24))).status, 404);
  assert.equal((await move(7)).status, 400);
});

test('the ledger contains no card number and no token, wherever a client has put them', async (t) => {
  const { simulator, control, rpc, result, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t);
  const token = await verifiedCard();
  const id = await newReceipt();
  await result('receipts.pay', { id, token });
  await rpc(goodCard, {});
  await rpc('receipts.get', { id: goodCard });
  await rpc('cards.check', { token: goodCard });
  await rpc('cards.verify', { token, code: '123456' });
  await rpc('cards.create', { card: { number: goodCard, expire: '1399' } });
  const { sms: _, ...ledger } = (await control('ledger')).body;
  const text = JSON.stringify(ledger);
  for (const secret of [goodCard, token, token.slice(25), '123456', '666666']) assert.ok(!text.includes(secret), secret);
  assert.ok(text.includes(token.slice(0, 24)) && text.includes('860006******6311'));
  assert.deepEqual((ledger.calls as { card?: string }[]).at(-1)?.card, '6311');
  assert.deepEqual(ledger.cashbox, simulator.cashbox);
});

test('a reset restores the initial state', async (t) => {
  const { simulator, control, result, verifiedCard, newReceipt, advance } = await createPaymeSimulatorTestBed(t, {
    settings: { stepMs: 7 },
  });
  const firstDay = [simulator.ledger(), (await control('settings')).body];
  const token = await verifiedCard();
  await result('receipts.pay', { id: await newReceipt(), token });
  await control('settings', { pay: 'late', stepMs: 9, balances: { [goodCard]: 500 } });
  await result('receipts.pay', { id: await newReceipt(500), token });
  await control('faults', { op: '*', when: 'before', kind: 'http500' });
  await advance(1);
  await control('reset', {});
  assert.deepEqual([simulator.ledger(), (await control('settings')).body], firstDay);
  await advance(60_000);
  assert.equal(simulator.ledger().payments.length, 0);
  await verifiedCard();
  assert.equal(simulator.ledger().cards[0]?.balance, 1_000_000_000);
});

test('an SMS is also posted to the phone’s URL, and an unreachable phone is ignored', async (t) => {
  const phone = createServer().listen(0, '127.0.0.1');
  await once(phone, 'listening');
  t.after(() => phone.close());
  const smsUrl = `http://127.0.0.1:${(phone.address() as AddressInfo).port}/`;
  const { simulator, result, verifiedCard } = await createPaymeSimulatorTestBed(t, { smsUrl });
  const rings = once(phone, 'request');
  const token = await verifiedCard();
  const [request, response] = await rings;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  response.end();
  assert.deepEqual(JSON.parse(Buffer.concat(chunks).toString()), simulator.ledger().sms[0]);
  phone.closeAllConnections();
  phone.close();
  assert.equal((await result('cards.get_verify_code', { token })).sent, true);
});

test('the ledger uses the same clock, and the simulator does not start in production', async (t) => {
  const { simulator, advance } = await createPaymeSimulatorTestBed(t);
  await advance(1_000);
  assert.equal(simulator.ledger().now, new Date(noon + 1_000).toISOString());
  const before = process.env.NODE_ENV;
  t.after(() => {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  });
  process.env.NODE_ENV = 'production';
  const started = createPaymeSimulator();
  t.after(async () => (await started.catch(() => undefined))?.close());
  await assert.rejects(started, /NODE_ENV is production/);
});
