/** The commands about webhooks: what the shop was sent, sending it again, and samples for a shop that is being built. */
import { randomUUID } from 'node:crypto';
import { type Command, Option } from 'commander';
import {
  type WebhookDelivery,
  type WebhookEvent,
  type WebhookEventDetail,
  type WebhookEventPage,
  type WebhookReplay,
  type WebhookTestResult,
  WebhookType,
} from '#contract';
import type { UndeliveredPage, UndeliveredWebhook } from '#contract/operate';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { checkTarget, forwardWebhook, isDelivered } from './forward-webhook.ts';
import { newKey } from './key-commands.ts';
import type { ListenOptions } from './listen.ts';
import { type ActOptions, connect, type OperatorOptions, type Query, sayNext, withAct, withServer } from './operator-api.ts';
import { withPages } from './read-commands.ts';
import { printFacts, printTable } from './table.ts';
import { print, say } from './terminal.ts';
import { formatTime, parseMoment } from './times.ts';
import { sampleWebhook } from './webhook-samples.ts';

export function addWebhookCommands(program: Command): void {
  const webhooks = program.command('webhooks').description('what the shops were sent, sending it again, and samples');
  addLogCommands(webhooks);
  addReplayCommands(webhooks);
  addLocalCommands(webhooks);
}

interface ListOptions extends OperatorOptions {
  merchant?: string;
  payment?: string;
  endpoint?: string;
  type?: string;
  status?: string;
  after?: string;
  limit?: string;
}

function addLogCommands(webhooks: Command): void {
  withPages(webhooks.command('list'))
    .description(
      'webhooks of a merchant or a payment, oldest first, with the last try of each; without either, what waits or was given up',
    )
    .option('--payment <id>', 'of this payment only')
    .option('--endpoint <name>', 'the log of this endpoint of the merchant; by default of main')
    .option('--type <type>', 'e.g. payment.succeeded')
    .option('--status <status>', 'pending, delivered, parked or filtered')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pay-desk webhooks list\n  $ pay-desk webhooks list --merchant shop --type payment.succeeded',
    )
    .action(list);

  withServer(webhooks.command('show').argument('<webhook>', 'its id'))
    .description('a webhook, with its body and every try')
    .addHelpText('after', '\nExample:\n  $ pay-desk webhooks show evt_0123')
    .action(show);
}

async function list({ merchant, payment, endpoint, type, status, after, limit, ...options }: ListOptions): Promise<void> {
  const isLog =
    [merchant, payment, endpoint, type].some((filter) => filter !== undefined) || status === 'delivered' || status === 'filtered';
  if (!isLog) return listUndelivered({ status, after, limit }, options);
  const query = { merchant, payment, endpoint, type, status, after, limit };
  const { body, text } = await connect(options).get<WebhookEventPage>('/operate/events', query);
  if (options.json) return print(text);
  printEvents(body.events, 'There are none.');
  if (body.hasMore) sayNext(body.next);
}

/** Of all merchants, because a log is that of one. */
async function listUndelivered(query: Query, options: OperatorOptions): Promise<void> {
  const { body, text } = await connect(options).get<UndeliveredPage>('/operate/events/undelivered', query);
  if (options.json) return print(text);
  printEvents(body.events, 'Every webhook is delivered: none waits, and none was given up.');
  sayNext(body.next);
}

/** Whether it is for another endpoint than the one that every merchant has. A server of an older version does not say. */
const isFurther = ({ endpoint }: Partial<WebhookEvent>): boolean => endpoint !== undefined && endpoint !== 'main';

function printEvents(events: readonly (WebhookEvent & Partial<UndeliveredWebhook>)[], none: string): void {
  printTable(
    [
      { title: 'created (UTC)', value: (event) => formatTime(event.createdAt) },
      { title: 'type', value: (event) => event.type },
      { title: 'status', value: (event) => event.status },
      { title: 'tries', value: (event) => String(event.deliveryCount), right: true },
      { title: 'last answer', value: ({ lastDelivery }) => lastDelivery && answerOf(lastDelivery) },
      { title: 'next try (UTC)', value: (event) => formatTime(event.nextTryAt) },
      ...(events.some(({ merchantId }) => merchantId !== undefined)
        ? [{ title: 'merchant', value: (event: WebhookEvent & Partial<UndeliveredWebhook>) => event.merchantId ?? null }]
        : []),
      ...(events.some(isFurther) ? [{ title: 'endpoint', value: (event: WebhookEvent) => event.endpoint }] : []),
      { title: 'payment', value: (event) => event.reference ?? event.paymentId, flexible: true },
      { title: 'id', value: (event) => event.id },
    ],
    events,
    none,
  );
}

const answerOf = ({ status, reason }: Pick<WebhookDelivery, 'status' | 'reason'>): string =>
  status === 0 ? `none (${reason ?? 'other'})` : `${status}${reason ? ` (${reason})` : ''}`;

const pathOf = (id: string): string => `/operate/events/${encodeURIComponent(id)}`;

async function show(id: string, options: OperatorOptions): Promise<void> {
  const { body, text } = await connect(options).get<WebhookEventDetail>(pathOf(id));
  if (options.json) print(text);
  else printEvent(body);
}

function printEvent({ body, deliveries, ...event }: WebhookEventDetail): void {
  printFacts(factsOf(event));
  print('');
  printTable(
    [
      { title: 'try', value: (one) => String(one.number), right: true },
      { title: 'at (UTC)', value: (one) => formatTime(one.at) },
      { title: 'answer', value: (one) => answerOf(one) },
      { title: 'took', value: (one) => `${one.durationMs} ms`, right: true },
    ],
    deliveries,
    event.status === 'filtered' ? 'It was not sent: the merchants file does not name its type.' : 'It was not tried yet.',
  );
  print(`\n${body ?? 'Its body was erased.'}`);
}

