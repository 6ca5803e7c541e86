/** The commands that back up, restore, verify and move the database that the server's configuration names. */
import type { Command } from 'commander';
import { paymentReference } from '#contract';
import { configOf, readEnvFile } from './config-commands.ts';
import { CommandFailure, exitCodes, usageError } from './exit-codes.ts';
import { printFacts, printTable } from './table.ts';
import { confirmWord, print, printable, say } from './terminal.ts';
import { formatTime, parseMoment } from './times.ts';

export interface DbOptions {
  envFile?: string;
  json?: true;
}

/** Adds the options of every command that opens the database. */
export const withDatabase = (command: Command): Command =>
  command
    .option('--env-file <file>', "the server's variables; those of the environment count more")
    .option('--json', 'print JSON');

export function addDbCommands(program: Command): void {
  const db = program.command('db').description('back up, restore and move the database of DATABASE_URL');
  withDatabase(db.command('backup').argument('<file>', 'must not exist yet'))
    .description('write the whole database into one file, while the server runs')
    .addHelpText('after', '\nExample:\n  $ pay-desk db backup pay-desk-2026-11-29.backup --env-file pay-desk.env')
    .action((file: string, options: DbOptions) => sentence(() => backup(file, options)));

  withDatabase(db.command('restore').argument('<file>', 'as db backup has written it'))
    .description('bring a backup back; all servers must be stopped')
    .option('--force', 'also over a database that has newer changes; it is kept under another name')
    .option('--yes', 'do not ask; for scripts')
    .addHelpText('after', '\nExample:\n  $ pay-desk db restore pay-desk-2026-11-29.backup --env-file pay-desk.env')
    .action((file: string, options: RestoreOptions) => sentence(() => restore(file, options)));

  withDatabase(db.command('verify'))
    .description('after a restore: read what the payment services took meanwhile, and let payments go on')
    .option('--since <moment>', 'read from here on; by default since the backup')
    .option('--force', 'let payments go on although something could not be read')
    .addHelpText('after', '\nExample:\n  $ pay-desk db verify --env-file pay-desk.env')
    .action((options: VerifyOptions) => sentence(() => verify(options)));

  withDatabase(db.command('copy'))
    .description('move an SQLite database to an empty one on PostgreSQL, counted and compared; all servers must be stopped')
    .argument('[from]', 'sqlite:<file> (default: DATABASE_URL)')
    .argument('[to]', 'postgres://… without a password (default: TARGET_DATABASE_URL, which may have one)')
    .addHelpText('after', '\nExample:\n  $ pay-desk db copy sqlite:./data/pay-desk.db postgres://pay@127.0.0.1/pay')
    .action((from: string | undefined, to: string | undefined, options: DbOptions) => sentence(() => copy(from, to, options)));
}

const tooNew = 'The database, or the backup, was written by a newer version of this program: use the command of that one.';

/** What stops the work is one sentence of ours, or of the driver; never a stack. */
export async function sentence(work: () => Promise<void>): Promise<void> {
  const { CopyError } = await import('../../storage/copies/copy-files.ts');
  const { ConfigError } = await import('../../config-error.ts');
  try {
    await work();
  } catch (cause) {
    if (cause instanceof CopyError || cause instanceof ConfigError) throw new CommandFailure(exitCodes.refused, cause.message);
    if (cause instanceof CommandFailure) throw cause;
    const { DatabaseTooNew } = await import('../../storage/migrate.ts');
    if (cause instanceof DatabaseTooNew) throw new CommandFailure(exitCodes.refused, tooNew);
    const { errorCode } = await import('../../open-store.ts');
    const code = errorCode(cause);
    if (code === '') throw cause;
    throw new CommandFailure(exitCodes.unreachable, `The database cannot be used${code}.`);
  }
}

const variables = ({ envFile }: DbOptions): NodeJS.Dict<string> => ({ ...readEnvFile(envFile), ...process.env });

