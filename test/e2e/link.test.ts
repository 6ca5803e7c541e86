/** A signed link in a real browser: from the shop's link to a paid order, opened again, and links that open nothing. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import type { OrderView } from '../../demo/page/qa-api.ts';
import { demoKeys } from '../../server/demo-keys.ts';
import { axeFaults } from '../support/axe.ts';
import { setUpDemo } from '../support/demo-harness.ts';
import { payLinkQuery } from '../support/pay-link.ts';

describe('a signed link', () => {
  const harness = setUpDemo();

  let orders = 0;
  const link = (changes: Record<string, string> = {}): string => {
    orders += 1;
    const query = payLinkQuery(demoKeys.linkKey.key, {
      merchant: demoKeys.merchantId,
      kid: demoKeys.linkKey.kid,
      label: 'reader',
      custom_transaction_id: `linked-${orders}`,
      fixed_amount: '25',
      currency_code: 'PLN',
      exp: String(Math.floor(Date.now() / 1000) + 600),
      lang: 'en',
      ...changes,
    });
    return `${harness.demo.urls.bff}/plugin/?${query}`;
  };
  const input = (where: Page = harness.page) => where.getByRole('textbox', { name: 'Pay code' });
  const payments = async () => {
    const headers = { authorization: `Bearer ${demoKeys.apiKey}` };
    return (await (await fetch(`${harness.demo.urls.bff}/v1/payments?limit=100`, { headers })).json()) as {
      payments: { orderId: string }[];
    };
  };
  const makeLink = async (defect: string) => {
    await harness.page.goto(new URL('/shop/link?lang=en', harness.demo.urls.qa).href);
    await harness.page.getByLabel('What is wrong with it').selectOption(defect);
    await harness.page.getByRole('button', { name: 'Make the link' }).click();
    return (await harness.page.locator('#link').getAttribute('href')) ?? assert.fail('no link');
  };

  it('of the shop is paid in a frame, and the shop’s server, which was never called before, gets a webhook', async () => {
    const href = await makeLink('none');
    const frame = harness.page.frameLocator('iframe');
    await frame.getByRole('textbox', { name: 'Pay code' }).fill('GOOD0004');
    await frame.getByRole('button', { name: 'Pay 25.00 PLN' }).click();
    await frame.getByRole('heading', { name: 'Paid' }).waitFor();
    await harness.page.getByText('Paid. Thank you!').waitFor();
    const id = new URL(href).searchParams.get('custom_transaction_id') ?? '';
    const order = (await (await fetch(new URL(`/orders/${id}`, harness.demo.urls.qa))).json()) as OrderView;
    assert.equal(order.status, 'paid');

    // In a tab of its own it shows the same payment, and the link's return URL.
    await harness.page.goto(href);
    await harness.page.getByRole('heading', { name: 'Paid' }).waitFor();
    await harness.page.getByRole('link', { name: 'Back to Nova Books' }).click();
    await harness.page.waitForURL(new URL(`/shop/orders/${id}`, harness.demo.urls.qa).href);
    assert.equal(harness.demo.paycodes.ledger().uses.filter((use) => use.code === 'GOOD0004').length, 1);
  });

  it('is removed from the URL, as is the client secret; a reload still shows the payment, in the same language and theme', async () => {
    await harness.page.goto(link({ lang: 'my', theme: 'dark' }));
    await harness.page.getByText(`linked-${orders}`).waitFor();
    const bare = `${harness.demo.urls.bff}/plugin/?merchant=${demoKeys.merchantId}`;
    assert.equal(await harness.page.evaluate(() => location.href), bare);
    await harness.page.reload();
    await harness.page.getByText(`linked-${orders}`).waitFor();
    assert.equal(harness.page.url(), bare);
    assert.equal(await harness.page.locator('html').getAttribute('lang'), 'my');
    assert.equal(await harness.page.locator('pay-desk').getAttribute('theme'), 'dark');
    assert.equal(await harness.page.locator('pay-desk').getAttribute('locale'), 'my');
  });

  it('that is opened in a second tab, with the number that the documented frame script appends, is the same payment', async () => {
    const href = link();
    await harness.page.goto(href);
    await input().waitFor();
    const other = await harness.context.newPage();
    await other.goto(`${href}&${Date.now()}`);
    await input(other).waitFor();
    assert.equal((await payments()).payments.filter(({ orderId }) => orderId === `linked-${orders}`).length, 1);
  });

  it('with what Telegram and trackers append opens its payment; nothing of Telegram’s is posted', async () => {
    const posted: string[] = [];
    harness.page.on('request', (request) => posted.push(request.postData() ?? ''));
    const telegram = 'tgWebAppData=user%3D%257B%2522id%2522%253A42%257D&tgWebAppVersion=8.0';
    await harness.page.goto(`${link()}&fbclid=IwAR0x&tgWebAppStartParam=from-chat#${telegram}`);
    await harness.page.getByText(`linked-${orders}`).waitFor();
    assert.equal(harness.page.url(), `${harness.demo.urls.bff}/plugin/?merchant=${demoKeys.merchantId}`);
    assert.ok(posted.some((body) => body.includes(`linked-${orders}`)));
    assert.deepEqual(
      posted.filter((body) => body.includes('tgWebApp')),
      [],
    );
  });

  for (const [what, appended] of [
    ['Telegram', '&tgWebAppData=user%3D1&tgWebAppVersion=8.0'],
    ['a mailing', '?utm_source=mail&utm_medium=email'],
    ['a tracker', '&fbclid=IwAR0x'],
  ] as const) {
    it(`the plugin window of a payment opens although ${what} has appended to its fragment; a reload does, too`, async () => {
      const response = await fetch(`${harness.demo.urls.bff}/v1/payments`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${demoKeys.apiKey}`,
          'content-type': 'application/json',
          'idempotency-key': crypto.randomUUID(),
        },
        body: JSON.stringify({ amount: 2500, currency: 'PLN', orderId: `tracked ${what}`, label: 'reader' }),
      });
      const { pluginUrl } = (await response.json()) as { pluginUrl: string };
      await harness.page.goto(pluginUrl.replace('#', '&gclid=1#') + appended);
      await harness.page.getByText(`tracked ${what}`).waitFor();
      assert.doesNotMatch(harness.page.url(), /#/);
      await harness.page.reload();
      await harness.page.getByText(`tracked ${what}`).waitFor();
      // A fragment that is no payment's draws nothing anew, so what has been typed stays.
      await input().fill('GOOD');
      await harness.page.evaluate(() => {
        location.hash = '#tgWebAppData=again';
      });
      assert.equal(await input().inputValue(), 'GOOD');
    });
  }

  it('that is only requested by GET creates no payment', async () => {
    const before = (await payments()).payments.length;
    assert.equal((await fetch(link())).status, 200);
    assert.equal((await payments()).payments.length, before);
  });

  for (const [defect, title] of [
    ['amount', 'This payment link doesn’t work'],
    ['twice', 'This payment link doesn’t work'],
    ['cut', 'This payment link doesn’t work'],
    ['expired', 'This payment link has expired'],
  ] as const) {
    it(`that is wrong (${defect}) shows a page with the reason and creates no payment`, async () => {
      const before = (await payments()).payments.length;
      await harness.page.goto(await makeLink(defect));
      await harness.page.getByRole('heading', { name: title }).waitFor();
      await harness.page.getByText('Opening it charged nothing').waitFor();
      assert.deepEqual(await axeFaults(harness.page), []);
      assert.equal(await harness.page.locator('pay-desk').count(), 0);
      assert.equal((await payments()).payments.length, before);
    });
  }

  it('for an order that has a payment of another amount does not state that nothing was charged: it may be paid', async () => {
    await harness.page.goto(link({ custom_transaction_id: 'linked-twice' }));
    await input().waitFor();
    await harness.page.goto(link({ custom_transaction_id: 'linked-twice', fixed_amount: '1' }));
    await harness.page.getByRole('heading', { name: 'This order can’t be paid by this link' }).waitFor();
    assert.doesNotMatch(await harness.page.locator('main').innerText(), /Nothing was charged/);
  });

  it('without a connection offers to try again, and then opens', async () => {
    await harness.context.route('**/checkout/link', (route) => route.abort(), { times: 1 });
    await harness.page.goto(link());
    await harness.page.getByRole('heading', { name: 'We can’t open this payment right now' }).waitFor();
    assert.deepEqual(await axeFaults(harness.page), []);
    await harness.page.getByRole('button', { name: 'Try again' }).click();
    await input().waitFor();
  });

  for (const [lang, words] of [
    ['my', /ကု.?န်.?သွား.?ပါ.?ပြီ/],
    ['ru', 'Срок ссылки на оплату истёк'],
    ['uz', 'Toʻlov havolasining muddati tugadi'],
    ['pl', 'stracił ważność'],
  ] as const) {
    it(`that has expired shows that in its language, without a scroll bar at 320 px (${lang})`, async () => {
      await harness.page.setViewportSize({ width: 320, height: 640 });
      await harness.page.goto(link({ exp: '1', lang }));
      await harness.page.getByRole('heading', { name: words }).waitFor();
      assert.equal(await harness.page.evaluate(() => document.documentElement.scrollWidth), 320);
      assert.equal(await harness.page.locator('html').getAttribute('lang'), lang);
    });
  }

  it('cannot be opened by a request of a merchant’s page', async () => {
    const query = new URL(link()).search.slice(1);
    await harness.page.goto(new URL('/shop', harness.demo.urls.qa).href);
    const answered = await harness.page.evaluate(
      ([url, body]) =>
        fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body }).then(
          ({ status }) => status,
          () => 'refused',
        ),
      [`${harness.demo.urls.bff}/checkout/link`, JSON.stringify({ query })] as const,
    );
    assert.equal(answered, 'refused');
  });
});
