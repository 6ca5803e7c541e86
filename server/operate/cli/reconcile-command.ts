/** The command that compares a day with a payment service's own list, and shows what differs. */
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Difference, Reconciliation, ReconciliationDetail } from '#contract/operate';
import { formatAmount } from './amounts.ts';
import { CommandFailure, exitCodes, usageError } from './exit-codes.ts';
import { type Answer, connect, type OperatorApi, type OperatorOptions, withServer } from './operator-api.ts';
import { printTable } from './table.ts';
import { print, printable } from './terminal.ts';
import { checkDay } from './times.ts';

interface ReconcileOptions extends OperatorOptions {
  merchant: string;
  day: string;
  source: string;
  csv?: string;
}

export function addReconcileCommand(program: Command): void {
  withServer(program.command('reconcile'))
    .description("compare a day with a payment service's own list; differences also wait in the queue")
    .requiredOption('--merchant <id>', 'id of the merchant')
    .requiredOption('--day <day>', "a day that is over, in the merchant's time zone")
    .requiredOption('--source <service>', 'payme, or paykassma with --csv')
    .option('--csv <file>', "the list of Paykassma's cabinet, with a first line that names the columns")
    .addHelpText(
      'after',
      '\nExamples:\n  $ pay-desk reconcile --merchant shop --day 2026-11-28 --source payme' +
        '\n  $ pay-desk reconcile --merchant shop --day 2026-11-28 --source paykassma --csv cabinet.csv',
    )
    .action(reconcile);
}

async function reconcile({ merchant, day, source, csv, ...options }: ReconcileOptions): Promise<void> {
  if (source !== 'payme' && source !== 'paykassma') throw usageError('--source: expected payme or paykassma.');
  if ((source === 'paykassma') !== (csv !== undefined)) throw usageError('--csv: expected for paykassma, and only for it.');
  const body = { merchant, day: checkDay('--day', day), source, ...(csv !== undefined && { csv: readCsv(csv) }) };
  const api = connect(options);
  const begun = await api.post<Reconciliation>('/operate/reconciliations', body, null);
  const { body: done, text } = await untilDone(api, begun.body.id);
  if (options.json) print(text);
  else printReconciliation(done);
  if (done.status === 'failed') throw new CommandFailure(exitCodes.refused, `It failed: ${printable(done.problem ?? '')}`);
}

function readCsv(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw usageError('--csv: expected the path of a file that can be read.');
  }
}

const everyMs = 1_000;

/** Waits for the end of the comparison; Ctrl-C ends the waiting and not the comparison. */
async function untilDone(api: OperatorApi, id: string): Promise<Answer<ReconciliationDetail>> {
  for (;;) {
    const answer = await api.get<ReconciliationDetail>(`/operate/reconciliations/${encodeURIComponent(id)}`);
    if (answer.body.status !== 'running') return answer;
    await pause(everyMs);
  }
}

function printReconciliation({
  day,
  merchantId,
  source,
  there,
  here,
  foreign,
  found,
  problem,
  status,
}: ReconciliationDetail): void {
  if (status === 'failed') return;
  print(printable(`${merchantId}, ${source}, ${day}: ${there} paid there, ${here} known here, ${foreign} of other systems`));
  if (problem !== null) print(printable(problem));
  const amountOf = (amount: Difference['ourAmount'], currency: Difference['ourCurrency']) => formatAmount(amount, currency);
  printTable(
    [
      { title: 'difference', value: (one) => one.kind },
      { title: 'theirs', value: (one) => amountOf(one.theirAmount, one.theirCurrency), right: true },
      { title: 'ours', value: (one) => amountOf(one.ourAmount, one.ourCurrency), right: true },
      { title: 'their id', value: (one) => one.upstreamId },
      { title: 'payment', value: (one) => one.paymentId },
      { title: 'reason', value: (one) => one.reason, flexible: true },
    ],
    found,
    'Nothing differs.',
  );
}
