/** The QA page as a tester uses it, and the shop as a customer does. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { axeFaults } from '../support/axe.ts';
import { setUpDemo } from '../support/demo-harness.ts';
import { waitFor } from '../support/wait-for.ts';

describe('the demo’s pages', () => {
  const harness = setUpDemo({ context: { permissions: ['clipboard-read', 'clipboard-write'] } });

  const phone = () => harness.page.frameLocator('qa-preview[size=phone] iframe');
  const pay = () =>
    phone()
      .getByRole('button', { name: /^Pay \d/ })
      .click();
  const openQa = async () => {
    await harness.page.goto(harness.demo.urls.qa);
    await phone().getByRole('textbox', { name: 'Pay code' }).waitFor();
  };
  const logLine = (text: string | RegExp) =>
    harness.page.getByRole('list', { name: 'Log entries' }).getByText(text).first().waitFor();

  it('sell a book: from the shop’s first page to an order that a webhook has marked as paid', async () => {
    await harness.page.goto(harness.demo.urls.shop);
    await harness.page.getByRole('button', { name: 'Buy this book' }).click();
    await harness.page.getByRole('textbox', { name: 'Pay code' }).fill('good 0019');
    await harness.page.keyboard.press('Enter');
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
    await harness.page.getByRole('link', { name: 'Back to Nova Books' }).click();
    await harness.page.getByText('payment.succeeded').waitFor();
    await harness.page.getByText('Paid. Thank you!').waitFor();
  });

  it('show a decline in two clicks, and then success in two more', async () => {
    await openQa();
    await harness.page.getByRole('button', { name: /USED0001/ }).click();
    await pay();
    await phone()
      .getByRole('alert')
      .getByText(/already been used/)
      .waitFor();
    await harness.page.getByRole('button', { name: /GOOD0001/ }).click();
    await pay();
    await phone().getByRole('heading', { name: 'Paid' }).waitFor();
    for (const text of ['pay-success', 'POST /checkout/pay-code', /^use_code demo-enter/, 'payment.succeeded'])
      await logLine(text);
    await harness.page.getByRole('button', { name: /GOOD0002/ }).waitFor();
  });

  it('create a new payment when the one that is shown accepts no code any more', async () => {
    await openQa();
    await harness.page.getByRole('button', { name: /GOOD00/ }).click();
    await pay();
    await phone().getByRole('heading', { name: 'Paid' }).waitFor();
    await harness.page.getByRole('button', { name: /SOON0001/ }).click();
    await pay();
    await phone()
      .getByRole('alert')
      .getByText(/works from/)
      .waitFor();
  });

  it('inject a fault: the code is used, its answer is lost, and the payment is found to be paid', async () => {
    await openQa();
    await harness.page.getByRole('button', { name: 'Code used, answer lost' }).click();
    await harness.page.getByText('Ordered').waitFor();
    await harness.page.getByRole('button', { name: /GOOD00/ }).click();
    await pay();
    await phone().getByRole('heading', { name: 'Paid' }).waitFor();
    await logLine(/^use_code/);
    await logLine(/after:reset/);
  });

  it('change language and theme in place: what was typed stays', async () => {
    await openQa();
    await phone().getByRole('textbox').fill('GOOD00');
    await harness.page.getByLabel('Language').selectOption('my');
    await phone()
      .getByText(/ငွေ.?ပေး.?ချေ.?ကု.?ဒ်/)
      .first()
      .waitFor();
    await harness.page.getByRole('radio', { name: 'Dark' }).check();
    await waitFor(async () => (await phone().locator('pay-desk').getAttribute('theme')) === 'dark');
    assert.equal((await phone().getByRole('textbox').inputValue()).replaceAll(' ', ''), 'GOOD00');
  });

  it('cannot reach into a plugin window, so they hand the code over by the clipboard', async () => {
    await openQa();
    await harness.page.getByLabel('Embedding').selectOption('iframe');
    await phone().frameLocator('iframe').getByRole('textbox', { name: 'Pay code' }).waitFor();
    await harness.page.getByRole('button', { name: /USED0001/ }).click();
    await harness.page.getByText('USED0001 is copied').waitFor();
    assert.equal(await harness.page.evaluate(() => navigator.clipboard.readText()), 'USED0001');
  });

  it('cancel a payment as the merchant', async () => {
    await openQa();
    await harness.page.getByRole('button', { name: 'Cancel this payment' }).click();
    await logLine('payment.canceled');
    await phone().getByText('Canceled, nothing was charged').waitFor();
  });

  it('show what is wrong with an amount', async () => {
    await openQa();
    await harness.page.getByLabel('Amount').fill('1.234');
    await harness.page.getByRole('button', { name: 'New payment' }).click();
    await harness.page.getByRole('alert').getByText('“1.234” is not an amount of PLN').waitFor();
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`have no accessibility violations (${theme})`, async () => {
      await harness.page.emulateMedia({ colorScheme: theme });
      await openQa();
      await harness.page.getByRole('button', { name: /NOPE2345/ }).click();
      await pay();
      await logLine('pay-failure');
      assert.deepEqual(await axeFaults(harness.page), []);
      await harness.page.goto(harness.demo.urls.shop);
      assert.deepEqual(await axeFaults(harness.page), []);
      await harness.page.getByRole('button', { name: 'Buy this book' }).click();
      await harness.page.getByRole('textbox', { name: 'Pay code' }).waitFor();
      assert.deepEqual(await axeFaults(harness.page), []);
      await harness.page.goto(harness.page.url().replace('/checkout/', '/orders/'));
      assert.deepEqual(await axeFaults(harness.page), []);
      await harness.page.goto(`${harness.demo.urls.bff}/plugin/?merchant=demo`);
      await harness.page.getByRole('heading').waitFor();
      assert.deepEqual(await axeFaults(harness.page), []);
    });
  }

  it('fit a narrow phone without scrolling sideways', async () => {
    await harness.page.setViewportSize({ width: 320, height: 640 });
    for (const url of [harness.demo.urls.qa, harness.demo.urls.shop, `${harness.demo.urls.bff}/plugin/?merchant=demo`]) {
      await harness.page.goto(url);
      await harness.page.getByRole('heading').first().waitFor();
      assert.ok(await harness.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), url);
    }
  });
});
