/**
 * PostgreSQL for Kysely. Kysely's own driver would go on using a dead connection. No setting is made for a session and no
 * statement has a name, so that PgBouncer may stand in between, in transaction mode.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  type TransactionSettings,
} from 'kysely';
import type pg from 'pg';
import { StoreUnavailable } from '../payments/model/errors.ts';
import { createPostgresPool, type PostgresPool, postgresTimeouts } from './postgres-pool.ts';

interface PostgresOptions {
  /** SQL that runs at the start of every transaction. */
  begin?: string;
  /** How long a statement may take to be answered, in milliseconds. */
  answerMs?: number;
}

export function postgresDialect(url: string, options: PostgresOptions = {}): Dialect {
  return {
    createDriver: () => postgresDriver(createPostgresPool(url, options.answerMs), options.begin ?? timeoutSettings),
    createAdapter: () => new Adapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

const timeoutSettings = [
  `set local statement_timeout = ${postgresTimeouts.statement}`,
  `set local lock_timeout = ${postgresTimeouts.lock}`,
  `set local idle_in_transaction_session_timeout = ${postgresTimeouts.idleInTransaction}`,
].join('; ');

/** For migrations: one process at a time, for as long as they take. The lock ends with the transaction. */
export const migrationSettings: PostgresOptions = {
  begin: 'set local statement_timeout = 0; set local lock_timeout = 0; select pg_advisory_xact_lock(3853314791062309107)',
  answerMs: 3_600_000,
};

class Adapter extends PostgresAdapter {
  // `migrationSettings` takes the lock in the transaction, since PgBouncer would lose a lock of the session.
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/** How often a statement, or the start of a transaction, is tried if it is certain that it had no effect. */
const tries = 4;

function postgresDriver(pool: PostgresPool, settings: string): Driver {
  const ours = (connection: DatabaseConnection) => connection as Connection;
  return {
    init: async () => undefined,
    acquireConnection: async () => new Connection(pool, await pool.acquire()),
    async beginTransaction(connection, { isolationLevel, accessMode }: TransactionSettings) {
      // Set each time: under a stricter default isolation of the database, unrelated payments would refuse each other.
      const begin = `begin isolation level ${isolationLevel ?? 'read committed'} ${accessMode ?? ''}`;
      await ours(connection).begin(`${begin}; ${settings}`);
    },
    commitTransaction: (connection) => ours(connection).commit(),
    rollbackTransaction: (connection) => ours(connection).rollback(),
    releaseConnection: async (connection) => ours(connection).release(),
    destroy: () => pool.close(),
  };
}

class Connection implements DatabaseConnection {
  readonly #pool: PostgresPool;
  #client: pg.PoolClient | undefined;
  #broken = false;
  #inTransaction = false;

  constructor(pool: PostgresPool, client: pg.PoolClient) {
    this.#pool = pool;
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const retry = this.#inTransaction ? 'never' : query.kind === 'SelectQueryNode' ? 'always' : 'unless lost';
    const { command, rowCount, rows } = await this.#run(sql, parameters, retry);
    const isWrite = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
    return { rows: rows as Row[], ...(isWrite && { numAffectedRows: BigInt(rowCount ?? 0) }) };
  }

  // biome-ignore lint/correctness/useYield: Kysely requires the method, and nothing here reads a result in pieces.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('results are not read in pieces here');
  }

  async begin(sql: string): Promise<void> {
    try {
      await this.#run(sql, [], 'always');
    } catch (cause) {
      // The transaction may have started before the error.
      this.#broken = true;
      throw cause;
    }
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.#query('commit', [], 'commit');
    this.#inTransaction = false;
  }

  /** After a lost connection, PostgreSQL rolls back by itself. */
  async rollback(): Promise<void> {
    if (!this.#broken) await this.#query('rollback', [], 'statement').catch(() => undefined);
    this.#inTransaction = false;
  }

  release(): void {
    if (this.#client) this.#pool.release(this.#client, this.#broken || this.#inTransaction);
    this.#client = undefined;
  }

  /** `unless lost`: a single write that got no answer may have had its effect, so it is not repeated. */
  async #run(sql: string, parameters: readonly unknown[], retry: 'never' | 'always' | 'unless lost'): Promise<pg.QueryResult> {
    for (let left = tries; ; left -= 1) {
      try {
        return await this.#query(sql, parameters, 'statement');
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable) || retry === 'never') throw cause;
        const maybeDone = retry === 'unless lost' && this.#broken && cause.code !== '25006';
        if (maybeDone) throw new StoreUnavailable({ code: cause.code, effect: 'unknown', soon: false, cause });
        if (!cause.soon || left <= 1) throw cause;
        if (this.#broken) await this.#replace();
      }
    }
  }

  async #query(sql: string, parameters: readonly unknown[], at: 'statement' | 'commit'): Promise<pg.QueryResult> {
    if (!this.#client) throw new Error('a connection is used after its release');
    try {
      return await this.#client.query(sql, [...parameters]);
    } catch (cause) {
      const { broken, error } = this.#pool.judge(cause, at);
      this.#broken ||= broken;
      throw error;
    }
  }

  async #replace(): Promise<void> {
    this.release();
    this.#client = await this.#pool.acquire();
    this.#broken = false;
  }
}
