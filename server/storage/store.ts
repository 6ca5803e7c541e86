/** The store of `payments/`: opens the database, brings it up to date, and runs the queries. */
import { setTimeout as pause } from 'node:timers/promises';
import { Kysely, sql } from 'kysely';
import type { Clock } from '../payments/model/ports.ts';
import type { Queries, Store } from '../payments/model/store.ts';
import { StoreUnavailable } from '../payments/model/store-unavailable.ts';
import { createDatabaseClock, createMonotonicClock } from './engine-clock.ts';
import { migrate } from './migrate.ts';
import { migrationSettings, postgresDialect } from './postgres.ts';
import { attemptQueries, claimQueries } from './queries/attempts.ts';
import { cardQueries } from './queries/cards.ts';
import { codeBatchQueries } from './queries/code-batches.ts';
import { idempotencyQueries } from './queries/idempotency.ts';
import { backlog, outboxQueries } from './queries/outbox.ts';
import { paymentQueries } from './queries/payments.ts';
import { postbackQueries } from './queries/postbacks.ts';
import { rateLimitQueries } from './queries/rate-limits.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';

export interface OpenStore extends Store {
  readonly engine: Engine;
  /** The time that all processes on this database agree on. */
  readonly clock: Clock & { /** By how much this machine's clock is ahead of it, in milliseconds. */ skewMs(): number };
}

/** How often a transaction is run that the engine refuses for the sake of others, or whose connection was lost before its commit. */
const tries = 5;

/**
 * `url`: `sqlite:<path>` or `postgres://…`.
 * @throws {StoreUnavailable} where the database cannot be opened or written now; `DatabaseTooNew`.
 */
export async function openStore(url: string): Promise<OpenStore> {
  const { engine, db, answers, checkRoom, atLeisure } = openDatabase(url);
  const ready = async () => {
    checkRoom();
    // A write that changes nothing still needs the lock and the right to write; on SQLite it is the disk that is asked, too.
    if (engine === 'sqlite') await sql`pragma user_version = 0`.execute(db);
    await db
      .updateTable('outbox')
      .set({ status: sql.ref('status') })
      .where('id', '=', '')
      .execute();
  };
  const transaction = async <T>(on: Kysely<Schema>, work: (tx: Queries) => Promise<T>): Promise<T> => {
    for (let left = tries; ; left -= 1) {
      try {
        return await on.transaction().execute((tx) => work(queries(tx, engine)));
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable && cause.soon && cause.effect === 'none') || left <= 1) throw cause;
        await pause(Math.random() * 20 * (tries - left));
      }
    }
  };
  try {
    await atLeisure(migrate);
    // A full disk may be started on: what is there can be read, and answers have room of their own.
    await ready().catch((cause: unknown) => {
      if (!(cause instanceof StoreUnavailable && cause.code === 'SQLITE_FULL')) throw cause;
    });
    const clock = engine === 'postgres' ? await createDatabaseClock(() => databaseTime(db)) : createMonotonicClock();
    return {
      ...queries(db, engine),
      engine,
      clock,
      transaction: (work, { answer = false } = {}) => transaction(answer ? answers : db, work),
      snapshot: (work) => {
        const reading = db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
        return reading.execute((tx) => work(queries(tx, engine)));
      },
      backlog: () => backlog(db),
      ready,
      async close() {
        clock.stop();
        await db.destroy();
      },
    };
  } catch (cause) {
    await db.destroy();
    throw cause;
  }
}

/** Of this statement, not of its transaction. */
async function databaseTime(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ now: string }>`select extract(epoch from clock_timestamp()) * 1000 as now`.execute(db);
  return Number(rows[0]?.now);
}

/** Opens the engine that the URL names: `sqlite:<path>` (`sqlite::memory:` for tests) or `postgres://…`. */
export type Engine = 'sqlite' | 'postgres';

export interface OpenDatabase {
  engine: Engine;
  db: Kysely<Schema>;
  /** The same database, for what a payment service has said: on a full disk there is room left for it. */
  answers: Kysely<Schema>;
  /** Throws StoreUnavailable where there is no room to write. */
  checkRoom(): void;
  /** Runs `work` as long as it takes; for migrations. */
  atLeisure<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
}

export function openDatabase(url: string): OpenDatabase {
  return url.startsWith('sqlite:') ? sqlite(openSqliteFile(url.slice('sqlite:'.length))) : postgres(url);
}

function sqlite(file: SqliteFile): OpenDatabase {
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file) });
  return {
    engine: 'sqlite',
    db,
    answers: new Kysely<Schema>({ dialect: sqliteDialect(file, { answers: true }) }),
    checkRoom() {
      if (file.reserve.isFull() || file.reserve.isLow())
        throw new StoreUnavailable({ code: 'SQLITE_FULL', effect: 'none', soon: false });
    },
    atLeisure: (work) => work(db),
  };
}

function postgres(url: string): OpenDatabase {
  const db = new Kysely<Schema>({ dialect: postgresDialect(url) });
  return {
    engine: 'postgres',
    db,
    answers: db,
    checkRoom: () => undefined,
    async atLeisure(work) {
      const own = new Kysely<Schema>({ dialect: postgresDialect(url, migrationSettings) });
      try {
        return await work(own);
      } finally {
        await own.destroy();
      }
    },
  };
}

/** All queries, the same for both engines; on a connection or inside a transaction. */
export const queries = (db: Kysely<Schema>, engine: Engine): Queries => ({
  ...paymentQueries(db, engine),
  ...attemptQueries(db),
  ...outboxQueries(db),
  ...idempotencyQueries(db),
  ...claimQueries(db, engine),
  ...codeBatchQueries(db),
  ...postbackQueries(db),
  ...cardQueries(db),
  ...rateLimitQueries(db),
});
