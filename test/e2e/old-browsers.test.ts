/** A browser below the floor: nobody sees a blank page there, and nobody is told that they have paid. Played by what such a browser lacks. */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type {} from '../../widget/embed/pay-desk-global.ts';
import { setUpShopPage } from './shop-page-harness.ts';

describe('a browser that is too old for the checkout', () => {
  const harness = setUpShopPage();
  beforeEach(async () => {
    await harness.context.addInitScript(() => Reflect.deleteProperty(Object, 'hasOwn'));
    await harness.context.route(`${harness.bff}/v1/chunks/{element,plugin}-*.js*`, (route) =>
      route.fulfill({ body: 'class A { static { this is no class of old } }', contentType: 'text/javascript' }),
    );
  });

  const openShop = async (body: string) => {
    const { clientSecret } = await harness.payment();
    await harness.serve(`${harness.shop}/page`, `<!doctype html><html lang="en">${body.replace('cs_', clientSecret)}`);
    await harness.page.goto(`${harness.shop}/page`);
  };
  const tag = (attributes = '') => `<script src="${harness.bff}/v1/pay-desk.js" async ${attributes}></script>`;

  it('shows the fallback of the element, and not its words about success', async () => {
    await openShop(
      `<pay-desk client-secret="cs_"><p slot="success">Thank you</p><p slot="fallback" hidden>Pay by phone</p></pay-desk>${tag()}`,
    );
    await harness.page.getByText('Pay by phone').waitFor();
    assert.ok(await harness.page.getByText('Thank you').isHidden());
  });

  it('shows again what the page had in the place of the checkout', async () => {
    await openShop(
      `<div id="pay"><a href="/elsewhere">Pay 25.00 PLN</a></div>${tag('data-client-secret="cs_" data-target="#pay"')}`,
    );
    const mounted = harness.page.locator('pay-desk');
    await mounted.waitFor({ state: 'attached' });
    await mounted.waitFor({ state: 'detached' });
    assert.ok(await harness.page.getByRole('link', { name: 'Pay 25.00 PLN' }).isVisible());
  });

  it('shows a sentence where the page had nothing', async () => {
    await openShop(`<div id="pay"></div>${tag('data-client-secret="cs_" data-target="#pay"')}`);
    await harness.page.getByText('Payment cannot be shown. Reload, or try another browser.').waitFor();
  });

  it('shows in the plugin window why it is empty, once scripts have had their time', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.page.goto(pluginUrl);
    const notice = harness.page.getByRole('heading', { name: 'This page needs JavaScript and a newer browser' });
    assert.ok(await notice.isHidden());
    await harness.page.evaluate(() => {
      for (const animation of document.getAnimations()) animation.finish();
    });
    await notice.waitFor();
  });
});

describe('a browser without JavaScript', () => {
  const harness = setUpShopPage();

  it('says so in the plugin window at once', async () => {
    const { pluginUrl } = await harness.payment();
    const context = await harness.browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pluginUrl);
    assert.ok(await page.getByText('If you have already paid, don’t pay again').isVisible());
    // Whoever reads this may have paid.
    assert.equal(await page.getByText('charged nothing').count(), 0);
    await context.close();
  });
});
