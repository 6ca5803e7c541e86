/** Opens the database, and waits for one that is away, since it may be restarted at the same moment as this process. */
import { setTimeout as pause } from 'node:timers/promises';
import fastify, { type FastifyBaseLogger } from 'fastify';
import type { Config } from './config.ts';
import { ConfigError } from './config-error.ts';
import { StoreUnavailable } from './payments/model/errors.ts';
import { asKeys } from './payments/sealer.ts';
import { type LogStream, logOptions } from './plugins/log.ts';
import { createAuditChain } from './storage/audit/chain.ts';
import { DatabaseTooNew } from './storage/migrate.ts';
import { DatabaseInUse, lockDatabase } from './storage/sqlite-lock.ts';
import { type OpenStore, openStore } from './storage/store.ts';

const usualWaitMs = 60_000;
const everyMs = 500;
const logEveryMs = 10_000;

/**
 * For the server, which is the only one on its SQLite file: waits also for another server to stop, as during a restart that starts
 * the next process before the last one has ended.
 * @throws {ConfigError} if the database cannot be opened, or not in time
 */
export async function waitForOwnStore(config: Config, logTo?: LogStream): Promise<OpenStore> {
  let unlock: (() => void) | undefined;
  try {
    const store = await waitForStore(config, logTo, () => {
      unlock ??= lockDatabase(config.databaseUrl);
    });
    const close = async () => {
      await store.close().finally(unlock);
    };
    return { ...store, close };
  } catch (cause) {
    unlock?.();
    throw cause;
  }
}

/**
 * @param before Runs before each try, which it ends by throwing.
 * @throws {ConfigError} if the database cannot be opened, or not in time
 */
export async function waitForStore(config: Config, logTo?: LogStream, before?: () => void): Promise<OpenStore> {
  const { databaseUrl, databaseWaitMs = usualWaitMs } = config;
  const end = performance.now() + databaseWaitMs;
  const chain = createAuditChain(asKeys(config.keys));
  let log: FastifyBaseLogger | undefined;
  let loggedAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    try {
      before?.();
      return await openStore(databaseUrl, chain);
    } catch (cause) {
      if (cause instanceof DatabaseTooNew) {
        throw new ConfigError(
          'DATABASE_URL: this database was written by a newer version of this program: start that one, or bring back a copy from before.',
        );
      }
      if (!isTemporary(cause) || performance.now() + everyMs > end) {
        throw new ConfigError(
          cause instanceof DatabaseInUse
            ? `DATABASE_URL: ${cause.holder} uses this database; only one server may use an SQLite file: stop that one, or move to PostgreSQL.`
            : `DATABASE_URL: expected a database that can be opened and written${errorCode(cause)}.`,
        );
      }
      // The app and its log do not exist yet, since they need the database.
      log ??= fastify({ logger: logOptions(config.logLevel, logTo) }).log;
      if (performance.now() - loggedAt >= logEveryMs) {
        loggedAt = performance.now();
        if (cause instanceof DatabaseInUse) log.warn(`waiting until ${cause.holder} no longer uses the database`);
        else log.warn({ err: cause }, 'waiting for the database');
      }
      await pause(everyMs);
    }
  }
}

/** False for a wrong password, a missing database and a file without write permission, which only a person can repair. */
const isTemporary = (cause: unknown): boolean =>
  cause instanceof StoreUnavailable && !/^(28|3D|SQLITE_(READONLY|CANTOPEN))/.test(cause.code);

/** The code of an error, or of its cause, for a message. Its text may quote anything, such as a password in a URL. */
export function errorCode(cause: unknown): string {
  const { code, cause: deeper } = Object(cause) as { code?: unknown; cause?: unknown };
  if (typeof code === 'string' && /^\w+$/.test(code)) return ` (${code})`;
  return deeper === undefined ? '' : errorCode(deeper);
}