const factsOf = (event: WebhookEvent): [string, string | null][] => [
  ['id', event.id],
  ['type', event.type],
  ['endpoint', event.endpoint],
  ['payment', event.paymentId],
  ['sequence', String(event.sequence)],
  ['status', event.status],
  ['created', `${formatTime(event.createdAt)} UTC`],
  ['delivered', event.deliveredAt && `${formatTime(event.deliveredAt)} UTC`],
  ['sent again', event.replayedAt && `${formatTime(event.replayedAt)} UTC`],
  ['next try', event.nextTryAt && `${formatTime(event.nextTryAt)} UTC`],
];

interface ReplayRangeOptions extends ActOptions {
  merchant: string;
  from: string;
  to: string;
  endpoint?: string;
}

function addReplayCommands(webhooks: Command): void {
  withAct(webhooks.command('replay').argument('<webhook>', 'its id'))
    .description('send a webhook again, with the same id')
    .addHelpText('after', '\nExample:\n  $ pay-desk webhooks replay evt_0123')
    .action(async (id: string, options: ActOptions) => {
      const { body, text } = await connect(options).post<WebhookEventDetail>(
        `${pathOf(id)}/replay`,
        undefined,
        options.idempotencyKey,
      );
      print(options.json ? text : `${body.id} is sent again.`);
    });

  withAct(webhooks.command('replay-range'))
    .description('send all webhooks of a merchant of a range of time again')
    .requiredOption('--merchant <id>', 'id of the merchant')
    .requiredOption('--from <day>', 'created on this day (UTC) or later, or at a moment of ISO 8601')
    .requiredOption('--to <day>', 'created before this day or moment')
    .option('--endpoint <name>', 'to this endpoint of the merchant, and to no other; by default to main')
    .addHelpText('after', '\nExample:\n  $ pay-desk webhooks replay-range --merchant shop --from 2026-11-28 --to 2026-11-29')
    .action(async ({ merchant, from, to, endpoint, ...options }: ReplayRangeOptions) => {
      const range = { merchant, from: parseMoment('--from', from), to: parseMoment('--to', to), endpoint };
      const { body, text } = await connect(options).post<WebhookReplay>('/operate/events/replay', range, options.idempotencyKey);
      print(options.json ? text : `Replay ${body.id} is ${body.status}. It goes on in the background, between new webhooks.`);
    });

  withServer(webhooks.command('test'))
    .description("send a test to a merchant's host now")
    .requiredOption('--merchant <id>', 'id of the merchant')
    .option('--endpoint <name>', 'this endpoint of the merchant; by default main')
    .addHelpText('after', '\nExample:\n  $ pay-desk webhooks test --merchant shop')
    .action(async ({ merchant, endpoint, ...options }: OperatorOptions & { merchant: string; endpoint?: string }) => {
      const { body, text } = await connect(options).post<WebhookTestResult>('/operate/events/test', { merchant, endpoint }, null);
      print(options.json ? text : `Answer: ${answerOf(body)}, ${body.durationMs} ms`);
      if (!body.delivered) throw new CommandFailure(exitCodes.refused, "The merchant's host did not accept it.");
    });
}

const secretOption = (): Option =>
  new Option('--secret <secret>', 'whsec_… that signs; by default a new one, which is printed').env('PAY_DESK_WEBHOOK_SECRET');

function addLocalCommands(webhooks: Command): void {
  withServer(webhooks.command('listen'))
    .description('hand on new webhooks to a server of your own machine')
    .requiredOption('--forward <address>', 'where to')
    .addOption(secretOption())
    .option('--merchant <id>', 'whose webhooks; needed by an operator of several merchants')
    .option('--type <type>', 'e.g. payment.succeeded')
    .addHelpText('after', '\nExample:\n  $ pay-desk webhooks listen --merchant shop --forward http://localhost:3000/webhooks')
    .action(async (options: ListenOptions) => (await import('./listen.ts')).listen(options));

  webhooks
    .command('trigger')
    .argument('<type>', WebhookType.options.join(', '))
    .description('send a signed sample to a server of your own machine; no payment is touched')
    .requiredOption('--forward <address>', 'where to')
    .addOption(secretOption())
    .option('--order <id>', "the sample's order", 'sample-order')
    .option('--json', 'print the body that was sent')
    .addHelpText(
      'after',
      '\nExample:\n  $ pay-desk webhooks trigger payment.succeeded --forward http://localhost:3000/webhooks --secret whsec_…',
    )
    .action(trigger);
}

interface TriggerOptions {
  forward: string;
  secret?: string;
  order: string;
  json?: true;
}

async function trigger(type: string, { forward, secret: given, order, json }: TriggerOptions): Promise<void> {
  if (!isSampleType(type))
    throw new CommandFailure(exitCodes.usage, `There is no ${type}. Types: ${WebhookType.options.join(', ')}.`);
  const secret = given ?? newKey('webhook');
  const target = checkTarget({ url: forward, secret });
  if (given === undefined) say(`Signed with this secret:\n${secret}`);
  const body = JSON.stringify(sampleWebhook(type, order, new Date()));
  const status = await forwardWebhook(target, { id: `evt_sample_${randomUUID().replaceAll('-', '')}`, body });
  print(json ? body : `${type}: ${status}`);
  if (!isDelivered(status)) throw new CommandFailure(exitCodes.refused, `It was not accepted: the answer was ${status}.`);
}

const isSampleType = (text: string): text is WebhookType => WebhookType.safeParse(text).success;
