/** A customer with a pay code on the shop's page: by keyboard alone, and when PayCodes uses the code but its answer is lost. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { setUpDemo } from '../support/demo-harness.ts';
import { scaledTimeout } from '../support/load-factor.ts';
import { waitFor } from '../support/wait-for.ts';

describe('a customer with a pay code', () => {
  const harness = setUpDemo();

  /** Both origins of the shop are on the merchant's list: by address and by name. */
  const buy = async (shop = harness.demo.urls.shop): Promise<string> => {
    await harness.page.goto(`${shop}?lang=en`);
    await harness.page.getByRole('button', { name: 'Buy this book' }).click();
    await harness.page.getByRole('textbox', { name: 'Pay code' }).waitFor();
    return harness.page.url().split('/').at(-1)?.split('?')[0] ?? '';
  };
  const paid = (orderId: string) =>
    waitFor(
      async () =>
        ((await (await fetch(new URL(`/orders/${orderId}`, harness.demo.urls.qa))).json()) as OrderView).status === 'paid',
    );
  const usesOf = (code: string) => harness.demo.paycodes.ledger().uses.filter((use) => use.code === code);

  it('needs nothing but the keyboard', async () => {
    await harness.page.goto(`${harness.demo.urls.shop}?lang=en`);
    const onButton = () =>
      harness.page.getByRole('button', { name: 'Buy this book' }).evaluate((button) => button === document.activeElement);
    for (let presses = 0; presses < 10 && !(await onButton()); presses += 1) await harness.page.keyboard.press('Tab');
    await harness.page.keyboard.press('Enter');
    const field = harness.page.getByRole('textbox', { name: 'Pay code' });
    await field.waitFor();
    const inField = () => field.evaluate((input) => input.matches(':focus'));
    for (let presses = 0; presses < 10 && !(await inField()); presses += 1) await harness.page.keyboard.press('Tab');
    await harness.page.keyboard.type('used0001');
    await harness.page.keyboard.press('Enter');
    await harness.page
      .getByRole('alert')
      .getByText(/already been used/)
      .waitFor();
    assert.ok(await inField(), 'after a refusal the field has the focus');
    await harness.page.keyboard.press('Control+A');
    await harness.page.keyboard.type('good 0001');
    await harness.page.keyboard.press('Tab');
    await harness.page.keyboard.press('Space');
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
    assert.equal(usesOf('GOOD0001').length, 1);
  });

  it('whose code was used while the answer was lost sees that the payment is checked, then that it is paid', async () => {
    const orderId = await buy();
    const seen = harness.page.evaluate(
      () => new Promise<string>((resolve) => document.addEventListener('pay-pending', () => resolve('told'), { once: true })),
    );
    await harness.page.getByRole('textbox', { name: 'Pay code' }).fill('LOST0001');
    await harness.page.keyboard.press('Enter');
    assert.equal(await seen, 'told');
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor({ timeout: scaledTimeout(60_000) });
    await paid(orderId);
    assert.equal(usesOf('LOST0001').length, 1);
  });

  it('who opens the shop by its host name instead of its IP address pays as well', async () => {
    const orderId = await buy(harness.demo.urls.shop.replace('127.0.0.1', 'localhost'));
    await harness.page.getByRole('textbox', { name: 'Pay code' }).fill('GOOD0002');
    await harness.page.keyboard.press('Enter');
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
    await paid(orderId);
  });

  it('with an invalid client secret sees that the link does not work, and nothing more', async () => {
    const orderId = await buy();
    await harness.page.goto(`${new URL(`/shop/checkout/${orderId}`, harness.demo.urls.qa).href}?lang=en&secret=unknown`);
    const checkout = harness.page.locator('pay-desk[data-status=load_error]');
    await checkout.getByRole('heading').waitFor();
    assert.equal(await checkout.getByText(/25\.00|Nova Books|NB-/).count(), 0);
  });
});
