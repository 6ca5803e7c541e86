/** Cards of the simulated Payme: which are accepted, and the life of a token. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createPaymeSimulatorTestBed, goodCard } from './payme-simulator-test-bed.ts';

const card = (number: string, expire = '0399') => ({ card: { number, expire } });

test('the good cards of the sandbox become tokens, however the expiry is spelled', async (t) => {
  const { result } = await createPaymeSimulatorTestBed(t);
  for (const number of [goodCard, '8600495473316478'])
    for (const expire of ['0399', '03/99']) {
      const { card: made } = await result('cards.create', card(number, expire));
      const { token, ...rest } = made;
      assert.deepEqual(rest, {
        number: `${number.slice(0, 6)}******${number.slice(-4)}`,
        expire: '03/99',
        recurrent: true,
        verify: false,
        type: '22618',
      });
      assert.match(token, /^[0-9a-f]{24}_[A-Za-z0-9]{390}$/);
    }
});

test('the bad cards of the sandbox fail at their documented step', async (t) => {
  const { control, result, error, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t, { slowMs: 1 });
  for (const number of ['8600060921090842', '3333336415804657', '4444445987459073'])
    assert.equal(await error('cards.create', card(number)), -31301, number);
  assert.equal(await error('cards.create', card('8600143417770323')), -32400);

  const slow = await verifiedCard('8600134301849596');
  const id = await newReceipt();
  assert.equal(await error('receipts.pay', { id, token: slow }), -31630);
  assert.equal((await result('receipts.check', { id })).state, 0);

  await control('settings', { failAt: { '3333336415804657': 'cards.get_verify_code', [goodCard]: 'cards.verify' } });
  const { token } = (await result('cards.create', card('3333336415804657'))).card;
  assert.equal(await error('cards.get_verify_code', { token }), -31301);
  const good = (await result('cards.create', card(goodCard))).card.token;
  await result('cards.get_verify_code', { token: good });
  assert.equal(await error('cards.verify', { token: good, code: '666666' }), -31630);
  assert.equal(await error('cards.create', card('4444445987459073')), -31301);

  await control('settings', { failAt: { '8600134301849596': null } });
  assert.equal((await result('receipts.pay', { id, token: slow })).receipt.state, 4);
});

test('the slow card delays its answer', async (t) => {
  const { simulator, error, verifiedCard, newReceipt } = await createPaymeSimulatorTestBed(t, { slowMs: 40 });
  const params = { id: await newReceipt(), token: await verifiedCard('8600134301849596') };
  const started = performance.now();
  assert.equal(await error('receipts.pay', params), -31630);
  assert.ok(performance.now() - started >= 39);
  assert.equal(simulator.ledger().calls.at(-1)?.fault, 'after:slow');
});

test('another card is good if its system is supported and its check digit fits', async (t) => {
  const { result, error } = await createPaymeSimulatorTestBed(t);
  for (const number of ['8600000000000007', '9860000000000000', '5614000000000007', '6262000000000000'])
    assert.equal((await result('cards.create', card(number, '1230'))).card.number.slice(-4), number.slice(-4));
  for (const number of [
    '8600000000000008',
    '4111111111111111',
    '860000000000000',
    '86000000000000007',
    '8600 0691 9540 6311',
    '',
  ])
    assert.equal(await error('cards.create', card(number)), -31300, number);
  for (const expire of ['1399', '0099', '03-99', '399', '03/2099', ''])
    assert.equal(await error('cards.create', card(goodCard, expire)), -31300, expire);
  assert.equal(await error('cards.create', card(goodCard, '0499')), -31300);
  assert.equal(await error('cards.create', card('8600000000000007', '0426')), -31301);
  await result('cards.create', card('8600000000000007', '0526'));
});

test('optional parameters of old and new clients are accepted', async (t) => {
  const { result } = await createPaymeSimulatorTestBed(t);
  const extras = { save: null, amount: 5000, account: { order_id: 1 }, customer: 7, surprise: true };
  assert.equal((await result('cards.create', { ...card(goodCard), ...extras })).card.recurrent, true);
  assert.equal((await result('cards.create', { ...card(goodCard), save: false })).card.recurrent, false);
});

test('the SMS code verifies a token, as text or as a number', async (t) => {
  const { simulator, result, error } = await createPaymeSimulatorTestBed(t);
  for (const code of ['666666', 666666]) {
    const { token } = (await result('cards.create', card(goodCard))).card;
    assert.equal(await error('cards.verify', { token, code }), -31101, 'none was sent');
    assert.deepEqual(await result('cards.get_verify_code', { token }), { sent: true, phone: '99890*****66', wait: 60_000 });
    assert.equal((await result('cards.verify', { token, code })).card.verify, true);
    assert.equal((await result('cards.check', { token })).card.verify, true);
    assert.equal(await error('cards.verify', { token, code }), -31101, 'it is good once');
  }
  const [sms, ...others] = simulator.ledger().sms;
  assert.equal(others.length, 1);
  assert.deepEqual([sms?.at, sms?.to, sms?.card], ['2026-05-01T12:00:00.000Z', '99890*****66', '860006******6311']);
  assert.match(sms?.text ?? '', /666666/);
});

test('a code expires after its time and after three wrong tries; a new one works', async (t) => {
  const { control, result, error, advance } = await createPaymeSimulatorTestBed(t);
  const { token } = (await result('cards.create', card(goodCard))).card;
  const right = { token, code: '666666' };
  const wrong = { token, code: '123456' };
  await result('cards.get_verify_code', { token });
  assert.deepEqual([await error('cards.verify', wrong), await error('cards.verify', wrong)], [-31103, -31103]);
  assert.deepEqual([await error('cards.verify', wrong), await error('cards.verify', right)], [-31102, -31102]);
  await result('cards.get_verify_code', { token });
  await advance(60_000);
  assert.equal(await error('cards.verify', right), -31101);
  await control('settings', { waitMs: 5_000 });
  assert.equal((await result('cards.get_verify_code', { token })).wait, 5_000);
  await advance(4_999);
  assert.equal((await result('cards.verify', right)).card.verify, true);
});

test('a removed token and an unknown one have no card; a malformed one is an error of its own', async (t) => {
  const { result, error, verifiedCard } = await createPaymeSimulatorTestBed(t);
  const token = await verifiedCard();
  assert.deepEqual(await result('cards.remove', { token }), { success: true });
  assert.equal(await error('cards.check', { token }), -31400);
  assert.equal(await error('cards.remove', { token }), -31400);
  assert.equal(await error('cards.check', { token: `${'0'.repeat(24)}_abc` }), -31400);
  assert.equal(await error('cards.check', { token: 'toString' }), -32500);
});

test('a token that verify replaces still works under its old value', async (t) => {
  const { simulator, control, result, verifiedCard } = await createPaymeSimulatorTestBed(t);
  await control('settings', { rotateToken: true });
  const created = (await result('cards.create', card(goodCard))).card.token;
  await result('cards.get_verify_code', { token: created });
  const { token } = (await result('cards.verify', { token: created, code: '666666' })).card;
  assert.notEqual(token.slice(0, 24), created.slice(0, 24));
  for (const each of [created, token]) assert.equal((await result('cards.check', { token: each })).card.token, token);
  assert.deepEqual(simulator.ledger().cards[0]?.tokens, [created.slice(0, 24), token.slice(0, 24)]);
  await control('settings', { rotateToken: false });
  assert.equal((await result('cards.check', { token: await verifiedCard() })).card.verify, true);
});
