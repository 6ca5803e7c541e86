/** The commands that need no server: a first configuration, keys, signed links, help and usage. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { parseEnv } from 'node:util';
import type { Command } from 'commander';
import { qrModules } from '#contract';
import { MerchantConfig } from '../../../../server/merchants.ts';
import { createProgram } from '../../../../server/operate/cli/program.ts';
import { runCommand, startCommand } from '../../../support/pay-desk-command.ts';
import { payLinkQuery } from '../../../support/pay-link.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-cli-'));
after(() => rmSync(folder, { recursive: true }));

const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

describe('pay-desk init', () => {
  const dir = join(folder, 'first');
  const files = ['merchants.json', 'pay-desk.env', 'keys.env'].map((name) => join(dir, name));
  const [merchantsFile = '', envFile = '', keysFile = ''] = files;

  it('writes a configuration that is in order once the empty variables are filled in, and secrets for the owner only', async () => {
    const { code, stdout, stderr } = await runCommand(['init', '--dir', dir, '--merchant', 'nova']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /<script src="http:\/\/localhost:4400\/v1\/pay-desk.js"/);
    assert.match(stderr, /config check --env-file/);
    for (const file of [envFile, keysFile]) assert.equal(statSync(file).mode & 0o777, 0o600);

    const check = () => runCommand(['config', 'check', '--env-file', envFile]);
    const unfilled = await check();
    assert.equal(unfilled.code, 1);
    // Every mistake at once.
    assert.match(unfilled.stderr, /NOVA_PAYCODES_URL[\s\S]*NOVA_PAYKASSMA_SECRET[\s\S]*NOVA_PAYME_KEY/);
    const filled = readFileSync(envFile, 'utf8').replace(/^(NOVA_\w+)=$/gm, (_all, name: string) => `${name}=${filledIn(name)}`);
    writeFileSync(envFile, filled);
    const { code: inOrder, stdout: said, stderr: mistakes } = await check();
    assert.equal(inOrder, 0, mistakes);
    assert.equal(said, 'The server would start with this configuration.\n');
  });

  it('lists the hashes of the keys that it gives to the shop and the operator, and not the keys', () => {
    const { PAY_DESK_API_KEY: apiKey = '', PAY_DESK_OPERATOR_KEY: operatorKey = '' } = parseEnv(readFileSync(keysFile, 'utf8'));
    const text = readFileSync(merchantsFile, 'utf8') + readFileSync(envFile, 'utf8');
    assert.match(apiKey, /^sk_test_/);
    for (const key of [apiKey, operatorKey]) {
      assert.ok(text.includes(sha256(key)));
      assert.ok(!text.includes(key));
    }
  });

  it('overwrites nothing', async () => {
    const before = files.map((file) => readFileSync(file, 'utf8'));
    const { code, stderr } = await runCommand(['init', '--dir', dir]);
    assert.equal(code, 2);
    assert.match(stderr, /Nothing was written: .*merchants\.json exists/);
    assert.deepEqual(
      files.map((file) => readFileSync(file, 'utf8')),
      before,
    );
  });

  it('says what must be decided before a live merchant of cards passes the check', async () => {
    const init = async (name: string, ...more: string[]) =>
      (await runCommand(['init', '--dir', join(folder, name), '--methods', 'card', ...more])).stderr;
    assert.match(await init('live', '--live'), /Decide how card numbers travel: .*"direct".*"pciAttested": true/);
    assert.doesNotMatch(await init('test'), /pciAttested/);
  });

  it('refuses names and methods that the server would refuse', async () => {
    const dirs = ['--dir', join(folder, 'wrong')];
    assert.match((await runCommand(['init', ...dirs, '--merchant', 'Nova Books'])).stderr, /--merchant: expected/);
    assert.match(
      (await runCommand(['init', ...dirs, '--methods', 'cash'])).stderr,
      /--methods: expected some of payCode,wallet,card/,
    );
  });

  it('knows pay codes by the name of the file and by that of the interface', async () => {
    for (const methods of ['payCode', 'pay_code']) {
      const to = join(folder, methods);
      assert.equal((await runCommand(['init', '--dir', to, '--methods', methods])).code, 0);
      const { merchants } = JSON.parse(readFileSync(join(to, 'merchants.json'), 'utf8'));
      assert.deepEqual(Object.keys(merchants[0].methods), ['payCode']);
    }
  });
});

/** What somebody would fill in. */
const filledIn = (name: string): string =>
  name.endsWith('_URL') ? 'https://service.example/' : name.endsWith('CASHBOX_ID') ? '5e730e8e0b852a417aa49ceb' : 'k'.repeat(36);

