/** The commands that check the hash chains of the audit, and say where they end, in the database that the server's configuration names. */
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { Config } from '../../config.ts';
import { dayMs } from '../../payments/model/time.ts';
import type { AnchorReport } from '../../storage/audit/anchor.ts';
import type { AuditChain } from '../../storage/audit/chain.ts';
import type { AuditReport } from '../../storage/audit/verify.ts';
import { configOf } from './config-commands.ts';
import { type DbOptions, databaseUrl, sentence, withDatabase } from './db-commands.ts';
import { CommandFailure, exitCodes, usageError } from './exit-codes.ts';
import { printFacts, printTable } from './table.ts';
import { print, printable, say } from './terminal.ts';
import { formatTime } from './times.ts';

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the record of what happened and who did it');
  withDatabase(audit.command('verify'))
    .description('check that no row of the audit was changed, added or removed; the servers may run')
    .option('--anchor <files...>', 'files of pay-desk audit anchor: the chains must still go through the ends that they have')
    .addHelpText(
      'after',
      '\nExample, once a day:\n  $ pay-desk audit verify --env-file pay-desk.env --anchor /mnt/anchors/2026-11-*.json',
    )
    .action((options: VerifyOptions) => sentence(() => verify(options)));

  withDatabase(audit.command('anchor'))
    .description('print where the chains of the audit end; keep it where administrators of the database cannot write')
    .option('--days <number>', 'with the payments that have changed in so many days; of the other chains all', '2')
    .addHelpText(
      'after',
      '\nExample, once a day:\n  $ pay-desk audit anchor --env-file pay-desk.env > /mnt/anchors/2026-11-30.json',
    )
    .action((options: AnchorOptions) => sentence(() => anchor(options)));
}

interface VerifyOptions extends DbOptions {
  anchor?: string[];
}

interface AnchorOptions extends DbOptions {
  days: string;
}

async function verify({ anchor: files = [], ...options }: VerifyOptions): Promise<void> {
  const { asKeys } = await import('../../payments/sealer.ts');
  const { createAuditChain } = await import('../../storage/audit/chain.ts');
  const { verifyAudit } = await import('../../storage/audit/verify.ts');
  const config = await configOf(options.envFile);
  const chain = createAuditChain(asKeys(config.keys));
  const anchors = await checkAnchors(files, config, chain);
  const whole = await verifyAudit(config.databaseUrl, chain);
  const cut = anchors.flatMap(({ faults }) => faults).filter((one) => !whole.faults.some((other) => other.chain === one.chain));
  const newlyBroken = new Set(cut.map((one) => one.chain)).size;
  const report = { ...whole, faults: [...whole.faults, ...cut], brokenChains: whole.brokenChains + newlyBroken, anchors };
  if (options.json) print(JSON.stringify(report));
  else printReport(report);
  const { brokenChains } = report;
  if (brokenChains > 0) {
    throw new CommandFailure(
      exitCodes.refused,
      brokenChains === 1 ? 'One chain does not hold.' : `${brokenChains} chains do not hold.`,
    );
  }
}

interface CheckedAnchor extends AnchorReport {
  file: string;
}

async function checkAnchors(files: readonly string[], config: Config, chain: AuditChain): Promise<CheckedAnchor[]> {
  const { checkAnchor, parseAnchor } = await import('../../storage/audit/anchor.ts');
  const found = files.map((file) => ({ file, anchor: parseAnchor(readText(file)) }));
  const checked: CheckedAnchor[] = [];
  for (const { file, anchor: read } of found) {
    if (!read) throw usageError(`${printable(file)}: expected what pay-desk audit anchor has printed.`);
    checked.push({ file, ...(await checkAnchor(config.databaseUrl, chain, read)) });
  }
  return checked;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw usageError(`${printable(file)} cannot be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}

async function anchor({ days, ...options }: AnchorOptions): Promise<void> {
  if (!/^\d{1,5}$/.test(days)) throw usageError('--days: expected a number of days, e.g. 2.');
  const { readAnchor } = await import('../../storage/audit/anchor.ts');
  const now = Date.now();
  print(JSON.stringify(await readAnchor(await databaseUrl(options), now - Number(days) * dayMs, now)));
}

const meanings: Readonly<Record<AuditReport['faults'][number]['what'], string>> = {
  content: 'this row is not what was written',
  link: 'this row does not follow from the one before: one of them was exchanged or added',
  missing: 'rows before this one are gone',
  end: 'the newest rows are gone',
  anchor: 'the row that an anchor has here is gone or another one: the end was cut off, or the database was restored',
};

function printReport({ chains, rows, faults, unchained, unreadable, anchors }: AuditReport & { anchors: CheckedAnchor[] }): void {
  printFacts([
    ['chains', String(chains)],
    ['rows with a hash', String(rows)],
    ['rows without one', String(unchained.rows)],
    ['rows under a key that is not configured', String(unreadable)],
    ...anchors.map(({ file, held, removed, faults: missing }) => {
      const text = `${held} ends hold, ${missing.length} do not, ${removed} are too old to be looked for`;
      return [`anchor ${printable(file)}`, text] as const;
    }),
  ]);
  if (faults.length > 0) {
    printTable(
      [
        { title: 'chain', value: ({ chain }) => printable(chain) },
        { title: 'first row', value: ({ id }) => (id === null ? '-' : printable(id)) },
        { title: 'place', value: ({ position }) => String(position ?? '-'), right: true },
        { title: 'what', value: ({ what }) => meanings[what] ?? what },
      ],
      faults,
      '',
    );
  }
  const { newestAt, afterChained } = unchained;
  if (newestAt !== null)
    say(
      `The newest row without a hash is of ${formatTime(new Date(newestAt).toISOString())} UTC. Versions that knew no chain wrote such rows; ` +
        'nobody can tell whether one was changed.',
    );
  if (afterChained > 0)
    say(
      `${afterChained} of them came after rows with a hash. They are right if a process of the older version was still running then.`,
    );
  if (unreadable > 0) say('List the key that they name in LOOKUP_KEYS again, as read-only, to check them too.');
  if (faults.length === 0) say('Every chain holds.');
}
