/** Paykassma's deposit API. Every request bears the secret in its query; without it there is nothing here to be found. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Clock } from '../control/clock.ts';
import { type Fault, type FaultPlan, meetFault } from '../control/faults.ts';
import { activate, possibleTransaction } from './claims.ts';
import { fail, invalid, type MoneyBook, noWallet, type Outcome, type World } from './money-book.ts';
import type { PostbackSettings } from './postback-body.ts';
import type { PostbackSender } from './postback-sender.ts';
import { findAccount, type WalletAccount, walletAccounts } from './wallet-account.ts';

export interface ApiParts {
  secret: string;
  clock: Clock;
  faults: FaultPlan;
  book: MoneyBook;
  off: ReadonlySet<string>;
  postbacks: PostbackSender;
  settings(): PostbackSettings;
  /** How late an answer is that comes too late. */
  slowMs: number;
  log(call: Call): void;
  /** Aborts when the present world ends, by a reset or by closing. */
  ending(): AbortSignal;
}

export const apiRoutes: FastifyPluginAsync<ApiParts> = async (app, parts) => {
  const { secret, clock, faults, book, off, postbacks, settings, slowMs, log, ending } = parts;
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: 8_000_000 }, (request, body, done) => {
    readForm(request.headers['content-type'] ?? '', body as Buffer<ArrayBuffer>).then(
      (form) => done(null, form),
      () => done(null, {}),
    );
  });

  const serve =
    (operation: Operation, run: (request: FastifyRequest, world: World) => Outcome) =>
    async (request: FastifyRequest, reply: FastifyReply) => {
      const at = new Date(clock.now()).toISOString();
      const call: Call = { at, operation, ...Told.catch({}).parse(request.body), outcome: 'none' };
      log(call);
      if (Object(request.query).secret !== secret) {
        call.outcome = 'wrong_secret';
        return reply.code(404).type('text/plain').send('Not found');
      }
      const world = ending();
      const meet = (fault: Fault, answer: unknown) => {
        call.fault = `${fault.when}:${fault.kind}`;
        return meetFault(reply, fault, answer, world);
      };
      const ordered = faults.take(operation);
      if (ordered?.when === 'before' && !(await meet(ordered, { status: 'ok' }))) return reply;

      const outcome = run(request, { book, at, off });
      const { status, body, slow } = outcome;
      call.outcome = typeof body === 'string' ? `http${status}` : String(body.status);
      await follow(outcome, world);
      const spoiled = ordered ?? (slow && ({ when: 'after', kind: 'slow', ms: slowMs } as const));
      if (spoiled?.when === 'after' && !(await meet(spoiled, body))) return reply;
      return reply
        .code(status)
        .type(typeof body === 'string' ? 'text/html' : 'application/json')
        .send(body);
    };

  /** Sets the postback on its way. Waits for it only where it is to be there before the answer. */
  async function follow({ credited, creditLater }: Outcome, world: AbortSignal): Promise<void> {
    const { beforeAnswer, delayMs, laterMs } = settings();
    if (credited && beforeAnswer) await postbacks.send(credited, world);
    else if (credited) after(delayMs, world, () => postbacks.send(credited, world));
    if (!creditLater) return;
    after(laterMs, world, () => {
      // An operator may have been faster.
      if (creditLater.status === 'activated') return undefined;
      book.credit(creditLater, creditLater.amount);
      return postbacks.send(creditLater, world);
    });
  }

  app.get(
    '/api/v1/payment-systems/available',
    serve('payment-systems/available', ({ query }, world) => available(listed(query), world)),
  );
  app.post(
    '/api/v1/transaction/create/:wallet',
    serve('transaction/create', (request, world) => create((request.params as { wallet: string }).wallet, request.body, world)),
  );
  app.post(
    '/api/v1/transaction/activate',
    serve('transaction/activate', ({ body }, world) => activate(body, world)),
  );
  app.post(
    '/api/v1/possible-transaction',
    serve('possible-transaction', ({ body }, world) => possibleTransaction(body, world)),
  );
};

/** Not before the answer has had a chance to leave. */
function after(ms: number, world: AbortSignal, run: () => Promise<void> | undefined): void {
  pause(ms, undefined, { signal: world })
    .then(run)
    .catch(() => undefined); // the world has ended
}

async function readForm(type: string, bytes: Buffer<ArrayBuffer>): Promise<object> {
  return Object.fromEntries(await new Response(bytes, { headers: { 'content-type': type } }).formData());
}

/** PHP reads `currency_code[]` as a list, however often it comes. */
const listed = (query: unknown): object => {
  const { 'currency_code[]': codes, ...others } = Object(query) as Record<string, unknown>;
  return codes === undefined ? others : { ...others, currency_code: [codes].flat() };
};

/** What the ledger notes of the body, whatever else is wrong with it. */
const Told = z.object({ wallet_type: z.string(), key1: z.string(), custom_transaction_id: z.string() }).partial();

/** Which wallets are on, and where to pay to. */
const Available = z.object({ currency_code: z.array(z.string().length(3)).min(1), label: z.string().min(1).max(190) });

export function available(query: unknown, { off }: World): Outcome {
  const asked = Available.safeParse(query);
  if (!asked.success) return invalid(asked.error);
  const codes = asked.data.currency_code;
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

export function create(wallet: string, body: unknown, { off }: World): Outcome {
  const asked = Create.safeParse(body);
  if (!asked.success) return invalid(asked.error);
  const account = findAccount(wallet);
  if (!account || off.has(account.type) || account.currency !== asked.data.currency) return fail(noWallet);
  if (asked.data.label === 'no-requisites') return fail('There are no active end accounts');
  return { status: 200, body: { status: 'ok', params: { ...account.params } } };
}

/** One call as the ledger keeps it. The secret is never part of it. */
export interface Call {
  /** When it came in: ISO 8601, by the simulated clock. */
  at: string;
  operation: Operation;
  wallet_type?: string | undefined;
  key1?: string | undefined;
  custom_transaction_id?: string | undefined;
  /** The `status` that the service decided on, `wrong_secret`, or `http500`; `none` = nothing, or nothing yet. */
  outcome: string;
  /** The fault that met it, as `<when>:<kind>`. */
  fault?: string;
}

export const operations = [
  'payment-systems/available',
  'transaction/create',
  'transaction/activate',
  'possible-transaction',
] as const;
export type Operation = (typeof operations)[number];
