/**
 * The BFF of a simulation in one process: the production server on its database file, without sockets. A crash takes everything that it
 * has in memory; the next core starts on the same file. It has the interface of the real processes (`../bff.ts`).
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import type { Config } from '../../../server/config.ts';
import { MerchantConfig } from '../../../server/merchants.ts';
import type { OperatorConfig } from '../../../server/operators.ts';
import { type RunningServer, startServer } from '../../../server/start-server.ts';
import { copySqliteTemplate } from '../../support/sqlite-template.ts';
import type { Bff, BffProcess } from '../bff.ts';
import { merchantsFile } from '../merchants-file.ts';
import { origins } from './services.ts';
import { closeDatabasesOf, databaseOf } from './virtual-database.ts';
import { cut, forgetServer, inject, removeHost, serverAt, setHost } from './virtual-network.ts';
import { type Owner, runAs, speed, withoutTime } from './virtual-time.ts';

export const webhookOrigin = 'http://127.0.0.1:5';

interface Core {
  owner: Owner;
  server: RunningServer;
  process: BffProcess;
  /** Requests that it has not answered. */
  pending: Set<(cause: Error) => void>;
}

export interface Cores extends Bff {
  /** Ends the core at once, in the middle of whatever it does. False where it is not running. */
  crash(owner: Owner): boolean;
  /** Whether the core has something to do by itself at this time. */
  isDue(at: number): boolean;
  /** Whether this core has started and not ended. */
  isRunning(owner: Owner): boolean;
  /** The database of the core that runs, where no transaction is open; else null. */
  database(): Sqlite.Database | null;
}

/** What one database file needs, for all schedules of this process. */
export interface Ground {
  config: Config;
  path: string;
  /** An empty database: the rows are deleted where a core goes on, otherwise the file is made anew. */
  prepare(): Promise<void>;
  /** The core that the last schedule has left behind in good health. */
  warm: Core | null;
}

export function createGround(folder: string, webhookSecret: string): Ground {
  const path = join(folder, 'in-process.db');
  const { payme, ...others } = origins;
  const file = merchantsFile(
    { ...others, payme: `${payme}/api` },
    { url: `${webhookOrigin}/hook`, secret: webhookSecret },
    speed,
  ) as { merchants: unknown[]; operators: OperatorConfig[] };
  const ground: Ground = {
    warm: null,
    path,
    config: {
      port: 0,
      host: '127.0.0.1',
      publicUrl: new URL('http://localhost:4400'),
      databaseUrl: `sqlite:${path}`,
      keys: Buffer.alloc(32, 0x11),
      logLevel: 'error',
      trustProxy: false,
      demo: false,
      merchants: file.merchants.map((merchant) => MerchantConfig.parse(merchant)),
      operators: file.operators,
      operate: { host: '127.0.0.1', port: 0 },
    },
    async prepare() {
      const database = ground.warm && databaseOf(ground.warm.owner, path);
      if (database) return empty(database);
      ground.warm = null;
      for (const end of ['', '-wal', '-shm', '.reserve', '.lock', '.holder']) rmSync(path + end, { force: true });
      await copySqliteTemplate(path);
    },
  };
  return ground;
}

/** Deletes all rows but those that belong to the running server. */
function empty(database: Sqlite.Database): void {
  const tables = database
    .prepare("select name from sqlite_master where type = 'table' and name not like 'kysely_%' and name not like 'sqlite_%'")
    .pluck()
    .all() as string[];
  const own = tables.filter((name) => name !== 'key_checks');
  database.exec(`begin immediate; ${own.map((name) => `delete from "${name}";`).join(' ')} commit`);
}

/** Checks, expiries and webhooks; what else there is to do can wait. */
const isAnythingDue = (database: Sqlite.Database, at: number): boolean =>
  database
    .prepare(
      `select exists (select 1 from attempts where next_check_at <= ?) or exists (select 1 from discounts where next_check_at <= ?)
         or exists (select 1 from payments where status in ('open', 'awaiting_customer') and expires_at <= ?)
         or exists (select 1 from outbox where status = 'pending' and next_try_at <= ?)`,
    )
    .pluck()
    .get(at, at, at, at) === 1;

