/** The QA page and the shop as a tester and a reader use them. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { axeFaults } from '../support/axe.ts';
import { launchChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';

describe('the demo’s pages', () => {
  let demo: Demo;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ portBase: 0 }), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await demo?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const stage = () => page.frameLocator('qa-stage iframe');
  const pay = () => stage().getByRole('button', { name: /^Pay / }).click();
  const openQa = async () => {
    await page.goto(demo.urls.qa);
    await stage().getByRole('textbox', { name: 'Pay code' }).waitFor();
  };
  const logLine = (text: string | RegExp) => page.getByRole('list', { name: 'Log entries' }).getByText(text).first().waitFor();

  it('buys a book: from the shop window to an order the webhook has paid', async () => {
    await page.goto(demo.urls.shop);
    await page.getByRole('button', { name: 'Buy this book' }).click();
    await page.getByRole('textbox', { name: 'Pay code' }).fill('good 0019');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Paid' }).waitFor();
    await page.getByRole('link', { name: 'Back to Nova Books' }).click();
    await page.getByText('payment.succeeded').waitFor();
    await page.getByText('Paid. Thank you!').waitFor();
  });

  it('shows a refusal in two clicks, and then success in two more', async () => {
    await openQa();
    await page.getByRole('button', { name: /USED0001/ }).click();
    await pay();
    await stage()
      .getByRole('alert')
      .getByText(/already been used/)
      .waitFor();
    await page.getByRole('button', { name: /GOOD0001/ }).click();
    await pay();
    await stage().getByRole('heading', { name: 'Paid' }).waitFor();
    for (const text of ['pay-success', 'POST /checkout/pay-code', /^use_code demo-enter/, 'payment.succeeded'])
      await logLine(text);
    await page.getByRole('button', { name: /GOOD0002/ }).waitFor();
  });

  it('makes a new payment by itself when the one on show takes no code any more', async () => {
    await openQa();
    await page.getByRole('button', { name: /GOOD00/ }).click();
    await pay();
    await stage().getByRole('heading', { name: 'Paid' }).waitFor();
    await page.getByRole('button', { name: /SOON0001/ }).click();
    await pay();
    await stage()
      .getByRole('alert')
      .getByText(/works from/)
      .waitFor();
  });

  it('orders a mishap: the code is used, its answer is lost, the payment is found to be paid', async () => {
    await openQa();
    await page.getByRole('button', { name: 'Code used, answer lost' }).click();
    await page.getByText('Ordered').waitFor();
    await page.getByRole('button', { name: /GOOD00/ }).click();
    await pay();
    await stage().getByRole('heading', { name: 'Paid' }).waitFor();
    await logLine(/^use_code/);
    await logLine(/after:reset/);
  });

  it('changes language and theme in place: what was typed stays', async () => {
    await openQa();
    await stage().getByRole('textbox').fill('GOOD00');
    await page.getByRole('radio', { name: 'မြန်မာ' }).check();
    await stage()
      .getByText(/ငွေ.?ပေး.?ချေ.?ကု.?ဒ်/)
      .first()
      .waitFor();
    await page.getByRole('radio', { name: 'Dark' }).check();
    await waitFor(async () => (await stage().locator('pay-desk').getAttribute('theme')) === 'dark');
    assert.equal((await stage().getByRole('textbox').inputValue()).replaceAll(' ', ''), 'GOOD00');
  });

  it('cannot reach into a plugin window, so it hands the code over by the clipboard', async () => {
    await openQa();
    await page.getByRole('radio', { name: 'Plugin window' }).check();
    await stage().frameLocator('iframe').getByRole('textbox', { name: 'Pay code' }).waitFor();
    await page.getByRole('button', { name: /USED0001/ }).click();
    await page.getByText('USED0001 is copied').waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'USED0001');
  });

  it('cancels a payment at the merchant’s side', async () => {
    await openQa();
    await page.getByRole('button', { name: 'Cancel this payment' }).click();
    await logLine('payment.canceled');
    await stage().getByText('Canceled, nothing was charged').waitFor();
  });

  it('says what is wrong with an amount', async () => {
    await openQa();
    await page.getByLabel('Amount').fill('1.234');
    await page.getByRole('button', { name: 'New payment' }).click();
    await page.getByRole('alert').getByText('“1.234” is not an amount of PLN').waitFor();
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`has no accessibility faults (${theme})`, async () => {
      await page.emulateMedia({ colorScheme: theme });
      await openQa();
      await page.getByRole('button', { name: /NOPE2345/ }).click();
      await pay();
      await logLine('pay-failure');
      assert.deepEqual(await axeFaults(page), []);
      await page.goto(demo.urls.shop);
      assert.deepEqual(await axeFaults(page), []);
      await page.getByRole('button', { name: 'Buy this book' }).click();
      await page.getByRole('textbox', { name: 'Pay code' }).waitFor();
      assert.deepEqual(await axeFaults(page), []);
      await page.goto(page.url().replace('/checkout/', '/orders/'));
      assert.deepEqual(await axeFaults(page), []);
      await page.goto(`${demo.urls.bff}/plugin/?merchant=demo`);
      await page.getByRole('heading').waitFor();
      assert.deepEqual(await axeFaults(page), []);
    });
  }

  it('fits a narrow phone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const url of [demo.urls.qa, demo.urls.shop, `${demo.urls.bff}/plugin/?merchant=demo`]) {
      await page.goto(url);
      await page.getByRole('heading').first().waitFor();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), url);
    }
  });
});
