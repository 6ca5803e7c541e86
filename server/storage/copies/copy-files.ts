/** What stops a backup, a restore or a copy, as one sentence for the operator; and the files that these leave. */
import { chmodSync, closeSync, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

/** Its message is one sentence for the operator, without stored data and without a password. */
export class CopyError extends Error {
  override readonly name = 'CopyError';
}

/** Makes an empty file that only its owner may read, before anything is written into it. */
export const createPrivate = (path: string): void => closeSync(openSync(path, 'wx', 0o600));

/** Gives a finished file its name, so that an interrupted work never leaves half a file under that name; survives a power cut. */
export function publishFile(unfinished: string, path: string): void {
  chmodSync(unfinished, 0o600);
  sync(unfinished);
  renameSync(unfinished, path);
  sync(dirname(path));
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The path of an SQLite database; null for PostgreSQL. @throws {CopyError} for a database in memory */
export function sqlitePath(url: string): string | null {
  if (!url.startsWith('sqlite:')) return null;
  const path = url.slice('sqlite:'.length);
  if (path === ':memory:') throw new CopyError('A database in memory belongs to its process, and no command can open it.');
  return path;
}

/**
 * Opening an SQLite file that is not there would make an empty database, and a command would report about that one.
 * @throws {CopyError}
 */
export function requireDatabase(url: string): void {
  const path = sqlitePath(url);
  if (path === null || existsSync(path)) return;
  throw new CopyError(
    'DATABASE_URL: expected a database file that exists; a relative path begins at the folder that the command runs in.',
  );
}
