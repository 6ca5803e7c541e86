/** The commands that only read: what waits, how it is, which payments there are, what happened to one. */
import type { Command } from 'commander';
import type { OperatorStatus, PaymentDetail, PaymentPage, QueuePage } from '#contract/operate';
import { formatAmount } from './amounts.ts';
import { connect, type OperatorOptions, sayNext, withServer } from './operator-api.ts';
import { printPayment } from './print-payment.ts';
import { printFacts, printTable } from './table.ts';
import { print, say } from './terminal.ts';
import { checkDay, formatAge, formatSeconds, formatTime } from './times.ts';

/** Options of a list that is read page by page. */
interface PageOptions extends OperatorOptions {
  merchant?: string;
  after?: string;
  limit?: string;
}

/** Adds the options of a list that is read page by page. */
export const withPages = (command: Command): Command =>
  withServer(command)
    .option('--merchant <id>', 'of this merchant only')
    .option('--after <cursor>', 'the next page: what the page before said')
    .option('--limit <number>', 'how many at most');

export function addReadCommands(program: Command): void {
  withPages(program.command('queue'))
    .description('what waits for a person, the longest first')
    .option('--kind <kind>', 'one kind only, e.g. needs_review, underpaid, unmatched_postback, parked_webhook, approval')
    .addHelpText('after', '\nExample:\n  $ pay-desk queue --kind underpaid')
    .action(queue);

  withServer(program.command('status'))
    .description('whether all is well: what waits, how old the oldest is, what was paid in 24 hours before refunds')
    .addHelpText('after', '\nExample:\n  $ pay-desk status')
    .action(status);
}

export function addPaymentReadCommands(payments: Command): void {
  withPages(payments.command('find'))
    .argument('[text]', 'reference, order, label, end of a phone, card or transaction number, or an amount such as 25.00')
    .description('search payments, the newest first')
    .option('--status <status>', 'e.g. needs_review, succeeded')
    .option('--method <method>', 'pay_code, wallet or card')
    .option('--currency <code>', 'e.g. PLN')
    .option('--from <day>', 'created on this day (UTC) or later')
    .option('--to <day>', 'created on this day (UTC) or earlier')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pay-desk payments find PD-7Q4K-19TZ\n  $ pay-desk payments find 25.00 --currency PLN --from 2026-11-28',
    )
    .action(find);

  withServer(payments.command('show'))
    .argument('<payment>', 'id or reference')
    .description('everything that happened to a payment, to the second, and what can be done')
    .addHelpText('after', '\nExample:\n  $ pay-desk payments show PD-7Q4K-19TZ')
    .option('--facts', 'with the facts of each line: ids, amounts, statuses')
    .action(async (payment: string, { facts, ...options }: OperatorOptions & { facts?: true }) => {
      const { body, text } = await connect(options).get<PaymentDetail>(`/operate/payments/${encodeURIComponent(payment)}`);
      if (options.json) print(text);
      else printPayment(body, facts ?? false);
    });
}

async function queue({ kind, merchant, after, limit, ...options }: PageOptions & { kind?: string }): Promise<void> {
  const api = connect(options);
  const { body, text } = await api.get<QueuePage>('/operate/queue', { kind, merchant, after, limit });
  if (options.json) return print(text);
  const { heldSince } = (await api.get<OperatorStatus>('/operate/status')).body;
  if (heldSince) say(`Payments are held since ${formatTime(heldSince)} UTC: run pay-desk db verify\n`);
  printTable(
    [
      { title: 'waits for', value: (item) => formatAge(item.since), right: true },
      { title: 'kind', value: (item) => item.kind },
      { title: 'payment', value: (item) => item.reference },
      { title: 'amount', value: (item) => formatAmount(item.amount, item.currency), right: true },
      { title: 'order', value: (item) => item.orderId, flexible: true },
      { title: 'reason', value: (item) => item.reason, flexible: true },
      { title: 'id', value: (item) => item.id },
    ],
    body.items,
    'Nothing waits.',
  );
  const counts = Object.entries(body.counts).filter(([, count]) => count > 0);
  if (counts.length > 0) say(counts.map(([name, count]) => `${name}: ${count}`).join(', '));
  sayNext(body.next);
}

async function status(options: OperatorOptions): Promise<void> {
  const { body, text } = await connect(options).get<OperatorStatus>('/operate/status');
  if (options.json) return print(text);
  printFacts([
    ['version', `${body.version}, ${body.engine}`],
    ['database', body.database],
    ...(body.heldSince
      ? [['payments are held since', `${formatTime(body.heldSince)} UTC: run pay-desk db verify`] as const]
      : []),
    ...(body.merchantsFileRefusedSince
      ? [['the merchants file is refused since', `${formatTime(body.merchantsFileRefusedSince)} UTC: see the log`] as const]
      : []),
    ['server time', `${formatTime(body.now)} UTC`],
    ['clock skew', `${body.clockSkewSeconds} s`],
    ['answers not stored yet', String(body.pendingAnswers)],
    ['oldest review', formatSeconds(body.oldest.needsReview)],
    ['oldest unknown outcome', formatSeconds(body.oldest.outcomeUnknown)],
    ['oldest undelivered webhook', formatSeconds(body.oldest.webhook)],
    ['oldest unmatched postback', formatSeconds(body.oldest.postback)],
    ...Object.entries(body.counts).map(([name, count]) => [name, String(count)] as const),
  ]);
  print("\nPaid in 24 hours, by the payment services' evidence, before refunds:");
  printTable(
    [
      { title: 'method', value: (line) => line.method ?? 'a decision' },
      { title: 'payments', value: (line) => String(line.count), right: true },
      { title: 'amount', value: (line) => formatAmount(line.amount, line.currency), right: true },
    ],
    body.paid,
    'Nothing was paid in the last 24 hours.',
  );
}

interface FindOptions extends PageOptions {
  status?: string;
  method?: string;
  currency?: string;
  from?: string;
  to?: string;
}

async function find(q: string | undefined, { from, to, json, url, keyFile, allowHttp, ...filters }: FindOptions): Promise<void> {
  const query = {
    q,
    ...filters,
    from: from && checkDay('--from', from),
    to: to && checkDay('--to', to),
  };
  const server = { url, ...(keyFile !== undefined && { keyFile }), ...(allowHttp && { allowHttp }) };
  const { body, text } = await connect(server).get<PaymentPage>('/operate/payments', query);
  if (json) return print(text);
  if (body.understoodAs !== null) say(`Understood as: ${body.understoodAs}`);
  printTable(
    [
      { title: 'payment', value: (payment) => payment.reference },
      { title: 'created (UTC)', value: (payment) => formatTime(payment.createdAt) },
      { title: 'status', value: (payment) => payment.status + (payment.test ? ' (test)' : '') },
      { title: 'due', value: (payment) => formatAmount(payment.due, payment.currency), right: true },
      { title: 'paid', value: (payment) => formatAmount(payment.amountPaid, payment.currency), right: true },
      { title: 'method', value: (payment) => payment.method },
      { title: 'ends in', value: (payment) => payment.lastCharacters },
      { title: 'order', value: (payment) => payment.orderId, flexible: true },
      { title: 'label', value: (payment) => payment.label, flexible: true },
      { title: 'merchant', value: (payment) => payment.merchantId, flexible: true },
    ],
    body.payments,
    'There is no such payment.',
  );
  sayNext(body.next);
}
