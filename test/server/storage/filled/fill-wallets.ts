/** Payments by wallet, and the postbacks of the wallets' service. */
import assert from 'node:assert/strict';
import { postbackBody } from '../../../../demo/simulators/paykassma/postback-body.ts';
import type { PaymentView } from '../../../../server/contract/index.ts';
import type { CustomerPayment, FillTestBed } from './fill-test-bed.ts';
import { keys } from './keys.ts';

const choose = async (it: CustomerPayment, walletType = 'wavepay'): Promise<void> => {
  const { view } = await it.post('wallet', { walletType });
  assert.equal(view.nextAction.kind, 'transfer', `${it.name}: no requisites`);
};
const submitNumber = async (it: CustomerPayment, transactionNumber: string): Promise<PaymentView> =>
  (await it.post('wallet/transaction', { transactionNumber })).view;

/** The customer transfers in the app, an amount in major units. @returns The transaction number. */
export async function transfer({ upstreams }: Pick<FillTestBed, 'upstreams'>, amount = 6_000): Promise<string> {
  const to = { wallet: 'wavepay', currency: 'MMK' };
  const { identifier } = upstreams.paykassma.ledger().wallets.find(({ wallet }) => wallet === to.wallet) ?? assert.fail();
  const made = await upstreams.control('paykassma', 'transfers', { ...to, identifier, amount });
  return (made as { transaction_number: string }).transaction_number;
}

/** Requisites were shown and the time is over; the customer may still submit a transfer for a week. */
export async function fillExpired(testBed: FillTestBed): Promise<void> {
  const shown = await testBed.pay('wallet-expired', 'MMK', { expiresIn: 60 });
  await choose(shown);
  const paid = await testBed.pay('wallet-paid-late', 'MMK', { expiresIn: 60 });
  await choose(paid);
  const plain = await testBed.pay('expired', 'PLN', { expiresIn: 60 });
  testBed.clock.advance(61_000);
  await shown.until(({ status }) => status === 'expired');
  await plain.until(({ status }) => status === 'expired');
  await paid.until(({ status }) => status === 'expired');
  const late = await submitNumber(paid, await transfer(testBed));
  assert.deepEqual([late.status, late.paidLate], ['succeeded', true]);
}

export async function fillWallets(testBed: FillTestBed): Promise<void> {
  const { upstreams, fault } = testBed;
  const postbacks = (body: object) => upstreams.control('paykassma', 'postbacks', body);

  const paid = await testBed.pay('wallet-paid', 'MMK');
  await choose(paid);
  const number = await transfer(testBed);
  assert.equal(
    (await paid.post('wallet/transaction', { transactionNumber: number }, 'customer-key-wallet')).view.status,
    'succeeded',
  );
  const half = await testBed.pay('wallet-underpaid', 'MMK');
  await choose(half);
  assert.equal((await submitNumber(half, '1000000006')).status, 'underpaid');
  const refused = await testBed.pay('wallet-refused', 'MMK');
  await choose(refused);
  assert.equal((await submitNumber(refused, '1000000005')).problem?.code, 'transfer_refused');
  const left = await testBed.pay('wallet-left', 'MMK');
  await choose(left);
  assert.equal((await left.post('abandon')).view.status, 'open');
  await until(() => upstreams.paykassma.ledger().postbacks.every(({ tries }) => tries[0]?.ok));

  for (const [name, number] of [
    ['wallet-accepted', '1000000001'],
    ['wallet-pending', '1000000002'],
  ] as const) {
    const it = await testBed.pay(name, 'MMK');
    await choose(it);
    assert.equal((await submitNumber(it, number)).status, 'processing');
  }
  const pictured = await testBed.pay('wallet-pictured', 'MMK');
  await choose(pictured, 'kbzpay_manual');
  const form = new FormData();
  form.set('transactionNumber', '77776666555544443333');
  form.set('screenshot', new Blob([onePixel], { type: 'image/png' }), 'transfer.png');
  assert.equal((await pictured.post('wallet/screenshot', form)).view.status, 'processing');

  // Not found yet: claimed and polled.
  const unconfirmed = async (name: string, number: string): Promise<CustomerPayment> => {
    const it = await testBed.pay(name, 'MMK');
    await choose(it);
    assert.equal((await submitNumber(it, number)).problem?.code, 'transfer_not_found');
    return it;
  };
  await unconfirmed('wallet-watched', '9100000011');
  const canceled = await unconfirmed('wallet-watched-canceled', '9100000012');
  assert.equal((await canceled.post('cancel')).view.status, 'canceled');
  const twice = await unconfirmed('wallet-watched-paid', '9100000013');
  assert.equal((await submitNumber(twice, await transfer(testBed))).status, 'succeeded');
  const surplus = await unconfirmed('wallet-overpaid', '9100000018');
  assert.equal((await submitNumber(surplus, await transfer(testBed))).status, 'succeeded');
  await match(testBed, '9100000018');
  await surplus.until(({ amountPaid }) => amountPaid === 1_200_000);
  // Two payments claim one number: nothing is sent for the second, which waits for a person.
  await unconfirmed('wallet-contested', '9100000014');
  const second = await testBed.pay('wallet-contests', 'MMK');
  await choose(second);
  assert.equal((await submitNumber(second, '9100000014')).status, 'needs_review');

  // Credited with an amount that no signature covers and nobody requested.
  const doubt = await unconfirmed('wallet-doubtful', '9100000015');
  await postbacks({ unsignedTimes: 10 });
  await match(testBed, '9100000015');
  await doubt.until(({ status }) => status === 'needs_review');
  await postbacks({ unsignedTimes: 1 });

  await fillWhileBusy(testBed, unconfirmed);

  // The answer of `activate` is lost, and the postback too; or the call never arrived.
  await postbacks({ url: null });
  for (const [name, when] of [
    ['wallet-lost-activated', 'after'],
    ['wallet-lost-unsent', 'before'],
    ['wallet-postback-stored', 'after'],
  ] as const) {
    const it = await testBed.pay(name, 'MMK');
    await choose(it);
    const pushed = await transfer(testBed);
    await fault('paykassma', 'transaction/activate', when, 'reset');
    assert.equal((await submitNumber(it, pushed)).status, 'processing');
  }
  await storeOnly(testBed, 'wallet-postback-stored');
  await strangerPostback(testBed);
}

