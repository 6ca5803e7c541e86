/** The command that writes a first configuration: a merchants file and fresh keys, to be filled in and checked. */
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { hashKey } from '../../payments/model/access-keys.ts';
import { usageError } from './exit-codes.ts';
import { newKey } from './key-commands.ts';
import { print, say } from './terminal.ts';

interface InitOptions {
  dir: string;
  merchant: string;
  name: string;
  publicUrl: string;
  shopUrl: string;
  live?: true;
  methods: string;
}

export function addInitCommand(program: Command): void {
  program
    .command('init')
    .description('write a merchants file and fresh keys, and print how to go on; overwrites nothing')
    .option('--dir <folder>', 'where to write', '.')
    .option('--merchant <id>', 'id of the merchant', 'shop')
    .option('--name <name>', 'name that customers see', 'My shop')
    .option('--public-url <origin>', 'origin that browsers reach this server by', 'http://localhost:4400')
    .option('--shop-url <origin>', 'origin of the shop', 'http://localhost:3000')
    .option('--live', 'real money moves; by default it is a test merchant')
    .addOption(new Option('--methods <list>', 'what it sells by').default('payCode,wallet,card'))
    .addHelpText('after', '\nExample:\n  $ pay-desk init --dir ./pay-desk --merchant nova --shop-url https://nova.example')
    .action(init);
}

function init(options: InitOptions): void {
  const { merchant, publicUrl, live } = options;
  const cardsForMoney = live && methodsOf(options).some(({ name }) => name === 'card');
  if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(merchant)) throw usageError('--merchant: expected up to 40 of a-z, 0-9, _ and -.');
  const folder = resolve(options.dir);
  const files = { merchants: join(folder, 'merchants.json'), env: join(folder, 'pay-desk.env'), keys: join(folder, 'keys.env') };
  for (const file of Object.values(files)) {
    if (existsSync(file)) throw usageError(`Nothing was written: ${file} exists.`);
  }
  const keys = { api: newKey('api', !live), operator: newKey('operator') };
  const content = merchantsFile(options, keys);
  mkdirSync(folder, { recursive: true });
  writeFileSync(files.merchants, `${JSON.stringify(content, null, 2)}\n`, { flag: 'wx' });
  writeSecret(files.env, serverVariables(options, files.merchants, folder));
  writeSecret(files.keys, callerVariables(keys));

  print(`<script src="${publicUrl}/v1/pay-desk.js" async></script>\n<pay-desk client-secret="…"></pay-desk>`);
  say(`
Written: ${files.merchants}, ${files.env} and ${files.keys} 
(the last two hold secrets: keep them out of version control).

How to go on:
  1. Fill in the empty variables of ${files.env}. Remove from ${files.merchants} the methods that you do not sell by.${cardsForMoney ? decideOnCards : ''}
  2. npx pay-desk config check --env-file ${files.env}
  3. npm start, in a checkout; else: node --env-file=${files.env} dist/server/main.js
  4. Your shop's server creates a payment with PAY_DESK_API_KEY of ${files.keys}, and its page shows the lines above with the
     payment's client secret. Ship when the signed webhook says so: the page's event is only a hint.
  5. PAY_DESK_OPERATOR_KEY of the same file opens the operator's API:
     set -a; . ${files.keys}; set +a; npx pay-desk status`);
}

/** The check refuses the file until then, and this program cannot decide it. */
const decideOnCards = `
     Decide how card numbers travel: give methods.card "transport": "direct", or the merchant "pciAttested": true, which states that
     your server is in the scope of PCI DSS. server/OPERATING.md explains both; until then step 2 refuses the file.`;

/** Never readable by others, not even for a moment. */
function writeSecret(path: string, text: string): void {
  writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
  chmodSync(path, 0o600);
}

