/** A harness for a page of the shop's origin that a test writes itself: the demo, a browser, and the checkout on that page. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/start-demo.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { launchChromium } from '../support/chromium.ts';
import { waitFor } from '../support/wait-for.ts';

export interface ShopPageHarness {
  demo: Demo;
  browser: Browser;
  context: BrowserContext;
  page: Page;
  /** The origins of the shop, which is on the merchant's list, and of the BFF. */
  shop: string;
  bff: string;
  /** Errors of any page, and violations of a content security policy. */
  complaints: string[];
  /** Pages of any origin, by address without query; served without any policy unless `headers` has one. */
  serve(url: string, body: string, headers?: Record<string, string>): Promise<void>;
  /** A payment of 25.00 PLN; `more` goes into the request. */
  payment(more?: object): Promise<{ id: string; clientSecret: string; pluginUrl: string; orderId: string }>;
  /** An empty page of the shop with `/v1/pay-desk.js`, loaded. */
  openShop(body?: string): Promise<void>;
  /** The plugin window on the page, once it is drawn. */
  pluginFrame(): Promise<Frame>;
  /**
   * Inside a `describe` of many short tests: all of them use one page, opened anew, since a new browser profile takes longer than
   * such a test.
   */
  keepPage(): void;
  /** Pays with a code, as a customer does. */
  pay(place: Page | Frame, code: string): Promise<void>;
}

/** Call it inside `describe`: it starts before the first test and ends after the last. */
export function setUpShopPage(): ShopPageHarness {
  const harness = {} as ShopPageHarness;
  let kept = false;
  let profile: BrowserContext | null = null;
  before(async () => {
    const [demo, browser] = await Promise.all([startDemo({ portBase: 0 }), launchChromium(switches)]);
    Object.assign(harness, { demo, browser, shop: new URL(demo.urls.qa).origin, bff: new URL(demo.urls.bff).origin });
  });
  after(async () => {
    await harness.browser?.close();
    await harness.demo?.close();
  });
  beforeEach(async () => {
    harness.complaints = [];
    if (profile) return;
    profile = harness.context = await harness.browser.newContext({ locale: 'en-GB' });
    harness.context.on('weberror', (error) => harness.complaints.push(error.error().message));
    harness.context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') harness.complaints.push(message.text());
    });
    harness.page = await harness.context.newPage();
  });
  const close = async () => {
    await profile?.close();
    profile = null;
  };
  afterEach(async () => {
    if (!kept) await close();
  });
  harness.keepPage = () => {
    before(() => {
      kept = true;
    });
    after(async () => {
      kept = false;
      await close();
    });
  };

  harness.serve = async (url, body, headers = {}) =>
    void (await harness.context.route(
      (requested) => requested.origin + requested.pathname === url,
      (route) => route.fulfill({ body, headers, contentType: 'text/html; charset=utf-8' }),
    ));
  harness.payment = async (more = {}) => {
    const orderId = `order-${randomUUID()}`;
    const response = await fetch(`${harness.bff}/v1/payments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${demoKeys.apiKey}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId, label: 'customer-1', ...more }),
    });
    assert.equal(response.status, 201);
    const { payment, clientSecret, pluginUrl } = (await response.json()) as {
      payment: { id: string };
      clientSecret: string;
      pluginUrl: string;
    };
    return { id: payment.id, clientSecret, pluginUrl, orderId };
  };
  harness.openShop = async (body = '') => {
    const { bff, shop, page } = harness;
    await harness.serve(`${shop}/page`, shopPage(bff, body), { 'content-security-policy': shopPolicy(bff) });
    await page.goto(`${shop}/page`);
    await waitFor(() => page.evaluate(() => window.PayDesk?.ready.then(() => true)));
  };
  harness.pluginFrame = async () => {
    await harness.page.frameLocator('iframe').getByRole('textbox', { name: 'Pay code' }).waitFor();
    return harness.page.frames().find((frame) => frame.url().startsWith(`${harness.bff}/plugin/`)) ?? assert.fail('no window');
  };
  harness.pay = async (place, code) => {
    await place.getByRole('textbox', { name: 'Pay code' }).fill(code);
    await place.getByRole('button', { name: 'Pay 25.00 PLN' }).click();
    await place.getByRole('heading', { name: 'Paid' }).waitFor();
  };
  return harness;
}

/** The pages that a test writes have no address, and Chromium would otherwise not let them call addresses of this machine. */
const switches = ['--disable-features=LocalNetworkAccessChecks'];

const shopPage = (bff: string, body: string) =>
  `<!doctype html><html lang="en"><title>Shop</title><script src="${bff}/v1/pay-desk.js" async></script>
  <button id="buy">Buy</button>${body}<div id="place"></div><p style="block-size:3000px">`;

/** The content security policy of the README. */
const shopPolicy = (bff: string) => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, recipe = assert.fail('the README has no policy')] =
    /```\n(script-src https:\/\/pay\.example;[\s\S]*?)```/.exec(readme) ?? [];
  return recipe.replaceAll('https://pay.example', bff).replaceAll(/\s+/g, ' ');
};
