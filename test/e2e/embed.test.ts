/**
 * `<pay-desk>` on another origin, embedded in each of the three ways: under the shop's strict policy, in a real browser, through
 * the real BFF.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import type {} from '../../widget/embed/pay-desk-global.ts';
import { launchChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';

describe('embedding', () => {
  let demo: Demo;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  /** Errors of the page and violations of a content security policy. */
  let complaints: string[];

  before(async () => {
    [demo, browser] = await Promise.all([startDemo({ portBase: 0 }), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await demo?.close();
  });
  beforeEach(async () => {
    context = await browser.newContext({ locale: 'en-GB' });
    complaints = [];
    context.on('weberror', (error) => complaints.push(error.error().message));
    context.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await context.exposeBinding('complain', (_source, text: string) => complaints.push(text));
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        (window as unknown as { complain(text: string): void }).complain(`${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const order = async (): Promise<OrderView> => {
    const response = await fetch(new URL('/orders', demo.urls.qa), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ amount: 2500, currency: 'PLN' }),
    });
    return (await response.json()) as OrderView;
  };
  const open = async (embed: string, query = '') => {
    const placed = await order();
    await page.goto(new URL(`/shop/checkout/${placed.id}?embed=${embed}&lang=en${query}`, demo.urls.qa).href);
    return placed;
  };
  const payIn = async (place: Page | Frame, code: string) => {
    await place.getByRole('textbox', { name: 'Pay code' }).fill(code);
    await place.getByRole('button', { name: 'Pay 25.00 PLN' }).click();
    await place.getByRole('heading', { name: 'Paid' }).waitFor();
  };
  const paid = ({ id }: OrderView) =>
    waitFor(async () => ((await (await fetch(new URL(`/orders/${id}`, demo.urls.qa))).json()) as OrderView).status === 'paid');
  const usesOf = (code: string) => demo.paycodes.ledger().uses.filter((use) => use.code === code).length;
  const pluginFrame = async (): Promise<Frame> => {
    await page.frameLocator('iframe').getByRole('textbox', { name: 'Pay code' }).waitFor();
    return page.frames().find((frame) => frame.url().startsWith(demo.urls.bff)) ?? assert.fail('no plugin window');
  };

  for (const [embed, code] of [
    ['script', 'GOOD0001'],
    ['element', 'GOOD0002'],
  ] as const) {
    it(`by ${embed}: a code pays, the shop gets a webhook, the code is used once`, async () => {
      const placed = await open(embed);
      await payIn(page, code);
      await paid(placed);
      await page.getByText('Paid. Thank you!').waitFor();
      assert.equal(usesOf(code), 1);
      assert.deepEqual(complaints, []);
    });
  }

  it('these tests detect a violation of the content security policy', async () => {
    await open('script');
    await page.getByRole('textbox', { name: 'Pay code' }).waitFor();
    await page.evaluate(() => document.body.setAttribute('style', 'color: red'));
    await waitFor(async () => complaints.some((text) => text.startsWith('style-src')));
  });

  it('by plugin window: the same, in a frame of the BFF’s origin', async () => {
    const placed = await open('plugin');
    await payIn(await pluginFrame(), 'GOOD0003');
    await paid(placed);
    await page.getByText('Paid. Thank you!').waitFor();
    assert.equal(usesOf('GOOD0003'), 1);
    assert.deepEqual(complaints, []);
  });

  it('the plugin window removes the client secret from its URL, and still has it after a reload', async () => {
    await open('plugin');
    const frame = await pluginFrame();
    const address = await page.locator('iframe').getAttribute('src');
    const secret = new URL(address ?? '').hash.slice(1);
    assert.ok(secret.length > 20);
    assert.equal(await frame.evaluate(() => location.hash), '');
    assert.ok(!(await frame.evaluate(() => location.href)).includes(secret));
    await frame.evaluate(() => location.reload());
    await (await pluginFrame()).getByRole('button', { name: 'Pay 25.00 PLN' }).waitFor();
  });

  it('the plugin window shows the next payment where only the fragment of its URL changes', async () => {
    const first = await open('plugin');
    await pluginFrame();
    const second = await order();
    const checkout = await (await fetch(new URL(`/shop/checkout/${second.id}?embed=plugin&lang=en`, demo.urls.qa))).text();
    const next = /<iframe src="([^"]+)"/.exec(checkout)?.[1] ?? assert.fail('no plugin window');
    await page.frameLocator('iframe').getByText(first.id).waitFor();
    await page.locator('iframe').evaluate((frame, url) => frame.setAttribute('src', url), next.replaceAll('&#38;', '&'));
    await page.frameLocator('iframe').getByText(second.id).waitFor();
  });

  it('the client secret stays in the URL where storage is blocked, so that a reload works there too', async () => {
    await context.addInitScript({
      content: `Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });`,
    });
    await open('plugin');
    const frame = await pluginFrame();
    assert.ok((await frame.evaluate(() => location.hash)).length > 20);
    await frame.evaluate(() => location.reload());
    await pluginFrame();
  });

  for (const [lang, words] of [
    ['en', /Opening it charged nothing/],
    ['my', /ငွေမဖြတ်ပါ/],
  ] as const) {
    it(`a plugin window without a client secret explains what to do (${lang})`, async () => {
      await page.goto(`${demo.urls.bff}/plugin/?merchant=demo&lang=${lang}`);
      await page.getByRole('heading').waitFor();
      // Burmese lines are kept whole by word joiners, which nobody sees.
      await waitFor(async () => words.test((await page.locator('body').innerText()).replaceAll('\u2060', '')));
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      assert.deepEqual(complaints, []);
    });
  }

  it('the plugin window is framed by its merchant’s pages only', async () => {
    await open('plugin');
    const address = (await page.locator('iframe').getAttribute('src')) ?? '';
    const stranger = await context.newPage();
    await stranger.goto(`${demo.urls.paycodes}/_/ledger`);
    await stranger.evaluate((src) => {
      const frame = document.createElement('iframe');
      frame.src = src;
      document.body.replaceChildren(frame);
    }, address);
    await waitFor(async () => complaints.some((text) => /frame-ancestors/.test(text)));
    assert.equal(await stranger.frameLocator('iframe').locator('pay-desk').count(), 0);
  });

  it('PayDesk.mount places the checkout at its target, and throws where there is no such target', async () => {
    const placed = await open('element');
    await page.getByRole('textbox', { name: 'Pay code' }).waitFor();
    const secret = await page.locator('pay-desk').getAttribute('client-secret');
    await page.evaluate((clientSecret) => {
      window.PayDesk?.mount('.pay', { clientSecret: clientSecret ?? '', locale: 'my', theme: 'dark' });
    }, secret);
    await page.getByText(placed.id).last().waitFor();
    assert.equal(await page.locator('.pay pay-desk').count(), 1);
    assert.equal(await page.locator('pay-desk').getAttribute('theme'), 'dark');
    assert.match(await page.evaluate(() => window.PayDesk?.version ?? ''), /^\d+\.\d+\.\d+/);
    await assert.rejects(
      page.evaluate(() => window.PayDesk?.mount('#nowhere', {})),
      /#nowhere/,
    );
  });

  it('when the element’s chunk does not load, the page gets an event, and the customer a sentence', async () => {
    await context.route('**/v1/chunks/**', (route) => route.abort());
    await context.addInitScript(() => {
      document.addEventListener('pay-load-error', (event) => {
        const { problem } = event as unknown as { problem: { code: string } };
        document.documentElement.dataset.errors = problem.code;
      });
    });
    await open('script');
    await page.locator('html[data-errors=provider_unavailable]').waitFor();
    await page.getByText('Payment cannot be shown.').waitFor();
  });
});
