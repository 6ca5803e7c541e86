/** The simulated Paykassma with the real client, checked by its ledger. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UpstreamError } from '../../../server/clients/http.ts';
import { createPaykassmaClient } from '../../../server/clients/paykassma/client.ts';
import { waitFor } from '../../support/wait-for.ts';
import { claimOf, createPaykassmaSimulatorTestBed, screenshot } from './paykassma-simulator-test-bed.ts';

const credited = { kind: 'credited', amount: 600_000, currency: 'MMK' };
const refused = { kind: 'refused', fields: [] };
const isFault = (fault: string) => (thrown: unknown) => thrown instanceof UpstreamError && thrown.fault === fault;

test('lists the wallets that are switched on, by currency', async (t) => {
  const { client, control } = await createPaykassmaSimulatorTestBed(t);
  const named = async (...currencies: string[]) => {
    const answer = await client.paymentSystemsAvailable(currencies, 'customer-7');
    return answer.kind === 'available' ? answer.wallets.map(({ walletType }) => walletType) : answer;
  };
  assert.deepEqual(await named('MMK', 'BTN'), ['wavepay', 'kbzpay_manual', 'bnb_ml']);
  assert.equal((await control('wallets', { wallet: 'wavepay', available: false })).status, 200);
  assert.deepEqual(await named('MMK'), ['kbzpay_manual']);
  assert.deepEqual(await client.createTransaction('wavepay', { currency: 'MMK', label: '1' }), refused);
  assert.deepEqual(await client.activate(claimOf('1394646476')), refused);
  await control('wallets', { wallet: 'wavepay', available: true });
  assert.equal((await client.createTransaction('wavepay', { currency: 'MMK', label: '1' })).kind, 'requisites');
});

test('returns requisites, or that there are none', async (t) => {
  const { client } = await createPaykassmaSimulatorTestBed(t);
  const of = { currency: 'MMK', label: 'customer-7' };
  assert.deepEqual(await client.createTransaction('wavepay', of), { kind: 'requisites', params: [['identifier', '324342342']] });
  assert.deepEqual(await client.createTransaction('bnb_ml', { ...of, currency: 'BTN' }), {
    kind: 'requisites',
    params: [
      ['Wallet number', '201234567'],
      ['Account name', 'Tashi Dorji'],
      ['is_check_amount', null],
    ],
  });
  for (const [wallet, asked] of [
    ['wavepay', { ...of, label: 'no-requisites' }],
    ['wavepay', { ...of, currency: 'PKR' }],
    ['nagad_api', { ...of, currency: 'BDT' }],
  ] as const) {
    assert.deepEqual(await client.createTransaction(wallet, asked), refused, wallet);
  }
  assert.deepEqual(await client.createTransaction('wavepay', { ...of, label: '' }), { kind: 'refused', fields: ['label'] });
});

test('every number with a documented outcome has it', async (t) => {
  const { client, simulator, received, open } = await createPaykassmaSimulatorTestBed(t, { slowMs: 60_000 });
  const statusOf = (id: string) =>
    simulator.ledger().transactions.find(({ custom_transaction_id }) => custom_transaction_id === id)?.status;
  const later = ['1000000001', '1000000002', '1000000004'];
  const answers = {
    '1394646476': credited,
    '1000000001': { kind: 'accepted_not_credited' },
    '1000000002': { kind: 'pending' },
    '1000000003': { kind: 'possible_transaction_created' },
    '1000000004': { kind: 'possible_transaction_created' },
    '1000000005': refused,
    '1000000006': { ...credited, amount: 300_000 },
    '1000000009': { kind: 'refused', fields: ['key1', 'amount'] },
    // The middle digits are free, because a number counts once.
    '1394698765': credited,
    '1048391705': refused,
    '10483917206': { ...credited, amount: 300_000 },
  };
  for (const [number, answer] of Object.entries(answers)) {
    const claim = claimOf(number);
    received.length = 0;
    assert.deepEqual(await client.activate(claim), answer, number);
    if (answer.kind !== 'credited' && !later.includes(number)) {
      assert.equal(statusOf(claim.customTransactionId), answer.kind === 'refused' ? 'refused' : 'possible');
      continue;
    }
    const opened = open(await waitFor(async () => received[0]));
    assert.equal(opened.kind === 'signed' && opened.postback.transactions[0]?.customTransactionId, claim.customTransactionId);
    assert.equal(statusOf(claim.customTransactionId), 'activated');
  }
  assert.equal(simulator.ledger().postbacks.length, 7, 'one for each that was credited');

  const [slow, broken] = [claimOf('1000000007'), claimOf('1000000008')];
  await assert.rejects(client.activate(slow), isFault('lost'));
  await assert.rejects(client.activate(broken), isFault('http'));
  assert.deepEqual([statusOf(slow.customTransactionId), statusOf(broken.customTransactionId)], ['activated', undefined]);
});

test('a transfer is credited once, to the first claim, with the amount that was really paid', async (t) => {
  const { client, simulator, transfer } = await createPaykassmaSimulatorTestBed(t);
  const number = await transfer('4.35');
  const claims = [claimOf(number), claimOf(number), claimOf(number)];
  const answers = await Promise.all(claims.map((claim) => client.activate(claim)));
  assert.deepEqual(answers.map(({ kind }) => kind).sort(), ['credited', 'refused', 'refused']);
  assert.deepEqual(
    answers.find(({ kind }) => kind === 'credited'),
    { ...credited, amount: 435 },
  );
  const { transfers, transactions, wallets } = simulator.ledger();
  const paid = transactions.filter(({ status }) => status === 'activated');
  assert.deepEqual(
    paid.map(({ amount, deposit_amount }) => [amount, deposit_amount]),
    [[6000, 4.35]],
  );
  assert.equal(transfers[0]?.custom_transaction_id, paid[0]?.custom_transaction_id);
  assert.equal(wallets.find(({ wallet }) => wallet === 'wavepay')?.balance, 4.35);
});

test('a number of another wallet is not found, and an id is accepted once', async (t) => {
  const { client, transfer } = await createPaykassmaSimulatorTestBed(t);
  const number = await transfer(500, 'easypaisa', '03919394039', 'PKR');
  const claim = claimOf(number);
  assert.deepEqual(await client.activate(claim), { kind: 'possible_transaction_created' });
  assert.deepEqual(await client.activate({ ...claim, key1: '1394646476' }), {
    kind: 'refused',
    fields: ['custom_transaction_id'],
  });
  assert.deepEqual(await client.activate({ ...claimOf('1'), walletType: 'WavePay' }), { kind: 'possible_transaction_created' });
  assert.deepEqual(await client.activate(claimOf('constructor')), { kind: 'possible_transaction_created' });
  assert.deepEqual(await client.activate(claimOf('123456789012')), { kind: 'refused', fields: ['key1'] });
});

test('an operator matches a wrong number with the right transfer', async (t) => {
  const { client, control, simulator, transfer, received, open } = await createPaykassmaSimulatorTestBed(t);
  const number = await transfer(6000);
  const claim = claimOf('9999999999');
  assert.deepEqual(await client.activate(claim), { kind: 'possible_transaction_created' });
  const order = { custom_transaction_id: claim.customTransactionId, transaction_number: number };
  assert.equal((await control('transactions/match', order)).status, 200);
  assert.equal((await control('transactions/match', order)).status, 409);
  assert.equal((await control('transactions/match', { custom_transaction_id: 'nobody' })).status, 404);
  assert.deepEqual(await client.activate(claimOf(number)), refused, 'it is spent');
  const without = claimOf('1000000003');
  await client.activate(without);
  const again = { custom_transaction_id: without.customTransactionId };
  assert.deepEqual(
    [(await control('transactions/match', again)).status, (await control('transactions/match', again)).status],
    [200, 409],
  );
  assert.equal(simulator.ledger().transactions[0]?.deposit_amount, 6000);
  const opened = open(received[0]);
  assert.equal(opened.kind === 'signed' && opened.postback.transactions[0]?.unsigned.amount, 600_000);
});

test('a manual wallet accepts a picture and whole units, and waits for an operator', async (t) => {
  const { client, control, simulator, transfer, received } = await createPaykassmaSimulatorTestBed(t);
  const number = await transfer(6000, 'kbzpay_manual', '12321');
  const claim = { ...claimOf(number), walletType: 'kbzpay_manual', screenshot };
  assert.deepEqual(await client.possibleTransaction(claim), { kind: 'submitted' });
  assert.equal(simulator.ledger().transactions[0]?.status, 'possible');
  assert.equal(received.length, 0);
  await control('transactions/match', { custom_transaction_id: claim.customTransactionId });
  assert.equal(simulator.ledger().transactions[0]?.status, 'activated');
  assert.equal(received.length, 1);

  const other = { ...claimOf('1394646476'), walletType: 'kbzpay_manual', screenshot };
  assert.deepEqual(await client.possibleTransaction(other), { kind: 'submitted' });
  await waitFor(async () => received.length === 2);
  const empty = { ...screenshot, bytes: new Uint8Array() };
  assert.deepEqual(
    await client.possibleTransaction({ ...other, ...claimOf('5'), walletType: 'kbzpay_manual', screenshot: empty }),
    {
      kind: 'refused',
      fields: ['screenshot'],
    },
  );
  assert.deepEqual(await client.activate({ ...claimOf('5'), walletType: 'kbzpay_manual' }), refused, 'by the other door only');
});

test('a wrong secret is answered "Not found", with 404, and the ledger keeps no secret in its calls', async (t) => {
  const { simulator } = await createPaykassmaSimulatorTestBed(t);
  const secret = 'a-wrong-secret-planted-here';
  const client = createPaykassmaClient({ url: new URL(simulator.url), secret, minorUnitDigits: () => 2 });
  t.after(() => client.close());
  await assert.rejects(
    client.activate(claimOf('1394646476')),
    (thrown) => thrown instanceof UpstreamError && thrown.reason === '404',
  );
  const answer = await fetch(`${simulator.url}/api/v1/payment-systems/available?currency_code[]=MMK&label=1`);
  assert.deepEqual([answer.status, await answer.text()], [404, 'Not found']);
  const { calls, keys, transactions } = simulator.ledger();
  assert.deepEqual(
    calls.map(({ outcome }) => outcome),
    ['wrong_secret', 'wrong_secret'],
  );
  assert.deepEqual(transactions, []);
  assert.ok(!JSON.stringify(calls).includes(secret) && !JSON.stringify(calls).includes(keys.secret));
});

for (const [kind, fault] of Object.entries({
  timeout: 'lost',
  reset: 'lost',
  http500: 'http',
  html: 'bad_shape',
  malformed: 'bad_shape',
})) {
  for (const when of ['before', 'after'] as const) {
    test(`activate, ${kind} ${when} its effect: ${fault}, ${when === 'after' ? 'credited once' : 'not credited'}, sent once`, async (t) => {
      const { client, control, simulator, received, transfer } = await createPaykassmaSimulatorTestBed(t);
      const claim = claimOf(await transfer(6000));
      assert.equal((await control('faults', { op: 'transaction/activate', when, kind })).status, 200);
      await assert.rejects(client.activate(claim), isFault(fault));
      const { calls, transactions } = simulator.ledger();
      assert.deepEqual(
        calls.map((call) => [call.custom_transaction_id, call.fault]),
        [[claim.customTransactionId, `${when}:${kind}`]],
      );
      assert.equal(transactions.length, when === 'after' ? 1 : 0);
      // The answer is lost, but the postback comes: it is the only way to learn the outcome.
      if (when === 'after') await waitFor(async () => received.length === 1);
    });
  }
}

test('an invalid control request is refused with the reason, and moves no money', async (t) => {
  const { control, simulator } = await createPaykassmaSimulatorTestBed(t);
  const order = { wallet: 'wavepay', identifier: '324342342', amount: 6000, currency: 'MMK' };
  const bad: [string, object, number, RegExp][] = [
    ['transfers', { ...order, wallet: 'moneybag' }, 404, /no wallet moneybag/],
    ['transfers', { ...order, identifier: '1' }, 404, /no account/],
    ['transfers', { ...order, currency: 'PLN' }, 400, /takes MMK/],
    ['transfers', { ...order, amount: 0 }, 400, /amount/],
    ['transfers', { ...order, amount: 1.005 }, 400, /amount/],
    ['transfers', { ...order, amount: '6,000' }, 400, /amount/],
    ['transfers', { ...order, colour: 'red' }, 400, /colour/],
    ['postbacks', { mode: 'pigeon' }, 400, /mode/],
    ['postbacks', { url: 'ftp://x' }, 400, /url/],
    ['wallets', { wallet: 'moneybag', available: true }, 404, /no wallet/],
    ['transactions/match', {}, 400, /custom_transaction_id/],
  ];
  for (const [path, body, status, word] of bad) {
    const answer = await control(path, body);
    assert.equal(answer.status, status, JSON.stringify(body));
    assert.match(String(answer.body.message), word);
  }
  assert.deepEqual(simulator.ledger().transfers, []);
});

test('a reset restores the initial state, and no earlier call takes effect after it', async (t) => {
  const { client, control, simulator, received, transfer } = await createPaykassmaSimulatorTestBed(t, {
    postbacks: { laterMs: 100 },
  });
  const { now: _, ...firstDay } = simulator.ledger();
  await transfer(1);
  await control('wallets', { wallet: 'wavepay', available: false });
  await control('wallets', { wallet: 'wavepay', available: true });
  await control('postbacks', { mode: 'apay', laterMs: 30 });
  await client.activate(claimOf('1000000002'));
  await control('reset', {});
  const { now: _now, ...again } = simulator.ledger();
  assert.deepEqual(again, firstDay);
  const { laterMs, mode } = (await control('postbacks')).body;
  assert.deepEqual([laterMs, mode], [100, 'flat']);
  // A claim after the reset, credited later than the old one would have been.
  const claim = claimOf('1000000001');
  await client.activate(claim);
  const { postbacks } = await waitFor(async () => received.length > 0 && simulator.ledger());
  assert.deepEqual(
    postbacks.map(({ custom_transaction_id }) => custom_transaction_id),
    [claim.customTransactionId],
  );
});
