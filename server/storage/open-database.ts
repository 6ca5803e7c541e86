/** Opens the engine that the URL names: `sqlite:<path>` (`sqlite::memory:` for tests) or `postgres://…`. */
import { Kysely } from 'kysely';
import { StoreUnavailable } from '../payments/model/store-unavailable.ts';
import { migrationSettings, postgresDialect } from './postgres.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';

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
