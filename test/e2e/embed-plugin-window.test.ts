/**
 * Between a shop's page and its plugin window: the shop's own texts, the link back, signed links, and pages with old scripts.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { demoKeys } from '../../server/demo-keys.ts';
import type { FrameOptions, PluginFrame } from '../../widget/embed/window/plugin-frame.ts';
import type {} from '../../widget/events.ts';
import { payLinkQuery } from '../support/pay-link.ts';
import { waitFor } from '../support/wait-for.ts';
import { setUpShopPage } from './shop-page-harness.ts';

type Framed = { frame: PluginFrame };
interface PageState {
  result?: { status: string; orderId: string | null; returnUrl: string | null };
  problems: string[];
}

describe('between page and plugin window', () => {
  const harness = setUpShopPage();
  const inWindow = () => harness.page.frameLocator('iframe');

  const mount = (options: FrameOptions) =>
    harness.page.evaluate(async (given) => {
      const problems: string[] = [];
      document.body.addEventListener('pay-load-error', ({ problem }) => problems.push(problem.code));
      Object.assign(window, { pageState: { problems }, frame: await window.PayDesk?.frame('#place', given) });
    }, options);
  const open = (options: FrameOptions) =>
    harness.page.evaluate((given) => {
      const pageState: PageState = { problems: [] };
      document.body.addEventListener('pay-load-error', ({ problem }) => pageState.problems.push(problem.code));
      Object.assign(window, { pageState });
      window.PayDesk?.open(given).then((result) => Object.assign(pageState, { result }));
    }, options);
  const pageState = () => harness.page.evaluate(() => (window as unknown as { pageState: PageState }).pageState);
  const result = () => waitFor(async () => (await pageState()).result);
  const known = () => harness.page.evaluate(() => ({ ...(window as unknown as Framed).frame.result }));

  let links = 0;
  const link = (changes: Record<string, string> = {}) => {
    links += 1;
    const query = payLinkQuery(demoKeys.linkKey.key, {
      merchant: demoKeys.merchantId,
      kid: demoKeys.linkKey.kid,
      label: 'reader',
      custom_transaction_id: `framed-${links}`,
      fixed_amount: '25',
      currency_code: 'PLN',
      exp: String(Math.floor(Date.now() / 1000) + 600),
      ...changes,
    });
    return { pluginUrl: `${harness.bff}/plugin/?${query}`, orderId: `framed-${links}` };
  };

  it('the shop’s own texts are passed on as text, though they do not fit into one message; what is typed stays', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.openShop();
    const long = 'Every word of it is the shop’s own. '.repeat(13).slice(0, 450);
    const problems = Object.fromEntries(
      ['code_used', 'code_invalid', 'code_expired', 'code_format', 'too_many_attempts', 'busy'].map((code) => [code, long]),
    );
    const all = Object.fromEntries(['en', 'my', 'ru', 'uz', 'pl'].map((language) => [language, { problems }]));
    await mount({
      pluginUrl,
      locale: 'en',
      // Written last, so it comes in the last of the messages.
      translations: { ...all, codeLabel: '<b>Voucher</b>', de: { codeLabel: 'Gutschein' } } as never,
    });
    const field = inWindow().getByRole('textbox', { name: '<b>Voucher</b>' });
    await field.fill('USED 0001');
    await harness.page.evaluate(() =>
      (window as unknown as Framed).frame.set({ translations: { en: { codeLabel: 'Gift card', pay: 'Give {amount}' } } }),
    );
    assert.equal(await inWindow().getByRole('textbox', { name: 'Gift card' }).inputValue(), 'USED 0001');
    await inWindow().getByRole('button', { name: 'Give 25.00 PLN' }).click();
    await inWindow().getByText(long.trim()).first().waitFor();
    assert.deepEqual(
      harness.complaints.filter((text) => !text.includes('409')),
      [],
    );
  });

  it('a text that is too long is refused by name before anything is shown', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.openShop();
    const wrong = { pluginUrl, translations: { my: { codeHint: 'x'.repeat(501) } } };
    await assert.rejects(mount(wrong), /translations\.my\.codeHint has more than 500 signs/);
    await assert.rejects(mount({ pluginUrl, translations: { pay: 5 } as never }), /translations\.pay is not a text/);
    assert.equal(await harness.page.locator('iframe').count(), 0);
  });

  it('“back to the shop” closes a dialog, and the page gets the return URL', async () => {
    const back = `${harness.shop}/shop`;
    const { pluginUrl, orderId } = await harness.payment({ returnUrls: { success: back } });
    await harness.openShop();
    await open({ pluginUrl });
    await harness.pay(await harness.pluginFrame(), 'GOOD0001');
    await inWindow().getByRole('link', { name: 'Back to Nova Books' }).click();
    const { status, returnUrl, ...rest } = await result();
    assert.deepEqual([status, rest.orderId, returnUrl], ['succeeded', orderId, back]);
    assert.equal(harness.page.url(), `${harness.shop}/page`);
    assert.equal(await harness.page.locator('iframe').count(), 0);
  });

  it('a dialog that was closed by its button has no return URL', async () => {
    const { pluginUrl } = await harness.payment({ returnUrls: { success: `${harness.shop}/shop` } });
    await harness.openShop();
    await open({ pluginUrl });
    await harness.pluginFrame();
    await harness.page.getByRole('button', { name: 'Close' }).click();
    assert.equal((await result()).returnUrl, null);
  });

  it('in a frame “back to the shop” navigates the whole tab, and only by a customer’s click', async () => {
    const back = `${harness.shop}/shop`;
    const { pluginUrl } = await harness.payment({ returnUrls: { success: back } });
    await harness.openShop();
    // All by script, because an action of the test in the frame would count as the customer's.
    await harness.context.addInitScript({ content: payAndLeave });
    await harness.page.evaluate(() =>
      document.addEventListener('pay-change', () => (window as unknown as Framed).frame.submit(), { once: true }),
    );
    await mount({ pluginUrl });
    await waitFor(async () => harness.complaints.some((text) => /user activation/i.test(text)));
    assert.equal(harness.page.url(), `${harness.shop}/page`);
    await inWindow().getByRole('link', { name: 'Back to Nova Books' }).click();
    await harness.page.waitForURL(back);
  });

  it('a signed link opens in a dialog, with the page’s language and theme, and again in a frame', async () => {
    const { pluginUrl, orderId } = link({ lang: 'ru', theme: 'light' });
    await harness.openShop();
    await open({ pluginUrl, locale: 'en', theme: 'dark', translations: { codeLabel: 'Voucher' } });
    await inWindow().getByText(orderId).waitFor();
    await inWindow().getByRole('textbox', { name: 'Voucher' }).waitFor();
    await inWindow().locator('pay-desk[theme=dark]').waitFor();
    await harness.page.getByRole('button', { name: 'Close' }).click();
    assert.deepEqual(((all) => [all.status, all.orderId])(await result()), ['open', orderId]);

    await mount({ pluginUrl: `${pluginUrl}&${Date.now()}`, locale: 'en' });
    await harness.pay(await harness.pluginFrame(), 'GOOD0003');
    await waitFor(async () => (await known()).status === 'succeeded');
    assert.equal((await known()).orderId, orderId);
    // After a reload it shows the payment again.
    await (await waitFor(async () => harness.page.frames()[1])).evaluate(() => location.reload());
    await inWindow().getByRole('heading', { name: 'Paid' }).waitFor();
    assert.deepEqual(harness.complaints, []);
  });

  for (const [what, changes, code] of [
    ['has run out', { exp: '1' }, 'payment_expired'],
    ['was changed', { merchant: 'demo', signature: 'x' }, 'unauthorized'],
  ] as const) {
    it(`a link that ${what} is reported to the page, and to the customer in the page’s language`, async () => {
      const { pluginUrl } = link({ ...('exp' in changes && changes) });
      const url = new URL(pluginUrl);
      if (!('exp' in changes)) url.searchParams.set('label', 'somebody');
      await harness.openShop();
      await open({ pluginUrl: url.href, locale: 'pl' });
      await inWindow().getByRole('heading').waitFor();
      await waitFor(async () => (await pageState()).problems.includes(code));
      assert.equal(await inWindow().locator('html').getAttribute('lang'), 'pl');
      await harness.page.getByRole('button', { name: 'Zamknij' }).click();
      assert.equal((await result()).status, 'load_error');
    });
  }

  it('a plugin window works on a page whose scripts add fields to every object and array', async () => {
    await harness.context.addInitScript({ content: oldScripts });
    const { pluginUrl } = await harness.payment();
    await harness.openShop();
    await mount({ pluginUrl, locale: 'en', tokens: { '--pay-color-accent': '#0b57d0' }, translations: { codeLabel: 'Voucher' } });
    await inWindow().getByRole('textbox', { name: 'Voucher' }).fill('GOOD0004');
    assert.equal((await known()).status, 'open');
    await inWindow().getByRole('button', { name: 'Pay 25.00 PLN' }).click();
    await waitFor(async () => (await known()).status === 'succeeded');
    assert.deepEqual(harness.complaints, []);
  });

  it('a payment that can no longer be read is not reported with its last status', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.openShop();
    await mount({ pluginUrl });
    const frame = await harness.pluginFrame();
    await harness.context.route(`${harness.bff}/checkout`, (route) =>
      route.fulfill({ status: 401, json: { code: 'unauthorized', reference: 'r1' } }),
    );
    await frame.locator('pay-desk').evaluate((checkout: HTMLElementTagNameMap['pay-desk']) => checkout.refresh());
    await waitFor(async () => (await known()).status === 'load_error');
  });
});

/** Runs in the plugin window: types a code as soon as there is a field, and clicks the link back as soon as there is one. */
const payAndLeave = `if (window !== top) {
  const inside = (what) => document.querySelector('pay-desk').shadowRoot.querySelector(what);
  const leave = () => {
    const way = inside('a[target=_top]');
    if (way) way.click();
    else requestAnimationFrame(leave); // drawn in a later animation frame
  };
  document.addEventListener('pay-ready', () => setTimeout(() => {
    inside('input').value = 'GOOD0002';
    inside('input').dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  }));
  document.addEventListener('pay-success', leave);
}`;

/** Runs in the page: the fields that old libraries added to every object. */
const oldScripts = `if (window === top) {
  Object.assign(Object.prototype, { each() {}, extend: 1, status: 'succeeded', check: true, returnUrl: 'x', paidLate: true });
  Object.assign(Array.prototype, { last() {} });
}`;
