/** Return URLs lead to the merchant's origins only, in 10,000 spellings. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { returnUrl } from '../../../server/payments/return-url.ts';

const merchant = {
  id: 'shop',
  name: 'Shop',
  test: true,
  allowedOrigins: ['https://shop.example', 'https://shop.example:8443', 'http://localhost:4401'],
  returnUrls: { thanks: 'https://thanks.example/page?from=desk' },
};

/** Decides by the text alone, so that an error of the URL parser is not repeated here. */
const isHome = (url: string): boolean =>
  merchant.allowedOrigins.some((origin) => url.startsWith(`${origin}/`)) || url === merchant.returnUrls.thanks;

const home = 'shop.example';
const evil = fc.constantFrom(
  'evil.example',
  'shop.example.evil.example',
  'evilshop.example',
  'shop.example@evil.example',
  'shop.example:x@evil.example',
  'shop.example%40evil.example',
  'shop.example%2f@evil.example',
  'shop.example%00.evil.example',
  'shop.example\u0000.evil.example',
  'shop.example\\@evil.example',
  'evil.example\\@shop.example',
  'evil.example#@shop.example',
  'evil.example?@shop.example',
  'evil.example/shop.example',
  'shop.example.',
  'shop.example:444',
  'shop.example:4401',
  // Cyrillic о and е, Greek ο, small-cap, a dot of another script, a soft hyphen, a zero-width joiner, full-width.
  'shоp.example',
  'shop.еxample',
  'shοp.example',
  'shop。evil.example',
  'ѕhop.example',
  'shop.exam\u00adple.evil.example',
  'shop.example\u200d.evil.example',
  'xn--shp-8cd.example',
  '[::1]',
  '0x7f000001',
  '127.1',
  '2130706433',
  'localhost:4402',
);
const scheme = fc.constantFrom(
  'https:',
  'http:',
  'HTTPS:',
  'hTTp:',
  '',
  'javascript:',
  'JaVaScRiPt:',
  'java\tscript:',
  'java%0ascript:',
  '\u0001javascript:',
  'data:text/html,',
  'vbscript:',
  'blob:https:',
  'filesystem:https:',
  'view-source:https:',
  'file:',
  'ftp:',
  'ws:',
  'wss:',
  'about:',
  'intent:',
  'https:https:',
);
const slashes = fc.constantFrom('//', '/', '', '///', '////', '\\\\', '/\\', '\\/', '/\t/', '/\n/', '%2f%2f', '／／', '//\u00a0');
const tail = fc.constantFrom(
  '',
  '/',
  '/..',
  '/../..//evil.example',
  '/%2e%2e/%2e%2e//evil.example',
  '/.//evil.example',
  '//evil.example',
  '/%0d%0aLocation:https://evil.example',
  '/\r\nSet-Cookie:a=b',
  '/%5c%5cevil.example',
  '/\\evil.example',
  '?next=https://evil.example',
  '#https://evil.example',
  '#@evil.example',
  '@evil.example',
  ':@evil.example',
  ':443@evil.example/',
  '/thanks?order=1',
);
const noise = fc.constantFrom('', ' ', '\t', '\r\n', '\u0000', '\u200b', '\u202e', '\ufeff', '%20', '"', "'", '<');
const put = (text: string, at: number, sign: string): string => {
  const place = at % (text.length + 1);
  return text.slice(0, place) + sign + text.slice(place);
};
/** Half of them are usual in each part, because a single wrong part is most likely to be accepted. */
const mostly = (usual: string, ...odd: fc.Arbitrary<string>[]) =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: odd.length }, ...odd);
const address = fc
  .tuple(mostly('https:', scheme), mostly('//', slashes), mostly(home, evil), tail, mostly('', noise), fc.nat(120))
  .map(([first, second, host, rest, sign, at]) => put(first + second + host + rest, at, sign));

describe('a return URL', () => {
  it('leads to the merchant’s origin or is refused, in 10,000 spellings', () => {
    let accepted = 0;
    fc.assert(
      fc.property(address, (text) => {
        const url = returnUrl(merchant, text);
        if (url === null) return;
        accepted += 1;
        assert.ok(isHome(url), `${JSON.stringify(text)} → ${url}`);
        assert.match(url, /^[\x21-\x7e]+$/);
        // It is parsed again where it is used, and must stay the same.
        assert.equal(new URL(url, 'https://pay.example/plugin/').href, url);
      }),
      { numRuns: 10_000 },
    );
    assert.ok(accepted > 20, `only ${accepted} were home: the spellings would prove nothing`);
  });

  it('is refused for each forbidden form', () => {
    for (const text of [
      '//evil.example',
      'https:/\\evil.example',
      'https://shop.example\\@evil.example',
      'javascript:alert(1)//https://shop.example/',
      'data:text/html,https://shop.example/',
      'blob:https://shop.example/5c1b',
      'https://user@shop.example/',
      'https://shop.example@evil.example/',
      'https://shоp.example/',
      'https://shop.example/\r\nLocation: https://evil.example',
      ' https://shop.example/',
      'http://shop.example/',
      'https://shop.example:444/',
      '/thanks',
      '',
      `https://shop.example/${'a'.repeat(3000)}`,
      'https://thanks.example/page?from=elsewhere',
    ])
      assert.equal(returnUrl(merchant, text), null, text);
  });

  it('is accepted and normalised to one spelling', () => {
    for (const [text, url] of [
      ['https://shop.example', 'https://shop.example/'],
      ['HTTPS://SHOP.example:443/a/../b?c#d', 'https://shop.example/b?c#d'],
      ['https://shop.example/спасибо', 'https://shop.example/%D1%81%D0%BF%D0%B0%D1%81%D0%B8%D0%B1%D0%BE'],
      ['https://shop.example//evil.example', 'https://shop.example//evil.example'],
      ['https://thanks.example/page?from=desk', 'https://thanks.example/page?from=desk'],
    ] as const)
      assert.equal(returnUrl(merchant, text), url);
  });
});
