/**
 * Where the card frame is used: not for another origin or merchant, not in the plugin window, and not downloaded without a card
 * payment; and what the customer sees where it does not load.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openPayment } from '../widget/support/payment-view.ts';
import { setUpCardFrame } from './card-frame-harness.ts';
import { setUpShopPage } from './shop-page-harness.ts';
import { stubPayment } from './stub-payment.ts';

describe('a card frame', () => {
  const harness = setUpShopPage();

  it('that does not load is reported to the customer, and loads at the next try', async () => {
    const card = await setUpCardFrame(harness);
    const { context, page, bff } = harness;
    const isFrame = (url: URL) => url.origin === bff && url.pathname === '/frame/card/';
    await context.route(isFrame, (route) => route.abort());
    await page.clock.install();
    await card.open();
    await page.locator('pay-desk iframe').waitFor({ state: 'attached' });
    await page.clock.fastForward(14_000);
    assert.equal(await page.getByText('We can’t reach the payment service.').count(), 0);
    await page.clock.fastForward(2000);
    await page.getByText('We can’t reach the payment service.').first().waitFor();
    await context.unroute(isFrame);
    await page.getByRole('button', { name: 'Try again' }).click();
    await card.type();
    assert.equal(await page.getByRole('button', { name: 'Try again' }).count(), 0);
  });

  it('of another origin than the BFF’s is not loaded', async () => {
    const evil = 'http://evil.example';
    const requests: string[] = [];
    harness.context.on('request', (request) => requests.push(request.url()));
    const card = await setUpCardFrame(harness);
    const { nextAction } = card.view();
    assert.ok(nextAction.kind === 'enter_card');
    nextAction.frameUrl = `${evil}/frame/card/?merchant=demo`;
    await card.open();
    await harness.page.getByText('We can’t reach the payment service.').first().waitFor();
    assert.deepEqual(
      requests.filter((url) => url.startsWith(evil)),
      [],
    );
  });

  it('shows no payment of another merchant than that of its address', async () => {
    const card = await setUpCardFrame(harness, { merchantId: 'rival' });
    await card.open();
    await card.form.getByRole('heading', { name: 'We can’t open this payment' }).waitFor();
    assert.equal(await card.form.getByRole('textbox').count(), 0);
  });

  it('is not used in the plugin window, which has the BFF’s origin itself', async () => {
    const card = await setUpCardFrame(harness);
    await harness.page.goto(`${harness.bff}/plugin/?merchant=demo#${card.clientSecret}`);
    await harness.page.getByLabel('Card number').waitFor();
    assert.equal(await harness.page.locator('iframe').count(), 0);
    assert.deepEqual(harness.complaints, []);
  });

  it('is not downloaded where nobody pays by card', async () => {
    const requests: string[] = [];
    harness.context.on('request', (request) => requests.push(request.url()));
    const secret = await stubPayment(harness, openPayment());
    await harness.openShop(`<pay-desk api-base="${harness.bff}" client-secret="${secret}" locale="en"></pay-desk>`);
    await harness.page.getByRole('textbox', { name: 'Pay code' }).waitFor();
    await harness.page.waitForLoadState('networkidle');
    assert.deepEqual(
      requests.filter((url) => url.includes('card')),
      [],
    );
  });
});
