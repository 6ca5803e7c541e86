/** The commands that delete what need not be kept, erase a customer, and hold a database that was brought back by other means. */
import type { Command } from 'commander';
import { configOf } from './config-commands.ts';
import { type DbOptions, databaseUrl, sentence, withDatabase } from './db-commands.ts';
import { CommandFailure, exitCodes, usageError } from './exit-codes.ts';
import { printFacts } from './table.ts';
import { confirmWord, print, say } from './terminal.ts';
import { formatTime } from './times.ts';

/** Adds to the commands of `db`. */
export function addRetentionCommands(program: Command): void {
  const db = program.commands.find((command) => command.name() === 'db');
  if (!db) throw new Error('the commands of the database come first');
  withDatabase(db.command('prune'))
    .description('delete what is older than the merchant keeps it: money after 5 years, bodies of messages after 180 days')
    .addHelpText('after', '\nExample, once a day:\n  $ pay-desk db prune --env-file pay-desk.env')
    .action((options: DbOptions) => sentence(() => pruneDatabase(options)));

  withDatabase(db.command('erase'))
    .description('erase a customer: their label becomes a pseudonym, their phone and saved cards are gone, the money stays')
    .requiredOption('--merchant <id>', 'whose customer it is')
    .requiredOption('--label <label>', "the merchant's id of the customer")
    .option('--yes', 'do not ask; for scripts')
    .addHelpText('after', '\nExample:\n  $ pay-desk db erase --merchant shop --label customer-7 --env-file pay-desk.env')
    .action((options: EraseOptions) => sentence(() => erase(options)));

  withDatabase(db.command('hold'))
    .description(
      'hold all payments of a database that was brought back by other means than db restore; best before any server starts, since ' +
        'what a running one has begun goes on',
    )
    .option('--yes', 'do not ask; for scripts')
    .addHelpText('after', '\nExample, after a recovery to a point in time:\n  $ pay-desk db hold --env-file pay-desk.env')
    .action((options: DbOptions & { yes?: true }) => sentence(() => hold(options)));
}

async function pruneDatabase(options: DbOptions): Promise<void> {
  const { prune, usualRetention } = await import('../../storage/retention/prune.ts');
  const { asKeys } = await import('../../payments/sealer.ts');
  const { createAuditChain } = await import('../../storage/audit/chain.ts');
  const config = await configOf(options.envFile);
  const merchants = new Map(config.merchants.map((merchant) => [merchant.id, merchant]));
  const pruned = await prune(
    config.databaseUrl,
    createAuditChain(asKeys(config.keys)),
    Date.now(),
    (id) => merchants.get(id)?.retention ?? usualRetention,
  );
  if (options.json) return print(JSON.stringify(pruned));
  printFacts([
    ['payments deleted', String(pruned.payments)],
    ['bodies of webhooks erased', String(pruned.webhookBodies)],
    ['bodies of postbacks erased', String(pruned.postbackBodies)],
    ['other rows deleted', String(pruned.others)],
  ]);
}

interface EraseOptions extends DbOptions {
  merchant: string;
  label: string;
  yes?: true;
}

async function erase({ merchant, label, yes, ...options }: EraseOptions): Promise<void> {
  const { eraseCustomer } = await import('../../storage/retention/erase-customer.ts');
  const { asKeys, createSealer } = await import('../../payments/sealer.ts');
  const { createAuditChain } = await import('../../storage/audit/chain.ts');
  const config = await configOf(options.envFile);
  if (!config.merchants.some(({ id }) => id === merchant)) throw usageError(`The merchants file has no merchant ${merchant}.`);
  if (!yes) {
    say('The customer is erased from every payment, webhook and postback. This cannot be undone.\n');
    await confirmWord('erase');
  }
  const sealer = createSealer(config.keys);
  const chain = createAuditChain(asKeys(config.keys));
  const erased = await eraseCustomer(config.databaseUrl, { merchantId: merchant, label }, { sealer, chain }, Date.now());
  if (options.json) print(JSON.stringify(erased));
  if (erased.kind === 'not_over') {
    const list = erased.payments.slice(0, 5).join(', ');
    throw new CommandFailure(exitCodes.refused, `Nothing was erased: the customer has payments that are not over: ${list}.`);
  }
  if (erased.kind === 'not_matched') {
    const list = erased.postbacks.slice(0, 5).join(', ');
    throw new CommandFailure(
      exitCodes.refused,
      `Nothing was erased: postbacks about the customer wait for a person (pay-desk postbacks list): ${list}.`,
    );
  }
  if (options.json) return;
  printFacts([
    ['the customer is now', erased.pseudonym],
    ['payments', String(erased.payments)],
    ['saved cards removed', String(erased.cards)],
    ['bodies of postbacks erased', String(erased.postbacks)],
  ]);
}

async function hold(options: DbOptions & { yes?: true }): Promise<void> {
  const { holdDatabase } = await import('../../storage/copies/restore.ts');
  if (!options.yes) {
    say('Nobody can pay until pay-desk db verify has read what happened since the database was brought back.\n');
    await confirmWord('hold');
  }
  const since = new Date(await holdDatabase(await databaseUrl(options))).toISOString();
  if (options.json) print(JSON.stringify({ since }));
  else printFacts([['may be missing since', `${formatTime(since)} UTC`]]);
  say('Payments are held. Start the servers, and run: pay-desk db verify');
}
