/**
 * SQLite for Kysely. Its own driver waits for a lock inside the event loop, where nothing else can be answered meanwhile; this one tries again
 * later. A transaction takes the lock for writing at its beginning, so it never fails halfway because another process wrote first.
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
import { StoreUnavailable } from '../payments/model/store-unavailable.ts';
import type { SqliteFile } from './sqlite-file.ts';

/** `answers`: what is written by it is what a payment service has said; it may use the room that is kept for that. */
export function sqliteDialect(file: SqliteFile, { answers = false } = {}): Dialect {
  return {
    createDriver: () => sqliteDriver(new Connection(file, answers), file),
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (db) => new SqliteIntrospector(db),
  };
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

/** How long another's lock is waited for, in milliseconds, and how long it is waited between two tries. */
const patienceMs = 2_000;
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
    if (!this.#inTransaction) return this.#patiently(() => this.#run<Row>(query));
    // Out of room or memory, SQLite itself ends a transaction: what follows must not be committed alone.
    if (!this.#file.database.inTransaction)
      throw new StoreUnavailable({ code: 'SQLITE_ABORT_ROLLBACK', effect: 'none', soon: false });
    return this.#run<Row>(query);
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for it, and nobody here reads in pieces.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('results are not read in pieces here');
  }

  async begin(sql: string): Promise<void> {
    await this.#patiently(() => this.#run(CompiledQuery.raw(sql)));
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

  async #patiently<T>(run: () => T): Promise<T> {
    const end = performance.now() + patienceMs;
    for (let wait = firstWaitMs; ; wait = Math.min(2 * wait, longestWaitMs)) {
      try {
        return run();
      } catch (cause) {
        const locked = cause instanceof StoreUnavailable && busy.test(cause.code);
        if (!locked || performance.now() > end) throw cause;
        await this.#file.rest(wait);
      }
    }
  }

  #run<Row>({ sql, parameters, query }: CompiledQuery, at: 'statement' | 'commit' = 'statement'): QueryResult<Row> {
    const { database, reserve } = this.#file;
    if (!this.#answers && writes.has(query.kind) && reserve.isFull())
      throw new StoreUnavailable({ code: 'SQLITE_FULL', effect: 'none', soon: false });
    try {
      const statement = database.prepare(sql);
      if (statement.reader) return { rows: statement.all(parameters) as Row[] };
      const { changes, lastInsertRowid } = statement.run(parameters);
      return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
    } catch (cause) {
      throw this.#judge(cause, at);
    }
  }

  /** An answer that finds no room makes some of what is kept for it, and is worth another try at once. */
  #judge(cause: unknown, at: 'statement' | 'commit'): unknown {
    const error = judgeSqliteError(cause, at);
    if (!(error instanceof StoreUnavailable) || error.code !== 'SQLITE_FULL') return error;
    this.#file.reserve.markFull();
    const soon = this.#answers && this.#file.reserve.release();
    return new StoreUnavailable({ code: error.code, effect: error.effect, soon, cause });
  }
}

const writes: ReadonlySet<string> = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode']);
const busy = /^SQLITE_(BUSY|LOCKED)/;

/** What an error of SQLite means for whoever asked. */
/** Locked, full, read-only, or a disk that fails: it passes, or a person sees to it. Anything else is a mistake of ours, and stays what it is. */
export function judgeSqliteError(cause: unknown, at: 'open' | 'statement' | 'commit'): unknown {
  const { code } = Object(cause) as { code?: unknown };
  if (typeof code !== 'string' || !passing.test(code)) return cause;
  // Where the disk itself failed at the end, nobody knows what is on it.
  const effect = at === 'commit' && code.startsWith('SQLITE_IOERR') ? 'unknown' : 'none';
  return new StoreUnavailable({ code, effect, soon: false, cause });
}

const passing = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PROTOCOL|NOMEM)/;
