/** The arguments of `npm run demo`, as a developer types them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readArguments } from '../../demo/read-arguments.ts';

describe('the arguments of the demo', () => {
  it('are its usual ports, and no page but its own, where there are none', () => {
    assert.deepEqual(readArguments([], {}), { portBase: 4400, origins: [] });
    assert.deepEqual(readArguments([], { PORT_BASE: '5000' }), { portBase: 5000, origins: [] });
  });

  it('take origins, also as the address of a page, and where webhooks go', () => {
    const args = [
      '--origin',
      'http://localhost:3000',
      '--origin=http://localhost:5173/shop?a=1',
      '--webhook',
      'http://localhost:3000/hook',
    ];
    assert.deepEqual(readArguments(args, {}), {
      portBase: 4400,
      origins: ['http://localhost:3000', 'http://localhost:5173'],
      webhookTo: 'http://localhost:3000/hook',
    });
  });

  for (const [args, env, words] of [
    [['--origin', 'localhost:3000'], {}, /^--origin: expected an address such as http:\/\/localhost:3000, not localhost:3000\.$/],
    [['--origin', 'shop'], {}, /^--origin: expected an address/],
    [['--webhook', 'ftp://x/'], {}, /^--webhook: expected an address/],
    [['--origins', 'http://localhost:3000'], {}, /^Unknown option '--origins'\.\nUsage: npm run demo/],
    [['http://localhost:3000'], {}, /^Unexpected argument 'http:\/\/localhost:3000'\.?[\s\S]*Usage: npm run demo/],
    [['--origin'], {}, /^Option '--origin <value>' argument missing\.?\nUsage/],
    [[], { PORT_BASE: '0x' }, /^PORT_BASE: expected a whole number from 1 to 65445\.$/],
  ] as const)
    it(`say in one sentence what cannot be used: ${[...args, ...Object.values(env)].join(' ')}`, () => {
      assert.throws(() => readArguments(args, env), { message: words });
    });
});
