/** The commands about what hangs on a payment: approvals, flags, postbacks. */
import type { Command } from 'commander';
import type { Payment } from '#contract';
import type { ActResult, Approval, PaymentDetail, PostbackItem, PostbackPage } from '#contract/operate';
import { noteOption } from './act-bodies.ts';
import { formatAmount, parseAmount } from './amounts.ts';
import { CommandFailure, exitCodes, usageError } from './exit-codes.ts';
import { type ActOptions, connect, nowIs, sayNext, withAct } from './operator-api.ts';
import { pathOf, report } from './payment-acts.ts';
import { paymentLine } from './print-payment.ts';
import { withPages } from './read-commands.ts';
import { printTable } from './table.ts';
import { confirm, print, printable, say } from './terminal.ts';
import { formatTime } from './times.ts';

interface NoteOptions extends ActOptions {
  note: string;
}

export function addOtherActCommands(program: Command): void {
  const approvals = program.command('approvals').description('what waits for a second person');
  for (const decision of ['confirm', 'reject'] as const) {
    withAct(approvals.command(decision).argument('<approval>', 'its id, from: pay-desk queue --kind approval'))
      .description(decision === 'confirm' ? 'do what somebody else has requested' : 'refuse what somebody else has requested')
      .addOption(noteOption('the history').makeOptionMandatory())
      .addHelpText('after', `\nExample:\n  $ pay-desk approvals ${decision} apr_0123 --note "…"`)
      .action((id: string, options: NoteOptions) => decide(decision, id, options));
  }

  const flags = program.command('flags').description('notices about payments');
  withAct(flags.command('close').argument('<flag>', 'its id, from: pay-desk queue'))
    .description('close a notice that somebody has looked at')
    .addOption(noteOption('the history').makeOptionMandatory())
    .addHelpText('after', '\nExample:\n  $ pay-desk flags close flg_0123 --note "the customer keeps the surplus as credit"')
    .action(async (id: string, options: NoteOptions) => {
      const path = `/operate/flags/${encodeURIComponent(id)}/close`;
      const { text } = await connect(options).post(path, { note: options.note }, options.idempotencyKey);
      print(options.json ? text : 'Closed.');
    });

  addPostbackCommands(program.command('postbacks').description('messages of Paykassma about transfers'));
}

async function decide(decision: 'confirm' | 'reject', id: string, options: NoteOptions): Promise<void> {
  const api = connect(options);
  const path = `/operate/approvals/${encodeURIComponent(id)}`;
  if (!options.yes) {
    const approval = (await api.get<Approval>(path)).body;
    const { payment } = (await api.get<PaymentDetail>(pathOf(approval.paymentId))).body;
    say(paymentLine(payment));
    say(`\n  ${printable(approval.summary)}\n  requested by ${printable(approval.requestedBy)}: ${printable(approval.note)}\n`);
    assertWaits(approval, payment);
    await confirm(payment.reference);
  }
  report(await api.post<ActResult>(`${path}/${decision}`, { note: options.note }, options.idempotencyKey), options);
}

/** @throws {CommandFailure} with why nobody can decide about it any more. */
function assertWaits({ status, decidedBy, requestedBy }: Approval, payment: Payment): void {
  if (status === 'pending') return;
  if (status !== 'outdated')
    throw new CommandFailure(exitCodes.refused, `It was ${status} already, by ${printable(decidedBy ?? 'nobody')}.`);
  const why = `The payment has changed since ${printable(requestedBy)} requested this, so it is out of date, and nothing was done.`;
  throw new CommandFailure(exitCodes.changed, `${why} ${nowIs(payment)}, and request it again if it is still right.`);
}

interface PostbacksOptions extends ActOptions {
  merchant?: string;
  status?: string;
  after?: string;
  limit?: string;
}

interface MatchOptions extends NoteOptions {
  payment: string;
  amount?: string;
  currency?: string;
}

function addPostbackCommands(postbacks: Command): void {
  withPages(postbacks.command('list'))
    .description('postbacks, the newest first')
    .option('--status <status>', 'unmatched, matched or dismissed', 'unmatched')
    .addHelpText('after', '\nExample:\n  $ pay-desk postbacks list')
    .action(listPostbacks);

  withAct(postbacks.command('match').argument('<postback>', 'its id'))
    .description('say which payment a postback belongs to')
    .requiredOption('--payment <payment>', 'id or reference')
    .option('--amount <amount>', "from Paykassma's cabinet, where the signature does not cover it")
    .option('--currency <code>', "the amount's currency")
    .addOption(noteOption('the history').makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExample:\n  $ pay-desk postbacks match itm_0123 --payment PD-7Q4K-19TZ --note "the customer sent a picture"',
    )
    .action(matchPostback);

  withAct(postbacks.command('dismiss').argument('<postback>', 'its id'))
    .description('say that a postback belongs to no payment of ours')
    .addOption(noteOption('the history').makeOptionMandatory())
    .addHelpText('after', '\nExample:\n  $ pay-desk postbacks dismiss itm_0123 --note "a transfer of the owner"')
    .action(async (id: string, options: NoteOptions) => {
      const path = `/operate/postbacks/${encodeURIComponent(id)}/dismiss`;
      const { body, text } = await connect(options).post<PostbackItem>(path, { note: options.note }, options.idempotencyKey);
      print(options.json ? text : `${body.id} is ${body.status}.`);
    });
}

async function listPostbacks({ status, merchant, after, limit, ...options }: PostbacksOptions): Promise<void> {
  const { body, text } = await connect(options).get<PostbackPage>('/operate/postbacks', { status, merchant, after, limit });
  if (options.json) return print(text);
  printTable(
    [
      { title: 'received (UTC)', value: (item) => formatTime(item.receivedAt) },
      { title: 'wallet', value: (item) => item.wallet },
      { title: 'transaction', value: (item) => item.transactionId },
      {
        title: 'amount',
        value: (item) => formatAmount(item.amount, item.currency) + (item.signedAmount ? '' : ' (unsigned)'),
        right: true,
      },
      { title: 'label', value: (item) => item.label, flexible: true },
      { title: 'custom id', value: (item) => item.customTransactionId, flexible: true },
      { title: 'status', value: (item) => item.status },
      { title: 'merchant', value: (item) => item.merchantId, flexible: true },
      { title: 'id', value: (item) => item.id },
    ],
    body.postbacks,
    'There are none.',
  );
  sayNext(body.next);
}

async function matchPostback(id: string, { payment, amount, currency, ...options }: MatchOptions): Promise<void> {
  if ((amount === undefined) !== (currency === undefined)) throw usageError('--amount and --currency belong together.');
  const typed = amount !== undefined && currency !== undefined ? { amount: parseAmount(amount, currency), currency } : {};
  const api = connect(options);
  const detail = (await api.get<PaymentDetail>(pathOf(payment))).body.payment;
  if (!options.yes) {
    say(paymentLine(detail));
    say(`\n  The money of postback ${printable(id)} will be counted for this payment. It cannot be matched a second time.\n`);
    await confirm(detail.reference);
  }
  const body = { paymentId: detail.id, ...typed, note: options.note };
  report(await api.post<ActResult>(`/operate/postbacks/${encodeURIComponent(id)}/match`, body, options.idempotencyKey), options);
}
