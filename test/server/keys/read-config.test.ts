/** Keys, operators and secrets in the configuration: what is accepted, and that every mistake is named without its value. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { checkConfig } from '../../../server/check-config.ts';
import { loadConfig, readConfig } from '../../../server/config.ts';
import { demoKeys } from '../../../server/demo-keys.ts';
import { hashKey, newApiKey, newOperatorKey, operatorKeyFault } from '../../../server/payments/model/access-keys.ts';
import type { Keys } from '../../../server/payments/sealer.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-keys-'));
after(() => rmSync(folder, { recursive: true }));
let files = 0;
function file(content: unknown): string {
  files += 1;
  const path = join(folder, String(files));
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
/** The text that stands for a variable or a file, not a template of this one. */
const reference = (to: string) => ['$', `{${to}}`].join('');
/** A key of 32 bytes, the same for the same name. */
const hex = (name: string) => createHash('sha256').update(name).digest('hex');

const secret = 'whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY=';
const rule = { slug: 'codes', kind: 'enter', currency: 'PLN', priceScale: 2, length: 10 };
const merchant = {
  id: 'shop',
  name: 'The Shop',
  test: false,
  apiKeys: [hashKey('sk_live_1')] as unknown[],
  webhook: { url: 'https://shop.example/hook', secrets: [reference('WEBHOOK_SECRET')] },
  allowedOrigins: ['https://shop.example'],
  methods: {
    payCode: { url: 'https://codes.example/rpc', auth: { type: 'bearer', key: reference('PAYCODES_KEY') }, rules: [rule] },
  } as object,
};
const operator = { name: 'Aye Aye', keyHash: hashKey(newOperatorKey()), role: 'act', scopes: ['resolve'], expires: '2027-06-30' };
const base = {
  PUBLIC_URL: 'https://pay.example',
  TRUST_PROXY: '1',
  SEALING_KEY: hex('ab'),
  WEBHOOK_SECRET: secret,
  PAYCODES_KEY: 'key',
};
type Env = Record<string, string | undefined>;
const env = (more: Env = {}, change: object = {}, operators?: unknown[]): Env => ({
  ...base,
  MERCHANTS_FILE: file({ merchants: [{ ...merchant, ...change }], ...(operators && { operators }) }),
  ...more,
});
const mistakesOf = (given: Env) => {
  const { mistakes } = checkConfig(given);
  for (const mistake of mistakes) assert.match(mistake, /^[A-Z_]+: [^\n]+\.$/, 'one sentence');
  return mistakes;
};
const ids = ({ sealing, lookup }: Keys) => [sealing.map(({ id }) => id), lookup.map(({ id }) => id)];

describe('lists of keys', () => {
  it('are read newest first; SEALING_KEY is the oldest, and the oldest is the lookup key if there is no other', () => {
    const read = (more: Env) => ids(loadConfig(env(more)).keys as Keys);
    assert.deepEqual(read({}), [['0'], ['0']]);
    assert.deepEqual(read({ SEALING_KEYS: `b:${hex('cd')}:read-only` }), [['b', '0'], ['0']]);
    assert.deepEqual(
      read({ SEALING_KEY: '', SEALING_KEYS: `b:${hex('cd')}, a:lost`, LOOKUP_KEYS: `n:${hex('ef')},0:${hex('ab')}` }),
      [
        ['b', 'a'],
        ['n', '0'],
      ],
    );
    const { keys } = loadConfig(env({ SEALING_KEY: '', SEALING_KEYS: `b:${hex('cd')}\na:${hex('ab')}` }));
    assert.deepEqual((keys as Keys).lookup, [{ id: '0', bytes: Buffer.from(hex('ab'), 'hex'), readOnly: false }]);
  });

  const wrong: [name: string, value: string][] = [
    ['SEALING_KEYS', hex('cd')],
    ['SEALING_KEYS', `B:${hex('cd')}`],
    ['SEALING_KEYS', 'b:planted-value'],
    ['SEALING_KEYS', `b:${hex('cd')}:decrypt`],
    ['SEALING_KEYS', `b:${hex('cd')},b:${hex('ef')}`],
    ['SEALING_KEYS', `b:${hex('cd')},c:${hex('cd')}`],
    ['SEALING_KEYS', `0:${hex('cd')}`],
    ['SEALING_KEYS', `b:${hex('ab')}`],
    ['SEALING_KEYS', ','],
    ['SEALING_KEYS', `b:${Buffer.from(demoKeys.sealingKey, 'base64').toString('hex')}`],
    ['LOOKUP_KEYS', `b:${hex('cd')}:read-only`],
    ['LOOKUP_KEYS', 'b:lost'],
  ];
  for (const [name, value] of wrong) {
    it(`${name} ${value.slice(0, 12)}… is refused without its value`, () => {
      const [mistake = '', ...others] = mistakesOf(env({ [name]: value }));
      assert.ok(mistake.startsWith(`${name}: expected `) && others.length === 0, mistake);
      assert.ok(!mistake.includes('planted') && !mistake.includes('cdcd'), mistake);
    });
  }

  it('need one that may write', () => {
    const [mistake] = mistakesOf(env({ SEALING_KEY: '', SEALING_KEYS: `b:${hex('cd')}:read-only` }));
    assert.match(mistake ?? '', /^SEALING_KEYS: expected at least one key that is neither read-only nor lost/);
  });
});

