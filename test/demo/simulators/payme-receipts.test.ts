/** Receipts of the simulated Payme: create, read, list, authorize; no money is moved twice. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPaymeSimulatorTestBed, noon, type WireReceipt } from './payme-simulator-test-bed.ts';

test('an amount is returned as it was requested, within the limits of the cashbox', async (t) => {
  const { simulator, control, result, error } = await createPaymeSimulatorTestBed(t);
  const create = { account: { order_id: 1 } };
  const { receipt } = await result('receipts.create', { ...create, amount: 10_000, description: 'attempt-1' });
  assert.deepEqual(
    [receipt.amount, receipt.currency, receipt.state, receipt.description, receipt.create_time],
    [10_000, 860, 0, 'attempt-1', noon],
  );
  await control('settings', { amountMin: 10_000, amountMax: 20_000 });
  assert.equal(await error('receipts.create', { ...create, amount: 9_999 }), -31611);
  assert.equal(await error('receipts.create', { ...create, amount: 20_001 }), -31612);
  assert.equal(await error('receipts.create', { ...create, amount: 10_000.5 }), -31610);
  await control('settings', { amountMin: 0 });
  for (const amount of [0, -1]) assert.equal(await error('receipts.create', { ...create, amount }), -31611);
  assert.equal(simulator.ledger().receipts.length, 1);
});

test('the account has the cashbox’s own row, and one more for each key that was sent', async (t) => {
  const { control, result } = await createPaymeSimulatorTestBed(t);
  const order = { amount: 10_000, account: { order_id: 7, branch: 'Chilonzor' } };
  const [row, ...others] = (await result('receipts.create', order)).receipt.account;
  assert.deepEqual(others, []);
  assert.deepEqual([row?.name, row?.title, row?.main], ['transaction', 'Номер чека', true]);
  await control('settings', { accountRows: 'all' });
  const all = (await result('receipts.create', order)).receipt.account;
  assert.deepEqual(
    all.map(({ name, value, main }) => [name, value, main]),
    [
      ['order_id', '7', true],
      ['branch', 'Chilonzor', false],
      ['transaction', String(Number(row?.value) + 1), false],
    ],
  );
});

test('a list is newest first, has pages, and includes the whole last day', async (t) => {
  const { rpc, newReceipt, advance } = await createPaymeSimulatorTestBed(t);
  const ids: string[] = [];
  for (let day = 0; day < 3; day += 1) {
    ids.unshift(await newReceipt());
    await advance(86_400_000);
  }
  const day = 86_400_000;
  const list = async (from: number, to: number, count = 50, offset = 0) => {
    const { result } = await rpc('receipts.get_all', { count, from, to, offset });
    return (result as unknown as WireReceipt[]).map(({ _id }) => _id);
  };
  assert.deepEqual(await list(0, noon + 9 * day), ids);
  assert.deepEqual(await list(0, noon + 9 * day, 1, 1), [ids[1]]);
  assert.deepEqual(await list(noon + day, noon + day), [ids[1]]);
  assert.deepEqual(await list(noon + 1, noon + day), [ids[1]]);
  assert.deepEqual(await list(noon, noon + 1), [ids[1], ids[2]]);
  assert.deepEqual(await list(noon + 9 * day, noon + 9 * day), []);
});

test('a list is never longer than fifty', async (t) => {
  const { rpc, newReceipt } = await createPaymeSimulatorTestBed(t);
  for (let each = 0; each < 51; each += 1) await newReceipt();
  const { result } = await rpc('receipts.get_all', { count: 500, from: noon, to: noon, offset: 0 });
  assert.equal((result as unknown as WireReceipt[]).length, 50);
});

test('a list has titles by language, numbers as numbers, and full card numbers where that is set', async (t) => {
  const { control, rpc, result, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t);
  const id = await newReceipt();
  await result('receipts.pay', { id, token: await verifiedCard() });
  const listed = async () => {
    const { result: list } = await rpc('receipts.get_all', { count: 1, from: noon, to: noon, offset: 0 });
    return (list as unknown as WireReceipt[])[0] ?? assert.fail('nothing is listed');
  };
  const { account, card } = await listed();
  assert.deepEqual(account[0]?.title, { ru: 'Номер чека', uz: 'Chek raqami' });
  assert.equal(typeof account[0]?.value, 'number');
  assert.deepEqual(card, { number: '860006******6311', expire: '9903' });
  await control('settings', { cardInGetAll: 'full' });
  assert.equal((await listed()).card?.number, '8600069195406311');
  assert.equal((await result('receipts.get', { id })).receipt.card?.number, '860006******6311');
});

test('a receipt can be sent, and its fiscal data set; an unknown one cannot', async (t) => {
  const { simulator, result, error, newReceipt } = await createPaymeSimulatorTestBed(t);
  const id = await newReceipt();
  assert.deepEqual(await result('receipts.send', { id, phone: '998901304527' }), { success: true });
  const [sms] = simulator.ledger().sms;
  assert.deepEqual([sms?.to, sms?.card], ['99890*****27', null]);
  assert.equal(await error('receipts.send', { id, phone: '+998901304527' }), -31610);
  const fiscal_data = { receipt_id: 1, qr_code_url: 'https://ofd.example/1', status_code: 0 };
  assert.deepEqual(await result('receipts.set_fiscal_data', { id, fiscal_data }), { success: true });
  assert.deepEqual(simulator.ledger().receipts[0]?.fiscalData, fiscal_data);
  const nowhere = 'f'.repeat(24);
  for (const [method, more] of Object.entries({
    'receipts.get': {},
    'receipts.check': {},
    'receipts.cancel': {},
    'receipts.confirm_hold': {},
    'receipts.pay': { token: 'x' },
    'receipts.send': { phone: '998901304527' },
    'receipts.set_fiscal_data': { fiscal_data },
  }))
    assert.equal(await error(method, { id: nowhere, ...more }), -31602, method);
});

test('an authorized amount is debited when it is confirmed, or released', async (t) => {
  const { simulator, control, result, error, verifiedCard, newReceipt, advance } = await createPaymeSimulatorTestBed(t);
  await control('settings', { balances: { '8600069195406311': 500_000 } });
  const token = await verifiedCard();
  const id = await newReceipt(500_000, { hold: true });
  assert.equal((await result('receipts.pay', { id, token, hold: true })).receipt.state, 5);
  assert.equal(simulator.ledger().payments.length, 0);
  assert.equal(await error('receipts.pay', { id: await newReceipt(), token }), -31303, 'it is frozen');
  assert.equal((await result('receipts.confirm_hold', { id })).receipt.state, 4);
  assert.equal(await error('receipts.confirm_hold', { id }), -31008);
  assert.equal(simulator.ledger().payments.length, 1);

  await control('settings', { balances: { '8600069195406311': 500_000 } });
  const other = await newReceipt(500_000, { hold: true });
  await result('receipts.pay', { id: other, token, hold: true });
  assert.equal((await result('receipts.cancel', { id: other })).receipt.state, 21);
  await advance(3_000);
  const { state, pay_time } = (await result('receipts.get', { id: other })).receipt;
  assert.deepEqual([state, pay_time, simulator.ledger().payments.length], [50, 0, 1]);
  assert.equal(simulator.ledger().cards[0]?.balance, 500_000);
});

test('the simulator can report another receipt than it created, and charges the one that it created', async (t) => {
  const { simulator, control, result, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t);
  const first = await newReceipt();
  const lied = async (receipt: object) => {
    await control('settings', { lieAbout: { receipt } });
    return (await result('receipts.create', { amount: 10_000, account: {} })).receipt;
  };
  const dear = await lied({ amount: 20_000 });
  assert.deepEqual([dear.amount, dear.currency], [20_000, 860]);
  assert.equal((await lied({ currency: 643 })).currency, 643);
  assert.equal((await lied({ _id: first }))._id, first);
  assert.equal((await result('receipts.get', { id: first })).receipt.amount, 500_000);
  await result('receipts.pay', { id: dear._id, token: await verifiedCard() });
  assert.equal(simulator.ledger().payments[0]?.amount, 20_000);
  await control('settings', { lieAbout: {} });
  assert.equal((await result('receipts.create', { amount: 10_000, account: {} })).receipt.amount, 10_000);
});
