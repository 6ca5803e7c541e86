/**
 * The commands that change a payment. Each reads the payment first, prints what will happen and what cannot be undone, asks, and
 * sends the version that it showed, so that nobody decides about a payment that has moved meanwhile.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { ActResult, PaymentDetail, PossibleAct } from '#contract/operate';
import {
  type Act,
  noteOption,
  type PaymentActOptions,
  plainAct,
  type RefundOptions,
  type ResolveOptions,
  refundAct,
  resolveAct,
} from './act-bodies.ts';
import { formatAmount } from './amounts.ts';
import { CommandFailure, exitCodes, usageError } from './exit-codes.ts';
import { type ActOptions, connect, nowIs, type OperatorApi, withAct } from './operator-api.ts';
import { actLines, paymentLine } from './print-payment.ts';
import { boldTalk, confirm, print, printable, say } from './terminal.ts';

/** The body of an act, as far as the payment fills it in. */
interface SentAct {
  version: number;
  attemptId?: string;
  amount?: number;
  currency?: string;
  upstreamId?: string;
}

const withPayment = (command: Command): Command =>
  withAct(command.argument('<payment>', 'id or reference')).option(
    '--version <number>',
    'the version that you have seen; for scripts',
  );

export function addPaymentActCommands(payments: Command): void {
  withPayment(payments.command('resolve'))
    .description('decide what became of the money of an attempt that only a person can tell')
    .requiredOption('--outcome <outcome>', 'paid, not_paid or returned')
    .option('--attempt <id>', 'which attempt, where there are several')
    .option('--amount <amount>', 'what was paid or returned, e.g. 25.00')
    .option('--currency <code>', "the amount's currency, e.g. PLN")
    .option('--upstream-id <id>', "the payment service's own id of the transaction")
    .addOption(noteOption().makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExample:\n  $ pay-desk payments resolve PD-7Q4K-19TZ --outcome paid --amount 25.00 --currency PLN \\\n      --upstream-id 0123456789 --note "seen in the wallet\'s own app"',
    )
    .action((payment: string, options: ResolveOptions) => run(payment, options, resolveAct(options)));

  withPayment(payments.command('accept'))
    .description('accept what was paid as enough')
    .addOption(noteOption().makeOptionMandatory())
    .addHelpText('after', '\nExample:\n  $ pay-desk payments accept PD-7Q4K-19TZ --note "the fee of the transfer is ours"')
    .action((payment: string, options: PaymentActOptions) => run(payment, options, plainAct('accept', options)));

  withPayment(payments.command('reopen'))
    .description('take back what a person decided, so that the payment waits for a person again')
    .addOption(noteOption().makeOptionMandatory())
    .addHelpText('after', '\nExample:\n  $ pay-desk payments reopen PD-7Q4K-19TZ --note "it was another customer\'s transfer"')
    .action((payment: string, options: PaymentActOptions) => run(payment, options, plainAct('reopen', options)));

  withPayment(payments.command('refund'))
    .description('return the whole payment by the payment service, or record what was returned by hand')
    .option('--by-hand', 'somebody has returned the amount already; this only records it')
    .option('--amount <amount>', 'what was returned by hand, e.g. 25.00')
    .option('--currency <code>', "the amount's currency, e.g. PLN")
    .option('--reference <text>', 'of the transfer back')
    .addOption(noteOption())
    .addHelpText(
      'after',
      '\nExamples:\n  $ pay-desk payments refund PD-7Q4K-19TZ --note "sent back"\n  $ pay-desk payments refund PD-7Q4K-19TZ --by-hand --amount 5.00 --currency PLN --note "surplus"',
    )
    .action((payment: string, options: RefundOptions) => run(payment, options, refundAct(options)));

  withPayment(payments.command('dispose'))
    .description('say what becomes of money that is not counted')
    .requiredOption('--upstream-id <id>', 'which money, as payments show names it')
    .requiredOption('--as <disposition>', 'counted, moved, returned or void')
    .option('--to <payment>', 'for moved: the payment that it pays')
    .addOption(noteOption().makeOptionMandatory())
    .addHelpText(
      'after',
      '\nExample:\n  $ pay-desk payments dispose PD-7Q4K-19TZ --upstream-id 0123 --as returned --note "sent back today"',
    )
    .action(dispose);

  withPayment(payments.command('recheck'))
    .description('ask the payment service now')
    .addHelpText('after', '\nExample:\n  $ pay-desk payments recheck PD-7Q4K-19TZ')
    .action(async (payment: string, options: PaymentActOptions) => {
      const api = connect(options);
      const { body } = await api.get<PaymentDetail>(pathOf(payment));
      report(await api.post<ActResult>(`${pathOf(body.payment.id)}/recheck`, undefined, options.idempotencyKey), options);
    });
}

export const pathOf = (payment: string): string => `/operate/payments/${encodeURIComponent(payment)}`;

async function run(payment: string, options: PaymentActOptions, act: Act): Promise<void> {
  const api = connect(options);
  const detail = await readUnchecked(api, payment, act);
  const version = versionOf(options, detail);
  const possible = choose(detail, act, options);
  const body: SentAct = { ...act.body(detail, possible), version };
  say(paymentLine(detail.payment));
  if (possible) say(`\n${boldTalk('What will happen')}\n${actLines(possible).join('\n')}\n`);
  if (body.amount !== undefined && body.currency) say(`  You say: ${formatAmount(body.amount, body.currency)}\n`);
  const warning = numberWarning(detail, body);
  if (warning) say(`  ${printable(warning)}\n`);
  if (!options.yes) await confirm(detail.payment.reference);
  const path = `${pathOf(detail.payment.id)}/${act.route}`;
  report(await api.post<ActResult>(path, body, options.idempotencyKey, repeatOptions(body)), options);
}