describe('secrets in files', () => {
  it('are read for variables and for fields of the merchants file, without the line break at the end', () => {
    const webhook = { ...merchant.webhook, secrets: [reference(`file:${file(`${secret}\n`)}`)] };
    const given = env({ SEALING_KEY: '', SEALING_KEY_FILE: file(`${hex('ab')}\n`) }, { webhook });
    const config = loadConfig(given);
    assert.deepEqual(config.keys, loadConfig(env()).keys);
    assert.deepEqual(config.merchants[0]?.webhook.secrets, [secret]);
  });

  it('are read without the mark that some editors put at the beginning, and with line breaks of Windows', () => {
    const webhook = { ...merchant.webhook, secrets: [reference(`file:${file(`\uFEFF${secret}\r\n`)}`)] };
    const given = env({}, { webhook });
    writeFileSync(
      given.MERCHANTS_FILE ?? '',
      `\uFEFF${readFileSync(given.MERCHANTS_FILE ?? '', 'utf8').replaceAll('\n', '\r\n')}`,
    );
    assert.deepEqual(loadConfig(given).merchants[0]?.webhook.secrets, [secret]);
  });

  it('that are missing or empty are named by variable or field', () => {
    for (const path of [join(folder, 'absent'), file('\n')]) {
      const webhook = { ...merchant.webhook, secrets: [reference(`file:${path}`)] };
      assert.deepEqual(mistakesOf(env({ DATABASE_URL_FILE: path }, { webhook })), [
        'DATABASE_URL_FILE: expected the path of a file that can be read and is not empty.',
        'MERCHANTS_FILE: merchants[0].webhook.secrets[0]: expected the file it refers to to be one that can be read and is not empty.',
      ]);
    }
  });

  it('are refused beside the variable itself', () => {
    const [mistake] = mistakesOf(env({ SEALING_KEY_FILE: file(hex('cd')) }));
    assert.equal(mistake, 'SEALING_KEY_FILE: expected either this variable or SEALING_KEY, and not both.');
  });
});

