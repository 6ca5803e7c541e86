/** Paykassma's deposit API. Every request has the secret in its query; without it the answer is 404. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../control/clock.ts';
import { type Fault, type FaultPlan, meetFault } from '../control/faults.ts';
import { activate, possibleTransaction } from './claims.ts';
import { type Environment, fail, invalid, type MoneyBook, noWallet, type Outcome } from './money-book.ts';
import type { PostbackSettings } from './postback-body.ts';
import type { PostbackSender } from './postback-sender.ts';
import { findAccount, type WalletAccount, walletAccounts } from './wallet-account.ts';

export interface ApiDeps {
  secret: string;
  clock: Clock;
  faults: FaultPlan;
  book: MoneyBook;
  off: ReadonlySet<string>;
  postbacks: PostbackSender;
  settings(): PostbackSettings;
  /** Delay of an answer that is too late for its caller, milliseconds. */
  slowMs: number;
  log(call: Call): void;
  /** Aborts at the next reset, or when the simulator closes. */
  ending(): AbortSignal;
}

export const apiRoutes: FastifyPluginAsync<ApiDeps> = async (app, deps) => {
  const { secret, clock, faults, book, off, postbacks, settings, slowMs, log, ending } = deps;
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: 8_000_000 }, (request, body, done) => {
    readForm(request.headers['content-type'] ?? '', body as Buffer<ArrayBuffer>).then(
      (form) => done(null, form),
      () => done(null, {}),
    );
  });

  const serve =
    (operation: Operation, run: (request: FastifyRequest, environment: Environment) => Outcome) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const at = new Date(clock.now()).toISOString();
      const call: Call = { at, operation, ...LoggedFields.catch({}).parse(request.body), outcome: 'none' };
      log(call);
      if (Object(request.query).secret !== secret) {
        call.outcome = 'wrong_secret';
        return reply.code(404).type('text/plain').send('Not found');
      }
      const signal = ending();
      const meet = (fault: Fault, answer: unknown) => {
        call.fault = `${fault.when}:${fault.kind}`;
        return meetFault(reply, fault, answer, signal);
      };
      const planned = faults.take(operation);
      if (planned?.when === 'before' && !(await meet(planned, { status: 'ok' }))) return reply;

      const outcome = run(request, { book, at, off });
      const { status, body, slow } = outcome;
      call.outcome = typeof body === 'string' ? `http${status}` : String(body.status);
      await sendPostback(outcome, signal);
      const spoiled = planned ?? (slow && ({ when: 'after', kind: 'slow', ms: slowMs } as const));
      if (spoiled?.when === 'after' && !(await meet(spoiled, body))) return reply;
      return reply
        .code(status)
        .type(typeof body === 'string' ? 'text/html' : 'application/json')
        .send(body);
    };

  /** Sends the postback of an outcome. Waits for it only where it must arrive before the answer. */
  async function sendPostback({ credited, creditLater }: Outcome, signal: AbortSignal): Promise<void> {
    const { beforeAnswer, delayMs, laterMs } = settings();
    if (credited && beforeAnswer) await postbacks.send(credited, signal);
    else if (credited) after(delayMs, signal, () => postbacks.send(credited, signal));
    if (!creditLater) return;
    after(laterMs, signal, () => {
      // An operator may have credited it already.
      if (creditLater.status === 'activated') return undefined;
      book.credit(creditLater, creditLater.amount);
      return postbacks.send(creditLater, signal);
    });
  }

  app.get(
    '/api/v1/payment-systems/available',
    serve('payment-systems/available', ({ query }, environment) => available(listed(query), environment)),
  );
  app.post(
    '/api/v1/transaction/create/:wallet',
    serve('transaction/create', (request, environment) =>
      create((request.params as { wallet: string }).wallet, request.body, environment),
    ),
  );
  app.post(
    '/api/v1/transaction/activate',
    serve('transaction/activate', ({ body }, environment) => activate(body, environment)),
  );
  app.post(
    '/api/v1/possible-transaction',
    serve('possible-transaction', ({ body }, environment) => possibleTransaction(body, environment)),
  );
};

/** Runs after a delay, at the earliest when the answer was sent. */
function after(ms: number, signal: AbortSignal, run: () => Promise<void> | undefined): void {
  pause(ms, undefined, { signal })
    .then(run)
    .catch(() => undefined); // reset or closed meanwhile
}

async function readForm(type: string, bytes: Buffer<ArrayBuffer>): Promise<object> {
  return Object.fromEntries(await new Response(bytes, { headers: { 'content-type': type } }).formData());
}

/** PHP reads `currency_code[]` as a list, also where it occurs once. */
const listed = (query: unknown): object => {
  const { 'currency_code[]': codes, ...others } = Object(query) as Record<string, unknown>;
  return codes === undefined ? others : { ...others, currency_code: [codes].flat() };
};

/** What the ledger records of the body, whatever else is wrong with it. */
const LoggedFields = z.object({ wallet_type: z.string(), key1: z.string(), custom_transaction_id: z.string() }).partial();

const Available = z.object({ currency_code: z.array(z.string().length(3)).min(1), label: z.string().min(1).max(190) });

/** Which wallets are available. */
function available(query: unknown, { off }: Environment): Outcome {
  const parsed = Available.safeParse(query);
  if (!parsed.success) return invalid(parsed.error);
  const codes = parsed.data.currency_code;
  const wallets = walletAccounts.flatMap((account, index) =>
    off.has(account.type) || !codes.includes(account.currency) ? [] : wireWallet(account, index + 1),
  );
  return {
    status: 200,
    body: { status: 'ok', params: { currency_data: codes.map((code) => ({ code, symbol: code })), wallets } },
  };
}

const wireWallet = ({ type, currency, name, isManual }: WalletAccount, order: number) => ({
  type,
  currency_code: currency,
  order,
  logo: `https://paykassma.example/${type}.png`,
  name,
  is_manual: isManual,
  uploading_payment_bill: isManual,
});

const Create = z.object({ currency: z.string().length(3), label: z.string().min(1).max(190) });

/** The requisites of a wallet. */
function create(wallet: string, body: unknown, { off }: Environment): Outcome {
  const parsed = Create.safeParse(body);
  if (!parsed.success) return invalid(parsed.error);
  const account = findAccount(wallet);
  if (!account || off.has(account.type) || account.currency !== parsed.data.currency) return fail(noWallet);
  if (parsed.data.label === 'no-requisites') return fail('There are no active end accounts');
  return { status: 200, body: { status: 'ok', params: { ...account.params } } };
}

/** One call as the ledger records it, without the secret. */
export interface Call {
  /** When it arrived: ISO 8601, by the simulated clock. */
  at: string;
  operation: Operation;
  wallet_type?: string | undefined;
  key1?: string | undefined;
  custom_transaction_id?: string | undefined;
  /** The `status` that the service decided on, `wrong_secret`, or `http500`; `none`: nothing yet. */
  outcome: string;
  /** The fault that it met, as `<when>:<kind>`. */
  fault?: string;
}

export const operations = [
  'payment-systems/available',
  'transaction/create',
  'transaction/activate',
  'possible-transaction',
] as const;
export type Operation = (typeof operations)[number];
