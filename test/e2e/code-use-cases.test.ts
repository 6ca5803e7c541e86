/**
 * The three use cases of PayCodes on the shop's page, on a phone and on a desktop, in five languages: a code that one has, a code
 * that comes by SMS, and a code that is sent; `npm test` runs Burmese on a phone and English on a desktop. What to send is
 * read from the page, as by a customer. Checked by PayCodes' ledger and the shop's webhooks.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NextAction } from '#contract';
import { en } from '../../widget/messages/en.ts';
import { my } from '../../widget/messages/my.ts';
import { pl } from '../../widget/messages/pl.ts';
import { ru } from '../../widget/messages/ru.ts';
import { uz } from '../../widget/messages/uz.ts';
import { type Purchase, shopper } from '../demo/shopper.ts';
import { axeFaults } from '../support/axe.ts';
import { setUpDemo } from '../support/demo-harness.ts';
import { isExhaustive } from '../support/exhaustive.ts';

const places = {
  'on a phone': { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  'on a desktop': { viewport: { width: 1280, height: 900 } },
};
const all = { en, my, ru, uz, pl };
const phone = 'on a phone';

for (const [place, context] of Object.entries(places)) {
  describe(`a customer with a pay code, ${place}`, () => {
    const harness = setUpDemo({ context });
    const { purchaseOf, post, send } = shopper(() => harness.demo);
    const ledger = () => harness.demo.paycodes.ledger();

    for (const [lang, texts] of Object.entries(all)) {
      if (!isExhaustive && lang !== (place === phone ? 'my' : 'en')) continue;
      const isClean = async () => assert.deepEqual(await axeFaults(harness.page), []);
      /** One of the two ways by SMS: its name is followed by what it does. */
      const offer = (name: string) => harness.page.getByRole('button', { name });
      const submit = () => harness.page.locator('pay-desk button[part=submit]').click();
      const buy = async (): Promise<Purchase> => {
        await post('/qa/reset');
        await harness.page.goto(`${harness.demo.urls.shop}?lang=${lang}`);
        await harness.page.getByRole('button', { name: 'Buy this book' }).click();
        await offer(texts.sms.get).waitFor();
        await isClean();
        return purchaseOf(harness.page.url().split('/').at(-1)?.split('?')[0] ?? '');
      };
      /** Number and text of the SMS, from the link on a phone, and from the text beside the QR code elsewhere. */
      const readSms = async (then: 'enter_code' | 'wait'): Promise<NextAction> => {
        const row = (name: string) =>
          harness.page.locator('pay-desk [part=requisite]').filter({ hasText: name }).locator('.copy-value, .price').innerText();
        await harness.page.getByRole('heading', { name: texts.sms.title }).waitFor();
        const [text, number] = [await row(texts.sms.text), await row(texts.sms.number)];
        assert.match(await row(texts.sms.price), /^25[.,]00\s(PLN|zł)$/);
        const link = harness.page.locator('pay-desk a[href^="sms:"]');
        if (place === phone) assert.equal(await link.getAttribute('href'), `sms:${number}?&body=${encodeURIComponent(text)}`);
        else await harness.page.getByRole('img', { name: texts.sms.picture, exact: true }).waitFor();
        assert.equal(await link.count(), place === phone ? 1 : 0);
        await isClean();
        return { kind: 'send_sms', text, number, price: 2500, continuation: then, until: '' };
      };
      const paid = async (bought: Purchase, rule: string) => {
        await harness.page.getByRole('heading', { name: texts.titles.paid, exact: true }).waitFor();
        await isClean();
        const { status } = await bought.untilWebhooks('payment.succeeded');
        assert.equal(status, 'paid');
        assert.deepEqual(
          ledger().uses.map(({ ruleSlug }) => ruleSlug),
          [rule],
        );
      };

      it(`pays by a code that they have (${lang})`, async () => {
        const bought = await buy();
        await harness.page.locator('#pay-code').fill('good 0001');
        await submit();
        await paid(bought, 'demo-enter');
        assert.equal(ledger().charges.length, 0);
      });

      it(`pays by a code that comes by SMS (${lang})`, async () => {
        const bought = await buy();
        await offer(texts.sms.get).click();
        const code = ((await send(await readSms('enter_code'))) ?? '').replace('Your code: ', '');
        const field = harness.page.getByRole('textbox', { name: texts.sms.code });
        assert.equal(await field.getAttribute('autocomplete'), 'one-time-code');
        await field.fill(code);
        await submit();
        await paid(bought, 'demo-sms');
        assert.deepEqual([ledger().uses[0]?.code, ledger().charges.length], [code, 1]);
      });

      it(`pays by a code that they send by SMS, and does nothing else (${lang})`, async () => {
        const bought = await buy();
        await offer(texts.sms.pay).click();
        const sms = await readSms('wait');
        // On a phone nothing is waited for before the SMS app was opened.
        const shown =
          place === phone
            ? harness.page.getByRole('button', { name: texts.sms.sent, exact: true })
            : harness.page.getByText(texts.sms.waiting, { exact: true }).first();
        await shown.waitFor();
        assert.equal(await send(sms), 'Thank you');
        await paid(bought, 'demo-reversed');
        assert.deepEqual([ledger().uses[0]?.client, ledger().charges.length], ['sms:sandbox', 1]);
      });
    }
  });
}