describe('API keys and operators', () => {
  it('an API key that is only a hash may neither give money back nor decide; others say what they may', () => {
    const named = { name: 'back office', hash: hashKey(newApiKey(false)), scopes: ['refunds', 'resolve'] };
    const [shop] = loadConfig(env({}, { apiKeys: [hashKey('sk_live_1'), named] })).merchants;
    assert.deepEqual(shop?.apiKeys, [{ name: null, hash: hashKey('sk_live_1'), scopes: ['payments', 'codes', 'events'] }, named]);
  });

  it('new keys have their prefix and 256 bits', () => {
    assert.match(newApiKey(true), /^sk_test_[\w-]{43}$/);
    assert.match(newApiKey(false), /^sk_live_[\w-]{43}$/);
    assert.equal(operatorKeyFault(newOperatorKey()), null);
    assert.match(operatorKeyFault('op_short') ?? '', /^expected an operator key/);
  });

  it('an operator may have an old and a new key under one name, and no third one', () => {
    const keys = ['op_old', 'op_new', 'op_third'].map((key) => ({ ...operator, keyHash: hashKey(key) }));
    assert.deepEqual(mistakesOf(env({}, {}, keys.slice(0, 2))), []);
    assert.match(String(mistakesOf(env({}, {}, keys))), /^MERCHANTS_FILE: operators\[2\]\.name: expected a name that no other/);
  });

  it('every wrong entry is named', () => {
    const named = { name: 'back office', hash: hashKey('sk_live_2') };
    const operators = [
      operator,
      { ...operator, keyHash: hashKey('op_other'), role: 'read', scopes: [] },
      { ...operator, name: 'Other' },
      { ...operator, name: 'Third', keyHash: hashKey('op_third'), merchants: ['shop', 'kiosk'] },
    ];
    assert.deepEqual(mistakesOf(env({}, {}, operators)), [
      'MERCHANTS_FILE: operators[1].name: expected a name that no other operator has, or the second key of the same one, who may do the same.',
      'MERCHANTS_FILE: operators[2].keyHash: expected a key that no other operator has.',
      'MERCHANTS_FILE: operators[3].merchants[1]: expected the id of a merchant of this file.',
    ]);
    const fields = mistakesOf(
      env(
        {},
        {
          apiKeys: [
            { ...named, scopes: ['everything'] },
            { ...named, scopes: [] },
          ],
        },
        [
          { ...operator, role: 'admin', expires: 'soon', scopes: ['refunds'] },
          { ...operator, role: 'read' },
        ],
      ),
    ).map((mistake) => /^MERCHANTS_FILE: ([^:]+): expected /.exec(mistake)?.[1]);
    assert.deepEqual(fields, [
      'merchants[0].apiKeys[0]',
      'merchants[0].apiKeys[1]',
      'operators[0].role',
      'operators[0].expires',
      'operators[0].scopes[0]',
      'operators[1].scopes',
    ]);
  });

  it('the operators’ listener is off by default and otherwise on this machine only', () => {
    assert.equal(loadConfig(env()).operate, undefined);
    assert.deepEqual(loadConfig(env({ OPERATE_PORT: '4490' })).operate, { host: '127.0.0.1', port: 4490 });
    assert.match(mistakesOf(env({ OPERATE_PORT: '4400' }))[0] ?? '', /^OPERATE_PORT: expected/);
  });
});

it('a live merchant whose card numbers pass through this server must have declared it', () => {
  const card = {
    url: 'https://checkout.example/api',
    cashboxId: '5e730e8e0b852a417aa49ceb',
    key: 'key-of-the-cashbox-000000000000000',
  };
  const methods = (more: object = {}) => ({ methods: { card: { ...card, ...more } } });
  assert.match(
    mistakesOf(env({}, methods()))[0] ?? '',
    /^MERCHANTS_FILE: merchants\[0\]\.pciAttested: expected true for a live merchant/,
  );
  for (const change of [{ ...methods(), pciAttested: true }, { ...methods(), test: true }, methods({ transport: 'direct' })]) {
    assert.deepEqual(mistakesOf(env({}, change)), []);
  }
});

