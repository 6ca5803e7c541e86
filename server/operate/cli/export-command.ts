/** The command that exports payments for the accounts. */
import type { Command } from 'commander';
import { connect, type OperatorOptions, withKey } from './operator-api.ts';
import { printPiece } from './terminal.ts';
import { checkDay } from './times.ts';

interface ExportOptions extends OperatorOptions {
  from: string;
  to: string;
  merchant?: string;
}

export function addExportCommand(program: Command): void {
  withKey(program.command('export'))
    .description('print the payments of some days as CSV, for the accounts')
    .requiredOption('--from <day>', 'the first day (UTC)')
    .requiredOption('--to <day>', 'the last day')
    .option('--merchant <id>', 'of this merchant only')
    .addHelpText('after', '\nExample:\n  $ pay-desk export --from 2026-11-01 --to 2026-11-30 > november.csv')
    .action(async ({ from, to, merchant, ...options }: ExportOptions) => {
      const query = { from: checkDay('--from', from), to: checkDay('--to', to), merchant };
      await connect(options).stream('/operate/export.csv', query, printPiece);
    });
}
