/** PayCodes as we understand it: a real HTTP server with its own ledger. How it differs from the real one: ../README.md. */
import Fastify from 'fastify';
import { createClock } from '../control/clock.ts';
import { controlRoutes } from '../control/control-routes.ts';
import { createFaultPlan } from '../control/fault-plan.ts';
import { refuseInProduction } from '../control/refuse-in-production.ts';
import type { Call } from './call.ts';
import { codeBehaviours } from './code-behaviours.ts';
import { createCodeBook, type Use } from './code-book.ts';
import { type LedgerCode, ledgerCode } from './ledger-code.ts';
import type { World } from './methods.ts';
import { rpcRoutes } from './rpc-routes.ts';

export interface PayCodesSimulatorOptions {
  /** 0 (default) = any free port. */
  port?: number;
  host?: string;
  /** The clock behind the simulated one: milliseconds since the epoch. */
  now?: () => number;
  /** The bearer key it accepts. */
  key?: string;
  /** How late SLOW0001's use is answered, in milliseconds; default 8,000. */
  slowMs?: number;
  /** How `use_code` refuses a code that exists: `status: false` (default) or error 1007. */
  unusable?: World['unusable'];
}

export interface PayCodesLedger {
  credentials: { type: 'bearer'; key: string };
  /** ISO 8601, by the simulated clock. */
  now: string;
  /** Every call that came in, oldest first. */
  calls: readonly Call[];
  /** Every use that really happened since the start or the last reset, oldest first. */
  uses: readonly Use[];
  /** Every code there is, as it stands. */
  codes: readonly LedgerCode[];
}

export interface PayCodesSimulator {
  /** Where JSON-RPC is served, e.g. `http://127.0.0.1:4411`. */
  url: string;
  port: number;
  key: string;
  ledger(): PayCodesLedger;
  /** Cuts every connection and stops. */
  close(): Promise<void>;
}

/** @throws when NODE_ENV is production, or the port is taken */
export async function createPayCodesSimulator({
  port = 0,
  host = '127.0.0.1',
  now,
  key = 'paycodes_demo_key',
  slowMs = 8_000,
  unusable = 'status',
}: PayCodesSimulatorOptions = {}): Promise<PayCodesSimulator> {
  refuseInProduction('PayCodes');
  const clock = createClock(now);
  const faults = createFaultPlan();
  const book = createCodeBook(clock.now());
  let calls: Call[] = [];
  let world = new AbortController();

  const ledger = (): PayCodesLedger => ({
    credentials: { type: 'bearer', key },
    now: new Date(clock.now()).toISOString(),
    calls: structuredClone(calls),
    uses: structuredClone(book.uses()),
    codes: book.codes().map(ledgerCode),
  });
  const reset = () => {
    world.abort();
    world = new AbortController();
    faults.clear();
    clock.reset();
    book.reset(clock.now());
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
  app.register(rpcRoutes, {
    key,
    clock,
    faults,
    book,
    unusable,
    behaviours: codeBehaviours(slowMs),
    log: (call) => void calls.push(call),
    ending: () => world.signal,
  });
  const url = await app.listen({ port, host });
  return {
    url,
    port: Number(new URL(url).port),
    key,
    ledger,
    async close() {
      world.abort();
      await app.close();
    },
  };
}
