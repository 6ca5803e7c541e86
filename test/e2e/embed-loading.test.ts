/** Loading the script: pinned by its hash, from npm, twice, with failures at first, and not at all. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type {} from '../../widget/embed/pay-desk-global.ts';
import type {} from '../../widget/events.ts';
import { waitFor } from '../support/wait-for.ts';
import { setUpShopPage } from './shop-page-harness.ts';

type Loader = typeof import('../../widget/embed/load-pay-desk.ts');

describe('loading', () => {
  const harness = setUpShopPage();
  const builds = async () => {
    const response = await fetch(`${harness.bff}/v1/integrity.json`);
    return (await response.json()) as { version: string; url: string; integrity: string }[];
  };
  /** A page of the shop that loads the widget by its own script. */
  const openBare = async (body: string) => {
    await harness.serve(`${harness.shop}/page`, `<!doctype html><html lang="en">${body}`);
    await harness.page.goto(`${harness.shop}/page`);
  };
  const scriptTag = (clientSecret: string) =>
    `<div id="pay"></div><script src="${harness.bff}/v1/pay-desk.js" data-client-secret="${clientSecret}" data-target="#pay" data-locale="en"></script>`;
  const load = (times = 1) =>
    harness.page.evaluate(
      async ({ loader, times }) => {
        const { loadPayDesk } = (await import(loader)) as Loader;
        const all = await Promise.all(Array.from({ length: times }, () => loadPayDesk()));
        return all.map((payDesk) => payDesk && payDesk === window.PayDesk && typeof payDesk.mount);
      },
      { loader: `${harness.bff}/v1/loader.js`, times },
    );

  it('a pinned build matches its hash, and is immutable', async () => {
    const [{ url, integrity, version } = assert.fail('no pinned build')] = await builds();
    // By the browser: the fetch of Node can fail where a long answer ends its connection while the process is busy.
    const response = await harness.context.request.get(harness.bff + url);
    const file = await response.body();
    assert.equal(integrity, `sha384-${createHash('sha384').update(file).digest('base64')}`);
    assert.equal(url, `/v${version}/pay-desk.js`);
    assert.equal(response.headers()['cache-control'], 'public, max-age=31536000, immutable');
    assert.equal(response.headers()['access-control-allow-origin'], '*');
  });

  for (const [whose, wrong] of [
    ['its hash', false],
    ['another hash', true],
  ] as const) {
    it(`a page with ${whose} ${wrong ? 'does not run' : 'pays by'} it, and it is one file`, async () => {
      const [{ url, integrity } = assert.fail('no pinned build')] = await builds();
      const { clientSecret } = await harness.payment();
      const requests: string[] = [];
      harness.page.on(
        'request',
        (request) => request.resourceType() === 'script' && requests.push(new URL(request.url()).pathname),
      );
      const hash = wrong ? integrity.replace(/.{8}$/, 'AAAAAAAA') : integrity;
      await openBare(`<div id="pay"></div><script src="${harness.bff}${url}" integrity="${hash}" crossorigin
        data-client-secret="${clientSecret}" data-target="#pay" data-locale="my"></script>`);
      if (wrong) return assert.equal(await harness.page.evaluate(() => typeof window.PayDesk), 'undefined');
      await harness.page.getByRole('textbox').fill('GOOD0001');
      await harness.page.getByRole('textbox').press('Enter');
      await harness.page.locator('pay-desk[data-status=succeeded]').waitFor();
      assert.deepEqual(requests, [url]);
    });
  }

  it('loads once, however often it is asked', async () => {
    let requests = 0;
    await harness.context.route(`${harness.bff}/v1/pay-desk.js*`, (route) => {
      requests += 1;
      return route.continue();
    });
    await openBare('<pay-desk></pay-desk>');
    assert.deepEqual(await load(5), Array(5).fill('function'));
    assert.equal(requests, 1);
    assert.equal(await harness.page.locator('pay-desk:defined').count(), 1);
  });

  it('tries again where the script, and then the element’s chunk, does not load', async () => {
    let scripts = 0;
    let chunks = 0;
    await harness.context.route(`${harness.bff}/v1/pay-desk.js*`, (route) =>
      ++scripts === 1 ? route.abort() : route.continue(),
    );
    await harness.context.route(`${harness.bff}/v1/chunks/element-*`, (route) =>
      ++chunks === 1 ? route.abort() : route.continue(),
    );
    await openBare('<pay-desk></pay-desk>');
    assert.deepEqual(await load(), ['function']);
    assert.deepEqual([scripts, chunks], [2, 2]);
    assert.equal(await harness.page.locator('pay-desk:defined').count(), 1);
  });

  it('dispatches an error to each waiting element after three tries, and only the fallback is shown', async () => {
    let requests = 0;
    await harness.context.route(`${harness.bff}/v1/pay-desk.js*`, (route) => {
      requests += 1;
      return route.abort();
    });
    await openBare(`<pay-desk><p slot="fallback" hidden>Pay by phone</p><p slot="success">Thank you</p></pay-desk>
      <div id="host"></div>`);
    await harness.page.evaluate(() => {
      const root = document.querySelector('#host')?.attachShadow({ mode: 'open' });
      root?.append(document.createElement('pay-desk'));
      document.body.addEventListener('pay-load-error', ({ problem }) => {
        const { dataset } = document.documentElement;
        dataset.errors = `${dataset.errors ?? ''}${problem.code} `;
      });
    });
    assert.deepEqual(await load(), [null]);
    assert.equal(requests, 3);
    assert.equal(await harness.page.locator('html').getAttribute('data-errors'), 'provider_unavailable '.repeat(2));
    assert.ok(await harness.page.getByText('Pay by phone').isVisible());
    assert.ok(await harness.page.getByText('Thank you').isHidden());
  });

  it('after three failed tries, loads when it is asked again', async () => {
    let requests = 0;
    await harness.context.route(`${harness.bff}/v1/pay-desk.js*`, (route) => {
      requests += 1;
      return requests <= 3 ? route.abort() : route.continue();
    });
    await openBare('<pay-desk></pay-desk>');
    assert.deepEqual(await load(), [null]);
    assert.deepEqual(await load(), ['function']);
    assert.equal(requests, 4);
    assert.equal(await harness.page.locator('pay-desk:defined').count(), 1);
  });

  const written = `<pay-desk><p slot="fallback" hidden>Pay by phone</p><p slot="success">Thank you</p></pay-desk>`;
  const recordErrors = (page: typeof harness.page) =>
    page.addInitScript(() => {
      addEventListener('pay-load-error', (event) => {
        const { dataset } = document.documentElement;
        dataset.errors = `${dataset.errors ?? ''}${(event as unknown as { problem: { code: string } }).problem.code} `;
      });
    });

  it('a script tag whose chunk does not load tries three times; then every element of the page reports it', async () => {
    let requests = 0;
    await harness.context.route(`${harness.bff}/v1/chunks/**`, (route) => {
      requests += 1;
      return route.abort();
    });
    await recordErrors(harness.page);
    await openBare(`<script src="${harness.bff}/v1/pay-desk.js"></script>${written}<div id="other">Wait</div>`);
    const mounted = await harness.page.evaluate(() => window.PayDesk?.mount('#other', {}).localName);
    assert.equal(mounted, 'pay-desk');
    await harness.page.getByText('Pay by phone').waitFor();
    assert.equal(requests, 3);
    assert.ok(await harness.page.getByText('Thank you').isHidden());
    await harness.page.locator('pay-desk[data-status=load_error]').waitFor();
    // One event each of the document's and the mounted element, and the replaced content is back.
    await harness.page.getByText('Wait').waitFor();
    assert.equal(await harness.page.locator('html').getAttribute('data-errors'), 'provider_unavailable '.repeat(2));
  });

  it('a script tag whose chunk loads at the third try works', async () => {
    let requests = 0;
    await harness.context.route(`${harness.bff}/v1/chunks/element-*`, (route) =>
      ++requests < 3 ? route.abort() : route.continue(),
    );
    await recordErrors(harness.page);
    const { clientSecret } = await harness.payment();
    await openBare(`<script src="${harness.bff}/v1/pay-desk.js"></script><pay-desk client-secret="${clientSecret}"></pay-desk>`);
    await harness.pay(harness.page, 'GOOD0002');
    assert.equal(await harness.page.locator('html').getAttribute('data-errors'), null);
  });

  for (const [where, code, open] of [
    ['the plugin window', 'GOOD0007', async (payment) => harness.page.goto(payment.pluginUrl)],
    ['a checkout that the script tag mounts', 'GOOD0008', async (payment) => openBare(scriptTag(payment.clientSecret))],
  ] satisfies [string, string, (payment: { clientSecret: string; pluginUrl: string }) => Promise<unknown>][])
    it(`${where} reads the payment while its code is on the way, and only once`, async () => {
      const reads: string[] = [];
      let answered = () => {};
      const early = new Promise<void>((resolve) => {
        answered = resolve;
      });
      harness.context.on('request', (request) => {
        if (request.method() === 'GET' && new URL(request.url()).pathname === '/checkout') reads.push(request.url());
      });
      harness.context.on('response', (response) => {
        if (response.request().method() === 'GET' && new URL(response.url()).pathname === '/checkout') answered();
      });
      // The code comes only after the payment has been read.
      await harness.context.route(/\/v1\/chunks\/element-/, async (route) => {
        await early;
        await route.continue();
      });
      await open(await harness.payment());
      await harness.page.getByRole('textbox', { name: 'Pay code' }).waitFor();
      assert.equal(reads.length, 1);
      await harness.pay(harness.page, code);
      assert.deepEqual(harness.complaints, []);
    });

  it('a form and a language are fetched from another address at each try, since browsers remember one that failed', async () => {
    const asked: string[] = [];
    await harness.context.route(/\/v1\/chunks\/(wallet-form|ru)-/, (route) => {
      const url = route.request().url();
      asked.push(url);
      const [path = ''] = url.split('?');
      return asked.filter((other) => other.startsWith(path)).length < 3 ? route.abort() : route.continue();
    });
    const { clientSecret } = await harness.payment({ amount: 600_000, currency: 'MMK' });
    await openBare(
      `<script src="${harness.bff}/v1/pay-desk.js"></script><pay-desk client-secret="${clientSecret}" locale="ru"></pay-desk>`,
    );
    await waitFor(async () => {
      // Whoever waits for the next try does not wait once the connection is back.
      await harness.page.evaluate(() => dispatchEvent(new Event('online')));
      return (await harness.page.evaluate(() => !!customElements.get('pay-wallet-form'))) && asked.length === 6;
    });
    await harness.page.locator('pay-desk .root[lang=ru]').waitFor();
    assert.deepEqual([asked.length, new Set(asked).size], [6, 6], String(asked));
  });

  it('a script of another release warns once and leaves the first in place', async () => {
    await harness.context.route(`${harness.bff}/other/pay-desk.js`, async (route) => {
      const response = await route.fetch({ url: `${harness.bff}/v1/pay-desk.js` });
      await route.fulfill({ response, body: (await response.text()).replaceAll(/\d+\.\d+\.\d+/g, '9.8.7') });
    });
    const { clientSecret } = await harness.payment();
    const other = `<script src="${harness.bff}/other/pay-desk.js" data-client-secret="${clientSecret}" data-target="#pay"></script>`;
    await openBare(`<div id="pay"></div><script src="${harness.bff}/v1/pay-desk.js"></script>${other}${other}`);
    await harness.page.getByRole('textbox', { name: 'Pay code' }).waitFor();
    assert.notEqual(await harness.page.evaluate(() => window.PayDesk?.version), '9.8.7');
    await waitFor(async () => harness.complaints.length > 0);
    assert.equal(harness.complaints.length, 1);
    assert.match(harness.complaints.join(), /9\.8\.7/);
  });
});
