/** The command that signs a link to the plugin window, for a shop without a server or an order taken by phone. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { usageError } from './exit-codes.ts';
import { drawQrCode, writeQrCode } from './qr-picture.ts';
import { print, say } from './terminal.ts';

interface SignOptions {
  merchant: string;
  keyFile: string;
  kid: string;
  origin: string;
  expiresIn: string;
  qr?: true;
  qrFile?: string;
}

export function addLinkCommands(program: Command): void {
  const links = program.command('links').description('payments by a signed link');
  links
    .command('sign')
    .argument('<parameters...>', 'name=value, e.g. label, custom_transaction_id, fixed_amount, currency_code')
    .description('print the link to a payment; server/links/README.md has all parameters')
    .requiredOption('--merchant <id>', 'id of the merchant')
    .requiredOption('--key-file <file>', 'file with a link key of the merchant')
    .requiredOption('--kid <kid>', 'the name of this key in the merchants file')
    .option('--origin <origin>', 'origin of the server', 'http://localhost:4400')
    .option('--expires-in <time>', 'how long the link opens, unless exp is given: e.g. 30m, 24h, 7d', '24h')
    .option('--qr', 'draw it as a QR code too')
    .option('--qr-file <file>', 'write its QR code to this file, which ends in .svg')
    .addHelpText(
      'after',
      '\nExample:\n  $ pay-desk links sign --merchant shop --key-file link.key --kid first --origin https://pay.example \\\n      label=customer-7 custom_transaction_id=A-17 fixed_amount=25 currency_code=PLN --qr',
    )
    .action(sign);
}

/** Parameters that are given as options, or are made here. */
const notGiven = ['merchant', 'kid', 'signature'];

async function sign(
  pairs: readonly string[],
  { merchant, keyFile, kid, origin, expiresIn, qr, qrFile }: SignOptions,
): Promise<void> {
  const { signLink } = await import('../../links/signed-link.ts');
  const { linkParameters } = await import('../../links/read-link.ts');
  const base = URL.canParse(origin) ? new URL(origin) : null;
  if (base?.pathname !== '/' || base.search) throw usageError('--origin: expected an origin such as https://pay.example.');
  const given = new Map(pairs.map(splitPair));
  if (given.size < pairs.length) throw usageError('A parameter is there twice.');
  for (const name of notGiven) {
    if (given.has(name)) throw usageError(`${name}: is not given as a parameter but by an option, or is made here.`);
  }
  const exp = String(Math.floor(Date.now() / 1000) + secondsOf(expiresIn));
  const parameters = new Map([
    ['merchant', merchant],
    ['kid', kid],
    ...(given.has('exp') ? [] : [['exp', exp] as const]),
    ...given,
  ]);
  // The server ignores other names, so a misspelt one would be signed and then mean nothing.
  const unknown = [...given.keys()].filter((name) => !linkParameters.includes(name));
  if (unknown.length > 0) {
    const known = linkParameters.filter((name) => !notGiven.includes(name));
    throw usageError(`${unknown.join(', ')}: links do not have that. They have ${known.join(', ')}; see server/links/README.md.`);
  }
  const missing = ['label', 'custom_transaction_id', 'fixed_amount', 'currency_code'].filter((name) => !given.get(name));
  if (missing.length > 0) throw usageError(`A link needs ${missing.join(', ')}.`);
  if (!/^[1-9]\d{0,11}$/.test(given.get('fixed_amount') ?? '')) {
    throw usageError('fixed_amount: expected whole units of the currency such as 25, because links have no fractions.');
  }
  const end = parameters.get('exp') ?? '';
  if (!/^\d{1,12}$/.test(end)) throw usageError('exp: expected whole seconds since 1970 such as 1900000000.');
  if (Number(end) * 1000 <= Date.now())
    throw usageError(`exp: ${new Date(Number(end) * 1000).toISOString()} is over, so the link would never open.`);
  const query = new URLSearchParams([...parameters, ['signature', signLink(parameters, readKey(keyFile))]]).toString();
  const link = `${base.origin}/plugin/?${query}`;
  if (qrFile !== undefined) writeQrCode(link, qrFile);
  const drawn = qr && drawQrCode(link);
  print(link);
  if (drawn) say(drawn);
  say(`It opens until ${new Date(Number(end) * 1000).toISOString()}. Send it only to its customer.`);
}

function splitPair(pair: string): [string, string] {
  const at = pair.indexOf('=');
  if (at < 1) throw usageError(`${pair}: expected name=value.`);
  return [pair.slice(0, at), pair.slice(at + 1)];
}

const units: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400 };

function secondsOf(time: string): number {
  const [, count, unit = ''] = /^([1-9]\d{0,3})([mhd])$/.exec(time) ?? [];
  if (count === undefined) throw usageError('--expires-in: expected a time such as 30m, 24h or 7d.');
  return Number(count) * (units[unit] ?? 0);
}

function readKey(path: string): string {
  let key: string;
  try {
    key = readFileSync(path, 'utf8').trim();
  } catch {
    throw usageError('--key-file: expected the path of a file that can be read.');
  }
  if (key.length < 32) throw usageError('--key-file: expected a link key of at least 32 characters.');
  return key;
}
