/** The widget for every page; the plugin window and the card frame for the pages of one merchant. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { rival, shop, testApp } from './test-app.ts';

const parent = mkdtempSync(join(tmpdir(), 'pay-desk-static-'));
const widgetRoot = join(parent, 'widget');
after(() => rmSync(parent, { recursive: true }));
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(widgetRoot, path)), { recursive: true });
  writeFileSync(join(widgetRoot, path), text);
};
put('v1/pay-desk.js', 'loader');
put('v1/pay-desk.js.map', 'map');
put('v1/chunks/my-a1b2.js', 'chunk');
put('v1.2.3/pay-desk.js', 'pinned');
put('v1.10.0/pay-desk.js', 'newer');
put('plugin/index.html', '<!doctype html><title>Pay</title><meta name="pay-desk-parents" content="" />');
put('frame/card/index.html', '<!doctype html><title>Card</title><meta name="pay-desk-parents" content="" />');
put('../secret.txt', 'secret');
put('.env', 'secret');

const payme = 'https://checkout.payme.example';
const app = testApp({ widgetRoot, cardConnect: (merchantId) => (merchantId === rival.id ? [payme] : []) });
const get = (url: string) => app.inject({ url });
const policy = async (url: string, from = app) => {
  const { statusCode, headers, body } = await from.inject({ url });
  const directives = String(headers['content-security-policy'])
    .split(/; ?/)
    .map((directive) => directive.split(' '));
  return { statusCode, headers, body, csp: Object.fromEntries(directives.map(([name, ...values]) => [name, values])) };
};

describe('the script', () => {
  it('may be loaded by any page, and is looked for again soon', async () => {
    const { statusCode, headers, body } = await get('/v1/pay-desk.js');
    assert.deepEqual([statusCode, body], [200, 'loader']);
    assert.match(String(headers['content-type']), /javascript/);
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(headers['cache-control'], 'public, max-age=300');
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });

  it('has chunks that never change', async () => {
    assert.equal((await get('/v1/chunks/my-a1b2.js')).headers['cache-control'], 'public, max-age=31536000, immutable');
  });

  it('lies under the number of each release too, for good, and each is listed with its hash', async () => {
    const { body, headers } = await get('/v1.2.3/pay-desk.js');
    assert.equal(body, 'pinned');
    assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
    const list = await get('/v1/integrity.json');
    assert.equal(list.headers['access-control-allow-origin'], '*');
    assert.deepEqual(
      list.json(),
      ['1.10.0 newer', '1.2.3 pinned'].map((build) => {
        const [version = '', text = ''] = build.split(' ');
        const integrity = `sha384-${createHash('sha384').update(text).digest('base64')}`;
        return { version, url: `/v${version}/pay-desk.js`, integrity };
      }),
    );
    for (const path of ['v1.2.4/pay-desk.js', 'v1.2.3/', 'v1.2.3/other.js', 'v1.2/pay-desk.js', '../v1.2.3/pay-desk.js/'])
      assert.equal((await get(`/${path}`)).statusCode, 404, path);
  });

  it('comes without its source map and without anything beside it', async () => {
    const paths = [
      'v1/pay-desk.js.map',
      'v1/',
      'v1/chunks/',
      'v1/../.env',
      'v1/%2e%2e/.env',
      'v1/..%2f..%2fsecret.txt',
      'plugin/..%5c.env',
      'frame/card/..%5c.env',
      'frame/card/index.html',
      'frame/',
      '.env',
    ];
    for (const path of paths) {
      const { statusCode, body } = await get(`/${path}`);
      assert.equal(statusCode, 404, path);
      assert.ok(!body.includes('secret') && body !== 'map', path);
    }
  });
});

for (const [name, path] of [
  ['the plugin window', '/plugin/'],
  ['the card frame', '/frame/card/'],
] as const)
  describe(name, () => {
    it('may be framed by the pages of its merchant and by our own', async () => {
      assert.deepEqual((await policy(`${path}?merchant=shop`)).csp['frame-ancestors'], ["'self'", shop.origin]);
      assert.deepEqual((await policy(`${path}?merchant=rival`)).csp['frame-ancestors'], ["'self'", rival.origin]);
    });

    it('knows the pages that may speak to it', async () => {
      assert.match((await policy(`${path}?merchant=shop`)).body, /name="pay-desk-parents" content="https:\/\/shop\.example"/);
    });

    it('runs our scripts only, under Trusted Types', async () => {
      const { csp, headers, statusCode } = await policy(`${path}?merchant=shop`);
      assert.equal(statusCode, 200);
      assert.deepEqual(csp['default-src'], ["'none'"]);
      assert.deepEqual(csp['script-src'], ["'self'"]);
      assert.deepEqual(csp['require-trusted-types-for'], ["'script'"]);
      assert.deepEqual(csp['trusted-types'], ['lit-html', 'pay-desk']);
      assert.ok(!JSON.stringify(csp).includes('unsafe'));
      assert.equal(headers['x-frame-options'], undefined);
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['cache-control'], 'no-cache');
    });

    it('calls us alone, and Payme where the cards of its merchant go there straight', async () => {
      assert.deepEqual((await policy(`${path}?merchant=shop`)).csp['connect-src'], ["'self'"]);
      assert.deepEqual((await policy(`${path}?merchant=rival`)).csp['connect-src'], ["'self'", payme]);
      assert.deepEqual((await policy(`${path}?merchant=rival`, testApp({ widgetRoot }))).csp['connect-src'], ["'self'"]);
      assert.deepEqual((await policy(`${path}?merchant=nobody`)).csp['connect-src'], ["'self'"]);
    });

    it('is found without its last slash and with one too many, with the query as it was', async () => {
      const bare = path.slice(0, -1);
      for (const wrong of [bare, `/${bare}`, `/${path}`, `${path}/`]) {
        for (const query of ['', '?merchant=shop', '?merchant=shop&x=%0d%0a//evil.example?y']) {
          const { statusCode, headers } = await get(wrong + query);
          assert.deepEqual([statusCode, headers.location], [308, path + query], wrong + query);
        }
      }
      assert.equal((await get(`//evil.example${path}`)).statusCode, 404);
    });

    it('is no page at all without a merchant we know', async () => {
      for (const url of [path, `${path}?merchant=nobody`, `${path}?merchant=shop&merchant=rival`, `${path}?merchant=__proto__`]) {
        const { statusCode, csp, body, headers } = await policy(url);
        assert.equal(statusCode, 404, url);
        assert.deepEqual(csp['frame-ancestors'], ["'none'"]);
        assert.match(String(headers['content-type']), /^text\/html/);
        for (const [lang, words] of Object.entries({
          en: 'Go back to the shop',
          my: 'ဆိုင်သို့ ပြန်သွား',
          ru: 'Вернитесь в магазин',
          uz: 'Doʻkonga qayting',
          pl: 'Wróć do sklepu',
        }))
          assert.match(body, new RegExp(`<section lang="${lang}">.*${words}`));
      }
    });
  });

it('a widget that is not built stops the start with a sentence', async () => {
  await assert.rejects(
    async () => testApp({ widgetRoot: parent }).ready(),
    /The widget is not built: run `npm run build` first\./,
  );
});