describe('a check of the configuration', () => {
  it('names every mistake at once', () => {
    const mistakes = mistakesOf(env({ PORT: 'x', SEALING_KEY: 'short', WEBHOOK_SECRET: '' }, { name: '', surprise: 1 }));
    assert.deepEqual(
      mistakes.map((mistake) => mistake.replace(/: expected.*$/, '')),
      [
        'PORT',
        'SEALING_KEY',
        'MERCHANTS_FILE: merchants[0].webhook.secrets[0]',
        'MERCHANTS_FILE: merchants[0].name',
        'MERCHANTS_FILE: merchants[0]',
      ],
    );
  });

  it('has nothing to say of a good one', () => {
    const report = checkConfig(env({ OPERATE_PORT: '4490' }, {}, [operator]), { now: Date.UTC(2026, 11, 1) });
    assert.deepEqual(report, { mistakes: [], warnings: [] });
  });

  it('does not call it a mistake that each process gets its port of the operators elsewhere', () => {
    const { mistakes, warnings } = checkConfig(env({}, {}, [operator]), { now: Date.UTC(2026, 11, 1) });
    assert.deepEqual(mistakes, []);
    assert.match(warnings.join(), /^OPERATE_PORT: .* unless each process is given a port of its own\.$/);
  });

  it('lists the wallets that there are where one is unknown', () => {
    const keys = { secret: 'a', accessKey: 'b', privateKey: 'c' };
    const wallet = { url: 'https://wallet.example', ...keys, wallets: ['wavepaye'] };
    const [mistake = ''] = mistakesOf(env({}, { methods: { wallet } }));
    assert.match(mistake, /methods\.wallet\.wallets\[0\]: expected one of .*\bwavepay\b/);
    assert.ok(!mistake.includes('wavepaye'));
  });

  it('believes a person of a proxy on this machine alone, unless another one is named', () => {
    const header = { OPERATE_PORT: '4490', OPERATE_USER_HEADER: 'X-Forwarded-User' };
    const read = (more: Record<string, string>) => readConfig(env({ ...header, ...more }, {}, [operator]));
    assert.deepEqual(read({}).config?.operate?.userHeader, { name: 'x-forwarded-user', proxies: ['127.0.0.1', '::1'] });
    const [mistake = ''] = read({ OPERATE_HOST: '0.0.0.0' }).mistakes;
    assert.match(mistake, /^OPERATE_USER_PROXY: expected the addresses of the single sign-on proxy/);
    const wide = env({ ...header, OPERATE_HOST: '0.0.0.0', OPERATE_USER_PROXY: '10.0.0.5, 10.0.0.0/4' }, {}, [operator]);
    const { mistakes, warnings } = checkConfig(wide, { now: Date.UTC(2027, 0, 1) });
    assert.deepEqual(mistakes, []);
    const about = warnings.filter((warning) => warning.startsWith('OPERATE_')).map((warning) => warning.split(':')[0]);
    assert.deepEqual(about, ['OPERATE_HOST', 'OPERATE_USER_HEADER', 'OPERATE_USER_PROXY']);
    const [name = ''] = mistakesOf(env({}, {}, [{ ...operator, name: 'Anna (signed in as Ben)' }]));
    assert.match(name, /operators\[0\]\.name: expected a name without/);
  });

  it('warns of a wallet’s account of a live merchant that has no name, since a key would be stored in place of it', () => {
    const keys = { secret: `\${SHOP_SECRET}`, accessKey: `\${SHOP_ACCESS}`, privateKey: `\${SHOP_PRIVATE}` };
    const wallet = { url: 'https://wallet.example', ...keys, wallets: ['wavepay'] };
    const values = { SHOP_SECRET: 'a', SHOP_ACCESS: 'PLANTED1', SHOP_PRIVATE: 'c', OPERATE_PORT: '4490' };
    const warningsOf = (more: object) =>
      checkConfig(env(values, { methods: { wallet: { ...wallet, ...more } } }, [operator]), { now: Date.UTC(2026, 11, 1) })
        .warnings;
    const [warning = '', ...others] = warningsOf({});
    assert.match(warning, /^merchants\[0\]\.methods\.wallet\.account: the account has no name, so its accessKey is stored/);
    assert.ok(!warning.includes('PLANTED1'));
    assert.deepEqual([others, warningsOf({ account: 'shop' })], [[], []]);
  });

  it('refuses a secret key as a name that is stored in clear, and starts with it all the same', () => {
    const keys = { secret: 'PLANTED1', accessKey: 'PLANTED2', privateKey: 'PLANTED3' };
    const wallet = { url: 'https://wallet.example', ...keys, wallets: ['wavepay'] };
    const check = (methods: object) => {
      const given = env({}, { methods });
      assert.deepEqual(readConfig(given).mistakes, []);
      return checkConfig(given).mistakes;
    };
    const named = (account: string) => check({ wallet: { ...wallet, account } });
    // The access key is no secret, and old payments have it as their account's name.
    assert.deepEqual([named('shop'), named(keys.accessKey)], [[], []]);
    for (const key of [keys.secret, keys.privateKey]) {
      const [mistake = '', ...others] = named(key);
      assert.match(mistake, /^merchants\[0\]\.methods\.wallet\.account: it is the (secret|privateKey), and stored in clear/);
      assert.match(mistake, /keep the name and replace that key at Paykassma/);
      assert.ok(others.length === 0 && !mistake.includes(key));
    }
    const { payCode } = merchant.methods as { payCode: { auth: { key: string } } };
    for (const name of ['creator', 'smsClient']) {
      const [mistake = ''] = check({ payCode: { ...payCode, [name]: payCode.auth.key } });
      assert.ok(mistake.startsWith(`merchants[0].methods.payCode.${name}: it is the key of PayCodes`), mistake);
    }
  });

  it('refuses codes so short that a thousand addresses would guess one, and starts with them all the same', () => {
    const withRule = (change: object, limits: object = {}, more: object = {}) =>
      env({}, { ...more, methods: { payCode: { ...payCode, limits, rules: [{ ...rule, ...change }] } } });
    const { payCode } = merchant.methods as { payCode: object };
    const guessable = [
      withRule({ length: 6 }),
      withRule({ length: 8, alphabet: '0123456789' }),
      withRule({ length: 8 }, { wrongPerAddress: 100_000 }),
      withRule({ length: 4, kind: 'discount' }),
    ];
    for (const given of guessable) {
      const { mistakes } = checkConfig(given);
      assert.equal(mistakes.length, 1);
      assert.match(
        mistakes[0] ?? '',
        /^merchants\[0\]\.methods\.payCode\.rules\[0\]\.length: the codes are so short that 1000 addresses would guess/,
      );
      assert.deepEqual(readConfig(given).mistakes, []);
    }
    const testKeys = { test: true, apiKeys: [hashKey('sk_test_1')] };
    for (const given of [
      withRule({ length: 8 }),
      withRule({ length: 12, alphabet: '0123456789' }),
      withRule({ length: 6 }, {}, testKeys),
    ])
      assert.deepEqual(checkConfig(given).mistakes, []);
  });

  it('warns of what is allowed and dangerous', () => {
    const given = env(
      { TRUST_PROXY: '9', OPERATE_PORT: '4490', OPERATE_HOST: '0.0.0.0' },
      {
        apiKeys: [{ name: 'all', hash: hashKey(newApiKey(false)), scopes: ['payments', 'refunds'] }],
        webhook: { url: 'http://localhost:9/hook', secrets: [secret], types: ['payment.refunded'] },
        moreWebhooks: [
          {
            name: 'ledger',
            url: 'http://localhost:9/ledger',
            secrets: [reference('WEBHOOK_SECRET')],
            types: ['payment.updated'],
          },
        ],
        allowedOrigins: ['https://shop.example', 'http://localhost:4401'],
        methods: {
          payCode: {
            ...(merchant.methods as { payCode: object }).payCode,
            rules: [
              { ...rule, length: 5 },
              { ...rule, slug: 'b', length: undefined },
            ],
          },
        },
      },
      [operator, { name: 'No end', keyHash: hashKey(newOperatorKey()), role: 'read' }],
    );
    const { mistakes, warnings } = checkConfig(given, { now: Date.UTC(2027, 5, 20) });
    assert.deepEqual(
      mistakes.map((mistake) => mistake.slice(0, mistake.indexOf(':'))),
      ['merchants[0].methods.payCode.rules[0].length'],
    );
    assert.deepEqual(
      warnings.map((warning) => warning.slice(0, warning.indexOf(':'))),
      [
        'TRUST_PROXY',
        'OPERATE_HOST',
        'merchants[0].webhook.secrets[0]',
        'merchants[0].allowedOrigins[1]',
        'merchants[0].webhook.url',
        'merchants[0].moreWebhooks[0].url',
        'merchants[0].webhook.types',
        'merchants[0].fourEyesAbove',
        'merchants[0].methods.payCode.rules[1].length',
        'operators[0].expires',
        'operators[1].expires',
      ],
    );
    assert.ok(warnings.every((warning) => !warning.includes(secret)));
  });
});
