/** Axe finds nothing on any page, with and without open forms. */
import { expect } from '@open-wc/testing';
import { ConsoleHarness } from './support/console-harness.ts';
import { fullDetail } from './support/operator-data.ts';

const pages = [
  '#/queue',
  '#/payments?q=PD&status=open',
  '#/payments/pay_1',
  '#/webhooks',
  '#/webhooks?merchant=demo',
  '#/webhooks/evt_1',
  '#/postbacks',
  '#/books',
  '#/books/rec_1',
  '#/health',
];

for (const address of pages)
  it(`axe finds nothing on ${address}`, async () => {
    const page = await ConsoleHarness.open(address, (api) => {
      api.detail = fullDetail();
    });
    await page.until(() => page.root.querySelector('.row, .timeline, .records, .card'), 'the page');
    await expect(page.root).to.be.accessible();
  });

it('axe finds nothing on the sign-in, nor on an act with mistakes', async () => {
  const page = ConsoleHarness.place('#/payments/pay_1');
  await page.find('#key');
  await expect(page.root).to.be.accessible();
  await page.signIn();
  await page.press('Record as paid');
  await page.press('Do it');
  await page.says('Write why');
  await expect(page.root).to.be.accessible();
});
