/** PayCodes as we understand it: a real HTTP server with its own ledger. `../README.md` lists how the real one differs. */
import Fastify from 'fastify';
import { createClock } from '../control/clock.ts';
import { controlRoutes, refuseInProduction } from '../control/control-routes.ts';
import { createFaultPlan } from '../control/faults.ts';
import type { Call } from './answer-call.ts';
import { codeBehaviours } from './code-behaviours.ts';
import { type Bulk, type CodeBookState, createCodeBook, type Use } from './code-book.ts';
import { type LedgerCode, ledgerCode } from './code-record.ts';
import type { Environment } from './environment.ts';
import { paycodesControls } from './paycodes-controls.ts';
import type { AuthForm } from './settings.ts';
import { firstSettings, Settings } from './settings.ts';
import { type Charge, createSmsBook, type Sms, type SmsBookState } from './sms.ts';
import { callRoutes } from './transports.ts';

export interface PayCodesSimulatorOptions {
  /** 0 (default) = any free port. */
  port?: number;
  host?: string;
  /** The clock behind the simulated one: milliseconds since the epoch. */
  now?: () => number;
  /** The key it accepts. */
  key?: string;
  /** How the key must be shown after the start and a reset; default: as a bearer. */
  auth?: AuthForm;
  /** Delay of the answer to the use of SLOW0001, milliseconds; default 8,000. */
  slowMs?: number;
  /** How `use_code` declines an existing code after the start and a reset: `status: false` (default) or error 1007. */
  unusable?: Settings['unusable'];
  /** Many random valid codes, for tests of guessing; a reset draws others. The ledger shows those that are used. */
  bulk?: Bulk;
  /** State of another simulator to continue from. */
  from?: PayCodesSnapshot;
}

/** Its whole state as JSON, but without its clock and pending faults. */
export interface PayCodesSnapshot {
  settings: Settings;
  calls: readonly Call[];
  book: CodeBookState;
  phone: SmsBookState;
}

export interface PayCodesLedger {
  /** The form in which the key is accepted, and the key; as our client's option `auth`. */
  credentials: { type: 'none' } | (Exclude<AuthForm, { type: 'none' }> & { key: string });
  /** ISO 8601, by the simulated clock. */
  now: string;
  /** Every call, oldest first. */
  calls: readonly Call[];
  /** Every use that really happened since the start or the last reset, oldest first. */
  uses: readonly Use[];
  /** Every code in its present state. */
  codes: readonly LedgerCode[];
  /** Every SMS on the customers' phones, sent and received, oldest first. */
  sms: readonly Sms[];
  /** Every fee that a customer paid for an SMS, oldest first. */
  charges: readonly Charge[];
}

export interface PayCodesSimulator {
  /** Where JSON-RPC is served, and REST below it, e.g. `http://127.0.0.1:4411`. */
  url: string;
  port: number;
  key: string;
  ledger(): PayCodesLedger;
  /** The bulk codes that are not used. */
  unusedBulk(): readonly string[];
  snapshot(): PayCodesSnapshot;
  /** Cuts every connection and stops. */
  close(): Promise<void>;
}

/** @throws Where NODE_ENV is production, an option is not valid, or the port is taken. */
export async function createPayCodesSimulator({
  port = 0,
  host = '127.0.0.1',
  now,
  key = 'paycodes_demo_key',
  auth = firstSettings.auth,
  slowMs = 8_000,
  unusable = firstSettings.unusable,
  bulk,
  from,
}: PayCodesSimulatorOptions = {}): Promise<PayCodesSimulator> {
  refuseInProduction('PayCodes');
  const clock = createClock(now);
  const faults = createFaultPlan();
  const book = createCodeBook(clock.now(), bulk);
  const phone = createSmsBook();
  const ownSettings = Settings.parse({ auth, unusable });
  let settings = ownSettings;
  let calls: Call[] = [];
  if (from) {
    const { settings: its, calls: earlier, book: codes, phone: messages } = structuredClone(from);
    settings = its;
    calls = [...earlier];
    book.load(codes);
    phone.load(messages);
  }
  let ending = new AbortController();

  const environment = (): Environment => {
    const present = { book, now: clock.now(), unusable: settings.unusable };
    phone.settle(present);
    return present;
  };
  const ledger = (): PayCodesLedger => {
    const { now: at } = environment();
    return structuredClone({
      credentials: settings.auth.type === 'none' ? settings.auth : { ...settings.auth, key },
      now: new Date(at).toISOString(),
      calls,
      uses: book.uses(),
      codes: book.codes().map(ledgerCode),
      sms: phone.sms(),
      charges: phone.charges(),
    });
  };
  const reset = () => {
    ending.abort();
    ending = new AbortController();
    faults.clear();
    clock.reset();
    book.reset(clock.now());
    phone.reset();
    settings = ownSettings;
    calls = [];
  };

  const app = Fastify({ forceCloseConnections: true, bodyLimit: 65_536 });
  app.register(controlRoutes, {
    operations: ['get_code', 'use_code', 'generate_code', 'generate_code_list'],
    clock,
    faults,
    ledger,
    reset,
  });
  app.register(paycodesControls, {
    phone,
    environment,
    settings: () => settings,
    change: (changed) => {
      settings = { ...settings, ...changed };
    },
  });
  app.register(callRoutes, {
    key,
    clock,
    faults,
    behaviours: codeBehaviours(slowMs),
    settings: () => settings,
    environment,
    log: (call) => void calls.push(call),
    ending: () => ending.signal,
  });
  const url = await app.listen({ port, host });
  return {
    url,
    port: Number(new URL(url).port),
    key,
    ledger,
    unusedBulk: book.unusedBulk,
    snapshot: () => structuredClone({ settings, calls, book: book.state(), phone: phone.state() }),
    async close() {
      ending.abort();
      await app.close();
    },
  };
}
