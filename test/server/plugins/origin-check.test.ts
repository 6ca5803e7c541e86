/** A page of an origin that no merchant lists finds out why every other answer is hidden from it, and so does the operator. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ownOrigin, shop, testApp } from './test-app.ts';

const lines: string[] = [];
const app = testApp({ config: { logLevel: 'warn' }, logTo: { write: (line) => void lines.push(line) } });
const ask = (origin?: string) => app.inject({ url: '/checkout/origin', headers: origin === undefined ? {} : { origin } });

it('says to any page whether its origin may show payments', async () => {
  for (const [origin, allowed] of [
    [shop.origin, true],
    [ownOrigin, true],
    ['https://new-shop.example', false],
    [`${shop.origin}.evil.example`, false],
    ['null', false],
  ] as const) {
    const { statusCode, headers, body } = await ask(origin);
    assert.deepEqual([statusCode, JSON.parse(body)], [200, { allowed, origin }]);
    assert.equal(headers['access-control-allow-origin'], '*', 'the page cannot read it');
    assert.equal(headers['cache-control'], 'no-store');
  }
  assert.deepEqual(JSON.parse((await ask()).body), { allowed: true, origin: null });
});

it('names a refused origin in the log, once, and nothing that is no origin', async () => {
  const named = (text: string) => lines.filter((line) => line.includes(text)).length;
  for (const origin of [
    'https://logged.example',
    'https://logged.example',
    'https://x.example/secret',
    `https://${'a'.repeat(300)}.example`,
  ])
    assert.equal((await ask(origin)).statusCode, 200);
  const [first = ''] = lines.filter((line) => line.includes('https://logged.example'));
  assert.match(first, /allowedOrigins/);
  assert.equal(named('https://logged.example'), 1);
  assert.equal(named('secret'), 0);
  assert.equal(named('aaaa'), 0);
});

it('fills no log by invented origins', async () => {
  for (let n = 0; n < 300; n += 1) await ask(`https://invented-${n}.example`);
  assert.ok(lines.filter((line) => line.includes('invented-')).length <= 100);
});
