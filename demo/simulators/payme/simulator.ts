/**
 * Payme's Subscribe API as we understand it: a real HTTP server with its own ledger. `../README.md` lists how the real one
 * differs.
 */
import Fastify from 'fastify';
import { demoKeys } from '../../../server/demo-keys.ts';
import { createClock } from '../control/clock.ts';
import { controlRoutes, refuseInProduction } from '../control/control-routes.ts';
import { createFaultPlan } from '../control/faults.ts';
import { type CardBookState, createCardBook, type Sms } from './card-book.ts';
import type { Call, Cashbox, Environment } from './environment.ts';
import { type LedgerEntries, ledgerEntries } from './ledger-entries.ts';
import { paymeControls } from './payme-controls.ts';
import { methodNames } from './read-request.ts';
import { createMoneyLedger, createReceiptBook, type MoneyLedgerState, type ReceiptBookState } from './receipt-book.ts';
import { rpcRoutes } from './rpc.ts';
import { changeSettings, firstSettings, type Settings } from './settings.ts';

export interface PaymeSimulatorOptions {
  /** 0 (default) = any free port. */
  port?: number;
  host?: string;
  /** The clock behind the simulated one: milliseconds since the epoch. */
  now?: () => number;
  cashbox?: Cashbox;
  /** Its settings after the start and after a reset. */
  settings?: Partial<Settings>;
  /** Each SMS is also posted there, as JSON, in the form of the ledger. */
  smsUrl?: string;
  /** Delay of the slow card's answer, milliseconds of real time; default 10,000. */
  slowMs?: number;
  /** State of another simulator to continue from. */
  from?: PaymeSnapshot;
}

/** Its whole state as JSON, full card numbers and tokens included, but without its clock and pending faults. */
export interface PaymeSnapshot {
  settings: Settings;
  calls: readonly Call[];
  cards: CardBookState;
  receipts: ReceiptBookState;
  /** Called `till` in snapshots that tests have stored. */
  till: MoneyLedgerState;
}

export interface PaymeLedger extends LedgerEntries {
  cashbox: Cashbox;
  /** ISO 8601, by the simulated clock. */
  now: string;
  /** Every call, oldest first. */
  calls: readonly Call[];
}

export interface PaymeSimulator {
  /** Where JSON-RPC is served, e.g. `http://127.0.0.1:4413/api`. */
  url: string;
  /** Where it is controlled, e.g. `http://127.0.0.1:4413`. */
  origin: string;
  port: number;
  cashbox: Cashbox;
  ledger(): PaymeLedger;
  snapshot(): PaymeSnapshot;
  /** Cuts every connection and stops. */
  close(): Promise<void>;
}

/** @throws when NODE_ENV is production, or the port is taken */
export async function createPaymeSimulator({
  port = 0,
  host = '127.0.0.1',
  now,
  cashbox = { id: demoKeys.payme.cashboxId, key: demoKeys.payme.key },
  settings: ownSettings = {},
  smsUrl,
  slowMs = 10_000,
  from,
}: PaymeSimulatorOptions = {}): Promise<PaymeSimulator> {
  refuseInProduction('Payme');
  const clock = createClock(now);
  const faults = createFaultPlan();
  let calls: Call[] = [];
  let ending = new AbortController();
  const forward = (sms: Sms) => {
    if (smsUrl) void postSms(smsUrl, sms, ending.signal);
  };
  const cards = createCardBook(forward);
  const money = createMoneyLedger(cards);
  const receipts = createReceiptBook(money);
  let settings = firstSettings;

  const environment = (): Environment => {
    receipts.settle(clock.now());
    return { cashbox, settings, cards, receipts, now: clock.now() };
  };
  const change = (changed: Partial<Settings>) => {
    settings = changeSettings(settings, changed);
    for (const [number, balance] of Object.entries(changed.balances ?? {})) cards.setBalance(number, balance);
  };
  const ledger = (): PaymeLedger => {
    const at = environment().now;
    return {
      cashbox,
      now: new Date(at).toISOString(),
      calls: structuredClone(calls),
      ...ledgerEntries(cards, receipts, money),
    };
  };
  const reset = () => {
    ending.abort();
    ending = new AbortController();
    faults.clear();
    clock.reset();
    cards.reset();
    money.reset();
    receipts.reset();
    settings = firstSettings;
    change(ownSettings);
    calls = [];
  };
  if (from) {
    const known = structuredClone(from);
    settings = known.settings;
    calls = [...known.calls];
    cards.load(known.cards);
    receipts.load(known.receipts, cards.cards());
    money.load(known.till, receipts.receipts());
  } else change(ownSettings);

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 262_144 });
  app.register(controlRoutes, { operations: methodNames, clock, faults, ledger, reset });
  app.register(paymeControls, { money, environment, change });
  app.register(rpcRoutes, {
    cashbox,
    cards,
    clock,
    faults,
    environment,
    slowMs,
    log: (call) => void calls.push(call),
    ending: () => ending.signal,
  });
  const origin = await app.listen({ port, host });
  return {
    url: `${origin}/api`,
    origin,
    port: Number(new URL(origin).port),
    cashbox,
    ledger,
    snapshot() {
      const { receipts: book } = environment();
      const [known, made] = [cards.cards(), book.receipts()];
      return structuredClone({
        settings,
        calls,
        cards: cards.state(),
        receipts: book.state(known),
        till: money.state(made),
      });
    },
    async close() {
      ending.abort();
      await app.close();
    },
  };
}

/** Posts an SMS once; where that fails, only the ledger has it. */
async function postSms(url: string, sms: Sms, signal: AbortSignal): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(sms), signal }).catch(() => undefined);
}
