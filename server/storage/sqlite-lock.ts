/**
 * Only one server may work on an SQLite file, since the next one takes everything that the first is working on for left behind. So
 * a server holds a lock beside the file, which the operating system releases however the process ends. Commands do not hold it:
 * they may open the database while the server runs.
 */
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import Sqlite from 'better-sqlite3';
import { StoreUnavailable } from '../payments/model/errors.ts';
import { judgeSqliteError, makePrivate } from './sqlite-file.ts';

/** Another server works on this database. It passes when that one stops. */
export class DatabaseInUse extends StoreUnavailable {
  /** Who it is, e.g. `process 4711 on shop-1`. */
  readonly holder: string;
  constructor(holder: string, cause: unknown) {
    super({ code: 'SQLITE_BUSY', effect: 'none', soon: false, cause });
    this.holder = holder;
  }
}

/**
 * @param url `sqlite:<path>` or `postgres://…`; PostgreSQL and a database in memory need no lock
 * @returns Releases the lock.
 * @throws {DatabaseInUse} at once; {StoreUnavailable} if the lock cannot be made
 */
export function lockDatabase(url: string): () => void {
  const path = url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : ':memory:';
  if (path === ':memory:') return () => undefined;
  makePrivate(path);
  // A file that is reached by two names is one database.
  const real = realpathSync(path);
  makePrivate(`${real}.lock`);
  return lockFile(`${real}.lock`, `${real}.holder`);
}

/**
 * Node offers no locks of files, but SQLite does: the lock is a transaction on an empty database. The file stays when the lock is
 * released, since whoever has opened a deleted file would lock something that nobody else sees.
 */
function lockFile(path: string, holderPath: string): () => void {
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(path, { timeout: 0 });
    lock.exec('begin immediate');
  } catch (cause) {
    lock?.close();
    const error = judgeSqliteError(cause, 'open');
    throw error instanceof StoreUnavailable && error.code.startsWith('SQLITE_BUSY')
      ? new DatabaseInUse(readHolder(holderPath), cause)
      : error;
  }
  nameHolder(holderPath);
  const held = lock;
  return () => {
    rmSync(holderPath, { force: true });
    held.close();
  };
}

/** In a file of its own: a process that reads the locked file by itself and closes it would lose its own lock on it. */
function nameHolder(path: string): void {
  try {
    writeFileSync(path, `process ${process.pid} on ${hostname()}\n`, { mode: 0o600 });
  } catch {
    // On a full disk the lock holds all the same, and only its holder's name is missing.
  }
}

function readHolder(path: string): string {
  try {
    const [name = ''] = readFileSync(path, 'utf8').split('\n');
    if (/^process \d+ on [\w.-]+$/.test(name)) return name;
  } catch {
    // It has not written its name, or has ended just now.
  }
  return 'another process';
}
