/**
 * What is left for the next user of this browser: nothing of a payment in storage, in the history, or at the pages that were
 * opened after it.
 */
import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { Frame, Page, Request } from 'playwright-core';
import { demoKeys } from '../../../server/demo-keys.ts';
import type {} from '../../../widget/embed/pay-desk-global.ts';
import { payLinkQuery } from '../../support/pay-link.ts';
import { waitFor } from '../../support/wait-for.ts';
import { setUpShopPage } from '../shop-page-harness.ts';

describe('after a payment', () => {
  const harness = setUpShopPage();
  let requests: Request[];
  beforeEach(() => {
    requests = [];
    harness.context.on('request', (request) => requests.push(request));
  });

  const mount = async (clientSecret: string) => {
    await harness.openShop();
    await harness.page.evaluate(
      (secret) => void window.PayDesk?.mount('#place', { clientSecret: secret, locale: 'en' }),
      clientSecret,
    );
  };
  /** Everything that an origin stores, except the client secret of a plugin window. */
  const kept = async (place: Page | Frame): Promise<string[]> => {
    const all = await place.evaluate(async () => [
      ...Object.entries(localStorage).map(([name, value]) => `local ${name}=${value}`),
      ...Object.entries(sessionStorage).map(([name, value]) => `session ${name}=${value}`),
      ...(await indexedDB.databases()).map(({ name }) => `database ${name}`),
      ...(await caches.keys()).map((name) => `cache ${name}`),
      ...document.cookie.split(';').filter(Boolean),
      ...(window.name && window.name !== 'pay-desk' ? [`name ${window.name}`] : []),
    ]);
    return all.filter((entry) => !/^session pay-desk:\d+-\d+=[\w-]+$/.test(entry));
  };
  /** Every URL in the history of the tab. */
  const history = async (): Promise<string[]> => {
    const session = await harness.context.newCDPSession(harness.page);
    return (await session.send('Page.getNavigationHistory')).entries.map(({ url }) => url);
  };
  /** Asserts that no URL or `Referer` of a request contains it; fragments are never sent. */
  const sentNowhere = (...secrets: string[]) => {
    for (const request of requests) {
      const sent = `${request.url().split('#')[0]} ${request.headers().referer ?? ''}`;
      for (const secret of secrets) assert.ok(!sent.includes(secret), `${request.method()} ${sent}`);
    }
  };

  it('by script tag the shop’s origin keeps nothing, also after a decline', async () => {
    const { clientSecret } = await harness.payment();
    await mount(clientSecret);
    await harness.page.getByRole('textbox', { name: 'Pay code' }).fill('USED0001');
    await harness.page.getByRole('button', { name: 'Pay 25.00 PLN' }).click();
    await harness.page.locator('pay-desk [aria-invalid=true]').waitFor();
    assert.deepEqual(await kept(harness.page), []);
    await harness.pay(harness.page, 'GOOD0001');
    assert.deepEqual(await kept(harness.page), []);
    sentNowhere(clientSecret, 'GOOD0001', 'USED0001');
    assert.ok((await history()).every((address) => !address.includes(clientSecret)));
  });

  it('that was canceled the shop’s origin keeps nothing', async () => {
    const { clientSecret } = await harness.payment();
    await mount(clientSecret);
    await harness.page.getByRole('textbox', { name: 'Pay code' }).fill('GOOD0002');
    await harness.page.locator('pay-desk').evaluate((checkout: HTMLElementTagNameMap['pay-desk']) => checkout.cancel());
    await harness.page.locator('pay-desk[data-status=canceled]').waitFor();
    assert.deepEqual(await kept(harness.page), []);
    assert.ok(
      !(await harness.page.locator('pay-desk').evaluate((checkout) => checkout.shadowRoot?.innerHTML ?? '')).includes('GOOD'),
    );
  });

  it('in a plugin window inside the shop’s page only the client secret of that window is kept', async () => {
    const { clientSecret, pluginUrl } = await harness.payment();
    await harness.openShop();
    await harness.page.evaluate((url) => void window.PayDesk?.frame('#place', { pluginUrl: url }), pluginUrl);
    const frame = await harness.pluginFrame();
    await harness.pay(frame, 'GOOD0003');
    assert.deepEqual(await kept(harness.page), []);
    assert.deepEqual(await kept(frame), []);
    assert.equal(await frame.evaluate(() => document.referrer), '');
    sentNowhere(clientSecret, 'GOOD0003');
  });

  it('in a plugin window of its own no client secret is in the history, and none is sent to the shop', async () => {
    const { clientSecret, pluginUrl } = await harness.payment();
    await harness.page.goto(pluginUrl);
    await harness.pay(harness.page, 'GOOD0004');
    assert.deepEqual(await kept(harness.page), []);
    assert.ok((await history()).every((address) => !address.includes(clientSecret)));
    sentNowhere(clientSecret, 'GOOD0004');
  });

  it('by signed link neither the link nor the client secret is in the history, and the return page gets no referrer', async () => {
    const back = `${harness.shop}/shop`;
    const query = payLinkQuery(demoKeys.linkKey.key, {
      merchant: demoKeys.merchantId,
      kid: demoKeys.linkKey.kid,
      label: 'reader',
      custom_transaction_id: 'leftovers-1',
      fixed_amount: '25',
      currency_code: 'PLN',
      exp: String(Math.floor(Date.now() / 1000) + 600),
      success_url: back,
      lang: 'en',
    });
    await harness.page.goto(`${harness.bff}/plugin/?${query}`);
    await harness.page.getByText('leftovers-1').waitFor();
    const secret = await harness.page.locator('pay-desk').getAttribute('client-secret');
    await harness.pay(harness.page, 'GOOD0005');
    assert.deepEqual(await kept(harness.page), []);
    await harness.page.getByRole('link', { name: 'Back to Nova Books' }).click();
    await harness.page.waitForURL(back);
    assert.equal(await harness.page.evaluate(() => document.referrer), '');
    assert.deepEqual(await kept(harness.page), []);
    const signature = new URLSearchParams(query).get('signature') ?? '';
    for (const address of await history()) {
      assert.ok(!address.includes(secret ?? ''), address);
      assert.ok(!address.includes(signature), address);
    }
    assert.ok(requests.every((request) => !(request.headers().referer ?? '').includes(signature)));
  });

  it('that was left for another page the field is cleared before the back-forward cache keeps it', async () => {
    const { clientSecret } = await harness.payment();
    await mount(clientSecret);
    const field = harness.page.getByRole('textbox', { name: 'Pay code' });
    await field.fill('GOOD0006');
    // A browser that is driven by a test has no such cache, so the document is checked as it would be kept, and then after going
    // back.
    await harness.page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await waitFor(async () => (await field.inputValue()) === '');
    await field.fill('GOOD0006');
    await harness.page.goto(`${harness.shop}/shop`);
    await harness.page.goBack();
    await harness.page.waitForFunction(() => window.PayDesk);
    assert.ok(!(await harness.page.content()).includes('GOOD0006'));
  });
});
