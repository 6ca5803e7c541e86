/** Behind a proxy: which header with an address is trusted, how the address is read, and the warning if it is not trusted. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FastifyPluginAsync } from 'fastify';
import { rateLimitKeyForIp } from '../../../server/methods/client-address.ts';
import { isAllowedSource } from '../../../server/methods/wallet/postbacks.ts';
import { testApp } from './test-app.ts';

const whoAsks: FastifyPluginAsync = async (app) => {
  app.get('/who', async ({ ip }) => ({
    counted: rateLimitKeyForIp(ip),
    listed: isAllowedSource(['203.0.113.0/24', '2001:db8::7'], ip),
  }));
};

function behind(trustProxy: false | number | string[]) {
  const lines: string[] = [];
  const app = testApp({
    config: { trustProxy, logLevel: 'warn' },
    openRoutes: [whoAsks],
    logTo: { write: (line) => void lines.push(line) },
  });
  const who = async (headers: Record<string, string>, remoteAddress = '10.0.0.9') =>
    (await app.inject({ url: '/who', headers, remoteAddress })).json() as { counted: string; listed: boolean };
  return { who, lines };
}

describe('the address of a customer', () => {
  it('is read without the port that a proxy adds, whichever proxies are trusted', async () => {
    for (const trusted of [1, ['10.0.0.0/8']]) {
      const { who } = behind(trusted);
      for (const port of [40001, 40002]) {
        assert.deepEqual(await who({ 'x-forwarded-for': `203.0.113.7:${port}` }), { counted: '203.0.113.7', listed: true });
        assert.deepEqual(await who({ 'x-forwarded-for': `[2001:db8::7]:${port}` }), {
          counted: '2001:db8:0:0::/64',
          listed: true,
        });
      }
    }
  });

  it('is found behind two proxies of which the first adds ports and writes IPv4 as IPv6', async () => {
    const { who } = behind(['10.0.0.0/8']);
    const { counted } = await who({ 'x-forwarded-for': '192.0.2.66, 203.0.113.7:5, 10.0.0.3:443' }, '::ffff:10.0.0.9');
    assert.equal(counted, '203.0.113.7');
  });

  it('is the same for all unreadable addresses, and is on no list', async () => {
    const { who } = behind(1);
    for (const nonsense of ['unknown', 'for=203.0.113.7', '203.0.113.7:99999999', '::::', '%00']) {
      assert.deepEqual(await who({ 'x-forwarded-for': nonsense }), { counted: 'unreadable', listed: false }, nonsense);
    }
  });

  it('is the proxy’s own where no proxy, or another one, is trusted', async () => {
    for (const trusted of [false as const, ['192.0.2.1']]) {
      const { who } = behind(trusted);
      assert.equal((await who({ 'x-forwarded-for': '203.0.113.7' })).counted, '10.0.0.9');
    }
  });
});

describe('an untrusted proxy', () => {
  it('causes one warning, whichever header it sends, which never contains the header’s value', async () => {
    for (const header of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip']) {
      const { who, lines } = behind(false);
      await who({});
      assert.deepEqual(lines, []);
      for (let nth = 0; nth < 3; nth += 1) await who({ [header]: `203.0.113.${nth}` });
      assert.equal(lines.length, 1, header);
      assert.match(lines[0] ?? '', /TRUST_PROXY/);
      assert.doesNotMatch(lines[0] ?? '', /203\.0\.113/);
    }
  });

  it('causes a warning where another one is trusted, or where it sends only a header that is not read', async () => {
    for (const [trusted, headers] of [
      [['192.0.2.1'], { 'x-forwarded-for': '203.0.113.7' }],
      [1, { forwarded: 'for=203.0.113.7' }],
    ] as const) {
      const { who, lines } = behind(trusted as number | string[]);
      await who(headers);
      assert.equal(lines.length, 1);
    }
  });

  it('causes no warning where it is trusted', async () => {
    const { who, lines } = behind(1);
    await who({ 'x-forwarded-for': '203.0.113.7', 'x-real-ip': '203.0.113.7' });
    assert.deepEqual(lines, []);
  });
});
