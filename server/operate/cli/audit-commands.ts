/** The command that checks the hash chain of the audit in the database that the server's configuration names. */
import type { Command } from 'commander';
import type { AuditReport } from '../../storage/audit/verify.ts';
import { configOf } from './config-commands.ts';
import { type DbOptions, sentence, withDatabase } from './db-commands.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { printFacts, printTable } from './table.ts';
import { print, printable, say } from './terminal.ts';
import { formatTime } from './times.ts';

export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the record of what happened and who did it');
  withDatabase(audit.command('verify'))
    .description('check that no row of the audit was changed, added or removed; the servers may run')
    .addHelpText('after', '\nExample, once a day:\n  $ pay-desk audit verify --env-file pay-desk.env')
    .action((options: DbOptions) => sentence(() => verify(options)));
}

async function verify(options: DbOptions): Promise<void> {
  const { asKeys } = await import('../../payments/sealer.ts');
  const { createAuditChain } = await import('../../storage/audit/chain.ts');
  const { verifyAudit } = await import('../../storage/audit/verify.ts');
  const config = await configOf(options.envFile);
  const report = await verifyAudit(config.databaseUrl, createAuditChain(asKeys(config.keys)));
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

const meanings: Readonly<Record<AuditReport['faults'][number]['what'], string>> = {
  content: 'this row is not what was written',
  link: 'this row does not follow from the one before: one of them was exchanged or added',
  missing: 'rows before this one are gone',
  end: 'the newest rows are gone',
};

function printReport({ chains, rows, faults, unchained, unreadable }: AuditReport): void {
  printFacts([
    ['chains', String(chains)],
    ['rows with a hash', String(rows)],
    ['rows without one', String(unchained.rows)],
    ['rows under a key that is not configured', String(unreadable)],
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
