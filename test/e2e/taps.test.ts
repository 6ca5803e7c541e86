/**
 * How many taps a payment costs in the plugin window on a phone, counted until it is paid: a tap that a screen adds is a customer
 * who gives up there. Switching to another app and typing are not counted, pasting by the button is.
 */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { setUpDemo } from '../support/demo-harness.ts';
import { waitFor } from '../support/wait-for.ts';

describe('the taps of a payment', () => {
  const harness = setUpDemo({
    context: { viewport: { width: 390, height: 844 }, hasTouch: true, permissions: ['clipboard-read', 'clipboard-write'] },
  });
  let taps = 0;
  beforeEach(() => {
    taps = 0;
  });

  const post = async <Answer>(path: string, body: object = {}): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(new URL(path, harness.demo.urls.qa), { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(response.ok, `${path} answered ${response.status}`);
    return (await response.json()) as Answer;
  };
  const tap = async (what: Locator) => {
    await what.tap();
    taps += 1;
  };
  const button = (name: string | RegExp) => harness.page.getByRole('button', { name });
  const paid = () => harness.page.getByRole('heading', { name: 'Paid', exact: true }).waitFor();
  /** The plugin window of a new order, alone on the screen. */
  const open = async (order: object): Promise<Page> => {
    const { page } = harness;
    const { id } = await post<OrderView>('/orders', order);
    await page.goto(new URL(`/shop/checkout/${id}?embed=plugin&lang=en`, harness.demo.urls.qa).href);
    await page.goto((await page.locator('iframe').getAttribute('src')) ?? '');
    await page.locator('pay-desk [part=amount]').waitFor();
    return page;
  };
  const copied = (text: string) => harness.page.evaluate((words) => navigator.clipboard.writeText(words), text);
  /** What has the focus is typed into: no tap is needed before. */
  const typeHere = async (field: Locator, text: string) => {
    await field.waitFor();
    if (!(await field.evaluate((input) => (input.getRootNode() as ShadowRoot).activeElement === input))) await tap(field);
    await harness.page.keyboard.type(text);
  };

  it('are two for a pay code, and nothing is typed', async () => {
    const page = await open({ amount: 2500, currency: 'PLN' });
    await copied('GOOD 0001');
    await tap(button('Paste'));
    await waitFor(async () => (await page.getByRole('textbox').inputValue()) === 'GOOD 0001');
    await tap(button(/^Pay 25/));
    await paid();
    assert.equal(taps, 2);
  });

  it('are five for a wallet: wallet, number, amount, paste, confirm', async () => {
    const page = await open({ amount: 600_000, currency: 'MMK' });
    await tap(button('Wave Pay'));
    await tap(button(/^Copy: Wave Pay/));
    await waitFor(async () => (await page.evaluate(() => navigator.clipboard.readText())) === '324342342');
    await tap(button('Copy: Amount'));
    await waitFor(async () => (await page.evaluate(() => navigator.clipboard.readText())) === '6000');
    const transfer = { wallet: 'wavepay', identifier: '324342342', amount: 6000, currency: 'MMK' };
    const { transaction_number } = await post<{ transaction_number: string }>('/qa/paykassma/transfers', transfer);
    await copied(transaction_number);
    await tap(button('Paste'));
    await tap(button('I’ve sent the money'));
    await paid();
    assert.equal(taps, 5);
  });

  it('are four for a card: number, date, the request for the code, and the payment, with the code typed where the focus is', async () => {
    const page = await open({ amount: 500_000, currency: 'UZS' });
    const card = page.locator('pay-desk input[value=card]');
    // Choosing the method is a tap of its own where there are several.
    if (await card.count()) await card.check();
    await typeHere(page.locator('#card-number'), '8600069195406311');
    await typeHere(page.locator('#card-expire'), '0399');
    const phone = page.locator('#card-phone');
    const asksPhone = (await phone.count()) > 0;
    if (asksPhone) await typeHere(phone, '901304527');
    await tap(button('Get SMS code'));
    const code = page.locator('#sms-code');
    await code.waitFor();
    await page.waitForFunction(() => document.querySelector('pay-desk')?.shadowRoot?.activeElement?.id === 'sms-code');
    await typeHere(code, '666666');
    await tap(button(/^Pay 5,000/));
    await paid();
    assert.equal(taps, asksPhone ? 5 : 4);
  });
});
