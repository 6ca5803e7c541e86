/** Charges of the simulated Payme: at once, in steps or late, at most one per receipt, and refunds. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPaymeSimulatorTestBed, noon } from './payme-simulator-test-bed.ts';

test('a payment debits the card once, and the receipt shows the card and the payer', async (t) => {
  const { simulator, result, error, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t);
  const id = await newReceipt(500_000, { description: 'attempt-1' });
  const token = await verifiedCard();
  const { receipt } = await result('receipts.pay', { id, token, payer: { phone: '998901304527' } });
  assert.deepEqual(
    [receipt.state, receipt.pay_time, receipt.card, receipt.payer],
    [4, noon, { number: '860006******6311', expire: '9903' }, { phone: '998901304527' }],
  );
  assert.equal(await error('receipts.pay', { id, token }), -31602);
  assert.deepEqual((await result('receipts.get', { id })).receipt.payer, { phone: '998901304527' });
  const at = '2026-05-01T12:00:00.000Z';
  const debit = { receipt: id, amount: 500_000, currency: 860, card: '6311', at, refundedAt: null };
  const { payments, receipts, cards } = simulator.ledger();
  assert.deepEqual(payments, [debit]);
  const [{ number: _, ...rest } = assert.fail('there is no receipt')] = receipts;
  assert.deepEqual(rest, {
    id,
    state: 4,
    createdAt: at,
    amount: 500_000,
    currency: 860,
    account: { order_id: 1 },
    description: 'attempt-1',
    card: '6311',
    phone: '998901304527',
    debits: [debit],
    fiscalData: null,
  });
  assert.equal(cards[0]?.balance, 999_500_000);
});

test('of twenty payments of one receipt at once exactly one debits the card', async (t) => {
  for (const pay of ['instant', 'stepwise', 'late'] as const) {
    const { simulator, rpc, verifiedCard, newReceipt, advance } = await createPaymeSimulatorTestBed(t, { settings: { pay } });
    const id = await newReceipt();
    const token = await verifiedCard();
    const answers = await Promise.all(Array.from({ length: 20 }, () => rpc('receipts.pay', { id, token })));
    assert.equal(answers.filter(({ result }) => result).length, 1, pay);
    assert.ok(answers.every(({ result, error }) => result || error?.code === -31602));
    await advance(60_000);
    assert.equal(simulator.ledger().payments.length, 1, pay);
  }
});

test('a stepwise payment moves from state 1 to 4 by the clock, and debits the card in between', async (t) => {
  const { simulator, result, error, verifiedCard, newReceipt, advance } = await createPaymeSimulatorTestBed(t, {
    settings: { pay: 'stepwise' },
  });
  const id = await newReceipt();
  const token = await verifiedCard();
  const seen = [(await result('receipts.pay', { id, token })).receipt.state];
  const taken: number[] = [];
  for (let step = 0; step < 4; step += 1) {
    taken.push(simulator.ledger().payments.length);
    assert.equal(await error('receipts.pay', { id, token }), -31602);
    if (seen.at(-1) !== 4) assert.equal(await error('receipts.cancel', { id }), -31008);
    await advance(1_000);
    seen.push((await result('receipts.check', { id })).state);
  }
  assert.deepEqual(seen, [1, 2, 3, 4, 4]);
  assert.deepEqual(taken, [0, 0, 1, 1]);
  const { payments, cards } = simulator.ledger();
  assert.deepEqual([payments.length, cards[0]?.balance], [1, 999_500_000]);
});

test('a delayed payment takes effect by the clock, unless its cancellation is faster', async (t) => {
  const { simulator, control, result, verifiedCard, newReceipt, advance } = await createPaymeSimulatorTestBed(t);
  await control('settings', { pay: 'late', lateMs: 30_000 });
  const token = await verifiedCard();
  const landed = await newReceipt();
  const canceled = await newReceipt();
  for (const id of [landed, canceled]) {
    const { receipt } = await result('receipts.pay', { id, token });
    assert.deepEqual([receipt.state, receipt.pay_time, receipt.card], [0, 0, null]);
  }
  await advance(29_999);
  assert.equal((await result('receipts.check', { id: landed })).state, 0);
  const { receipt } = await result('receipts.cancel', { id: canceled });
  assert.deepEqual([receipt.state, receipt.pay_time, receipt.meta.source_cancel], [50, 0, 'subscribe']);
  await advance(60_000);
  assert.equal((await result('receipts.check', { id: canceled })).state, 50);
  const paid = (await result('receipts.get', { id: landed })).receipt;
  assert.deepEqual([paid.state, paid.pay_time], [4, noon + 30_000]);
  assert.deepEqual(
    simulator.ledger().payments.map((payment) => payment.receipt),
    [landed],
  );
});

test('a delayed payment from a card without money debits nothing, and the receipt can be paid again', async (t) => {
  const { simulator, control, result, verifiedCard, newReceipt, advance } = await createPaymeSimulatorTestBed(t, {
    settings: { pay: 'late' },
  });
  const id = await newReceipt();
  await result('receipts.pay', { id, token: await verifiedCard() });
  await control('settings', { balances: { '8600069195406311': 0 } });
  await advance(5_000);
  assert.equal((await result('receipts.check', { id })).state, 0);
  await result('receipts.pay', { id, token: await verifiedCard('8600495473316478') });
  await advance(5_000);
  assert.deepEqual(
    simulator.ledger().payments.map(({ card }) => card),
    ['6478'],
  );
});

test('a paid receipt is cancelled in two steps and refunded once; an unpaid one is cancelled at once', async (t) => {
  const { simulator, result, error, verifiedCard, newReceipt, advance } = await createPaymeSimulatorTestBed(t);
  const token = await verifiedCard();
  const paid = await newReceipt();
  const unpaid = await newReceipt();
  await result('receipts.pay', { id: paid, token });
  const cancel = async (id: string) => (await result('receipts.cancel', { id })).receipt;
  const queued = await cancel(paid);
  assert.deepEqual([queued.state, queued.pay_time, queued.cancel_time], [21, noon, 0]);
  await advance(2_999);
  assert.equal((await cancel(paid)).state, 21, 'asking again neither hurries nor delays it');
  await advance(1);
  const done = await cancel(paid);
  assert.deepEqual([done.state, done.cancel_time, done.card?.number], [50, noon + 3_000, '860006******6311']);
  const gone = await cancel(unpaid);
  assert.deepEqual([gone.state, gone.pay_time, gone.cancel_time], [50, 0, noon + 3_000]);
  assert.equal((await cancel(unpaid)).cancel_time, gone.cancel_time);
  for (const id of [paid, unpaid]) assert.equal(await error('receipts.pay', { id, token }), -31602);
  const { payments, cards } = simulator.ledger();
  assert.deepEqual(
    payments.map(({ receipt, refundedAt }) => [receipt, refundedAt]),
    [[paid, '2026-05-01T12:00:03.000Z']],
  );
  assert.equal(cards[0]?.balance, 1_000_000_000);
});

test('only a verified card with enough money pays', async (t) => {
  const { simulator, control, result, error, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t);
  const id = await newReceipt(500_000);
  const { token: raw } = (await result('cards.create', { card: { number: '8600069195406311', expire: '0399' } })).card;
  assert.equal(await error('receipts.pay', { id, token: raw }), -31400);
  const token = await verifiedCard();
  await control('settings', { balances: { '8600069195406311': 499_999 } });
  assert.equal(await error('receipts.pay', { id, token }), -31303);
  assert.equal(simulator.ledger().payments.length, 0);
  await control('settings', { balances: { '8600069195406311': 500_000 } });
  assert.equal((await result('receipts.pay', { id, token })).receipt.state, 4);
  assert.equal(simulator.ledger().cards[0]?.balance, 0);
});

test('a one-time token is removed by its payment, and not by a failed one', async (t) => {
  const { simulator, control, result, error, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t);
  const token = await verifiedCard('8600069195406311', false);
  await control('settings', { pay: 'late' });
  const first = await newReceipt();
  await result('receipts.pay', { id: first, token });
  assert.equal(await error('receipts.pay', { id: await newReceipt(), token }), -31400, 'it is being used');
  await result('receipts.cancel', { id: first });
  await control('settings', { pay: 'instant' });
  await result('receipts.pay', { id: await newReceipt(), token });
  assert.equal(await error('cards.check', { token }), -31400);
  assert.equal(await error('receipts.pay', { id: await newReceipt(), token }), -31400);
  const { cards, payments } = simulator.ledger();
  assert.deepEqual([cards[0]?.removed, cards[0]?.recurrent, payments.length], [true, false, 1]);
});