const checkingMs = 10_000;

/** Reads the payment; waits a little while the server itself is asking the payment service, because nobody can decide meanwhile. */
async function readUnchecked(api: OperatorApi, payment: string, { act }: Act): Promise<PaymentDetail> {
  const end = Date.now() + checkingMs;
  for (;;) {
    const { body } = await api.get<PaymentDetail>(pathOf(payment));
    const isChecking = body.payment.status === 'processing' && !body.acts.some((one) => one.act === act);
    if (!isChecking || Date.now() > end) return body;
    await pause(500);
  }
}

/** What was filled in from the payment as it was: it may be another one when the call is repeated. */
function repeatOptions({ version, attemptId, amount, currency }: SentAct): string {
  const money =
    amount !== undefined && currency ? ` --amount ${formatAmount(amount, currency).split(' ')[0]} --currency ${currency}` : '';
  return `${attemptId ? ` --attempt ${attemptId}` : ''}${money} --version ${version}`;
}

/** The possible act that is meant. Null for a repetition, because the payment may have moved by the act itself. */
function choose(
  { payment, acts }: PaymentDetail,
  { act, fits = () => true }: Act,
  { idempotencyKey, upstreamId }: ActOptions & { upstreamId?: string },
): PossibleAct | null {
  const numberOf = (id: string | undefined) => payment.attempts.find((one) => one.id === id)?.submittedReference ?? null;
  const fitting = acts.filter((one) => one.act === act && fits(one));
  // The number that is named chooses the attempt for which the customer submitted it.
  const named = fitting.filter(({ attemptId }) => upstreamId !== undefined && numberOf(attemptId) === upstreamId);
  const meant = named.length > 0 ? named : fitting;
  if (meant.length > 1) {
    const which = meant.map(({ attemptId, upstreamId: money }) =>
      attemptId === undefined ? money : `${attemptId} (${numberOf(attemptId) ? `number ${numberOf(attemptId)}` : 'no number'})`,
    );
    throw usageError(`There are several: name one by --attempt: ${printable(which.join(', '))}.`);
  }
  if (meant[0]) return meant[0];
  if (idempotencyKey !== undefined) return null;
  const possible = [...new Set(acts.map((one) => one.act))].join(', ');
  throw new CommandFailure(
    exitCodes.refused,
    `This cannot be done now: ${payment.reference} is ${payment.status}. Possible: ${possible || 'nothing'}.`,
  );
}

/**
 * The version that the caller decides about. An older one than the present ends the command at once; a repetition is left to the
 * server, because the payment may have moved by the act itself.
 */
function versionOf({ version, idempotencyKey }: PaymentActOptions, { payment }: PaymentDetail): number {
  if (version === undefined) return payment.version;
  if (!/^[1-9]\d{0,8}$/.test(version)) throw usageError('--version: expected a whole number.');
  const seen = Number(version);
  if (seen !== payment.version && idempotencyKey === undefined) {
    throw new CommandFailure(exitCodes.changed, `Nothing was done: you have seen version ${seen}. ${nowIs(payment)}`);
  }
  return seen;
}

/** What to say where the number that is named is not the one that the customer submitted; null if nothing. */
function numberWarning({ payment }: PaymentDetail, { attemptId, upstreamId }: SentAct): string | null {
  const submitted = payment.attempts.find(({ id }) => id === attemptId)?.submittedReference ?? null;
  if (submitted === null || upstreamId === undefined || upstreamId.trim().toUpperCase() === submitted.toUpperCase()) return null;
  return `Look again: the customer submitted the number ${submitted}, and you name ${upstreamId}.`;
}

interface DisposeOptions extends PaymentActOptions {
  upstreamId: string;
  as: string;
  to?: string;
}

async function dispose(payment: string, { upstreamId, as, to, ...options }: DisposeOptions): Promise<void> {
  if (!['counted', 'moved', 'returned', 'void'].includes(as))
    throw usageError('--as: expected counted, moved, returned or void.');
  if ((as === 'moved') !== (to !== undefined)) throw usageError('--to: expected for moved, and only for it.');
  const toPaymentId = to === undefined ? undefined : await idOf(connect(options), to);
  await run(payment, options, {
    route: 'dispose',
    act: 'dispose',
    fits: (possible) => possible.upstreamId === upstreamId,
    body: () => ({ upstreamId, disposition: as, ...(toPaymentId && { toPaymentId }), note: options.note }),
  });
}

/** The id of a payment that is named by its reference. */
async function idOf(api: OperatorApi, payment: string): Promise<string> {
  return (await api.get<PaymentDetail>(pathOf(payment))).body.payment.id;
}

/** Prints what came of an act. */
export function report({ body, text }: { body: ActResult; text: string }, { json }: { json?: true }): void {
  const { payment, approval } = body;
  const waits = approval?.status === 'pending';
  print(json ? text : paymentLine(payment));
  if (waits)
    say(`Nothing was done yet: a second person has to confirm it by\n  pay-desk approvals confirm ${approval.id} --note "…"`);
}
