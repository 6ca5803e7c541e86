/** A wrong variable stops the start with one sentence that names it and never contains its value. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { loadConfig } from '../../server/config.ts';
import { ConfigError } from '../../server/config-error.ts';
import { demoKeys } from '../../server/demo-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-config-'));
after(() => rmSync(folder, { recursive: true }));

const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const rule = { slug: 'demo-enter', kind: 'enter', currency: 'PLN', priceScale: 2 };
const merchant = {
  id: 'shop',
  name: 'The Shop',
  test: false,
  apiKeys: [sha256('sk_live_1')],
  linkKeys: [{ kid: 'a', key: 'eef8b9fd5d437dd991ce2695fcce6c416ea3068e' }],
  // The text that stands for a variable, not a template of this file.
  webhook: { url: 'https://shop.example/hook', secrets: ['$' + '{WEBHOOK_SECRET}'] },
  allowedOrigins: ['https://shop.example', 'http://localhost:4401'],
  returnUrls: { thanks: 'https://shop.example/thanks' },
  methods: { payCode: { url: 'https://codes.example/rpc', auth: { type: 'bearer', key: 'secret-key' }, rules: [rule] } },
};

let files = 0;
function file(content: unknown): string {
  files += 1;
  const path = join(folder, `${files}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const env = (more: Record<string, string | undefined> = {}, merchants: unknown = { merchants: [merchant] }) => ({
  PUBLIC_URL: 'https://pay.example',
  TRUST_PROXY: '1',
  SEALING_KEY: '59830ebc3a4184110566bf1a290d08473dfdcbd492ce498b14cd1a5e2fa2e441',
  WEBHOOK_SECRET: 'whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY=',
  MERCHANTS_FILE: file(merchants),
  ...more,
});

/** @returns The sentence that the operator reads. */
function sentence(variables: Record<string, string | undefined>, options = {}): string {
  try {
    loadConfig(variables, options);
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    assert.match(error.message, /^[^\n]+\.$/, 'one sentence');
    return error.message;
  }
  throw new assert.AssertionError({ message: 'the configuration was accepted' });
}

describe('a valid configuration', () => {
  it('has safe defaults', () => {
    const local = env({ PUBLIC_URL: 'http://localhost:4400', TRUST_PROXY: undefined });
    const { host, port, databaseUrl, logLevel, trustProxy, demo, shutdownMs } = loadConfig(local);
    const expected = {
      host: '127.0.0.1',
      port: 4400,
      databaseUrl: 'sqlite:./data/pay-desk.db',
      logLevel: 'info',
      trustProxy: false,
      demo: false,
      // Docker kills a container ten seconds after it asked for its end, unless told otherwise.
      shutdownMs: 8000,
    };
    assert.deepEqual({ host, port, databaseUrl, logLevel, trustProxy, demo, shutdownMs }, expected);
  });

  it('fills variables into the merchants file', () => {
    const [shop] = loadConfig(env()).merchants;
    assert.deepEqual(shop?.webhook.secrets, ['whsec_pY8Ec/tMGC21pT/peIY7bqplUrXGlHaa45ZdJbsRvnY=']);
    assert.equal(shop?.methods.payCode?.amountPolicy, 'exact');
  });

  it('reads the sealing key in hex and in base64 alike', () => {
    const key = createHash('sha256').update('own').digest();
    for (const SEALING_KEY of [key.toString('hex'), key.toString('base64'), key.toString('base64url')]) {
      assert.deepEqual(loadConfig(env({ SEALING_KEY })).keys, {
        sealing: [{ id: '0', bytes: key, readOnly: false }],
        lookup: [{ id: '0', bytes: key, readOnly: false }],
      });
    }
  });

  it('accepts proxies by number and by address', () => {
    assert.equal(loadConfig(env({ TRUST_PROXY: '2' })).trustProxy, 2);
    assert.deepEqual(loadConfig(env({ TRUST_PROXY: '10.0.0.0/8, ::1' })).trustProxy, ['10.0.0.0/8', '::1']);
  });

  it('with an http URL of this machine needs no proxy', () => {
    for (const TRUST_PROXY of [undefined, '', 'false', 'False']) {
      assert.equal(loadConfig(env({ PUBLIC_URL: 'http://127.0.0.1:4400', TRUST_PROXY })).trustProxy, false);
    }
  });
});

