/** Backs up the database into one file while the server runs. */
import { existsSync, rmSync, statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { CopyError, createPrivate, publishFile, requireDatabase, sqlitePath } from './copy-files.ts';
import { runPostgresTool } from './postgres-tools.ts';

export interface Backup {
  file: string;
  bytes: number;
}

/**
 * The file is complete or absent: it is written beside its place, checked, and then gets its name. Only its owner may read it.
 * It holds everything but the keys of the configuration: what is sealed in it cannot be opened without `SEALING_KEY`.
 * @param file Must not exist yet.
 * @throws {CopyError}
 */
export async function backupDatabase(databaseUrl: string, file: string): Promise<Backup> {
  if (existsSync(file)) throw new CopyError(`${file} exists already: choose another name, so that no older backup is lost.`);
  requireDatabase(databaseUrl);
  const path = sqlitePath(databaseUrl);
  const unfinished = `${file}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    createPrivate(unfinished);
    if (path === null) await dumpPostgres(databaseUrl, unfinished);
    else await backupSqlite(path, unfinished);
    publishFile(unfinished, file);
  } catch (cause) {
    rmSync(unfinished, { force: true });
    const { code } = Object(cause) as { code?: unknown };
    if (cause instanceof CopyError || typeof code !== 'string') throw cause;
    throw new CopyError(`The backup could not be written (${code}).`);
  }
  return { file, bytes: statSync(file).size };
}

/**
 * SQLite's online backup API: a copy of one moment, whatever is written meanwhile. All pages are copied in one step, because
 * after each step it would begin again if the server had written something.
 */
async function backupSqlite(path: string, unfinished: string): Promise<void> {
  const source = new Sqlite(path, { readonly: true, timeout: 10_000 });
  try {
    await source.backup(unfinished, { progress: () => 2 ** 31 - 1 });
  } finally {
    source.close();
  }
  const copy = new Sqlite(unfinished);
  try {
    // One file instead of a file and its log.
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('integrity_check', { simple: true });
    if (found !== 'ok') throw new CopyError('The backup is damaged, so the database may be: run PRAGMA integrity_check on it.');
  } finally {
    copy.close();
  }
}

/** A dump of one moment too. Databases that an earlier restore has put aside have other names and are not in it. */
async function dumpPostgres(url: string, unfinished: string): Promise<void> {
  await runPostgresTool('pg_dump', url, ['--format=custom', '--no-owner', '--no-privileges', `--file=${unfinished}`]);
  // Reads the list of its contents.
  await runPostgresTool('pg_restore', null, ['--list', unfinished]);
}
