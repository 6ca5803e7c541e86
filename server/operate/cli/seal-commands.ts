/** The commands about the keys that seal what is stored: what is still sealed under which key, and sealing it again. */
import type { Command } from 'commander';
import type { KeyUse } from '../../payments/reseal.ts';
import type { Keys } from '../../payments/sealer.ts';
import { configOf } from './config-commands.ts';
import { type DbOptions, sentence, withDatabase } from './db-commands.ts';
import { printTable } from './table.ts';
import { print, say } from './terminal.ts';

export function addSealCommands(program: Command): void {
  const seal = program.command('seal').description('exchange the keys that seal what is stored (SEALING_KEYS)');
  withDatabase(seal.command('status'))
    .description('how many texts are sealed under each key')
    .addHelpText('after', '\nExample:\n  $ pay-desk seal status --env-file pay-desk.env')
    .action((options: DbOptions) => sentence(() => run(options, 'status')));

  withDatabase(seal.command('rotate'))
    .description('seal again under the newest key what is sealed under an older one; the servers may run')
    .addHelpText('after', '\nExample:\n  $ pay-desk seal rotate --env-file pay-desk.env')
    .action((options: DbOptions) => sentence(() => run(options, 'rotate')));
}

async function run({ envFile, json }: DbOptions, what: 'status' | 'rotate'): Promise<void> {
  const config = await configOf(envFile);
  const { waitForStore } = await import('../../open-store.ts');
  const { asKeys, createSealer } = await import('../../payments/sealer.ts');
  const { countByKey, resealAll } = await import('../../payments/reseal.ts');
  const { checkKeys } = await import('../../check-keys.ts');
  const keys = asKeys(config.keys);
  const sealer = createSealer(keys);
  const store = await waitForStore(config);
  try {
    // The same check as at the start of the server: a wrong key must not seal anything.
    await checkKeys(store, keys, sealer);
    const progress = {
      onProgress: (count: number) => void (process.stderr.isTTY && process.stderr.write(`\r${count} sealed again `)),
    };
    const uses = what === 'status' ? await countByKey(store, keys) : await resealAll(store, keys, sealer, progress);
    if (json) print(JSON.stringify(uses));
    else printUses(uses, keys, sealer.keyId);
  } finally {
    await store.close();
  }
}

function printUses(uses: readonly KeyUse[], { sealing }: Keys, newest: string): void {
  const roleOf = (id: string): string => {
    if (id === newest) return 'seals';
    const key = sealing.find((one) => one.id === id);
    return key?.bytes === null ? 'lost' : key?.readOnly ? 'read only' : 'opens';
  };
  const total = ({ rows }: KeyUse) => Object.values(rows).reduce((sum, count) => sum + count, 0);
  printTable(
    [
      { title: 'key', value: ({ keyId }) => keyId },
      { title: 'role', value: ({ keyId }) => roleOf(keyId) },
      { title: 'attempts', value: ({ rows }) => String(rows.attempts), right: true },
      { title: 'discounts', value: ({ rows }) => String(rows.discounts), right: true },
      { title: 'cards', value: ({ rows }) => String(rows.cards), right: true },
      { title: 'codes', value: ({ rows }) => String(rows.code_batches), right: true },
    ],
    uses,
    'There are no keys.',
  );
  const unused = uses.filter((use) => use.keyId !== newest && total(use) === 0).map(({ keyId }) => keyId);
  const codes = uses.some(({ keyId, rows }) => keyId !== newest && rows.code_batches > 0);
  if (unused.length > 0)
    say(`Nothing is sealed under ${unused.join(', ')} any more: it may leave SEALING_KEYS once no process writes with it.`);
  if (codes) say('Generated codes cannot be sealed again without the key of the merchant; they are erased after a day.');
}
