/**
 * Nothing jumps while a checkout opens: not in the plugin window, and hardly on the page of a shop, where the element keeps its room
 * until its code is there. The browser's own measure, layout shift, is read.
 */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import { demoKeys } from '../../server/demo-keys.ts';
import { payLinkQuery } from '../support/pay-link.ts';
import { setUpShopPage } from './shop-page-harness.ts';

/** Pay codes, several wallets, and cards. */
const several = { amount: 600000, currency: 'MMK' };

describe('while a checkout opens', () => {
  const harness = setUpShopPage();
  beforeEach(() => harness.page.emulateMedia({ reducedMotion: 'no-preference' }));

  const observe = () => {
    harness.page.setDefaultTimeout(20_000);
    return harness.page.addInitScript(() => {
      const shifts: { value: number; moved: string[] }[] = [];
      Object.assign(globalThis, { shifts });
      type Shift = PerformanceEntry & {
        value: number;
        sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
      };
      const at = ({ x, y, width, height }: DOMRect) => `${x},${y} ${width}x${height}`;
      const name = (node: Node | null) => (node instanceof Element ? `${node.localName}.${node.className}` : node?.nodeName);
      new PerformanceObserver((list) => {
        for (const { value, sources } of list.getEntries() as Shift[])
          shifts.push({
            value,
            moved: sources.map(({ node, previousRect, currentRect }) => `${name(node)} ${at(previousRect)} → ${at(currentRect)}`),
          });
      }).observe({ type: 'layout-shift', buffered: true });
    });
  };
  const shifted = async () => {
    await harness.page.waitForFunction(() =>
      document.querySelector('pay-desk')?.shadowRoot?.querySelector('pay-copy-row, pay-code-options:defined'),
    );
    await harness.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
    const shifts = await harness.page.evaluate(
      () => (globalThis as unknown as { shifts: { value: number; moved: string[] }[] }).shifts,
    );
    return { sum: shifts.reduce((sum, { value }) => sum + value, 0), moved: JSON.stringify(shifts) };
  };
  /** @param most The largest sum of layout shift that is no jump. */
  const isStill = async (most = 0.001) => {
    const { sum, moved } = await shifted();
    assert.ok(sum < most, `shifted by ${sum}: ${moved}`);
  };

  for (const width of [390, 1280])
    it(`the plugin window does not move, ${width} px`, async () => {
      await harness.page.setViewportSize({ width, height: 844 });
      await observe();
      const { pluginUrl } = await harness.payment();
      await harness.page.goto(pluginUrl);
      await isStill();
    });

  for (const width of [390, 1280])
    it(`the plugin window of several methods does not move the second time, ${width} px`, async () => {
      const { page } = harness;
      await page.setViewportSize({ width, height: 844 });
      const field = () => page.locator('.input:not(.bone)').first();
      await page.goto((await harness.payment({ ...several, orderId: `${width} first` })).pluginUrl);
      await field().waitFor();
      await observe();
      let answered = () => {};
      await page.route(
        '**/checkout',
        async (route) => {
          await new Promise<void>((resolve) => {
            answered = resolve;
          });
          await route.continue();
        },
        { times: 1 },
      );
      await page.goto('about:blank');
      await page.goto((await harness.payment({ ...several, orderId: `${width} second` })).pluginUrl);
      const bone = page.locator('.input.bone');
      await bone.waitFor();
      const expected = await bone.boundingBox();
      answered();
      await field().waitFor();
      const found = await field().boundingBox();
      assert.ok(Math.abs((found?.y ?? 0) - (expected?.y ?? 0)) <= 8, `the field came ${found?.y} for ${expected?.y}`);
      await isStill();
    });

  for (const width of [390, 1280])
    it(`the plugin window of several methods does not move when the later screens come late, ${width} px`, async () => {
      const { page } = harness;
      await page.setViewportSize({ width, height: 844 });
      await observe();
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route('**/chunks/later-screens-*', async (route) => {
        await released;
        await route.continue();
      });
      await page.goto((await harness.payment({ ...several, orderId: `${width} late` })).pluginUrl);
      await page.getByRole('button', { name: 'KBZPay' }).waitFor();
      // The browser's measure does not count an icon that jumps across its row.
      const places = () =>
        page.evaluate(() => {
          const parts =
            document.querySelector('pay-desk')?.shadowRoot?.querySelectorAll('.method :is(.icon, .way, .wallet-mark)') ?? [];
          return [...parts].map((part) => [part.getAttribute('class'), part.getBoundingClientRect().x]);
        });
      const before = await places();
      assert.ok(before.length > 4, `${before}`);
      release();
      await isStill();
      assert.deepEqual(await places(), before);
    });

  for (const width of [390, 1280])
    it(`the window of a signed link shows its bones where the payment comes, ${width} px`, async () => {
      const { page } = harness;
      await page.setViewportSize({ width, height: 844 });
      await observe();
      let answered = () => {};
      await page.route('**/checkout/link', async (route) => {
        await new Promise<void>((resolve) => {
          answered = resolve;
        });
        await route.continue();
      });
      const query = payLinkQuery(demoKeys.linkKey.key, {
        merchant: demoKeys.merchantId,
        kid: demoKeys.linkKey.kid,
        label: 'reader',
        custom_transaction_id: `still-${width}`,
        fixed_amount: '25',
        currency_code: 'PLN',
        exp: String(Math.floor(Date.now() / 1000) + 600),
        lang: 'en',
      });
      await page.goto(`${harness.bff}/plugin/?${query}`);
      const mark = await page.locator('.mark.bone').boundingBox();
      assert.equal(await page.getByText('Opening your payment…').count(), 1);
      answered();
      await page.getByRole('textbox', { name: 'Pay code' }).waitFor();
      const drawn = await page.locator('.mark').boundingBox();
      // What arrives comes from 4 px below.
      assert.ok(mark && drawn && mark.x === drawn.x && Math.abs(mark.y - drawn.y) <= 4);
      await isStill();
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
    await isStill(0.02);
  });
});
