/**
 * Fills the database of a running server with payments of a few days, and leaves them in every stage: calls are in flight,
 * answers are lost, webhooks wait. From then on the clock stands still.
 */
import assert from 'node:assert/strict';
import { fillCards, fillRefunds, goodCard, smsCode } from './fill-cards.ts';
import { fillCodes } from './fill-codes.ts';
import type { FillTestBed } from './fill-test-bed.ts';
import { fillExpired, fillWallets, transfer } from './fill-wallets.ts';

export async function fill(testBed: FillTestBed): Promise<void> {
  await fillParked(testBed);
  await fillRefunds(testBed);
  await fillExpired(testBed);
  // From here on the clock moves by milliseconds only: what is lost stays lost until the database is opened again.
  const from = testBed.clock.now();
  await fillCodes(testBed);
  await fillCards(testBed);
  await fillWallets(testBed);
  await fillPending(testBed);
  await fillInFlight(testBed);
  assert.ok(testBed.clock.now() - from < 1_500, 'the clock has moved so far that something may have been settled');
}

/** A merchant whose server fails for so long that its webhook is given up. */
async function fillParked({ webhookReceiver, clock, pay }: FillTestBed): Promise<void> {
  webhookReceiver.mode('kiosk', 'refuse');
  const it = await pay('kiosk-parked', 'PLN', {}, 'kiosk');
  assert.equal((await it.post('pay-code', { code: 'GOOD0011' })).view.status, 'succeeded');
  // All tries of the schedule; the last one is followed by none.
  for (let tries = 1; tries <= 10; tries += 1) {
    while (webhookReceiver.deliveries('kiosk') < tries) {
      clock.advance(3_600_000);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  clock.advance(3 * 24 * 3_600_000);
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  assert.equal(webhookReceiver.deliveries('kiosk'), 10, 'it is still tried');
}

/** A webhook whose last try failed and that will be tried again. `fillInFlight` adds one that is being delivered. */
async function fillPending({ webhookReceiver, pay }: FillTestBed): Promise<void> {
  const before = webhookReceiver.deliveries('kiosk');
  const it = await pay('kiosk-pending', 'PLN', {}, 'kiosk');
  assert.equal((await it.post('pay-code', { code: 'GOOD0012' })).view.status, 'succeeded');
  while (webhookReceiver.deliveries('kiosk') === before) await new Promise((resolve) => setTimeout(resolve, 20));
  // Until the failed try is stored.
  await new Promise((resolve) => setTimeout(resolve, 300));
  webhookReceiver.mode('kiosk', 'hang');
}

/** Calls that are not answered: the process that waits for them ends with the copy of the database. */
async function fillInFlight(testBed: FillTestBed): Promise<void> {
  const { upstreams, fault, hang, pay, webhookReceiver } = testBed;
  const calls = {
    paycodes: () => upstreams.paycodes.ledger().calls.filter((call) => call.fault?.endsWith(':timeout')).length,
    paykassma: () => upstreams.paykassma.ledger().calls.filter((call) => call.fault?.endsWith(':timeout')).length,
    payme: () => upstreams.payme.ledger().calls.filter((call) => call.fault?.endsWith(':timeout')).length,
  };

  const webhook = await pay('kiosk-webhook-in-flight', 'PLN', {}, 'kiosk');
  const before = webhookReceiver.deliveries('kiosk');
  await webhook.post('pay-code', { code: 'GOOD0013' });
  while (webhookReceiver.deliveries('kiosk') === before) await new Promise((resolve) => setTimeout(resolve, 20));

  // So many wrong codes that after one more none is even looked up.
  const guessed = await pay('kiosk-guessed', 'PLN', {}, 'kiosk');
  for (const code of ['ZZZZ0001', 'ZZZZ0002']) assert.equal((await guessed.post('pay-code', { code })).problem, 'code_invalid');

  for (const [name, code, when] of [
    ['code-in-flight-used', 'GOOD0005', 'after'],
    ['code-in-flight-unused', 'GOOD0006', 'before'],
  ] as const) {
    const it = await pay(name, 'PLN');
    const before = calls.paycodes();
    await fault('paycodes', 'use_code', when, 'timeout');
    await hang(it.post('pay-code', { code }, `customer-key-${name}`), () => calls.paycodes() > before);
  }

  const wallet = await pay('wallet-in-flight', 'MMK');
  await wallet.post('wallet', { walletType: 'wavepay' });
  const transactionNumber = await transfer(testBed);
  await fault('paykassma', 'transaction/activate', 'after', 'timeout');
  await hang(wallet.post('wallet/transaction', { transactionNumber }), () => calls.paykassma() > 0);

  for (const [name, operation] of [
    ['card-in-flight-paying', 'receipts.pay'],
    ['card-in-flight-receipt', 'receipts.create'],
    ['card-in-flight-code', 'cards.verify'],
  ] as const) {
    const it = await pay(name, 'UZS');
    await it.post('card', goodCard);
    const before = calls.payme();
    await fault('payme', operation, 'after', 'timeout');
    await hang(it.post('card/code', { code: smsCode }, `customer-key-${name}`), () => calls.payme() > before);
  }
}
