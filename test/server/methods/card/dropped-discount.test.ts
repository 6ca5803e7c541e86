/** What is due changes while a card is confirmed: a receipt of the old amount is never made. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { submitCardCode } from '../../../../server/methods/card/sms-confirmation.ts';
import { type CardTestBed, createCardTestBed, smsCode } from '../../../support/card-test-bed.ts';

describe('a discount that is dropped', () => {
  let testBed: CardTestBed;
  before(async () => {
    testBed = await createCardTestBed();
  });
  after(() => testBed.close());

  const paymentOf = async (id: string) => (await testBed.store.payment(id)) ?? assert.fail();
  const takeOff = async (id: string, discount: number) => {
    const payment = await paymentOf(id);
    assert.ok(await testBed.store.updatePayment({ ...payment, discount, version: payment.version + 1 }));
  };

  it('while the card is confirmed: no receipt is made, and the full amount is due', async () => {
    const id = await testBed.pay();
    await takeOff(id, 50_000);
    await testBed.card(id);
    // As the reconciler does it, in between.
    const redeemDiscount = async () => {
      await takeOff(id, 0);
      return { kind: 'clear' as const };
    };
    await submitCardCode({ ...testBed.parts, redeemDiscount }, await paymentOf(id), smsCode);
    const view = await testBed.payments.view(id);
    assert.deepEqual([view.status, view.due, view.amountPaid, view.problem?.code], ['open', 500_000, 0, 'payment_processing']);
    assert.deepEqual(testBed.simulator.ledger().receipts, []);
  });
});
