/**
 * A customer with a discount code on the shop's page: the discount is shown before the code is used, the code is used once, just
 * before the rest is charged, and the discount stays with the payment whatever the outcome of the rest. Checked by the ledgers of
 * PayCodes, Payme and Paykassma.
 */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { PaymentView } from '#contract';
import type { NewOrder } from '../../demo/page/qa-api.ts';
import { en } from '../../widget/messages/en.ts';
import { my } from '../../widget/messages/my.ts';
import { type Purchase, shopper } from '../demo/shopper.ts';
import { axeFaults } from '../support/axe.ts';
import { setUpDemo } from '../support/demo-harness.ts';

const goodCard = '8600069195406311';
const otherCard = '8600495473316478';
const looks = [
  ['on a phone, in English', 'en', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  ['on a desktop, in Burmese', 'my', { viewport: { width: 1280, height: 900 } }],
] as const;

for (const [look, lang, context] of looks) {
  const texts = lang === 'my' ? my : en;

  describe(`a customer with a discount, ${look}`, () => {
    const harness = setUpDemo({ context });
    const { buy, post } = shopper(() => harness.demo);
    const paycodes = () => harness.demo.paycodes.ledger();
    const usesOf = (code: string) => paycodes().uses.filter((use) => use.code === code);
    beforeEach(() => post('/qa/reset'));

    const page = () => harness.page.locator('pay-desk');
    const card = () => harness.page.frameLocator('pay-desk iframe');
    const checkout = (status: string) => harness.page.locator(`pay-desk[data-status=${status}]`).waitFor();
    // A form in a frame stands under the headings of the page around it.
    const isClean = async () =>
      assert.deepEqual(
        (await axeFaults(harness.page)).filter((fault) => !fault.startsWith('page-has-heading-one')),
        [],
      );
    const show = (orderId: string) =>
      harness.page.goto(new URL(`/shop/checkout/${orderId}?lang=${lang}`, harness.demo.urls.qa).href);
    const open = async (wanted: NewOrder): Promise<Purchase> => {
      const bought = await buy(wanted);
      await show(bought.orderId);
      return bought;
    };
    const choose = (method: 'pay_code' | 'card' | 'wallet') => page().locator(`input[value=${method}]`).check();
    const typeCode = async (code: string) => {
      await page().locator('#pay-code').fill(code);
      await page().locator('button[part=submit]').click();
    };
    const errorShows = (words: string) => page().locator('[part=error]').getByText(words).waitFor();
    const taken = () => page().getByRole('button', { name: texts.sms.discountRemove, exact: true });
    const payByCard = async (number: string) => {
      await card().locator('[autocomplete="cc-number"]').fill(number);
      await card().locator('[autocomplete="cc-exp"]').fill('03/99');
      await card().locator('button[type=submit]').click();
      await card().locator('[autocomplete="one-time-code"]').fill('666666');
      await card().locator('button[type=submit]').click();
    };
    const sums = ({ amount, discount, due, amountPaid }: PaymentView) => [amount, discount, due, amountPaid];

    it('redeems it once, and keeps it though the card is declined; another card pays the rest; the code works nowhere else', async () => {
      await post('/qa/payme/settings', { failAt: { [goodCard]: 'receipts.pay' } });
      const order = { amount: 500_000, currency: 'UZS', phone: '+998901234567' };
      const bought = await open(order);
      await choose('pay_code');
      await typeCode('UZSP0001');
      await taken().waitFor();
      await isClean();
      assert.deepEqual(sums(await bought.view()), [500_000, 50_000, 450_000, 0]);
      assert.deepEqual(paycodes().uses, [], 'shown, and not used yet');

      await choose('card');
      await payByCard(goodCard);
      await card().locator('[part=error]').first().waitFor();
      await isClean();
      assert.equal(usesOf('UZSP0001').length, 1);
      assert.deepEqual(sums(await bought.view()), [500_000, 50_000, 450_000, 0]);

      await choose('pay_code');
      await typeCode('UZSP0001');
      await errorShows(texts.problems.code_used);
      assert.equal(await taken().count(), 0, 'what is used cannot be taken off');
      const elsewhere = await open({ amount: 500_000, currency: 'UZS' });
      await choose('pay_code');
      await typeCode('UZSP0001');
      await errorShows(texts.problems.code_used);
      await isClean();
      assert.deepEqual(sums(await elsewhere.view()), [500_000, 0, 500_000, 0]);
      assert.equal(usesOf('UZSP0001').length, 1);

      await show(bought.orderId);
      await choose('card');
      await payByCard(otherCard);
      await checkout('succeeded');
      await isClean();
      const { webhooks } = await bought.untilWebhooks('payment.succeeded');
      assert.equal(webhooks[0]?.amountPaid, 450_000);
      assert.deepEqual(
        harness.demo.payme.ledger().payments.map(({ amount }) => amount),
        [450_000],
      );
      assert.equal(usesOf('UZSP0001').length, 1);
    });

    it('can remove it again: the whole amount is due, and the code is still unused', async () => {
      const bought = await open({ amount: 3000, currency: 'PLN' });
      await typeCode('DISC5PLN');
      await taken().click();
      await taken().waitFor({ state: 'detached' });
      assert.deepEqual(sums(await bought.view()), [3000, 0, 3000, 0]);
      assert.deepEqual(paycodes().uses, []);
      await typeCode('DISC5PLN');
      await taken().waitFor();
      await typeCode('GOOD0001');
      await checkout('succeeded');
      assert.deepEqual(
        paycodes().uses.map(({ code }) => code),
        ['DISC5PLN', 'GOOD0001'],
      );
      const { webhooks } = await bought.untilWebhooks('payment.succeeded');
      assert.equal(webhooks[0]?.amountPaid, 2500);
    });

    it('pays nothing where the discount is the whole amount', async () => {
      const bought = await open({ amount: 2500, currency: 'PLN' });
      await page().locator('#pay-code').waitFor();
      await typeCode('DISCFULL');
      await checkout('succeeded');
      await page().getByRole('heading', { name: texts.sms.covered, exact: true }).waitFor();
      await isClean();
      assert.equal(usesOf('DISCFULL').length, 1);
      const { webhooks } = await bought.untilWebhooks('payment.succeeded');
      assert.equal(webhooks[0]?.amountPaid, 0);
    });

    it('whose code somebody else used first is asked for the whole amount, and nothing else was used', async () => {
      // A tenth less is 25.00.
      const bought = await open({ amount: 2777, currency: 'PLN' });
      await typeCode('DISCRACE');
      await taken().waitFor();
      await typeCode('GOOD0001');
      await errorShows(texts.sms.problems.discount_lost);
      await taken().waitFor({ state: 'detached' });
      await isClean();
      assert.deepEqual(sums(await bought.view()), [2777, 0, 2777, 0]);
      assert.deepEqual([usesOf('DISCRACE')[0]?.client, usesOf('GOOD0001').length], ['somebody-else', 0]);
    });

    it('transfers the rest by wallet: the code is redeemed before the requisites are shown', async () => {
      const bought = await open({ amount: 600_000, currency: 'MMK' });
      await choose('pay_code');
      await typeCode('MMKA0001');
      await taken().waitFor();
      assert.deepEqual(paycodes().uses, []);
      await page().getByRole('button', { name: 'Wave Pay' }).click();
      await page().locator('#transaction-number').waitFor();
      await isClean();
      assert.equal(usesOf('MMKA0001').length, 1);
      const transfer = { wallet: 'wavepay', identifier: '324342342', amount: 5000, currency: 'MMK' };
      const { transaction_number: number } = await post<{ transaction_number: string }>('/qa/paykassma/transfers', transfer);
      await page().locator('#transaction-number').fill(number);
      await page().locator('pay-wallet-form button[part=submit]').click();
      await checkout('succeeded');
      const { webhooks } = await bought.untilWebhooks('payment.succeeded');
      assert.equal(webhooks[0]?.amountPaid, 500_000);
    });
  });
}