export interface CoresDeps {
  ground: Ground;
  world: Owner;
  /** Real milliseconds of `test/deep` until the next core starts after a crash. */
  restartAfter(): number;
  log(text: string): void;
  breach(text: string): void;
}

/** There is one core at a time, as on SQLite. */
export function createCores({ ground, world, restartAfter, log, breach }: CoresDeps): Cores {
  let core: Core | null = null;
  let starting: Promise<void> | null = null;
  let over = false;

  const take = (fresh: Core): void => {
    core = fresh;
    const { owner, process, pending } = fresh;
    for (const address of [process.address, process.inside]) {
      const app = serverAt(address);
      setHost(address, (request) => {
        if (owner.dead || process.ending) return Promise.reject(cut());
        return new Promise((resolve, reject) => {
          pending.add(reject);
          runAs(owner, () => inject(app, request))
            .then(resolve, reject)
            .finally(() => pending.delete(reject));
        });
      });
    }
  };

  const leave = ({ process }: Core): void => {
    for (const address of [process.address, process.inside]) {
      removeHost(address);
      forgetServer(address);
    }
    core = null;
  };

  /** What an operator would read. */
  const logLine = (line: string): void => {
    const { level, msg, err } = JSON.parse(line) as { level: string; msg: string; err?: { message: string } };
    log(`the core logs ${level}: ${msg} ${err?.message ?? ''}`);
  };

  const startCore = async (): Promise<void> => {
    const owner: Owner = { kind: 'core', dead: false, skew: 0 };
    try {
      const server = await withoutTime(() => runAs(owner, () => startServer(ground.config, { logTo: { write: logLine } })));
      take({
        owner,
        server,
        pending: new Set(),
        process: {
          slot: 0,
          address: server.address,
          inside: server.operateAddress ?? '',
          // Checks ask whether the process has ended by itself, which a core cannot.
          child: { exitCode: null } as BffProcess['child'],
          ready: Promise.resolve(true),
          ending: null,
          lines: [],
        },
      });
      log('a core is up');
    } catch (cause) {
      breach(`the core does not start: ${(cause as Error).message}`);
    }
  };

  const start = async (): Promise<void> => {
    if (over || core) return;
    const { warm } = ground;
    ground.warm = null;
    if (warm) return take(warm);
    starting ??= startCore().finally(() => {
      starting = null;
    });
    await starting;
  };

  const crash = (owner: Owner): boolean => {
    const ending = core;
    if (ending?.owner !== owner) return false;
    log('the core crashes');
    owner.dead = true;
    ending.process.ending = 'killed';
    closeDatabasesOf(owner);
    for (const reject of ending.pending) reject(cut());
    leave(ending);
    void runAs(world, async () => {
      await pause(restartAfter());
      await start();
    });
    return true;
  };

  return {
    live: () => (core && !core.process.ending ? [core.process] : []),
    isRunning: (owner) => core?.owner === owner && !core.process.ending,
    database() {
      const database = core && databaseOf(core.owner, ground.path);
      return database?.inTransaction === false ? database : null;
    },
    isDue(at) {
      const database = core && databaseOf(core.owner, ground.path);
      return !database || isAnythingDue(database, at);
    },
    start,
    crash,
    kill() {
      if (core) crash(core.owner);
    },
    async stop() {
      const ending = core;
      if (!ending || ending.process.ending) return;
      ending.process.ending = 'stopping';
      log('the core is asked to stop');
      await runAs(ending.owner, () => ending.server.stop());
      ending.owner.dead = true;
      closeDatabasesOf(ending.owner);
      leave(ending);
    },
    async skew(_slot, ms) {
      if (core) core.owner.skew = ms;
    },
    async follow() {
      const { owner, server } = core ?? {};
      if (owner && server) await runAs(owner, () => server.runNow());
    },
    hurry: async () => undefined,
    async end() {
      over = true;
      await starting;
      if (core && core.pending.size === 0) {
        core.owner.skew = 0;
        ground.warm = core;
      }
    },
  };
}
