/** The store that `payments/` calls: opens the database, migrates it, and runs the queries. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import { StoreUnavailable } from '../payments/model/errors.ts';
import type { MoneyReads } from '../payments/model/money-figures.ts';
import type { OperatorReads } from '../payments/model/operator-reads.ts';
import type { Queries, Store } from '../payments/model/store.ts';
import type { AuditChain } from './audit/chain.ts';
import { restoreHoldQueries } from './copies/hold.ts';
import { type Engine, openDatabase } from './database.ts';
import { createDatabaseClock, createMonotonicClock, type EngineClock } from './engine-clock.ts';
import { migrate } from './migrate.ts';
import { attemptQueries, claimQueries } from './queries/attempts.ts';
import { cardQueries } from './queries/cards.ts';
import { codeBatchQueries } from './queries/code-batches.ts';
import { discountQueries } from './queries/discounts.ts';
import { idempotencyQueries } from './queries/idempotency.ts';
import { moneyReads } from './queries/money-figures.ts';
import { operatorReads } from './queries/operator-reads.ts';
import { operatorQueries } from './queries/operators.ts';
import { backlog, outboxQueries } from './queries/outbox.ts';
import { paymentList } from './queries/payment-list.ts';
import { paymentQueries } from './queries/payments.ts';
import { postbackQueries } from './queries/postbacks.ts';
import { rateLimitQueries } from './queries/rate-limits.ts';
import { reconciliationQueries } from './queries/reconciliations.ts';
import { type SealedTextQueries, sealedTextQueries } from './queries/sealed-texts.ts';
import { webhookLogQueries } from './queries/webhook-log.ts';
import type { Schema } from './schema.ts';

export interface OpenStore extends Store, SealedTextQueries {
  readonly engine: Engine;
  /** The time that all processes on this database agree on. */
  readonly clock: Pick<EngineClock, 'now' | 'skewMs'>;
  /** What the operator's metrics say about money. */
  readonly money: MoneyReads;
  /** What operators read. */
  readonly reads: OperatorReads;
}

/**
 * How often a transaction is run if the engine refuses it for the sake of others, or its connection is lost before the commit.
 */
const tries = 5;

/**
 * @param url `sqlite:<path>` or `postgres://…`
 * @param chain Links the rows of the audit. The server always passes it; without it they have no hashes.
 * @throws {StoreUnavailable} if the database cannot be opened or written now; {DatabaseTooNew}
 */
export async function openStore(url: string, chain: AuditChain | null = null): Promise<OpenStore> {
  const { engine, db, answers, checkSpace, withoutTimeouts } = openDatabase(url);
  const ready = async () => {
    checkSpace();
    // A write that changes nothing still needs the lock and the permission to write. On SQLite the pragma writes to the disk.
    if (engine === 'sqlite') await sql`pragma user_version = 0`.execute(db);
    await db
      .updateTable('outbox')
      .set({ status: sql.ref('status') })
      .where('id', '=', '')
      .execute();
  };
  const transaction = async <T>(database: Kysely<Schema>, work: (tx: Queries) => Promise<T>): Promise<T> => {
    for (let left = tries; ; left -= 1) {
      try {
        return await database.transaction().execute((tx) => work(queries(tx, engine, chain)));
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable && cause.soon && cause.effect === 'none') || left <= 1) throw cause;
        await pause(Math.random() * 20 * (tries - left));
      }
    }
  };
  try {
    await withoutTimeouts(migrate);
    // The server may start on a full disk: the data can be read, and space is reserved for answers.
    await ready().catch((cause: unknown) => {
      if (!(cause instanceof StoreUnavailable && cause.code === 'SQLITE_FULL')) throw cause;
    });
    const clock = engine === 'postgres' ? await createDatabaseClock(() => databaseTime(db)) : createMonotonicClock();
    return {
      ...queries(db, engine, chain),
      ...sealedTextQueries(db),
      engine,
      clock,
      money: moneyReads(db),
      reads: operatorReads(db),
      transaction: (work, { answer = false } = {}) => transaction(answer ? answers : db, work),
      snapshot: (work) => {
        const reading = db.transaction().setAccessMode('read only').setIsolationLevel('repeatable read');
        return reading.execute((tx) => work(queries(tx, engine, chain)));
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

/** The time of the statement, in milliseconds since 1970; `now()` would be that of its transaction. */
async function databaseTime(db: Kysely<Schema>): Promise<number> {
  const { rows } = await sql<{ now: string }>`select extract(epoch from clock_timestamp()) * 1000 as now`.execute(db);
  return Number(rows[0]?.now);
}

/** All queries, the same for both engines, on a connection or inside a transaction. */
const queries = (db: Kysely<Schema>, engine: Engine, chain: AuditChain | null): Queries => ({
  ...paymentQueries(db, engine, chain),
  ...paymentList(db),
  ...attemptQueries(db),
  ...discountQueries(db),
  ...outboxQueries(db),
  ...webhookLogQueries(db),
  ...idempotencyQueries(db),
  ...claimQueries(db, engine),
  ...codeBatchQueries(db),
  ...postbackQueries(db),
  ...cardQueries(db),
  ...rateLimitQueries(db),
  ...operatorQueries(db, chain),
  ...reconciliationQueries(db),
  ...restoreHoldQueries(db),
});
