/** Paykassma as we understand it: a real HTTP server with its own ledger. `../README.md` lists how the real one differs. */
import Fastify from 'fastify';
import { demoKeys } from '../../../server/demo-keys.ts';
import { createClock } from '../control/clock.ts';
import { controlRoutes, refuseInProduction } from '../control/control-routes.ts';
import { createFaultPlan } from '../control/faults.ts';
import { apiRoutes, type Call, operations } from './api-routes.ts';
import { balancesOf, createMoneyBook, type MoneyBook, type Transaction, type Transfer } from './money-book.ts';
import { firstSettings, type PostbackSettings } from './postback-body.ts';
import { createPostbackSender, type PostbackSender, type SentPostback } from './postback-sender.ts';
import { walletControls } from './wallet-controls.ts';

export interface PaykassmaSimulatorOptions {
  /** 0 (default) = any free port. */
  port?: number;
  host?: string;
  /** The clock behind the simulated one: milliseconds since the epoch. */
  now?: () => number;
  keys?: PaykassmaKeys;
  /** How postbacks are sent after the start and a reset. */
  postbacks?: Partial<PostbackSettings>;
  /** Delay of the answer to the number 1000000007, milliseconds; default 30,000. */
  slowMs?: number;
  /** State of another simulator to continue from. */
  from?: PaykassmaSnapshot;
}

/**
 * Its whole state as JSON, amounts in minor units, but without its clock, pending faults, and what a timer will do (a later
 * credit, another try of a postback).
 */
export interface PaykassmaSnapshot {
  settings: PostbackSettings;
  calls: readonly Call[];
  /** Wallets that are switched off. */
  off: readonly string[];
  transfers: readonly Transfer[];
  transactions: readonly Transaction[];
  postbacks: readonly SentPostback[];
}

export interface PaykassmaKeys {
  /** `pluginapi_secret`. */
  secret: string;
  /** `postback_access_key`. */
  accessKey: string;
  /** `postback_private_access_key`. */
  privateKey: string;
}

export interface PaykassmaLedger extends LedgerEntries {
  keys: PaykassmaKeys;
  /** ISO 8601, by the simulated clock. */
  now: string;
  /** Every call, oldest first. */
  calls: readonly Call[];
}

export interface PaykassmaSimulator {
  /** The deposit API's origin, e.g. `http://127.0.0.1:4412`. */
  url: string;
  port: number;
  keys: PaykassmaKeys;
  ledger(): PaykassmaLedger;
  snapshot(): PaykassmaSnapshot;
  /** Cuts every connection and stops. */
  close(): Promise<void>;
}

/** @throws when NODE_ENV is production, or the port is taken */
export async function createPaykassmaSimulator({
  port = 0,
  host = '127.0.0.1',
  now,
  keys = demoKeys.paykassma,
  postbacks: ownSettings = {},
  slowMs = 30_000,
  from,
}: PaykassmaSimulatorOptions = {}): Promise<PaykassmaSimulator> {
  refuseInProduction('Paykassma');
  const clock = createClock(now);
  const faults = createFaultPlan();
  const book = createMoneyBook();
  const off = new Set<string>();
  let settings: PostbackSettings = { ...firstSettings, ...ownSettings };
  let calls: Call[] = [];
  let epoch = new AbortController();
  const ending = () => epoch.signal;
  const postbacks = createPostbackSender(keys, clock, () => settings);
  if (from) {
    const known = structuredClone(from);
    settings = known.settings;
    calls = [...known.calls];
    for (const wallet of known.off) off.add(wallet);
    book.load(known);
    postbacks.load(known.postbacks);
  }

  const ledger = (): PaykassmaLedger => ({
    keys,
    now: new Date(clock.now()).toISOString(),
    calls: structuredClone(calls),
    ...ledgerEntries(book, postbacks),
  });
  const reset = () => {
    epoch.abort();
    epoch = new AbortController();
    faults.clear();
    clock.reset();
    book.reset();
    postbacks.reset();
    off.clear();
    settings = { ...firstSettings, ...ownSettings };
    calls = [];
  };
  const change = (changed: PostbackSettings) => {
    settings = changed;
  };

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 65_536 });
  app.register(controlRoutes, { operations, clock, faults, ledger, reset });
  app.register(walletControls, { clock, book, off, postbacks, settings: () => settings, change, ending });
  const log = (call: Call) => void calls.push(call);
  app.register(apiRoutes, {
    secret: keys.secret,
    clock,
    faults,
    book,
    off,
    postbacks,
    settings: () => settings,
    slowMs,
    log,
    ending,
  });
  const url = await app.listen({ port, host });
  return {
    url,
    port: Number(new URL(url).port),
    keys,
    ledger,
    snapshot() {
      const [transfers, transactions] = [book.transfers(), book.transactions()];
      return structuredClone({ settings, calls, off: [...off], transfers, transactions, postbacks: postbacks.sent() });
    },
    async close() {
      epoch.abort();
      await app.close();
    },
  };
}

/** The books as the ledger shows them: with the wire's names, and amounts in major units as on the wire. */
export interface LedgerEntries {
  /** The merchant's accounts, with their balances. */
  wallets: ReturnType<typeof balancesOf>;
  /** Every transfer that a customer made in an app, oldest first. */
  transfers: readonly Transfer[];
  /** Every claim, oldest first. */
  transactions: readonly Transaction[];
  /** Every postback with the answers, oldest first. */
  postbacks: readonly SentPostback[];
}

function ledgerEntries(book: MoneyBook, postbacks: PostbackSender): LedgerEntries {
  return {
    wallets: balancesOf(book.transfers()).map((wallet) => ({ ...wallet, balance: wallet.balance / 100 })),
    transfers: book.transfers().map((transfer) => ({ ...transfer, amount: transfer.amount / 100 })),
    transactions: book.transactions().map((transaction) => ({
      ...transaction,
      amount: transaction.amount / 100,
      deposit_amount: transaction.deposit_amount === null ? null : transaction.deposit_amount / 100,
    })),
    postbacks: postbacks.sent().map((postback) => structuredClone(postback)),
  };
}