/** The database that the server would open, although the rest of the configuration may be wrong. */
export async function databaseUrl(options: DbOptions): Promise<string> {
  const { readDatabase } = await import('../../config.ts');
  const url = readDatabase(variables(options));
  if (url === null) throw usageError('DATABASE_URL is not set: name the file with the variables of the server by --env-file.');
  return url;
}

async function backup(file: string, options: DbOptions): Promise<void> {
  const { backupDatabase } = await import('../../storage/copies/backup.ts');
  const done = await backupDatabase(await databaseUrl(options), file);
  print(options.json ? JSON.stringify(done) : `${done.file}, ${done.bytes} bytes`);
  say('Keep it apart from this machine, and the sealing keys apart from it: without them nothing sealed in it can be opened.');
}

interface RestoreOptions extends DbOptions {
  force?: true;
  yes?: true;
}

async function restore(file: string, options: RestoreOptions): Promise<void> {
  const { restoreDatabase } = await import('../../storage/copies/restore.ts');
  const url = await databaseUrl(options);
  if (!options.yes) {
    say('The database of DATABASE_URL is replaced by the backup, and kept under another name.');
    say('What happened since the backup is missing, so payments are held until pay-desk db verify has read it.\n');
    await confirmWord('restore');
  }
  const { since, keptAs } = await restoreDatabase(file, url, { force: options.force ?? false });
  const missing = new Date(since).toISOString();
  if (options.json) print(JSON.stringify({ since: missing, keptAs }));
  else
    printFacts([
      ['may be missing since', `${formatTime(missing)} UTC`],
      ['the old database is kept as', keptAs],
    ]);
  say('Payments are held. Start the servers, and run: pay-desk db verify');
}

interface VerifyOptions extends DbOptions {
  since?: string;
  force?: true;
}

async function verify({ since, force, ...options }: VerifyOptions): Promise<void> {
  const { verifyRestore } = await import('../../verify-restore.ts');
  const from = since === undefined ? {} : { since: Date.parse(parseMoment('--since', since)) };
  const report = await verifyRestore(await configOf(options.envFile), { ...from, force: force ?? false });
  if (options.json) print(JSON.stringify(report));
  if (report === null) {
    if (!options.json) print('Nothing is held: there was no restore that has to be verified.');
    return;
  }
  if (!options.json) printReport(report);
  if (!report.released) {
    throw new CommandFailure(
      exitCodes.refused,
      'Payments are still held: do what is said above and run it again, or look at Payme and add --force.',
    );
  }
}

type Report = NonNullable<Awaited<ReturnType<typeof import('../../verify-restore.ts')['verifyRestore']>>>;

function printReport({ since, cards, unread, compareByHand, released }: Report): void {
  print(`Read since ${formatTime(new Date(since).toISOString())} UTC.`);
  printTable(
    [
      { title: 'merchant', value: (gap) => gap.merchantId },
      { title: 'receipts', value: (gap) => String(gap.receipts), right: true },
      { title: 'known already', value: (gap) => String(gap.known), right: true },
      { title: 'stored', value: (gap) => String(gap.stored.length), right: true },
      { title: 'recovered', value: (gap) => String(gap.recovered.length), right: true },
      { title: 'unfinished', value: (gap) => String(gap.unfinished.length), right: true },
      { title: 'returned', value: (gap) => String(gap.returned.length), right: true },
      { title: 'unreadable', value: (gap) => String(gap.unreadable), right: true },
    ],
    cards,
    'Nobody sells by card.',
  );
  for (const { merchantId, recovered, unfinished, blocked, elsewhere, declaredVoid, returned } of cards) {
    for (const receipt of recovered) print(`${printable(merchantId)}: recovered, see pay-desk queue: ${printable(receipt)}`);
    for (const receipt of unfinished) print(`${printable(merchantId)}: unfinished, look at Payme: ${printable(receipt)}`);
    for (const receipt of returned) print(`${printable(merchantId)}: returned at Payme, and paid here: ${printable(receipt)}`);
    for (const { receipt, paymentId } of elsewhere)
      print(
        `${printable(merchantId)}: stored with another payment: ${printable(receipt)}\n${storedWith(paymentReference(paymentId), receipt)}`,
      );
    for (const { receipt, paymentId } of declaredVoid)
      print(
        `${printable(merchantId)}: declared void, and paid at Payme: ${printable(receipt)}\n${reopen(paymentReference(paymentId))}`,
      );
    for (const { receipt, paymentId, status } of blocked)
      print(`${printable(merchantId)}: of a payment that is lost: ${printable(receipt)}\n${blockedBy(paymentId, status)}`);
  }
  if (unread.length > 0) print(`Payme could not be read to the end for: ${unread.join(', ')}`);
  if (compareByHand.length > 0)
    print(`Compare by hand with Paykassma and PayCodes, which have no list to read: ${compareByHand.join(', ')}`);
  if (released) print('Payments go on.');
}

