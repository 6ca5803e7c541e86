/** A link to a payment for an order by phone, made in the console. */
import { assert } from '@open-wc/testing';
import { ConsoleHarness } from './support/console-harness.ts';
import { ok, problem } from './support/fake-operator-api.ts';
import { anna } from './support/operator-data.ts';

const open = async (prepare: Parameters<typeof ConsoleHarness.open>[1] = () => {}) => {
  const page = await ConsoleHarness.open('#/payments', prepare);
  await page.press('For an order by phone: make a payment link');
  return page;
};
const fill = async (page: ConsoleHarness, values: Record<string, string>) => {
  for (const [name, value] of Object.entries(values)) await page.type(`link-form [name=${name}]`, value);
};
const order = { orderId: 'A-17', label: 'customer-7', amount: '25.00', currency: 'pln' };
const link = `https://pay.example/plugin/?merchant=demo&signature=${'s'.repeat(43)}`;

it('what is typed is sent, and the link is shown with its end and its QR code', async () => {
  const page = await open();
  await fill(page, order);
  page.api.replies.push(ok({ link, expiresAt: '2026-12-01T10:00:00.000Z' }));
  await page.press('Make the link');
  await page.says(link);
  await page.says('Order A-17, 25.00 PLN');
  await page.says('Send it only to its customer');
  const [sent] = page.api.posts;
  assert.equal(sent?.path, '/operate/links');
  assert.deepEqual(sent?.body, {
    merchant: 'demo',
    orderId: 'A-17',
    label: 'customer-7',
    amount: 2500,
    currency: 'PLN',
    expiresIn: 86_400,
  });
  const [code] = page.all('link-form svg.qr');
  assert.equal(code?.getAttribute('aria-label'), 'QR code of the link');
  assert.isAbove(code?.getBoundingClientRect().width ?? 0, 100);
  // It is no link of what is typed from now on.
  await fill(page, { amount: '30.00' });
  await page.until(() => page.all('link-form svg.qr').length === 0, 'the form without a link');
});

it('a link of what was typed before does not appear beside what is typed since', async () => {
  const page = await open();
  await fill(page, order);
  let answer = () => {};
  page.api.gate = new Promise((resolve) => {
    answer = resolve;
  });
  page.api.replies.push(ok({ link, expiresAt: '2026-12-01T10:00:00.000Z' }));
  await page.press('Make the link');
  await page.until(() => page.api.posts.length === 1, 'the request');
  await fill(page, { amount: '30.00' });
  answer();
  await page.says('You have changed it since');
  assert.lengthOf(page.all('link-form .made-link'), 0);
});

it('what cannot be is said before it is sent, and what the server refuses is said too', async () => {
  const page = await open();
  await page.press('Make the link');
  await page.says('Fill in the order and the customer.');
  await fill(page, { ...order, amount: '25,00' });
  await page.press('Make the link');
  await page.says('Write the amount in PLN as 1250.00');
  assert.lengthOf(page.api.posts, 0);
  await fill(page, { amount: '25.50' });
  const detail = 'expected whole units of the currency, because links have no fractions';
  page.api.replies.push(problem(422, 'invalid_request', { detail, field: 'amount' }));
  await page.press('Make the link');
  await page.says('Expected whole units of the currency');
});

it('a key that may make no links says so', async () => {
  const page = await open((api) => {
    api.me = { ...anna, scopes: ['resolve', 'refund'] };
  });
  await page.says('Your key does not have the scope “links”.');
  assert.lengthOf(page.all('link-form form'), 0);
});
