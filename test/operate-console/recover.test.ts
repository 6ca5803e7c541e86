/** A payment that a restored backup does not know is entered again from what the shop has kept. */
import { assert } from '@open-wc/testing';
import { ConsoleHarness } from './support/console-harness.ts';
import { problem } from './support/fake-operator-api.ts';
import { anna, payment } from './support/operator-data.ts';

const kept = { id: 'pay_7q4k19tz3m8c5x0v2b6n1d4fga', orderId: 'A-77', amount: 600_000, currency: 'MMK', attempts: [] };

const fill = async (page: ConsoleHarness, text: string) => {
  const field = await page.find<HTMLTextAreaElement>('textarea[name=kept]');
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
};

const open = async (prepare: Parameters<typeof ConsoleHarness.open>[1] = () => {}) => {
  const page = await ConsoleHarness.open('#/payments', prepare);
  await page.press('After a restore: enter a payment again');
  return page;
};

it('a kept webhook is read first, and entered by the second step, with a note', async () => {
  const page = await open();
  await fill(page, JSON.stringify({ type: 'payment.succeeded', data: { payment: kept } }));
  await page.press('Read it');
  await page.says('PD-7Q4K-19TZ, order A-77, 6,000.00 MMK: it is entered again as far as it is missing');
  assert.lengthOf(page.api.posts, 0);
  await page.type('note-form textarea', 'from the log of the shop');
  page.api.replies.push({ status: 200, body: { payment: payment() } });
  await page.press('Do it: Enter it again');
  await page.until(() => location.hash === `#/payments/${payment().id}`, 'the payment');
  const [sent] = page.api.posts;
  assert.equal(sent?.path, '/operate/payments/recover');
  assert.deepEqual(sent?.body, { merchantId: 'demo', payment: kept, note: 'from the log of the shop' });
});

it('what is no payment is not sent, and what the server refuses is said and kept', async () => {
  const page = await open();
  for (const text of ['', '{"type":', '{"type":"ping"}']) {
    await fill(page, text);
    await page.press('Read it');
    await page.says('Expected a webhook of Pay Desk about a payment');
  }
  await fill(page, JSON.stringify(kept));
  await page.press('Read it');
  await page.type('note-form textarea', 'from the log of the shop');
  const detail = 'nothing in this payment can have paid: let the shop make a new one';
  page.api.replies.push(problem(422, 'invalid_request', { detail }));
  await page.press('Do it: Enter it again');
  await page.says('Nothing in this payment can have paid: let the shop make a new one. Nothing was done');
  // Other text is another payment, so the second step begins anew.
  await fill(page, '{}');
  await page.until(() => page.all('recover-form note-form').length === 0, 'the first step');
});

it('a key that may not decide says so instead of the form', async () => {
  const page = await open((api) => {
    api.me = { ...anna, scopes: [] };
  });
  await page.says('Your key does not have the scope “resolve”.');
  assert.lengthOf(page.all('textarea[name=kept]'), 0);
});
