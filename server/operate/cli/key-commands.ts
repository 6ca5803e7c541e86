/** The commands that make keys, and the hash by which the configuration lists a key. */
import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import { hashKey, newApiKey, newOperatorKey } from '../../payments/model/access-keys.ts';
import { usageError } from './exit-codes.ts';
import { print, readInput, say } from './terminal.ts';

const kinds = ['api', 'operator', 'link', 'webhook', 'sealing'] as const;
export type KeyKind = (typeof kinds)[number];

/** A fresh key of 256 random bits. */
export function newKey(kind: KeyKind, test = false): string {
  if (kind === 'api') return newApiKey(test);
  if (kind === 'operator') return newOperatorKey();
  const bytes = randomBytes(32);
  return { webhook: `whsec_${bytes.toString('base64')}`, sealing: bytes.toString('base64'), link: bytes.toString('base64url') }[
    kind
  ];
}

export function addKeyCommands(program: Command): void {
  const keys = program.command('keys').description('make keys, and hash them for the merchants file');
  keys
    .command('new')
    .description('print a fresh key')
    .addOption(new Option('--kind <kind>', 'what it is for').choices(kinds).makeOptionMandatory())
    .option('--test', 'for kind api: a key of a merchant where no real money moves')
    .option('--json', 'print JSON: {key, hash}')
    .addHelpText('after', '\nExample:\n  $ pay-desk keys new --kind operator')
    .action(printNewKey);

  keys
    .command('hash')
    .description('print the hash of a key, which it reads from standard input')
    .argument('[key]', 'not here: arguments stay in the history of the shell')
    .addHelpText('after', '\nExample:\n  $ pay-desk keys hash < operator.key')
    .action(async (misplaced: string | undefined) => {
      if (misplaced !== undefined) {
        throw usageError(
          'A key in an argument stays in the history of the shell: pass it on standard input, and replace this one.',
        );
      }
      const key = await readInput('Key');
      if (!/^[\x21-\x7e]+$/.test(key)) throw usageError('Standard input: expected one key, in one line without spaces.');
      print(hashKey(key));
    });
}

/** Where the configuration takes a key of each kind. */
const places: Readonly<Record<KeyKind, string>> = {
  api: 'List its hash in apiKeys of the merchant, and give the key to the shop.',
  operator: "List its hash in operators of the merchants file, and set PAY_DESK_OPERATOR_KEY in the operator's shell.",
  link: 'List it in linkKeys of the merchant, with a kid.',
  webhook: 'List it in webhook.secrets of the merchant, and give it to the shop.',
  sealing: 'Set SEALING_KEY. Whoever loses it loses saved cards and codes of open payments.',
};

function printNewKey({ kind, test = false, json }: { kind: KeyKind; test?: boolean; json?: true }): void {
  if (test && kind !== 'api') throw usageError('--test: only a key of kind api is for test or live.');
  const key = newKey(kind, test);
  const hash = kind === 'api' || kind === 'operator' ? hashKey(key) : null;
  print(json ? JSON.stringify({ key, hash }) : key);
  if (json) return;
  if (hash) say(`Its hash: ${hash}`);
  say(places[kind]);
}
