/**
 * Nothing jumps while a checkout opens: not in the plugin window, and hardly on the page of a shop, where the element keeps its room
 * until its code is there. The browser's own measure, layout shift, is read.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setUpShopPage } from './shop-page-harness.ts';

describe('while a checkout opens', () => {
  const harness = setUpShopPage();

  const observe = () =>
    harness.page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(globalThis, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
  const shifted = async () => {
    await harness.page.waitForFunction(() =>
      document.querySelector('pay-desk')?.shadowRoot?.querySelector('pay-copy-row, pay-code-options:defined'),
    );
    await harness.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
    return harness.page.evaluate(() =>
      (globalThis as unknown as { shifts: number[] }).shifts.reduce((sum, value) => sum + value, 0),
    );
  };

  for (const width of [390, 1280])
    it(`the plugin window does not move, ${width} px`, async () => {
      await harness.page.setViewportSize({ width, height: 844 });
      await observe();
      const { pluginUrl } = await harness.payment();
      await harness.page.goto(pluginUrl);
      assert.ok((await shifted()) < 0.001, `shifted by ${await shifted()}`);
    });

  it('the page of a shop hardly moves, although the code of the element comes late', async () => {
    const { page } = harness;
    await page.setViewportSize({ width: 390, height: 844 });
    await observe();
    const { clientSecret } = await harness.payment();
    await page.route('**/chunks/element-*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      await route.continue();
    });
    await harness.serve(
      `${harness.shop}/late`,
      `<!doctype html><meta name="viewport" content="width=device-width"><script src="${harness.bff}/v1/pay-desk.js"></script>
       <h1>Checkout</h1><pay-desk api-base="${harness.bff}" client-secret="${clientSecret}" locale="en"></pay-desk><nav>More books</nav>`,
    );
    await page.goto(`${harness.shop}/late`);
    const sum = await shifted();
    assert.ok(sum <= 0.02, `shifted by ${sum}`);
  });
});