const storedWith = (reference: string, receipt: string): string =>
  `  It is stored with ${reference}, and Payme has it for another attempt. Look at Payme. If it is not the money of ${reference}, release it there:
    pay-desk payments dispose ${reference} --upstream-id ${printable(receipt)} --as void --note …   reopen ${reference} first where a person has counted it
  Then run pay-desk db verify again. If it is, add --force.`;

const reopen = (reference: string): string =>
  `  It is the money of ${reference}, and a person declared there that it never came. Decide again:
    pay-desk payments reopen ${reference} --note …   and then resolve it, as paid or returned
  Then run pay-desk db verify again.`;

/** What ends the other payment of the order, so that the receipt can be stored. */
function blockedBy(paymentId: string, status: Report['cards'][number]['blocked'][number]['status']): string {
  const reference = paymentReference(paymentId);
  const other = `  Another payment of its order, ${reference}, is not over here (${status}).`;
  const again = 'Then run pay-desk db verify again.';
  switch (status) {
    case 'succeeded':
    case 'underpaid':
    case 'refunding':
      return `${other} If the money of ${reference} was returned in the missing time, record that:
    pay-desk payments refund ${reference} --note …   what Payme has returned is read there, and not returned twice
    pay-desk payments refund ${reference} --by-hand --amount … --currency … --note …   what somebody has returned themselves
  ${again} If it was not returned, the order was paid twice: add --force, and return one of them.`;
    case 'needs_review':
      return `${other} Decide about it first: pay-desk payments resolve ${reference} …\n  ${again}`;
    case 'processing':
      return `${other} Its attempt ends first: pay-desk payments recheck ${reference}, and decide about it if it waits for a person.\n  ${again}`;
    default:
      return `${other} Nothing shows that the receipt is of that one, so it is not stored there. Let the shop cancel it first:
    POST /v1/payments/${paymentId}/cancel   or wait until it expires
  ${again}`;
  }
}

async function copy(from: string | undefined, to: string | undefined, options: DbOptions): Promise<void> {
  const { copyDatabase } = await import('../../storage/copies/copy-database.ts');
  const target = to ?? variables(options).TARGET_DATABASE_URL;
  if (!target) throw usageError('Name the empty database on PostgreSQL, or set TARGET_DATABASE_URL.');
  if (to !== undefined && URL.canParse(to) && new URL(to).password) {
    throw usageError(
      'A password in an argument stays in the history of the shell: set PGPASSWORD or TARGET_DATABASE_URL instead.',
    );
  }
  const tables = await copyDatabase(from ?? (await databaseUrl(options)), target);
  if (options.json) {
    print(JSON.stringify(tables));
    return;
  }
  printTable(
    [
      { title: 'table', value: ({ table }) => table },
      { title: 'rows', value: ({ rows }) => String(rows), right: true },
    ],
    tables,
    'There were no tables.',
  );
  say('Every row arrived as it was. Set DATABASE_URL to the new database, and keep the old file.');
}
