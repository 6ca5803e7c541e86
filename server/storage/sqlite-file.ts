/** SQLite's database file: its permissions, the one connection to it, whose turn it is, and the space reserved beside it. */
import { randomFillSync } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { StoreUnavailable } from '../payments/model/errors.ts';
import { keepStatements } from './sqlite-statements.ts';

export interface SqliteFile {
  database: Sqlite.Database;
  /** Prepares a statement, or finds it prepared. */
  prepare(text: string): Sqlite.Statement;
  reserve: Reserve;
  /** Resolves when it is the caller's turn. */
  lock(): Promise<void>;
  unlock(): void;
  /** Lets others have their turn for so many milliseconds, then waits for its own. */
  rest(ms: number): Promise<void>;
  close(): void;
}

/** How long opening waits for a lock, in milliseconds. Later nothing waits inside the event loop. */
const openMs = 2_000;

/** One writer and crash-safe: a committed intent survives a power cut. Deleted data is overwritten. */
export function openSqliteFile(path: string): SqliteFile {
  const inMemory = path === ':memory:';
  if (!inMemory) makePrivate(path);
  let database: Sqlite.Database | undefined;
  try {
    database = new Sqlite(path, { timeout: openMs });
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('secure_delete = ON');
    database.pragma('busy_timeout = 0');
    const reserve = inMemory ? noReserve : createReserve(`${path}.reserve`);
    return { database, prepare: keepStatements(database), reserve, ...turns(), close: database.close.bind(database) };
  } catch (cause) {
    database?.close();
    throw judgeSqliteError(cause, 'open');
  }
}

/** Makes the file and its folder. SQLite gives its other files (`-wal`, `-shm`) the permissions of the database. */
export function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      chmodSync(file, 0o600);
    } catch {
      // The file does not exist, or belongs to another user, who then chooses its permissions.
    }
  }
}

/** A queue for the one connection: transactions run one after another. */
function turns(): Pick<SqliteFile, 'lock' | 'unlock' | 'rest'> {
  let taken = false;
  const waiting: (() => void)[] = [];
  const lock = (): Promise<void> => {
    if (taken) return new Promise((resolve) => waiting.push(resolve));
    taken = true;
    return Promise.resolve();
  };
  const unlock = (): void => {
    const next = waiting.shift();
    if (next) next();
    else taken = false;
  };
  return {
    lock,
    unlock,
    async rest(ms) {
      unlock();
      await pause(ms);
      await lock();
    },
  };
}

/**
 * Locked, full, read-only or a failing disk becomes `StoreUnavailable`: it passes, or a person repairs it. Any other error is a
 * bug of ours and is returned as it is.
 */
export function judgeSqliteError(cause: unknown, at: 'open' | 'statement' | 'commit'): unknown {
  const { code } = Object(cause) as { code?: unknown };
  if (typeof code !== 'string' || !temporaryErrors.test(code)) return cause;
  // If the disk itself failed during a commit, nobody knows what was written.
  const effect = at === 'commit' && code.startsWith('SQLITE_IOERR') ? 'unknown' : 'none';
  return new StoreUnavailable({ code, effect, soon: false, cause });
}

const temporaryErrors = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|READONLY|CANTOPEN|PROTOCOL|NOMEM)/;

/**
 * Disk space that is reserved for answers in flight: a file of ballast beside the database. When the disk is full, nothing new
 * begins, and deleting the ballast makes space for what payment services have already answered.
 */
interface Reserve {
  /**
   * Whether a write found the disk full and it still is. Looks at the disk, so it becomes false soon after there is space again.
   */
  isFull(): boolean;
  /** Whether so little space is left that a write may fail. */
  isLow(): boolean;
  /** Notes that a write found the disk full. */
  markFull(): void;
  /** Makes space for an answer; false if that had been done already. */
  release(): boolean;
}

const noReserve: Reserve = { isFull: () => false, isLow: () => false, markFull: () => undefined, release: () => false };

/** Enough for some hundred answers. */
const reservedBytes = 8 * 1024 * 1024;
const lowBytes = 1024 * 1024;

function createReserve(path: string): Reserve {
  let full = false;
  const free = (): number => {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  };
  const exists = (): boolean => statSync(path, { throwIfNoEntry: false })?.size === reservedBytes;
  /** Random bytes, since a file system may compress anything that repeats. */
  const create = (): void => {
    if (exists()) return;
    try {
      writeFileSync(path, randomFillSync(Buffer.allocUnsafe(reservedBytes)), { mode: 0o600 });
    } catch {
      rmSync(path, { force: true });
      full = true;
    }
  };
  create();
  return {
    isFull() {
      if (!full || free() < lowBytes + (exists() ? 0 : reservedBytes)) return full;
      full = false;
      create();
      return full;
    },
    isLow: () => free() < lowBytes,
    markFull() {
      full = true;
    },
    release() {
      full = true;
      if (!exists()) return false;
      rmSync(path, { force: true });
      return true;
    },
  };
}