describe('a wrong variable', () => {
  const wrong: [name: string, value: string | undefined][] = [
    ['PORT', '70000'],
    ['PORT', 'secret-looking'],
    ['HOST', 'http://x y'],
    ['PUBLIC_URL', undefined],
    ['PUBLIC_URL', 'http://pay.example'],
    ['PUBLIC_URL', 'https://pay.example/path'],
    ['PUBLIC_URL', 'https://user:pass@pay.example'],
    ['DATABASE_URL', 'mysql://user:pass@host/db'],
    ['DATABASE_URL', 'pay-desk.db'],
    ['SEALING_KEY', undefined],
    ['SEALING_KEY', 'tooshort'],
    ['SEALING_KEY', demoKeys.sealingKey],
    ['LOG_LEVEL', 'loud'],
    ['TRUST_PROXY', undefined],
    ['TRUST_PROXY', ''],
    ['TRUST_PROXY', 'false'],
    ['TRUST_PROXY', 'true'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', '10.0.0.1,::/0'],
    ['TRUST_PROXY', '10.0.0.0/08x'],
    ['TRUST_PROXY', 'nginx'],
    ['OPERATE_USER_HEADER', 'x user'],
    ['OPERATE_USER_HEADER', 'Authorization'],
    ['OPERATE_USER_PROXY', 'sso.internal'],
    ['OPERATE_USER_PROXY', '0.0.0.0/0'],
    ['TRUST_PROXY', ','],
    ['TRUST_PROXY', '10.0.0.0/99'],
    ['MERCHANTS_FILE', undefined],
    ['MERCHANTS_FILE', join(folder, 'absent.json')],
  ];
  for (const [name, value] of wrong) {
    it(`${name} ${value === undefined ? 'absent' : 'wrong'} is named without its value`, () => {
      const message = sentence(env({ [name]: value }));
      assert.ok(message.startsWith(`${name}: expected `), message);
      // Words and characters that our own sentence uses prove nothing.
      if (value && !/^(false|,|0)$/.test(value)) assert.ok(!message.includes(value), message);
    });
  }

  it('explains what to write if the address is https and no proxy is trusted', () => {
    const message = sentence(env({ TRUST_PROXY: undefined }));
    assert.match(
      message,
      /^TRUST_PROXY: expected the number of proxies before this server \(usually 1\) or their addresses, since PUBLIC_URL/,
    );
    assert.equal(sentence(env({ TRUST_PROXY: 'false' })), message);
  });

  it('is named before the merchants file is read', () => {
    assert.match(sentence({ ...env({ PORT: 'x' }), MERCHANTS_FILE: '/absent' }), /^PORT/);
  });
});

const large = `data:image/webp;base64,${'A'.repeat(7600)}`;
const fourLarge = { payme: large, uzcard: large, humo: large, wavepay: large };

describe('pictures of brands', () => {
  it('are addresses or data of a picture, by the name of the brand', () => {
    const brands = { payme: 'https://shop.example/payme.svg', humo: 'data:image/svg+xml;base64,PHN2Zy8+', wavepay: large };
    const [shop] = loadConfig(env({}, { merchants: [{ ...merchant, brands }] })).merchants;
    assert.deepEqual(shop?.brands, brands);
  });
});

describe('a wrong merchants file', () => {
  const place = (change: object) => sentence(env({}, { merchants: [{ ...merchant, ...change }] }));
  const payCode = (change: object) => place({ methods: { payCode: { ...merchant.methods.payCode, ...change } } });

  it('is refused where it is not JSON, without quoting it', () => {
    const message = sentence(env({}, '{\n  "key": "sk_live_1" 1'));
    assert.match(message, /^MERCHANTS_FILE: expected a file of well-formed JSON; it is wrong at line 2, column 22\.$/);
    assert.ok(!message.includes('sk_live_1'));
  });
  it('is refused in one sentence, too, where it is nested too deeply to be read', () => {
    const deep = `{"merchants":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    for (const content of [deep, '{"merchants":{"length":{"toString":1}}}', '{"__proto__":{"merchants":[]}}', 'null', '']) {
      assert.match(sentence(env({}, content)), /^MERCHANTS_FILE: /);
    }
  });
  it('is reported with the variable that it refers to and that is not set', () => {
    assert.match(
      sentence(env({ WEBHOOK_SECRET: undefined })),
      /^MERCHANTS_FILE: merchants\[0\]\.webhook\.secrets\[0\]: expected WEBHOOK_SECRET/,
    );
  });
  it('is reported with the path of each error', () => {
    const places: [message: string, at: string][] = [
      [place({ id: 'The Shop' }), 'merchants[0].id'],
      [place({ name: '' }), 'merchants[0].name'],
      // It turns the direction of the text that follows.
      [place({ name: 'Shop\u202e' }), 'merchants[0].name'],
      [place({ test: 'yes' }), 'merchants[0].test'],
      [place({ apiKeys: ['sk_live_in_clear'] }), 'merchants[0].apiKeys[0]'],
      [place({ apiKeys: [] }), 'merchants[0].apiKeys'],
      [place({ webhook: { ...merchant.webhook, url: 'http://shop.example/hook' } }), 'merchants[0].webhook.url'],
      [place({ webhook: { ...merchant.webhook, secrets: ['whsec_short'] } }), 'merchants[0].webhook.secrets[0]'],
      [place({ webhook: { ...merchant.webhook, types: [] } }), 'merchants[0].webhook.types'],
      [place({ allowedOrigins: ['https://shop.example/'] }), 'merchants[0].allowedOrigins[0]'],
      [place({ allowedOrigins: ['http://shop.example'] }), 'merchants[0].allowedOrigins[0]'],
      [place({ allowedOrigins: ['*'] }), 'merchants[0].allowedOrigins[0]'],
      [place({ returnUrls: { thanks: 'javascript:alert(1)' } }), 'merchants[0].returnUrls.thanks'],
      [place({ logoUrl: 'http://shop.example/logo.svg' }), 'merchants[0].logoUrl'],
      [place({ logoUrl: 'data:image/svg+xml,<svg/>' }), 'merchants[0].logoUrl'],
      [place({ logoUrl: '/logo.svg' }), 'merchants[0].logoUrl'],
      [place({ logoUrl: 'https://*.example/logo.svg' }), 'merchants[0].logoUrl'],
      [place({ logoUrl: 'https://a;script-src.example/logo.svg' }), 'merchants[0].logoUrl'],
      [place({ brands: { visa: 'https://shop.example/visa.svg' } }), 'merchants[0].brands.visa'],
      [place({ brands: { payme: 'http://shop.example/payme.svg' } }), 'merchants[0].brands.payme'],
      [place({ brands: { payme: 'https://a;script-src.example/payme.svg' } }), 'merchants[0].brands.payme'],
      [place({ brands: { humo: 'data:text/html;base64,PHN2Zy8+' } }), 'merchants[0].brands.humo'],
      [place({ brands: { humo: 'data:image/svg+xml,<svg/>' } }), 'merchants[0].brands.humo'],
      [place({ brands: { humo: `data:image/png;base64,${'A'.repeat(8000)}` } }), 'merchants[0].brands.humo'],
      [place({ brands: fourLarge }), 'merchants[0].brands'],
      ...[{ name: 'main' }, { name: 'A ledger' }, { types: [] }, { url: 'http://ledger.example/hook' }, { secrets: [] }].map(
        (wrong): [string, string] => [
          place({ moreWebhooks: [{ name: 'ledger', ...merchant.webhook, ...wrong }] }),
          `merchants[0].moreWebhooks[0].${Object.keys(wrong)[0]}`,
        ],
      ),
      [
        place({ moreWebhooks: [merchant.webhook, merchant.webhook].map((one) => ({ name: 'ledger', ...one })) }),
        'merchants[0].moreWebhooks',
      ],
      [place({ methods: {} }), 'merchants[0].methods'],
      [place({ surprise: 1 }), 'merchants[0]'],
      [payCode({ url: 'http://codes.example/rpc' }), 'merchants[0].methods.payCode.url'],
      [payCode({ rules: [rule, rule] }), 'merchants[0].methods.payCode.rules[1].slug'],
      [payCode({ rules: [{ ...rule, currency: undefined }] }), 'merchants[0].methods.payCode.rules[0].currency'],
      [payCode({ auth: { type: 'bearer' } }), 'merchants[0].methods.payCode.auth.key'],
    ];
    for (const [message, at] of places) assert.ok(message.startsWith(`MERCHANTS_FILE: ${at}: expected `), message);
  });
  it('names the types of webhooks where one of them is none', () => {
    const types = ['payment.succeeded', 'payment.paid'];
    assert.match(
      place({ webhook: { ...merchant.webhook, types } }),
      /^MERCHANTS_FILE: merchants\[0\]\.webhook\.types\[1\]: expected one of payment\.succeeded, payment\.underpaid, [^:]+$/,
    );
  });
  it('sends webhooks over TLS, or to this machine, however an address is spelled', () => {
    const refused = (url: string) => place({ webhook: { ...merchant.webhook, url } });
    for (const url of [
      'http://169.254.169.254/latest/meta-data',
      'http://2852039166/',
      'http://0xa9fea9fe/',
      'http://0251.0376.0251.0376/',
      'http://[::ffff:169.254.169.254]/',
      'http://10.0.0.1/',
      'http://0.0.0.0/',
      'http://[fd00::1]/',
      'http://localhost.evil.example/',
      'http://127.0.0.1.evil.example/',
      'http://127.0.0.1@evil.example/',
      'https://user:password@shop.example/',
      'https://shop.example@evil.example/',
      '//shop.example/hook',
      'ftp://shop.example/',
      'file:///etc/passwd',
      'unix:/run/docker.sock',
      'javascript:1',
      'data:text/plain,1',
    ])
      assert.ok(refused(url).includes('merchants[0].webhook.url: expected '), url);
  });
  it('never reveals its content', () => {
    assert.ok(!place({ apiKeys: ['sk_live_in_clear'] }).includes('in_clear'));
    assert.ok(!payCode({ timeoutMs: 987_654_321 }).includes('987654321'));
  });
  it('is refused where two merchants have the same id or key', () => {
    const twice = (change: object) => sentence(env({}, { merchants: [merchant, { ...merchant, ...change }] }));
    assert.match(twice({ apiKeys: [sha256('sk_live_2')] }), /merchants\[1\]\.id: expected/);
    assert.match(twice({ id: 'other' }), /merchants\[1\]\.apiKeys\[0\]: expected/);
  });
});

describe('what must not be where real money moves', () => {
  const counting = Buffer.from(Array.from({ length: 32 }, (_, at) => at));
  const dangers: [what: string, variables: Record<string, string>, name: string][] = [
    ['a sealing key of zeros', { SEALING_KEY: '00'.repeat(32) }, 'SEALING_KEY'],
    ['a sealing key of one byte', { SEALING_KEY: 'ab'.repeat(32) }, 'SEALING_KEY'],
    ['a sealing key that counts up', { SEALING_KEY: counting.toString('hex') }, 'SEALING_KEY'],
    ['a sealing key of a repeated word', { SEALING_KEY: Buffer.from('password'.repeat(4)).toString('base64') }, 'SEALING_KEY'],
    ['a new key of zeros in a list', { SEALING_KEYS: `new:${'00'.repeat(32)}` }, 'SEALING_KEYS'],
    ['a lookup key of zeros', { LOOKUP_KEYS: `a:${'00'.repeat(32)}` }, 'LOOKUP_KEYS'],
    ['NODE_TLS_REJECT_UNAUTHORIZED=0', { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED'],
    [
      'a database whose certificate nobody checks',
      { DATABASE_URL: 'postgres://pay:secret@db.example/pay?sslmode=no-verify' },
      'DATABASE_URL',
    ],
  ];
  const tests = { merchants: [{ ...merchant, test: true, apiKeys: [sha256('sk_test_1')] }] };
  for (const [what, variables, name] of dangers) {
    it(`stops the start: ${what}`, () => {
      const message = sentence(env(variables));
      assert.ok(message.startsWith(`${name}: `), message);
      for (const value of Object.values(variables)) if (value !== '0') assert.ok(!message.includes(value), message);
    });
    it(`is a warning while no real money moves: ${what}`, () => {
      const { dangers: found = [] } = loadConfig(env(variables, tests));
      assert.deepEqual(
        found.map((text) => text.split(':')[0]),
        [name],
      );
    });
    it(`keeps a live merchant out of a running server: ${what}`, () => {
      const variablesOfTests = env(variables, tests);
      const { readMerchants } = loadConfig(variablesOfTests);
      assert.ok(readMerchants?.().content);
      writeFileSync(variablesOfTests.MERCHANTS_FILE as string, JSON.stringify({ merchants: [merchant] }));
      const { content, mistakes = [] } = readMerchants?.() ?? {};
      assert.equal(content, null);
      assert.ok(mistakes[0]?.startsWith(`${name}: `), mistakes[0]);
    });
  }

  it('lets a guessable sealing key go on reading behind a random one', () => {
    const random = createHash('sha256').update('new').digest('hex');
    const { dangers: found } = loadConfig(env({ SEALING_KEY: '00'.repeat(32), SEALING_KEYS: `2026:${random}` }));
    assert.deepEqual(found, []);
  });

  for (const [field, change] of [
    ['linkKeys[0].key', { linkKeys: [{ kid: 'a', key: 'k'.repeat(32) }] }],
    ['linkKeys[0].key', { linkKeys: [{ kid: 'a', key: '1234'.repeat(8) }] }],
    [
      'moreWebhooks[0].secrets[0]',
      { moreWebhooks: [{ name: 'ledger', url: 'https://shop.example/hook', secrets: [`whsec_${'A'.repeat(43)}=`] }] },
    ],
    ['webhook.secrets[0]', { webhook: { url: 'https://shop.example/hook', secrets: [`whsec_${'A'.repeat(43)}=`] } }],
  ] as const)
    it(`stops the start: a live merchant whose ${field} is a pattern`, () => {
      const message = sentence(env({}, { merchants: [{ ...merchant, ...change }] }));
      assert.ok(message.startsWith(`MERCHANTS_FILE: merchants[0].${field}: `), message);
    });
});

describe("the demo's keys", () => {
  const withKeys = (change: object) =>
    env({ SEALING_KEY: undefined, PUBLIC_URL: undefined }, { merchants: [{ ...merchant, ...change }] });
  const demoMerchant = {
    apiKeys: [sha256(demoKeys.apiKey)],
    linkKeys: [demoKeys.linkKey],
    webhook: { ...merchant.webhook, secrets: [demoKeys.webhookSecret] },
    moreWebhooks: [{ name: 'ledger', ...merchant.webhook, secrets: [demoKeys.webhookSecret] }],
  };

  it('open the demo, without any other configuration', () => {
    assert.equal(loadConfig(withKeys(demoMerchant), { demo: true }).publicUrl.origin, 'http://localhost:4400');
  });
  it('are each refused outside it', () => {
    for (const [key, value] of Object.entries(demoMerchant)) {
      const message = sentence(env({}, { merchants: [{ ...merchant, [key]: value }] }));
      assert.match(message, new RegExp(`merchants\\[0\\]\\.${key}.*not the one of the demo`));
    }
  });
  it('of the operators are refused outside it', () => {
    for (const [name, key] of Object.entries(demoKeys.operators)) {
      const operators = [{ name, keyHash: sha256(key), role: 'read' }];
      assert.equal(loadConfig(env({}, { merchants: [merchant], operators }), { demo: true }).operators?.length, 1);
      assert.match(sentence(env({}, { merchants: [merchant], operators })), /operators\[0\]\.keyHash: .*not the one of the demo/);
    }
  });
  it('of the Paykassma simulator are each refused outside it', () => {
    const own = { secret: 'own_secret', accessKey: 'own_access_key', privateKey: 'own_private_key' };
    const wallet = (change: object) => ({
      merchants: [
        { ...merchant, methods: { wallet: { url: 'https://api.wallets.example', wallets: ['wavepay'], ...own, ...change } } },
      ],
    });
    loadConfig(env({}, wallet({})));
    for (const [key, value] of Object.entries(demoKeys.paykassma)) {
      const message = sentence(env({}, wallet({ [key]: value })));
      assert.match(message, new RegExp(`merchants\\[0\\]\\.methods\\.wallet\\.${key}.*not the one of the demo`));
      assert.ok(!message.includes(value));
    }
  });
  it('and the demo itself are refused in production', () => {
    assert.match(sentence({ ...withKeys(demoMerchant), NODE_ENV: 'production' }, { demo: true }), /^NODE_ENV/);
  });
});
