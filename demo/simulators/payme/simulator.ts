/** Payme's Subscribe API as we understand it: a real HTTP server with its own ledger. How it differs from the real one: ../README.md. */
import Fastify from 'fastify';
import { demoKeys } from '../../../server/demo-keys.ts';
import { createClock } from '../control/clock.ts';
import { controlRoutes, refuseInProduction } from '../control/control-routes.ts';
import { createFaultPlan } from '../control/faults.ts';
import { type CardBookState, createCardBook, type Sms } from './card-book.ts';
import { type LedgerEntries, ledgerEntries } from './ledger-entries.ts';
import { paymeControls } from './payme-controls.ts';
import { methodNames } from './read-question.ts';
import { createReceiptBook, createTill, type ReceiptBookState, type TillState } from './receipt-book.ts';
import { rpcRoutes } from './rpc.ts';
import { changeSettings, firstSettings, type Settings } from './settings.ts';
import type { Call, Cashbox, World } from './world.ts';

export interface PaymeSimulatorOptions {
  /** 0 (default) = any free port. */
  port?: number;
  host?: string;
  /** The clock behind the simulated one: milliseconds since the epoch. */
  now?: () => number;
  cashbox?: Cashbox;
  /** How it behaves on the first day. */
  settings?: Partial<Settings>;
  /** Where each SMS is posted to as well, as JSON, as it appears in the ledger. */
  smsUrl?: string;
  /** How late the slow card is answered, in milliseconds of real time; default 10,000. */
  slowMs?: number;
  /** Goes on from what another one knew, in place of the first day. */
  from?: PaymeSnapshot;
}

/** All that it knows, as JSON: full card numbers and tokens too. Its clock, and faults that were ordered and did not come, are no part of it. */
export interface PaymeSnapshot {
  settings: Settings;
  calls: readonly Call[];
  cards: CardBookState;
  receipts: ReceiptBookState;
  till: TillState;
}

export interface PaymeLedger extends LedgerEntries {
  cashbox: Cashbox;
  /** ISO 8601, by the simulated clock. */
  now: string;
  /** Every call that came in, oldest first. */
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
  const till = createTill(cards);
  const receipts = createReceiptBook(till);
  let settings = firstSettings;

  const world = (): World => {
    receipts.settle(clock.now());
    return { cashbox, settings, cards, receipts, now: clock.now() };
  };
  const change = (changed: Partial<Settings>) => {
    settings = changeSettings(settings, changed);
    for (const [number, balance] of Object.entries(changed.balances ?? {})) cards.setBalance(number, balance);
  };
  const ledger = (): PaymeLedger => {
    const at = world().now;
    return {
      cashbox,
      now: new Date(at).toISOString(),
      calls: structuredClone(calls),
      ...ledgerEntries(cards, receipts, till),
    };
  };
  const reset = () => {
    ending.abort();
    ending = new AbortController();
    faults.clear();
    clock.reset();
    cards.reset();
    till.reset();
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
    till.load(known.till, receipts.receipts());
  } else change(ownSettings);

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 262_144 });
  app.register(controlRoutes, { operations: methodNames, clock, faults, ledger, reset });
  app.register(paymeControls, { till, world, change });
  app.register(rpcRoutes, {
    cashbox,
    cards,
    clock,
    faults,
    world,
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
      const { receipts: book } = world();
      const [known, made] = [cards.cards(), book.receipts()];
      return structuredClone({
        settings,
        calls,
        cards: cards.state(),
        receipts: book.state(known),
        till: till.state(made),
      });
    },
    async close() {
      ending.abort();
      await app.close();
    },
  };
}

/** A phone that is switched off loses its SMS; the ledger has it all the same. */
async function postSms(url: string, sms: Sms, signal: AbortSignal): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch(url, { method: 'POST', headers, body: JSON.stringify(sms), signal }).catch(() => undefined);
}
