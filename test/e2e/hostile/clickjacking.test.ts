/**
 * A hidden frame can lead a customer to click on it, so only the merchant's pages may frame the plugin window, and no click alone
 * pays.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {} from '../../../widget/embed/pay-desk-global.ts';
import { waitFor } from '../../support/wait-for.ts';
import { setUpShopPage } from '../shop-page-harness.ts';

describe('clickjacking', () => {
  const harness = setUpShopPage();
  /** Another origin of this machine, because the browser would stop a foreign name before our own policy does. */
  const evil = () => new URL(harness.demo.urls.paycodes).origin;
  const trap = (src: string, more = '') =>
    `<!doctype html><title>You won</title><button style="position:absolute;inset:0">Take it</button>
    <iframe src="${src}" style="opacity:.01;pointer-events:none;width:600px;height:700px" ${more}></iframe>`;
  const refused = async () => {
    await waitFor(async () => harness.complaints.some((text) => /frame-ancestors/.test(text)));
    for (const frame of harness.page.frames()) assert.equal(await frame.locator('pay-desk').count(), 0);
  };

  it('by a page of another origin: the plugin window stays empty there', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.serve(`${evil()}/trap`, trap(pluginUrl));
    await harness.page.goto(`${evil()}/trap`);
    await refused();
  });

  it('by another origin around the merchant’s own page: every page above counts, not only the nearest', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.serve(`${harness.shop}/inner`, trap(pluginUrl));
    await harness.serve(`${evil()}/trap`, trap(`${harness.shop}/inner`));
    await harness.page.goto(`${evil()}/trap`);
    await refused();
  });

  it('by a page without an origin: a sandbox, a data address', async () => {
    const { pluginUrl } = await harness.payment();
    await harness.serve(`${harness.shop}/inner`, trap(pluginUrl));
    await harness.serve(`${harness.shop}/sandbox`, trap(`${harness.shop}/inner`, 'sandbox="allow-scripts"'));
    await harness.page.goto(`${harness.shop}/sandbox`);
    await refused();
    harness.complaints.length = 0;
    await harness.page.goto(`data:text/html,${encodeURIComponent(trap(pluginUrl))}`);
    await refused();
  });

  it('by an unknown merchant, or with the payment of another one: there is nothing to click', async () => {
    const { pluginUrl } = await harness.payment();
    for (const merchant of ['nobody', '', 'demo&merchant=evil']) {
      const answer = await fetch(pluginUrl.replace('merchant=demo', `merchant=${merchant}`).split('#')[0] ?? '');
      assert.equal(answer.status, 404);
      assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    }
  });

  it('by a transparent overlay on the merchant’s own page: no click alone pays, because a code has to be typed', async () => {
    const { clientSecret, id } = await harness.payment();
    await harness.openShop('<div style="position:fixed;inset:0;z-index:9;pointer-events:none;background:#fff">You won</div>');
    await harness.page.evaluate(
      (secret) => void window.PayDesk?.mount('#place', { clientSecret: secret, locale: 'en' }),
      clientSecret,
    );
    const button = harness.page.getByRole('button', { name: 'Pay 25.00 PLN' });
    const sent: string[] = [];
    harness.page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await button.click({ clickCount: 3 });
    await harness.page.locator('pay-desk [aria-invalid=true]').waitFor();
    assert.deepEqual(sent, []);
    assert.equal(
      harness.demo.paycodes.ledger().uses.some(({ client }) => client.includes(id)),
      false,
    );
  });
});
