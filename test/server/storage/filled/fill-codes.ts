/** Payments by pay code, by SMS and with discounts. */
import assert from 'node:assert/strict';
import { payByCard } from './fill-cards.ts';
import type { CustomerPayment, FillTestBed } from './fill-test-bed.ts';

/** Only the service's ledger shows what a call did. */
export async function fillCodes(testBed: FillTestBed): Promise<void> {
  const { upstreams, fault } = testBed;
  const { paycodes } = upstreams;

  await testBed.pay('open', 'PLN');
  const canceled = await testBed.pay('canceled', 'PLN');
  assert.equal((await canceled.post('cancel')).view.status, 'canceled');

  const paid = await testBed.pay('code-paid', 'PLN');
  assert.equal((await paid.post('pay-code', { code: 'GOOD0001' }, 'customer-key-paid')).view.status, 'succeeded');
  const wrong = await testBed.pay('code-wrong', 'PLN');
  assert.equal((await wrong.post('pay-code', { code: 'ZZZZ0000' }, 'customer-key-wrong')).problem, 'code_invalid');

  // The answer to `use_code` is lost: the code was used; it was not; it was not, and somebody else uses it before we read it.
  for (const [name, code, when] of [
    ['code-lost-used', 'GOOD0002', 'after'],
    ['code-lost-unused', 'GOOD0003', 'before'],
    ['code-lost-taken', 'GOOD0004', 'before'],
  ] as const) {
    const lost = await testBed.pay(name, 'PLN');
    await fault('paycodes', 'use_code', when, 'reset');
    assert.equal((await lost.post('pay-code', { code })).view.status, 'processing');
  }
  await useElsewhere(testBed, 'GOOD0004', 'demo-enter');

  await fillShownCodes(testBed);
  await fillDiscounts(testBed);

  const sms = await testBed.pay('sms-code-awaited', 'PLN');
  assert.equal((await sms.post('sms-code/start')).view.nextAction.kind, 'send_sms');
  assert.equal(paycodes.ledger().uses.filter(({ code }) => code === 'GOOD0001').length, 1);
}

async function useElsewhere({ upstreams }: FillTestBed, code: string, rule_slug: string): Promise<void> {
  const { url, key } = upstreams.paycodes;
  const answer = await fetch(`${url}/use_code`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ code, rule_slug, client: 'somebody-else' }),
  });
  assert.deepEqual(await answer.json(), { status: true });
}

async function fillShownCodes(testBed: FillTestBed): Promise<void> {
  const shown = async (name: string): Promise<{ it: CustomerPayment; text: string }> => {
    const it = await testBed.pay(name, 'PLN');
    const { view } = await it.post('reversed-sms/start');
    assert.ok(view.nextAction.kind === 'send_sms', name);
    return { it, text: view.nextAction.text };
  };
  const send = (text: string) => testBed.upstreams.control('paycodes', 'sms', { from: '48500100200', to: '7255', text });

  await shown('shown-code');
  const sent = await shown('shown-code-sent');
  await send(sent.text);
  const left = await shown('shown-code-left');
  await left.it.post('abandon');
  await left.it.until(({ status }) => status === 'open');
  const canceled = await shown('shown-code-canceled');
  assert.equal((await canceled.it.post('cancel')).view.status, 'canceled');
  // It is left, and the answer of the call that invalidates it is lost.
  const leaving = await shown('shown-code-leaving');
  await testBed.fault('paycodes', 'use_code', 'after', 'reset');
  await leaving.it.post('abandon');
  await leaving.it.until(({ nextAction }) => nextAction.kind === 'wait' && nextAction.reason === 'unknown_outcome');
}

async function fillDiscounts(testBed: FillTestBed): Promise<void> {
  const reserve = async (name: string, currency: 'PLN' | 'MMK' | 'UZS', code: string): Promise<CustomerPayment> => {
    const it = await testBed.pay(name, currency);
    const { view } = await it.post('pay-code', { code });
    assert.ok(view.discount > 0, `${name}: no discount`);
    return it;
  };
  await reserve('discount-reserved', 'UZS', 'UZSP0001');
  const used = await reserve('discount-used', 'UZS', 'UZSP0002');
  assert.equal((await payByCard(used, { number: '8600495473316478' })).status, 'succeeded');
  // The answer of the call that uses it is lost, so nothing is charged.
  const lost = await reserve('discount-lost', 'UZS', 'UZSP0003');
  await testBed.fault('paycodes', 'use_code', 'after', 'reset');
  assert.equal((await payByCard(lost, { number: '8600495473316478' })).status, 'open');
  // Used before the requisites were shown; the rest is not paid yet.
  const shown = await reserve('discount-used-unpaid', 'MMK', 'MMKP0001');
  assert.equal((await shown.post('wallet', { walletType: 'wavepay' })).view.nextAction.kind, 'transfer');
  // A discount of the whole amount: used, and one whose answer is lost.
  const whole = await testBed.pay('discount-whole', 'PLN');
  assert.equal((await whole.post('pay-code', { code: 'DISCFULL' })).view.status, 'succeeded');
  const wholeLost = await testBed.pay('discount-whole-lost', 'PLN');
  await testBed.fault('paycodes', 'use_code', 'after', 'reset');
  assert.equal((await wholeLost.post('pay-code', { code: 'FULL0001' })).view.status, 'open');
}
