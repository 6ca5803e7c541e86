/** The books in the console, in a real browser against the demo under its Content-Security-Policy: a comparison, and the export. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { launchChromium } from '../support/chromium.ts';

/** Over in every time zone. */
const day = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);

describe('an operator who closes the books', () => {
  let demo: Demo;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ portBase: 0 }), launchChromium()]);
    page = await browser.newPage({ locale: 'en-GB' });
    page.on('console', (message) => {
      if (message.type() === 'error') faults.push(message.text());
    });
    await page.goto(`${demo.urls.operate}/#/books`);
    await page.getByLabel('Your key').fill(demoKeys.operators.anna);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Compare a day' }).waitFor();
  });
  after(async () => {
    await browser?.close();
    await demo?.close();
  });

  it('compares a day with the list of Paykassma, and reads what differs', async () => {
    const csv = `transaction_id,amount,currency,created_at,wallet,custom_id\n9990001,6000.00,MMK,${day} 12:00:00,wavepay,\n`;
    await page.locator('reconcile-form').getByLabel('Merchant').selectOption('demo');
    await page.getByLabel('Day', { exact: true }).fill(day);
    await page.getByLabel('With').selectOption('paykassma');
    await page
      .getByLabel('List from the cabinet')
      .setInputFiles({ name: 'cabinet.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByText('Paid there, unknown here').waitFor();
    await page.getByRole('heading', { name: `demo, ${day}` }).waitFor();
    await page.getByRole('link', { name: 'Books' }).first().click();
    await page.getByRole('link', { name: `1 difference ${day}` }).waitFor();
  });

  it('downloads the payments of some days', async () => {
    const form = page.locator('export-form');
    await form.getByLabel('First day').fill(day);
    await form.getByLabel('Last day').fill(new Date().toISOString().slice(0, 10));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      form.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    assert.match(download.suggestedFilename(), new RegExp(`^payments-${day}-to-.*\\.csv$`));
    assert.match(readFileSync(await download.path(), 'utf8'), /^\uFEFF?created,paid,merchant,payment,reference,/);
  });

  it('does all that within the policy of the page', () => assert.deepEqual(faults, []));
});
