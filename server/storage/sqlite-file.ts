/** The file of the embedded engine: who may read it, the one connection to it, and whose turn it is. */

import { randomFillSync } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { judgeSqliteError } from './sqlite.ts';

export interface SqliteFile {
  database: Sqlite.Database;
  reserve: Reserve;
  /** Resolves when it is the caller's turn. */
  lock(): Promise<void>;
  unlock(): void;
  /** Lets others have their turn for so many milliseconds. */
  rest(ms: number): Promise<void>;
  close(): void;
}

/** Milliseconds, only while it is opened: later nobody waits inside the event loop. */
const openMs = 2_000;

/** One writer, crash-safe: a committed intent survives a power cut. What is deleted is overwritten. */
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
    return { database, reserve, ...turns(), close: database.close.bind(database) };
  } catch (cause) {
    database?.close();
    throw judgeSqliteError(cause, 'open');
  }
}

/** SQLite gives its other files (`-wal`, `-shm`) the rights of the database. */
function makePrivate(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600));
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      chmodSync(file, 0o600);
    } catch {
      // Not there, or another user's: then its rights are theirs to choose.
    }
  }
}

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
 * Room on the disk that is kept for answers in flight. A file of ballast lies beside the database; when the disk is full, nothing new is begun,
 * and the ballast makes room for what payment services have said already.
 */
export interface Reserve {
  /** Whether a write found no room and there is still none. Looks at the disk, so it is told soon after there is room again. */
  isFull(): boolean;
  /** Whether there is so little room left that a write may fail. */
  isLow(): boolean;
  /** A write found no room. */
  markFull(): void;
  /** Makes room for an answer; false where that was done already. */
  release(): boolean;
}

export const noReserve: Reserve = { isFull: () => false, isLow: () => false, markFull: () => undefined, release: () => false };

/** For some hundred answers. */
const reservedBytes = 8 * 1024 * 1024;
const leastBytes = 1024 * 1024;

export function createReserve(path: string): Reserve {
  let full = false;
  const free = (): number => {
    const { bavail, bsize } = statfsSync(dirname(path));
    return bavail * bsize;
  };
  const isThere = (): boolean => statSync(path, { throwIfNoEntry: false })?.size === reservedBytes;
  /** Random, since a file system may pack away what repeats. */
  const make = (): void => {
    if (isThere()) return;
    try {
      writeFileSync(path, randomFillSync(Buffer.allocUnsafe(reservedBytes)), { mode: 0o600 });
    } catch {
      rmSync(path, { force: true });
      full = true;
    }
  };
  make();
  return {
    isFull() {
      if (!full || free() < leastBytes + (isThere() ? 0 : reservedBytes)) return full;
      full = false;
      make();
      return full;
    },
    isLow: () => free() < leastBytes,
    markFull() {
      full = true;
    },
    release() {
      full = true;
      if (!isThere()) return false;
      rmSync(path, { force: true });
      return true;
    },
  };
}