describe('pay-desk keys', () => {
  for (const [args, form] of [
    [['api'], /^sk_live_[\w-]{43}\n$/],
    [['api', '--test'], /^sk_test_[\w-]{43}\n$/],
    [['operator'], /^op_[\w-]{43}\n$/],
    [['link'], /^[\w-]{43}\n$/],
    [['webhook'], /^whsec_[A-Za-z0-9+/]{43}=\n$/],
    [['sealing'], /^[A-Za-z0-9+/]{43}=\n$/],
  ] as const) {
    it(`new --kind ${args.join(' ')} prints a fresh key and nothing else`, async () => {
      const { code, stdout } = await runCommand(['keys', 'new', '--kind', ...args]);
      assert.equal(code, 0);
      assert.match(stdout, form);
    });
  }

  it('new --json gives the key with the hash by which the merchants file lists it', async () => {
    const { stdout } = await runCommand(['keys', 'new', '--kind', 'operator', '--json']);
    const { key, hash } = JSON.parse(stdout) as { key: string; hash: string };
    assert.equal(hash, sha256(key));
  });

  it('hash reads the key from standard input', async () => {
    const { code, stdout } = await runCommand(['keys', 'hash'], { input: 'op_some-key\n' });
    assert.deepEqual([code, stdout], [0, `${sha256('op_some-key')}\n`]);
    assert.ok(MerchantConfig.shape.apiKeys.safeParse([stdout.trim()]).success);
  });

  it('hash takes no key among its arguments, and does not repeat it', async () => {
    for (const args of [['op_planted-key'], ['--key=op_planted-key']]) {
      const { code, stdout, stderr } = await runCommand(['keys', 'hash', ...args]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.doesNotMatch(stderr, /planted/);
    }
  });
});

describe('pay-desk links sign', () => {
  const key = 'l'.repeat(40);
  const keyFile = join(folder, 'link.key');
  writeFileSync(keyFile, `${key}\n`);
  const sign = (...parameters: string[]) =>
    runCommand([
      'links',
      'sign',
      '--merchant',
      'shop',
      '--kid',
      'first',
      '--key-file',
      keyFile,
      '--origin',
      'https://pay.example',
      ...parameters,
    ]);
  const order = ['label=customer 7', 'custom_transaction_id=A-17', 'fixed_amount=25', 'currency_code=PLN'];

  it('prints the link that a merchant would make by the description', async () => {
    const { code, stdout } = await sign(...order, 'exp=1900000000', 'lang=pl');
    assert.equal(code, 0);
    const [address = '', query = ''] = stdout.trim().split('?');
    assert.equal(address, 'https://pay.example/plugin/');
    const { signature, ...given } = Object.fromEntries(new URLSearchParams(query));
    assert.equal(new URLSearchParams(payLinkQuery(key, given)).get('signature'), signature);
    assert.deepEqual([given.label, given.exp, given.merchant], ['customer 7', '1900000000', 'shop']);
  });

  it('draws the link as a QR code, on the terminal and into a file that it does not overwrite', async () => {
    const file = join(folder, 'order.svg');
    const { code, stdout, stderr } = await sign(...order, '--qr', '--qr-file', file);
    assert.equal(code, 0);
    const modules = qrModules(new TextEncoder().encode(stdout.trim())) ?? [];
    assert.ok(modules.length > 40);
    const drawn = modules.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : '')));
    assert.ok(readFileSync(file, 'utf8').includes(`d="${drawn.join('')}"`));
    const printed = stderr.split('\n').filter((line) => /^[ ▀▄█]+$/.test(line));
    const isDark = (x: number, y: number) => (y % 2 === 0 ? '▀█' : '▄█').includes(printed[y >> 1]?.charAt(x) || '?');
    const read = modules.map((row, y) => row.map((_, x) => isDark(x + 4, y + 4)));
    assert.deepEqual(read, modules);
    const again = await sign(...order, '--qr-file', file);
    assert.deepEqual([again.code, again.stdout], [1, '']);
    assert.match(again.stderr, /order\.svg exists already/);
  });

  it('lets the link end after a day, or when it is said', async () => {
    const expOf = async (...args: string[]) =>
      Number(new URLSearchParams((await sign(...order, ...args)).stdout.trim()).get('exp'));
    const now = Date.now() / 1000;
    assert.ok(Math.abs((await expOf()) - now - 86_400) < 600);
    assert.ok(Math.abs((await expOf('--expires-in', '30m')) - now - 1800) < 600);
  });

  for (const [what, parameters, sentence] of [
    [
      'a name that links do not have',
      [...order, 'utm_source=mail'],
      /^utm_source: links do not have that\. They have label, .*\bexp; see/m,
    ],
    ['an end that is over', [...order, 'exp=1700000000'], /^exp: 2023-11-14T22:13:20\.000Z is over/m],
    ['an end that is no time', [...order, 'exp=tomorrow'], /^exp: expected whole seconds/m],
    ['a parameter twice', [...order, 'label=other'], /there twice/],
    ['fractions', order.map((pair) => pair.replace('=25', '=25.50')), /fixed_amount: expected whole units/],
    ['a missing order', order.filter((pair) => !pair.startsWith('custom')), /needs custom_transaction_id/],
    ['no name', ['=x'], /expected name=value/],
    ['a picture of another kind', [...order, '--qr-file', 'order.png'], /ends in \.svg/],
    ['a link too long for a QR code', [...order, `lang=${'x'.repeat(200)}`, '--qr'], /too long for a QR code/],
  ] as const) {
    it(`refuses ${what}, because the server would`, async () => {
      const { code, stdout, stderr } = await sign(...parameters);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, sentence);
    });
  }
});

