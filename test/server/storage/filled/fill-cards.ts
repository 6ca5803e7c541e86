/** Payments by card. */
import assert from 'node:assert/strict';
import type { PaymentView } from '../../../../server/contract/index.ts';
import type { CustomerPayment, FillTestBed } from './fill-test-bed.ts';

export const goodCard = { number: '8600069195406311', expire: '03/99' };
export const smsCode = '666666';

/** Types the card and the code of its SMS. */
export async function payByCard(it: CustomerPayment, card: { number?: string; save?: boolean } = {}): Promise<PaymentView> {
  const { view } = await it.post('card', { ...goodCard, ...card });
  assert.equal(view.nextAction.kind, 'enter_card_code', `${it.name}: no SMS was sent`);
  return (await it.post('card/code', { code: smsCode })).view;
}

/** Refunded payments. */
export async function fillRefunds(testBed: FillTestBed): Promise<void> {
  const { upstreams } = testBed;
  const refund = (it: CustomerPayment) => testBed.merchant('books').post(`${it.id}/refund`);
  const back = await testBed.pay('card-refunded', 'UZS');
  assert.equal((await payByCard(back)).status, 'succeeded');
  await refund(back);
  await back.until((view) => view.status === 'refunding');
  while (upstreams.payme.ledger().receipts.at(-1)?.state !== 50) {
    testBed.clock.advance(2_500);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  testBed.clock.advance(60_000);
  await back.until((view) => view.status === 'refunded');
}

export async function fillCards(testBed: FillTestBed): Promise<void> {
  const { upstreams, fault } = testBed;
  const books = testBed.merchant('books');
  const settings = (body: object) => upstreams.control('payme', 'settings', body);
  const receiptOf = ({ name }: CustomerPayment) =>
    upstreams.payme.ledger().receipts.find(({ account }) => account.order_id === `order-${name}`) ??
    assert.fail(`${name} has no receipt`);
  const move = (it: CustomerPayment, state: number) =>
    upstreams.control('payme', `receipts/${receiptOf(it).id}/state`, { state });

  const saved = await testBed.pay('card-saved', 'UZS', { label: 'customer-with-card' });
  assert.equal((await payByCard(saved, { save: true })).status, 'succeeded');
  while ((await books.cards('customer-with-card')).length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  await books.post(`${saved.id}/send-receipt`, {});

  // Removed by the merchant while Payme does not work: its token is still to be removed there.
  const removed = await testBed.pay('card-removed', 'UZS', { label: 'customer-without-card' });
  assert.equal((await payByCard(removed, { number: '8600495473316478', save: true })).status, 'succeeded');
  let cards = await books.cards('customer-without-card');
  while (cards.length === 0) cards = await books.cards('customer-without-card');
  await settings({ refuse: { 'cards.remove': -32400 } });
  await books.removeCard('customer-without-card', cards[0]?.id ?? '');
  while (!upstreams.payme.ledger().calls.some((call) => call.method === 'cards.remove' && call.outcome === 'error:-32400'))
    await new Promise((resolve) => setTimeout(resolve, 50));

  const declined = await testBed.pay('card-declined', 'UZS');
  assert.equal((await payByCard(declined, { number: '8600134301849596' })).status, 'open');

  // The answer to `receipts.pay` is lost. Only Payme's ledger has its outcome.
  const lose = async (name: string, when: 'before' | 'after'): Promise<CustomerPayment> => {
    const it = await testBed.pay(name, 'UZS');
    await fault('payme', 'receipts.pay', when, 'reset');
    assert.equal((await payByCard(it)).status, 'processing', name);
    return it;
  };
  await lose('card-lost-paid', 'after');
  await lose('card-lost-unpaid', 'before');
  await settings({ pay: 'late', lateMs: 40_000 });
  await lose('card-lost-paid-late', 'after');
  await settings({ pay: 'instant' });
  const reversed = await lose('card-lost-reversed', 'after');
  await move(reversed, 50);
  const operator = await lose('card-lost-operator', 'after');
  await move(operator, 20);
  await settings({ pay: 'stepwise', stepMs: 20_000 });
  const stepwise = await testBed.pay('card-stepwise', 'UZS');
  assert.equal((await payByCard(stepwise)).status, 'processing');
  await settings({ pay: 'instant', cancelMs: 3_600_000 });

  const refunding = await testBed.pay('card-refunding', 'UZS');
  assert.equal((await payByCard(refunding)).status, 'succeeded');
  await books.post(`${refunding.id}/refund`);
  while (receiptOf(refunding).state !== 21) await new Promise((resolve) => setTimeout(resolve, 20));
  await refunding.until((view) => view.status === 'refunding');
  const lost = await testBed.pay('card-refund-lost', 'UZS');
  assert.equal((await payByCard(lost)).status, 'succeeded');
  await fault('payme', 'receipts.cancel', 'before', 'reset');
  await books.post(`${lost.id}/refund`);
  while (!upstreams.payme.ledger().calls.some((call) => call.method === 'receipts.cancel' && call.fault))
    await new Promise((resolve) => setTimeout(resolve, 20));

  const awaited = await testBed.pay('card-code-awaited', 'UZS');
  assert.equal((await awaited.post('card', goodCard)).view.nextAction.kind, 'enter_card_code');
}