const methodSettings: Readonly<Record<string, (prefix: string) => { name: string; settings: object; variables: string[] }>> = {
  payCode: (prefix) => ({
    name: 'payCode',
    settings: {
      url: `\${${prefix}_PAYCODES_URL}`,
      auth: { type: 'bearer', key: `\${${prefix}_PAYCODES_KEY}` },
      rules: [{ slug: 'my-codes', kind: 'enter', currency: 'PLN', priceScale: 2 }],
    },
    variables: [`${prefix}_PAYCODES_URL`, `${prefix}_PAYCODES_KEY`],
  }),
  wallet: (prefix) => ({
    name: 'wallet',
    settings: {
      url: `\${${prefix}_PAYKASSMA_URL}`,
      secret: `\${${prefix}_PAYKASSMA_SECRET}`,
      accessKey: `\${${prefix}_PAYKASSMA_ACCESS_KEY}`,
      privateKey: `\${${prefix}_PAYKASSMA_PRIVATE_KEY}`,
      account: prefix.toLowerCase(),
      wallets: ['wavepay'],
    },
    variables: ['URL', 'SECRET', 'ACCESS_KEY', 'PRIVATE_KEY'].map((end) => `${prefix}_PAYKASSMA_${end}`),
  }),
  card: (prefix) => ({
    name: 'card',
    settings: {
      url: 'https://checkout.paycom.uz/api',
      cashboxId: `\${${prefix}_PAYME_CASHBOX_ID}`,
      key: `\${${prefix}_PAYME_KEY}`,
      account: { field: 'order_id', from: 'orderId' },
    },
    variables: [`${prefix}_PAYME_CASHBOX_ID`, `${prefix}_PAYME_KEY`],
  }),
};

const prefixOf = ({ merchant }: InitOptions): string => merchant.toUpperCase().replaceAll('-', '_');

function methodsOf(options: InitOptions) {
  return options.methods.split(',').map((method) => {
    // The interface says pay_code, the merchants file payCode: either is understood.
    const settings = methodSettings[method.trim().replace('pay_code', 'payCode')];
    if (!settings) throw usageError(`--methods: expected some of ${Object.keys(methodSettings).join(',')}.`);
    return settings(prefixOf(options));
  });
}

function merchantsFile(options: InitOptions, keys: { api: string; operator: string }): object {
  const { merchant: id, name, shopUrl, live } = options;
  const prefix = prefixOf(options);
  return {
    merchants: [
      {
        id,
        name,
        test: !live,
        apiKeys: [hashKey(keys.api)],
        linkKeys: [{ kid: 'first', key: `\${${prefix}_LINK_KEY}` }],
        webhook: { url: `${shopUrl}/webhooks`, secrets: [`\${${prefix}_WEBHOOK_SECRET}`] },
        allowedOrigins: [shopUrl],
        methods: Object.fromEntries(methodsOf(options).map(({ name: method, settings }) => [method, settings])),
      },
    ],
    operators: [
      {
        name: 'First operator',
        keyHash: hashKey(keys.operator),
        role: 'act',
        scopes: ['resolve', 'refund'],
        expires: aYearFromNow(),
      },
    ],
  };
}

/** A date; a key that never expires would be forgotten. */
const aYearFromNow = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

function serverVariables(options: InitOptions, merchantsPath: string, folder: string): string {
  const prefix = prefixOf(options);
  const proxy = options.publicUrl.startsWith('https:') ? '# The number of proxies before this server.\nTRUST_PROXY=1\n' : '';
  return `# The variables of the server. This file holds secrets: only its owner may read it.
PORT=4400
PUBLIC_URL=${options.publicUrl}
${proxy}DATABASE_URL=sqlite:${join(folder, 'pay-desk.db')}
MERCHANTS_FILE=${merchantsPath}
# Keep a copy of this key apart from the database's backup.
SEALING_KEY=${newKey('sealing')}
# The operator's API and console, on this machine only.
OPERATE_PORT=4490
${prefix}_WEBHOOK_SECRET=${newKey('webhook')}
${prefix}_LINK_KEY=${newKey('link')}

# From the payment services. The server does not start while one that the merchants file refers to is empty.
${methodsOf(options)
  .flatMap(({ variables }) => variables)
  .map((name) => `${name}=\n`)
  .join('')}`;
}

const callerVariables = (keys: {
  api: string;
  operator: string;
}): string => `# The keys of those who call the server. The server has only their hashes, so it must not be started with this file.
# For your shop's server:
PAY_DESK_API_KEY=${keys.api}
# For your own shell, and the console:
PAY_DESK_OPERATOR_KEY=${keys.operator}
`;
