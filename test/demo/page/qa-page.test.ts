/** Every state of a checkout is two clicks away on the QA page, in each currency that the demo sells in. */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../../demo/start-demo.ts';
import { launchChromium } from '../../support/chromium.ts';

describe('the QA page', () => {
  let demo: Demo;
  let browser: Browser;
  let page: Page;

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ portBase: 0 }), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await demo?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ locale: 'en-GB' });
    await page.goto(demo.urls.qa);
    await field().waitFor();
  });
  afterEach(() => page.close());

  const stage = () => page.frameLocator('qa-stage iframe');
  const field = () => stage().getByRole('textbox', { name: 'Pay code' });
  const click = (name: string | RegExp) => page.getByRole('button', { name }).click();
  const pay = (sum: string) =>
    stage()
      .getByRole('button', { name: `Pay ${sum}` })
      .click();
  const desk = (status: string) => stage().locator(`pay-desk[data-status=${status}]`).waitFor();
  const told = (text: RegExp) => stage().getByRole('alert').getByText(text).waitFor();

  for (const [currency, sum, good, typed] of [
    ['MMK', '6,000 MMK', 'MMKG0001', '6000'],
    ['UZS', '5,000 UZS', 'UZSG0001', '5000'],
  ] as const) {
    it(`sells in ${currency} as soon as it is picked, for what its codes are worth`, async () => {
      await page.getByLabel('Currency').selectOption(currency);
      await stage()
        .getByRole('button', { name: `Pay ${sum}` })
        .waitFor();
      assert.equal(await page.getByLabel('Amount').inputValue(), typed);
      await click(/GOOD0020/);
      await pay(sum);
      await told(/nothing was charged/);
      await click(new RegExp(good));
      await pay(sum);
      await stage().getByRole('heading', { name: 'Paid' }).waitFor();
      assert.equal(demo.paycodes.ledger().uses.at(-1)?.code, good);
    });
  }

  it('can be handed on by its address: the same payment, in the same look, the code typed', async () => {
    await page.getByLabel('Currency').selectOption('MMK');
    await page.getByRole('radio', { name: 'Polski' }).check();
    await click(/GOOD0020/);
    await page.waitForFunction(() => location.hash.includes('code=GOOD0020'));
    await page.goto('about:blank');
    await page.goBack();
    await stage()
      .getByRole('button', { name: /Zapłać 6\s?000\sMMK/ })
      .waitFor();
    await page.waitForFunction(
      () => frames[0]?.document.querySelector('pay-desk')?.shadowRoot?.querySelector('input')?.value === 'GOOD 0020',
    );
  });

  it('brings a payment to where it takes no more codes for a while', async () => {
    await click('Five wrong guesses');
    await page.getByText('now press Pay').waitFor();
    await pay('25.00 PLN');
    await told(/Too many codes were wrong/);
    assert.equal(demo.paycodes.ledger().uses.filter(({ code }) => code === 'GOOD0020').length, 0);
  });

  it('shows a canceled payment at once', async () => {
    await click('Cancel this payment');
    await desk('canceled');
  });

  it('shows the skeleton for as long as the client secret is late, and then the payment', async () => {
    await click('Client secret 5 s late');
    await stage().locator('pay-desk[data-status=loading]:not([client-secret])').waitFor();
    await field().waitFor();
  });

  it('keeps a payment in doubt while PayCodes cannot be asked', async () => {
    await click('Answer lost, unknown for half a minute');
    await page.getByText('Ordered').waitFor();
    await click(/GOOD00\d\d paid/);
    await pay('25.00 PLN');
    await desk('processing');
    await stage().getByText('Please don’t pay again while we check').waitFor();
    await page.getByRole('list', { name: 'Log entries' }).getByText('none, before:reset').nth(2).waitFor();
    await desk('processing');
  });
});
