/**
 * SQLite for Kysely. Kysely's own driver waits for a lock inside the event loop and blocks everything else meanwhile; this one
 * tries again later. A transaction takes the write lock at its start, so it never fails halfway because another process wrote
 * first.
 */
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { StoreUnavailable } from '../payments/model/errors.ts';
import { judgeSqliteError, type SqliteFile } from './sqlite-file.ts';

/** `answers`: it writes what payment services answered, and may use the disk space that is reserved for that. */
export function sqliteDialect(file: SqliteFile, { answers = false } = {}): Dialect {
  return {
    createDriver: () => sqliteDriver(new Connection(file, answers), file),
    createAdapter: () => new Adapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
}

class Adapter extends SqliteAdapter {
  /** So that a migration that is interrupted leaves nothing behind. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function sqliteDriver(connection: Connection, file: SqliteFile): Driver {
  return {
    init: async () => undefined,
    async acquireConnection() {
      await file.lock();
      return connection;
    },
    beginTransaction: (_connection, { accessMode }) => connection.begin(accessMode === 'read only' ? 'begin' : 'begin immediate'),
    commitTransaction: () => connection.commit(),
    rollbackTransaction: async () => connection.rollback(),
    releaseConnection: async () => file.unlock(),
    destroy: async () => file.close(),
  };
}

/** How long to wait for a lock of another process, and between two tries; in milliseconds. */
const lockWaitMs = 2_000;
const firstWaitMs = 2;
const longestWaitMs = 50;

class Connection implements DatabaseConnection {
  readonly #file: SqliteFile;
  readonly #answers: boolean;
  #inTransaction = false;

  constructor(file: SqliteFile, answers: boolean) {
    this.#file = file;
    this.#answers = answers;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (!this.#inTransaction) return this.#retryWhileLocked(() => this.#run<Row>(query));
    // Without disk space or memory SQLite rolls a transaction back by itself; the rest of it must not be committed alone.
    if (!this.#file.database.inTransaction) {
      throw new StoreUnavailable({ code: 'SQLITE_ABORT_ROLLBACK', effect: 'none', soon: false });
    }
    return this.#run<Row>(query);
  }

  // biome-ignore lint/correctness/useYield: Kysely requires the method, and nothing here reads a result in pieces.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('results are not read in pieces here');
  }

  async begin(sql: string): Promise<void> {
    await this.#retryWhileLocked(() => this.#run(CompiledQuery.raw(sql)));
    this.#inTransaction = true;
  }

  async commit(): Promise<void> {
    this.#run(CompiledQuery.raw('commit'), 'commit');
    this.#inTransaction = false;
  }

  rollback(): void {
    this.#inTransaction = false;
    if (this.#file.database.inTransaction) this.#run(CompiledQuery.raw('rollback'));
  }

  async #retryWhileLocked<T>(run: () => T): Promise<T> {
    const end = performance.now() + lockWaitMs;
    for (let wait = firstWaitMs; ; wait = Math.min(2 * wait, longestWaitMs)) {
      try {
        return run();
      } catch (cause) {
        const locked = cause instanceof StoreUnavailable && lockErrors.test(cause.code);
        if (!locked || performance.now() > end) throw cause;
        await this.#file.rest(wait);
      }
    }
  }

  #run<Row>({ sql, parameters, query }: CompiledQuery, at: 'statement' | 'commit' = 'statement'): QueryResult<Row> {
    const { reserve } = this.#file;
    if (!this.#answers && writes.has(query.kind) && reserve.isFull()) {
      throw new StoreUnavailable({ code: 'SQLITE_FULL', effect: 'none', soon: false });
    }
    try {
      const statement = this.#file.prepare(sql);
      if (statement.reader) return { rows: statement.all(parameters) as Row[] };
      const { changes, lastInsertRowid } = statement.run(parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (cause) {
      throw this.#judge(cause, at);
    }
  }

  /** An answer that finds the disk full releases the reserved space and is then worth another try at once. */
  #judge(cause: unknown, at: 'statement' | 'commit'): unknown {
    const error = judgeSqliteError(cause, at);
    if (!(error instanceof StoreUnavailable) || error.code !== 'SQLITE_FULL') return error;
    this.#file.reserve.markFull();
    const soon = this.#answers && this.#file.reserve.release();
    return new StoreUnavailable({ code: error.code, effect: error.effect, soon, cause });
  }
}

const writes: ReadonlySet<string> = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode']);
const lockErrors = /^SQLITE_(BUSY|LOCKED)/;
