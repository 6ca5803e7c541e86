/** Whether the books agree: comparisons with the payment services' lists, and the export for the accounts. */
import { assert } from '@open-wc/testing';
import { ConsoleHarness } from './support/console-harness.ts';
import { problem } from './support/fake-operator-api.ts';
import { reconciliation } from './support/operator-data.ts';

const set = async (page: ConsoleHarness, selector: string, value: string) => {
  const field = await page.find<HTMLInputElement>(selector);
  field.value = value;
  field.dispatchEvent(new Event('change', { bubbles: true }));
};

const choose = async (page: ConsoleHarness, size: number) => {
  const field = await page.find<HTMLInputElement>('input[name=csv]');
  const files = new DataTransfer();
  files.items.add(new File(['transaction_id,amount\n'.padEnd(size, '1')], 'cabinet.csv', { type: 'text/csv' }));
  field.files = files.files;
};

describe('comparing a day', () => {
  it('lists what was compared, and shows what differs', async () => {
    const page = await ConsoleHarness.open('#/books');
    await page.says('2 differences 2026-11-28 demo 12 there, 11 here Payme');
    await page.says('Agrees');
    (await page.find('.row')).click();
    await page.says('Paid there, unknown here 50,000.00 UZS there, nothing here');
    await page.says('Amounts differ 50,000.00 UZS there, 45,000.00 UZS here');
    assert.include(
      page.all('.records a').map((link) => link.getAttribute('href')),
      '#/payments/pay_7q4k19tz00000000',
    );
  });

  it('with Payme begins with a merchant and a day, and leads to what came of it', async () => {
    const page = await ConsoleHarness.open('#/books');
    await page.press('Compare');
    await page.says('Choose the day.');
    assert.lengthOf(page.api.posts, 0);
    await set(page, 'reconcile-form select[name=merchant]', 'tea-house');
    await set(page, 'input[name=day]', '2026-11-28');
    page.api.replies.push({ status: 202, body: reconciliation({ status: 'running' }) });
    await page.press('Compare');
    await page.until(() => location.hash === '#/books/rec_1', 'the comparison');
    assert.deepEqual(page.api.posts[0]?.body, { merchant: 'tea-house', day: '2026-11-28', source: 'payme' });
  });

  it('with Paykassma needs its list, of 5 MB at most', async () => {
    const page = await ConsoleHarness.open('#/books');
    await set(page, 'input[name=day]', '2026-11-28');
    await set(page, 'select[name=source]', 'paykassma');
    await page.press('Compare');
    await page.says('Choose the file with the list');
    await choose(page, 6 * 1024 * 1024);
    await page.press('Compare');
    await page.says('The file has 6.0 MB; 5 MB is the most.');
    assert.lengthOf(page.api.posts, 0);
    await choose(page, 30);
    page.api.replies.push(problem(422, 'invalid_request', { detail: 'the list has no column of amounts', field: 'csv' }));
    await page.press('Compare');
    await page.says('The list has no column of amounts. Nothing was done');
    assert.deepInclude(page.api.posts[0]?.body, { source: 'paykassma', csv: 'transaction_id,amount\n11111111' });
    assert.equal((await page.find<HTMLInputElement>('input[name=day]')).value, '2026-11-28');
  });

  it('is read again until it has ended', async () => {
    const page = await ConsoleHarness.open('#/books/rec_1', (api) => {
      api.reconciliations = [reconciliation({ status: 'running', found: [] })];
    });
    await page.says('It is running.');
    page.api.reconciliations = [reconciliation({ status: 'failed', problem: 'Payme did not answer.', found: [] })];
    document.dispatchEvent(new Event('visibilitychange'));
    await page.says('Failed Payme did not answer.');
  });
});

describe('the export', () => {
  it('downloads the days that were chosen, with the key in no address', async () => {
    const page = await ConsoleHarness.open('#/books');
    const downloads: HTMLAnchorElement[] = [];
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function (this: HTMLAnchorElement) {
      if (this.download) downloads.push(this);
      else click.call(this);
    };
    try {
      await page.press('Download CSV');
      await page.says('Choose the first and the last day.');
      await set(page, 'input[name=from]', '2026-11-30');
      await set(page, 'input[name=to]', '2026-11-01');
      await page.press('Download CSV');
      await page.says('The last day is before the first.');
      await set(page, 'input[name=from]', '2026-11-01');
      await set(page, 'input[name=to]', '2026-11-30');
      await page.press('Download CSV');
      await page.says('payments-2026-11-01-to-2026-11-30.csv was downloaded.');
    } finally {
      HTMLAnchorElement.prototype.click = click;
    }
    assert.match(downloads[0]?.href ?? '', /^blob:/);
    assert.equal(downloads[0]?.download, 'payments-2026-11-01-to-2026-11-30.csv');
    assert.equal(page.api.received.at(-1)?.path, '/operate/export.csv?from=2026-11-01&to=2026-11-30');
  });
});