describe('pay-desk', () => {
  it('has help with an example for each command', async () => {
    const { code, stdout } = await runCommand(['keys', 'hash', '--help']);
    assert.deepEqual([code, stdout.includes('$ pay-desk keys hash')], [0, true]);
    const leaves = (command: Command, path: string): string[] =>
      command.commands.length > 0
        ? command.commands.flatMap((one) => leaves(one, `${path} ${one.name()}`))
        : helpOf(command).includes(`$ ${path}`)
          ? []
          : [path];
    assert.deepEqual(leaves(createProgram(), 'pay-desk'), []);
  });

  for (const [args, sentence] of [
    [['kyes'], /unknown command 'kyes'\n.*Did you mean keys/],
    [['keys', 'new'], /required option '--kind <kind>' not specified/],
    [['keys', 'new', '--kind', 'gold'], /Allowed choices are api, operator/],
    [['keys', 'new', '--kind', 'link', '--test'], /only a key of kind api/],
    [[], /Usage: pay-desk/],
  ] as const) {
    it(`ends with 2 after: pay-desk ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCommand(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, sentence);
    });
  }

  it('is quiet when whoever reads its output goes away', async () => {
    const child = startCommand(['--help']);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual([code, stderr], [0, '']);
  });
});

/** The help as it is printed, with what stands after it. */
function helpOf(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (part) => parts.push(part) }).outputHelp();
  return parts.join('');
}
