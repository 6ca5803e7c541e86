/** Opens the engine that the URL names: `sqlite:<path>` (`sqlite::memory:` for tests) or `postgres://…`. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Dialect, Kysely, PostgresDialect, SqliteDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';

export type Engine = 'sqlite' | 'postgres';

export interface OpenDatabase {
  engine: Engine;
  db: Kysely<Schema>;
}

export function openDatabase(url: string): OpenDatabase {
  if (url.startsWith('sqlite:'))
    return { engine: 'sqlite', db: new Kysely<Schema>({ dialect: sqlite(url.slice('sqlite:'.length)) }) };
  return { engine: 'postgres', db: new Kysely<Schema>({ dialect: postgres(url) }) };
}

/** One writer, crash-safe: a committed intent survives a power cut. What is deleted is overwritten. */
function sqlite(path: string): Dialect {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new Sqlite(path, { timeout: 2_000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  return new SqliteDialect({ database });
}

const bigint = 20;

/** Milliseconds and minor units stay far below 2^53, so a bigint is read as a number. */
function postgres(url: string): Dialect {
  const types = {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === bigint && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format as 'text'),
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    // A process that hangs in the middle of a step must not hold a payment against all others.
    idle_in_transaction_session_timeout: 15_000,
    types: types as pg.CustomTypesConfig,
  });
  // An idle connection that PostgreSQL cuts is replaced by the pool; unheard, its error would end the process.
  pool.on('error', () => undefined);
  return new PostgresDialect({ pool });
}