/**
 * A transfer is found while a pay code of the same payment is on its way: money is there, and the outcome of the code is not
 * known.
 */
async function fillWhileBusy(
  testBed: FillTestBed,
  unconfirmed: (name: string, number: string) => Promise<CustomerPayment>,
): Promise<void> {
  for (const [name, number, code, when] of [
    ['busy-code-used', '9100000016', 'MMKG0001', 'after'],
    ['busy-code-taken', '9100000017', 'MMKG0002', 'before'],
  ] as const) {
    const it = await unconfirmed(name, number);
    await it.post('abandon');
    await testBed.fault('paycodes', 'use_code', when, 'reset');
    const { view } = await it.post('pay-code', { code, acknowledge: true });
    assert.equal(view.status, 'processing', name);
    await match(testBed, number);
    await it.until(({ amountPaid }) => amountPaid === 600_000);
    if (when === 'before') {
      const { url, key } = testBed.upstreams.paycodes;
      const body = JSON.stringify({ code, rule_slug: 'demo-enter-mmk', client: 'somebody-else' });
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
      await fetch(`${url}/use_code`, { method: 'POST', headers, body });
    }
  }
}

const attemptOf = ({ upstreams }: FillTestBed, number: string): string =>
  upstreams.paykassma.ledger().transactions.find(({ key1 }) => key1 === number)?.custom_transaction_id ??
  assert.fail(`nobody claimed ${number}`);

/** An operator of the service finds the money. */
async function match(testBed: FillTestBed, number: string): Promise<void> {
  await testBed.upstreams.control('paykassma', 'transactions/match', { custom_transaction_id: attemptOf(testBed, number) });
}

/** A postback that is stored, and whose effect fails, because the database does not work at that moment. */
async function storeOnly(testBed: FillTestBed, name: string): Promise<void> {
  const { store, address } = testBed.server;
  const { id } = testBed.noted.find((one) => one.name === name) ?? assert.fail();
  const { body } = testBed.upstreams.paykassma.ledger().postbacks.at(-1) ?? assert.fail('no postback');
  const read = store.attempt;
  store.attempt = async () => {
    throw new Error('the database is out of order');
  };
  const answer = await fetch(`${address}/postbacks/paykassma/books`, { method: 'POST', body });
  store.attempt = read;
  assert.equal(answer.status, 200);
  assert.equal((await testBed.merchant('books').read(id)).status, 'processing');
}

/** A signed postback about no payment of ours. */
async function strangerPostback({ server, clock }: FillTestBed): Promise<void> {
  const transaction = {
    custom_transaction_id: 'att_of_somebody_else',
    wallet_type: 'wavepay',
    label: 'a stranger',
    key1: '9100000099',
    currency_code: 'MMK',
    amount: 600_000,
    deposit_amount: 600_000,
    status: 'activated' as const,
    at: new Date(clock.now()).toISOString(),
  };
  const shape = { mode: 'flat', wrongSignature: false, unsignedTimes: 1, unescapedBody: false } as const;
  const body = postbackBody(transaction, keys.paykassma, shape);
  const answer = await fetch(`${server.address}/postbacks/paykassma/books`, { method: 'POST', body });
  assert.equal(answer.status, 200);
}

const until = async (so: () => boolean): Promise<void> => {
  while (!so()) await new Promise((resolve) => setTimeout(resolve, 20));
};

const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
