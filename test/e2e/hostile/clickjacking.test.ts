/**
 * A customer may be led to click where they do not look; so nobody else's page may hold the plugin window, and no click alone
 * pays.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type {} from '../../../widget/embed/pay-desk-global.ts';
import { waitFor } from '../../support/wait-for.ts';
import { setStage } from '../embed-stage.ts';

describe('clickjacking', () => {
  const stage = setStage();
  /** Another origin of this machine: a name that leads elsewhere would be stopped by the browser before our own policy is. */
  const evil = () => new URL(stage.demo.urls.paycodes).origin;
  const trap = (src: string, more = '') =>
    `<!doctype html><title>You won</title><button style="position:absolute;inset:0">Take it</button>
    <iframe src="${src}" style="opacity:.01;pointer-events:none;width:600px;height:700px" ${more}></iframe>`;
  const refused = async () => {
    await waitFor(async () => stage.complaints.some((text) => /frame-ancestors/.test(text)));
    for (const frame of stage.page.frames()) assert.equal(await frame.locator('pay-desk').count(), 0);
  };

  it('by a page of another origin: the plugin window stays empty there', async () => {
    const { pluginUrl } = await stage.payment();
    await stage.serve(`${evil()}/trap`, trap(pluginUrl));
    await stage.page.goto(`${evil()}/trap`);
    await refused();
  });

  it('by another origin around the merchant’s own page: every page above counts, not only the nearest', async () => {
    const { pluginUrl } = await stage.payment();
    await stage.serve(`${stage.shop}/inner`, trap(pluginUrl));
    await stage.serve(`${evil()}/trap`, trap(`${stage.shop}/inner`));
    await stage.page.goto(`${evil()}/trap`);
    await refused();
  });

  it('by a page without an origin: a sandbox, a data address', async () => {
    const { pluginUrl } = await stage.payment();
    await stage.serve(`${stage.shop}/inner`, trap(pluginUrl));
    await stage.serve(`${stage.shop}/sandbox`, trap(`${stage.shop}/inner`, 'sandbox="allow-scripts"'));
    await stage.page.goto(`${stage.shop}/sandbox`);
    await refused();
    stage.complaints.length = 0;
    await stage.page.goto(`data:text/html,${encodeURIComponent(trap(pluginUrl))}`);
    await refused();
  });

  it('by a made-up merchant, or by the payment of another one: there is nothing to click', async () => {
    const { pluginUrl } = await stage.payment();
    for (const merchant of ['nobody', '', 'demo&merchant=evil']) {
      const answer = await fetch(pluginUrl.replace('merchant=demo', `merchant=${merchant}`).split('#')[0] ?? '');
      assert.equal(answer.status, 404);
      assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    }
  });

  it('by a cover that lets clicks through, on the merchant’s own page: no click pays, for a code has to be typed', async () => {
    const { clientSecret, id } = await stage.payment();
    await stage.openShop('<div style="position:fixed;inset:0;z-index:9;pointer-events:none;background:#fff">You won</div>');
    await stage.page.evaluate(
      (secret) => void window.PayDesk?.mount('#place', { clientSecret: secret, locale: 'en' }),
      clientSecret,
    );
    const button = stage.page.getByRole('button', { name: 'Pay 25.00 PLN' });
    const sent: string[] = [];
    stage.page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await button.click({ clickCount: 3 });
    await stage.page.locator('pay-desk [aria-invalid=true]').waitFor();
    assert.deepEqual(sent, []);
    assert.equal(
      stage.demo.paycodes.ledger().uses.some(({ client }) => client.includes(id)),
      false,
    );
  });
});
