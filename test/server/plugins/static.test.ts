/** The widget for every page; the plugin window and the card frame for the pages of one merchant. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, it } from 'node:test';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { chooseEncoding } from '../../../server/plugins/compressed.ts';
import { rival, shop, testApp, testMerchants } from './test-app.ts';

const parent = mkdtempSync(join(tmpdir(), 'pay-desk-static-'));
const widgetRoot = join(parent, 'widget');
after(() => rmSync(parent, { recursive: true }));
const put = (path: string, text: string) => {
  mkdirSync(dirname(join(widgetRoot, path)), { recursive: true });
  writeFileSync(join(widgetRoot, path), text);
};
put('v1/pay-desk.js', 'loader');
put('v1/pay-desk.js.map', 'map');
put('v1/loader.js', 'module');
put('v1/chunks/my-a1b2.js', 'chunk');
put('former-chunks/my-a1b2.js', 'never');
put('former-chunks/my-0000.js', 'former');
writeFileSync(join(widgetRoot, 'former-chunks/my-0000.js.br'), brotliCompressSync('former'));
put('v1.2.3/pay-desk.js', 'pinned');
put('v1.10.0/pay-desk.js', 'newer');
for (const [path, text] of [
  ['v1/pay-desk.js', 'loader'],
  ['v1.2.3/pay-desk.js', 'pinned'],
] as const) {
  writeFileSync(join(widgetRoot, `${path}.br`), brotliCompressSync(text));
  writeFileSync(join(widgetRoot, `${path}.gz`), gzipSync(text));
}
put('v1/chunks/only-gz.js', 'only');
writeFileSync(join(widgetRoot, 'v1/chunks/only-gz.js.gz'), gzipSync('only'));
const inline = '\n  window.early = 1;\n';
put(
  'plugin/index.html',
  `<!doctype html><title>Pay</title><meta name="pay-desk-parents" content="" /><script>${inline}</script><script src="/x.js"></script>`,
);
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

it('a framed page runs what stands in it by its hash, and nothing else that is inline', async () => {
  const hash = createHash('sha256').update(inline).digest('base64');
  assert.deepEqual((await policy('/plugin/?merchant=shop')).csp['script-src'], ["'self'", `'sha256-${hash}'`]);
  assert.deepEqual((await policy('/frame/card/?merchant=shop')).csp['script-src'], ["'self'"]);
});

describe('the plugin window of a merchant with a logo', () => {
  const logoUrl = 'https://pictures.example:8443/shops/logo.svg?v=2';
  const withLogo = testApp({ widgetRoot, config: { merchants: testMerchants({ shop: { logoUrl } }) } });
  const images = async (url: string) => (await policy(url, withLogo)).csp['img-src'];

  it('may show pictures of the logo’s origin, and no others may', async () => {
    const ours = ["'self'", 'data:'];
    assert.deepEqual(await images('/plugin/?merchant=shop'), [...ours, 'https://pictures.example:8443']);
    for (const other of ['/plugin/?merchant=rival', '/plugin/?merchant=nobody', '/plugin/', '/frame/card/?merchant=shop'])
      assert.deepEqual(await images(other), ours, other);
  });
});

describe('the pages of a merchant with pictures of brands', () => {
  const brands = {
    payme: 'https://brands.example/payme.svg',
    humo: 'data:image/svg+xml;base64,PHN2Zy8+',
    wavepay: 'https://wallets.example/wave.png',
    kbzpay_manual: 'https://wallets.example/kbz.png',
  };
  const app = testApp({ widgetRoot, config: { merchants: testMerchants({ shop: { brands } }) } });
  const images = async (url: string) => (await policy(url, app)).csp['img-src'];

  it('may load them: the card frame those of card forms only', async () => {
    const ours = ["'self'", 'data:'];
    assert.deepEqual(await images('/plugin/?merchant=shop'), [...ours, 'https://brands.example', 'https://wallets.example']);
    assert.deepEqual(await images('/frame/card/?merchant=shop'), [...ours, 'https://brands.example']);
    assert.deepEqual(await images('/frame/card/?merchant=rival'), ours);
  });
});

describe('the script', () => {
  it('can be loaded by any page', async () => {
    const { statusCode, headers, body } = await get('/v1/pay-desk.js');
    assert.deepEqual([statusCode, body], [200, 'loader']);
    assert.match(String(headers['content-type']), /javascript/);
    assert.equal(headers['access-control-allow-origin'], '*');
    assert.equal(headers['cross-origin-resource-policy'], 'cross-origin');
    assert.equal(headers['x-content-type-options'], 'nosniff');
  });

  it('is checked at each visit, as a deploy replaces its chunks, and an unchanged one is not sent again', async () => {
    for (const url of ['/v1/pay-desk.js', '/v1/loader.js']) {
      const { headers } = await get(url);
      assert.equal(headers['cache-control'], 'no-cache', url);
      const again = await app.inject({ url, headers: { 'if-none-match': String(headers.etag) } });
      assert.deepEqual([again.statusCode, again.body, again.headers['cache-control']], [304, '', 'no-cache'], url);
    }
  });

  it('has immutable chunks', async () => {
    assert.equal((await get('/v1/chunks/my-a1b2.js')).headers['cache-control'], 'public, max-age=31536000, immutable');
  });

  it('has the chunks of the release before for pages that are open, under the same addresses', async () => {
    const { statusCode, headers, body } = await get('/v1/chunks/my-0000.js');
    assert.deepEqual([statusCode, body, headers['cache-control']], [200, 'former', 'public, max-age=31536000, immutable']);
    assert.equal(headers['access-control-allow-origin'], '*');
    const { rawPayload } = await app.inject({ url: '/v1/chunks/my-0000.js', headers: { 'accept-encoding': 'br' } });
    assert.equal(brotliDecompressSync(rawPayload).toString(), 'former');
    assert.equal((await get('/v1/chunks/my-a1b2.js')).body, 'chunk');
    for (const path of [
      'v1/chunks/my-9999.js',
      'v1/chunks/my-0000.js.br',
      'v1/former-chunks/my-0000.js',
      'former-chunks/my-0000.js',
    ])
      assert.equal((await get(`/${path}`)).statusCode, 404, path);
  });

  it('is also served under the number of each release, immutable, and each is listed with its hash', async () => {
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

  it('is compressed as the browser requests, with the same name, type and cache rules', async () => {
    const cases: [path: string, accepts: string | undefined, encoding: string | undefined][] = [
      ['/v1/pay-desk.js', 'gzip, deflate, br, zstd', 'br'],
      ['/v1/pay-desk.js', 'gzip, deflate', 'gzip'],
      ['/v1/pay-desk.js', 'gzip, br;q=0', 'gzip'],
      ['/v1/pay-desk.js', 'identity', undefined],
      ['/v1/pay-desk.js', undefined, undefined],
      ['/v1/pay-desk.js', 'deflate', undefined],
      ['/v1.2.3/pay-desk.js', 'br', 'br'],
      ['/v1/chunks/only-gz.js', 'br, gzip', 'gzip'],
      ['/v1/chunks/only-gz.js', 'br', undefined],
    ];
    for (const [url, accepts, encoding] of cases) {
      const request = { url, headers: accepts === undefined ? {} : { 'accept-encoding': accepts } };
      const { statusCode, headers, rawPayload } = await app.inject(request);
      const text =
        encoding === 'br' ? brotliDecompressSync(rawPayload) : encoding === 'gzip' ? gunzipSync(rawPayload) : rawPayload;
      const expected = url.includes('1.2.3') ? 'pinned' : url.includes('only') ? 'only' : 'loader';
      assert.deepEqual(
        [statusCode, headers['content-encoding'], text.toString()],
        [200, encoding, expected],
        `${url} ${accepts}`,
      );
      assert.match(String(headers['content-type']), /javascript/);
      assert.match(String(headers.vary), /accept-encoding/i);
      assert.equal(headers['cache-control'], (await get(url)).headers['cache-control']);
      assert.equal(headers['access-control-allow-origin'], '*');
      const { headers: head, rawPayload: none } = await app.inject({ ...request, method: 'HEAD' });
      assert.deepEqual([head['content-encoding'], head['content-length'], none.length], [encoding, headers['content-length'], 0]);
    }
  });

  it('has an ETag for each encoding, is not sent again unchanged, and supports ranges', async () => {
    const as = (encoding: string, more = {}) =>
      app.inject({ url: '/v1/pay-desk.js', headers: { 'accept-encoding': encoding, ...more } });
    const [plain, br] = [await as('identity'), await as('br')];
    assert.notEqual(plain.headers.etag, br.headers.etag);
    assert.equal((await as('br', { 'if-none-match': br.headers.etag })).statusCode, 304);
    assert.equal((await as('identity', { 'if-none-match': br.headers.etag })).statusCode, 200);
    const part = await as('br', { range: 'bytes=0-1' });
    assert.deepEqual([part.statusCode, part.rawPayload], [206, br.rawPayload.subarray(0, 2)]);
  });

  it('is not served under the name of its compressed file', async () => {
    for (const path of ['v1/pay-desk.js.br', 'v1/pay-desk.js.gz', 'v1/chunks/only-gz.js.gz'])
      for (const accepts of ['identity', 'br, gzip'])
        assert.equal((await app.inject({ url: `/${path}`, headers: { 'accept-encoding': accepts } })).statusCode, 404, path);
  });

  it('is served without its source map and without other files of its folder', async () => {
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
    it('can be framed by the pages of its merchant and by our own', async () => {
      assert.deepEqual((await policy(`${path}?merchant=shop`)).csp['frame-ancestors'], ["'self'", shop.origin]);
      assert.deepEqual((await policy(`${path}?merchant=rival`)).csp['frame-ancestors'], ["'self'", rival.origin]);
    });

    it('contains the origins that may connect to it', async () => {
      assert.match((await policy(`${path}?merchant=shop`)).body, /name="pay-desk-parents" content="https:\/\/shop\.example"/);
    });

    it('runs our scripts only, under Trusted Types', async () => {
      const { csp, headers, statusCode } = await policy(`${path}?merchant=shop`);
      assert.equal(statusCode, 200);
      assert.deepEqual(csp['default-src'], ["'none'"]);
      assert.deepEqual(
        csp['script-src']?.filter((source: string) => !source.startsWith("'sha256-")),
        ["'self'"],
      );
      assert.deepEqual(csp['require-trusted-types-for'], ["'script'"]);
      assert.deepEqual(csp['trusted-types'], ['lit-html', 'pay-desk']);
      assert.ok(!JSON.stringify(csp).includes('unsafe'));
      assert.equal(headers['x-frame-options'], undefined);
      assert.equal(headers['referrer-policy'], 'no-referrer');
      assert.equal(headers['cache-control'], 'no-cache');
    });

    it('can connect to the BFF only, and to Payme where its merchant’s cards go there directly', async () => {
      assert.deepEqual((await policy(`${path}?merchant=shop`)).csp['connect-src'], ["'self'"]);
      assert.deepEqual((await policy(`${path}?merchant=rival`)).csp['connect-src'], ["'self'", payme]);
      assert.deepEqual((await policy(`${path}?merchant=rival`, testApp({ widgetRoot }))).csp['connect-src'], ["'self'"]);
      assert.deepEqual((await policy(`${path}?merchant=nobody`)).csp['connect-src'], ["'self'"]);
    });

    it('is compressed as the browser requests, for its own merchant', async () => {
      for (const merchant of [shop, rival]) {
        const url = `${path}?merchant=${merchant.id}`;
        const { headers, rawPayload } = await app.inject({ url, headers: { 'accept-encoding': 'gzip, br' } });
        assert.equal(headers['content-encoding'], 'br');
        assert.equal(headers.vary, 'accept-encoding');
        const text = brotliDecompressSync(rawPayload).toString();
        assert.equal(text, (await get(url)).body);
        assert.match(text, new RegExp(`content="${merchant.origin}"`));
      }
    });

    it('redirects without its last slash and with an additional one, and keeps the query', async () => {
      const bare = path.slice(0, -1);
      for (const wrong of [bare, `/${bare}`, `/${path}`, `${path}/`]) {
        for (const query of ['', '?merchant=shop', '?merchant=shop&x=%0d%0a//evil.example?y']) {
          const { statusCode, headers } = await get(wrong + query);
          assert.deepEqual([statusCode, headers.location], [308, path + query], wrong + query);
        }
      }
      assert.equal((await get(`//evil.example${path}`)).statusCode, 404);
    });

    it('is not served for an unknown merchant', async () => {
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
          assert.match(body, new RegExp(`<section lang="${lang}" dir="\\w+">.*${words}`));
      }
    });
  });

it('a widget that is not built stops the start with an explanation', async () => {
  await assert.rejects(
    async () => testApp({ widgetRoot: parent }).ready(),
    /The widget is not built: run `npm run build` first\./,
  );
});

it('the best encoding that a header accepts is chosen', () => {
  const cases: Record<string, string> = {
    '': 'identity',
    'gzip, deflate, br, zstd': 'br',
    'br;q=0.5, gzip': 'gzip',
    'br;q=0, gzip;q=0.1': 'gzip',
    'BR; Q=1.0': 'br',
    '*': 'br',
    'br;q=0, *': 'gzip',
    'identity, *;q=0': 'identity',
    'br;q=x': 'identity',
    'br;q=-1, gzip;q=2': 'identity',
    'brotli, x-gzip': 'identity',
  };
  for (const [header, encoding] of Object.entries(cases)) assert.equal(chooseEncoding(header), encoding, header);
  assert.equal(chooseEncoding(undefined), 'identity');
});
