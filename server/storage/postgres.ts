/**
 * PostgreSQL for Kysely. Its own driver would lend a dead connection again and again. Nothing is set for a session, and no statement has a
 * name, so PgBouncer may stand in between, in transaction mode.
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
import { StoreUnavailable } from '../payments/model/store-unavailable.ts';
import { createPostgresPool, type PostgresPool, postgresTimeouts } from './postgres-pool.ts';

export interface PostgresOptions {
  /** Said within every transaction that may write, after its beginning. */
  begin?: string;
  /** How long a statement may take to be answered, in milliseconds. */
  answerMs?: number;
}

export function postgresDialect(url: string, options: PostgresOptions = {}): Dialect {
  return {
    createDriver: () => postgresDriver(createPostgresPool(url, options.answerMs), options.begin ?? limited),
    createAdapter: () => new Adapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  };
}

const limited = [
  `set local statement_timeout = ${postgresTimeouts.statement}`,
  `set local lock_timeout = ${postgresTimeouts.lock}`,
  `set local idle_in_transaction_session_timeout = ${postgresTimeouts.idleInTransaction}`,
].join('; ');

/** For migrations: one process at a time, for as long as they take. The lock ends with the transaction, whichever connection has it. */
export const migrationSettings: PostgresOptions = {
  begin: 'set local statement_timeout = 0; set local lock_timeout = 0; select pg_advisory_xact_lock(3853314791062309107)',
  answerMs: 3_600_000,
};

class Adapter extends PostgresAdapter {
  // Taken by `migrationSettings`: a lock of the session would be lost behind PgBouncer.
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

/** How often a statement or a beginning is tried on another connection, where it is certain that nothing happened. */
const tries = 4;

function postgresDriver(pool: PostgresPool, settings: string): Driver {
  const lent = (connection: DatabaseConnection) => connection as Lent;
  return {
    init: async () => undefined,
    acquireConnection: async () => new Lent(pool, await pool.lend()),
    async beginTransaction(connection, { isolationLevel, accessMode }: TransactionSettings) {
      // Said each time: a database may have another isolation by default, under which strangers' payments would refuse each other.
      const begin = `begin isolation level ${isolationLevel ?? 'read committed'} ${accessMode ?? ''}`;
      await lent(connection).begin(`${begin}; ${settings}`);
    },
    commitTransaction: (connection) => lent(connection).commit(),
    rollbackTransaction: (connection) => lent(connection).rollback(),
    releaseConnection: async (connection) => lent(connection).release(),
    destroy: () => pool.close(),
  };
}

class Lent implements DatabaseConnection {
  readonly #pool: PostgresPool;
  #client: pg.PoolClient | undefined;
  #broken = false;
  #inTransaction = false;

  constructor(pool: PostgresPool, client: pg.PoolClient) {
    this.#pool = pool;
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<Row>> {
    const again = this.#inTransaction ? 'never' : query.kind === 'SelectQueryNode' ? 'always' : 'unless lost';
    const { command, rowCount, rows } = await this.#run(sql, parameters, again);
    const counted = command === 'INSERT' || command === 'UPDATE' || command === 'DELETE';
    return { rows: rows as Row[], ...(counted && { numAffectedRows: BigInt(rowCount ?? 0) }) };
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for it, and nobody here reads in pieces.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('results are not read in pieces here');
  }

  async begin(sql: string): Promise<void> {
    try {
      await this.#run(sql, [], 'always');
    } catch (cause) {
      // It may have begun before it failed.
      this.#broken = true;
      throw cause;
    }
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    await this.#ask('commit', [], 'commit');
    this.#inTransaction = false;
  }

  /** Of a connection that is lost, PostgreSQL does it by itself. */
  async rollback(): Promise<void> {
    if (!this.#broken) await this.#ask('rollback', [], 'statement').catch(() => undefined);
    this.#inTransaction = false;
  }

  release(): void {
    if (this.#client) this.#pool.takeBack(this.#client, this.#broken || this.#inTransaction);
    this.#client = undefined;
  }

  /** `unless lost`: a single write that got no answer may have been made. */
  async #run(sql: string, parameters: readonly unknown[], again: 'never' | 'always' | 'unless lost'): Promise<pg.QueryResult> {
    for (let left = tries; ; left -= 1) {
      try {
        return await this.#ask(sql, parameters, 'statement');
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable) || again === 'never') throw cause;
        const maybeDone = again === 'unless lost' && this.#broken && cause.code !== '25006';
        if (maybeDone) throw new StoreUnavailable({ code: cause.code, effect: 'unknown', soon: false, cause });
        if (!cause.soon || left <= 1) throw cause;
        if (this.#broken) await this.#replace();
      }
    }
  }

  async #ask(sql: string, parameters: readonly unknown[], at: 'statement' | 'commit'): Promise<pg.QueryResult> {
    if (!this.#client) throw new Error('a connection that was given back is used');
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
    this.#client = await this.#pool.lend();
    this.#broken = false;
  }
}
