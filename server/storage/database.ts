/** Opens the database that a URL names, on one of the two engines. */
import { Kysely } from 'kysely';
import { StoreUnavailable } from '../payments/model/errors.ts';
import { migrationSettings, postgresDialect } from './postgres.ts';
import type { Schema } from './schema.ts';
import { sqliteDialect } from './sqlite.ts';
import { openSqliteFile, type SqliteFile } from './sqlite-file.ts';

export type Engine = 'sqlite' | 'postgres';

interface OpenDatabase {
  engine: Engine;
  db: Kysely<Schema>;
  /** The same database, for writing what payment services answered: on a full disk, space is reserved for it. */
  answers: Kysely<Schema>;
  /** @throws {StoreUnavailable} if there is no space to write */
  checkSpace(): void;
  /** Runs `work` for as long as it takes, one process at a time; for migrations. */
  withoutTimeouts<T>(work: (db: Kysely<Schema>) => Promise<T>): Promise<T>;
}

/** @param url `sqlite:<path>` (`sqlite::memory:` for tests) or `postgres://…` */
export function openDatabase(url: string): OpenDatabase {
  return url.startsWith('sqlite:') ? sqlite(openSqliteFile(url.slice('sqlite:'.length))) : postgres(url);
}

function sqlite(file: SqliteFile): OpenDatabase {
  const db = new Kysely<Schema>({ dialect: sqliteDialect(file) });
  return {
    engine: 'sqlite',
    db,
    answers: new Kysely<Schema>({ dialect: sqliteDialect(file, { answers: true }) }),
    checkSpace() {
      if (file.reserve.isFull() || file.reserve.isLow()) {
        throw new StoreUnavailable({ code: 'SQLITE_FULL', effect: 'none', soon: false });
      }
    },
    withoutTimeouts: (work) => work(db),
  };
}

function postgres(url: string): OpenDatabase {
  const db = new Kysely<Schema>({ dialect: postgresDialect(url) });
  return {
    engine: 'postgres',
    db,
    answers: db,
    checkSpace: () => undefined,
    async withoutTimeouts(work) {
      const migrations = new Kysely<Schema>({ dialect: postgresDialect(url, migrationSettings) });
      try {
        return await work(migrations);
      } finally {
        await migrations.destroy();
      }
    },
  };
}
