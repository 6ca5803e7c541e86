/**
 * Brings a backup back. The restored database is built beside its place, brought up to date and held (`hold.ts`), and only then
 * takes the place of the old one, which is kept under another name.
 */
import { chownSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { Schema } from '../schema.ts';
import { CopyError, createPrivate, publishFile, requireDatabase, sqlitePath } from './copy-files.ts';
import { holdRestored, newestChange } from './hold.ts';
import { besideName, databaseAt, databaseName, runPostgresTool } from './postgres-tools.ts';

export interface Restored {
  /** Since when payments and calls may be missing; milliseconds since 1970. */
  since: number;
  /** Where the database lies that was there before: a file, or the name of a database; null if there was none. */
  keptAs: string | null;
}

export interface RestoreOptions {
  /** Restores even over a database that knows of newer changes than the backup. */
  force?: boolean;
  /** Milliseconds since 1970. */
  now?: number;
}

/**
 * All servers on this database must be stopped. Afterwards they may start: nothing is spent until the hold is released.
 * @throws {CopyError} also if the target has newer changes than the backup, unless `force` is set
 */
export async function restoreDatabase(file: string, databaseUrl: string, options: RestoreOptions = {}): Promise<Restored> {
  if (!existsSync(file)) throw new CopyError(`${file}: expected a backup that can be read.`);
  const { force = false, now = Date.now() } = options;
  const path = sqlitePath(databaseUrl);
  return path === null ? restorePostgres(file, databaseUrl, force, now) : restoreSqlite(file, path, force, now);
}

async function restoreSqlite(file: string, path: string, force: boolean, now: number): Promise<Restored> {
  const building = `${path}.restoring`;
  const keptAs = existsSync(path) ? `${path}.before-restore-${stamp(now)}` : null;
  const remove = () => {
    for (const end of ['', '-wal', '-shm', '.reserve']) rmSync(`${building}${end}`, { force: true });
  };
  remove();
  try {
    if (keptAs) inSqlite(path, requireUnused);
    createPrivate(building);
    await copySqlite(file, building);
    const since = await prepare(`sqlite:${building}`, now);
    if (keptAs) requireOlder(await newestIn(`sqlite:${path}`), since, force);
    // Logs become part of the files, which can then be renamed alone.
    inSqlite(building, requireUnused);
    if (keptAs) {
      inSqlite(path, requireUnused);
      keepBeside(path, keptAs);
    }
    giveToOwner(building, keptAs ?? dirname(path));
    publishFile(building, path);
    return { since, keptAs };
  } finally {
    remove();
  }
}

/**
 * The old file has a second name before the new one takes its place. If it were moved away first, a server that starts between
 * the two, or after a power cut, would begin with an empty database.
 */
function keepBeside(path: string, keptAs: string): void {
  try {
    linkSync(path, keptAs);
  } catch (cause) {
    if (Object(cause).code === 'EEXIST') throw cause;
    // This file system has no links.
    renameSync(path, keptAs);
  }
}

/** Whoever restores as root leaves a file that the server's own user can open. */
function giveToOwner(file: string, like: string): void {
  const { uid, gid } = statSync(like);
  if (process.getuid?.() === 0) chownSync(file, uid, gid);
}

async function copySqlite(file: string, to: string): Promise<void> {
  try {
    const backup = new Sqlite(file, { readonly: true });
    try {
      await backup.backup(to, { progress: () => 2 ** 31 - 1 });
    } finally {
      backup.close();
    }
    inSqlite(to, (database) => {
      if (database.pragma('integrity_check', { simple: true }) !== 'ok') throw new Error('damaged');
      database.prepare('select 1 from payments limit 1').get();
    });
  } catch {
    throw new CopyError(`${file}: expected a whole backup of an SQLite database, as \`db backup\` makes it.`);
  }
}

function inSqlite(path: string, work: (database: Sqlite.Database) => void): void {
  const database = new Sqlite(path, { timeout: 0 });
  try {
    work(database);
  } finally {
    database.close();
  }
}

/** Makes one file of the database and its log, which works only while nobody else has it open. @throws {CopyError} */
export function requireUnused(database: Sqlite.Database): void {
  try {
    if (database.pragma('journal_mode = DELETE', { simple: true }) === 'delete') return;
  } catch {
    // Reported below.
  }
  throw new CopyError('The database is in use: stop all servers and commands that use it first.');
}

async function restorePostgres(file: string, url: string, force: boolean, now: number): Promise<Restored> {
  const name = databaseName(url);
  const building = besideName(name, '_restoring');
  const { db } = openDatabase(databaseAt(url, 'postgres'));
  try {
    const like = await settingsOf(db, name);
    const keptAs = like === null ? null : besideName(name, `_before_restore_${stamp(now)}`);
    if (keptAs) await requireNoSessions(db, name);
    await sql`drop database if exists ${sql.id(building)}`.execute(db);
    await sql`create database ${sql.id(building)} template template0 ${sql.raw(like ?? '')}`.execute(db).catch(notAllowed);
    const buildingUrl = databaseAt(url, building);
    const options = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges', `--dbname=${building}`];
    await runPostgresTool('pg_restore', buildingUrl, [...options, file]);
    const since = await prepare(buildingUrl, now);
    if (keptAs) requireOlder(await newestIn(url), since, force);
    await db.transaction().execute(async (tx) => {
      if (keptAs) await sql`alter database ${sql.id(name)} rename to ${sql.id(keptAs)}`.execute(tx);
      await sql`alter database ${sql.id(building)} rename to ${sql.id(name)}`.execute(tx);
    });
    return { since, keptAs };
  } finally {
    // It has its new name by now, or is of no use.
    await sql`drop database if exists ${sql.id(building)}`.execute(db).catch(() => undefined);
    await db.destroy();
  }
}

/** The encoding and locale of a database, as SQL to create another like it; null if there is none of this name. */
async function settingsOf(db: Kysely<Schema>, name: string): Promise<string | null> {
  const { rows } = await sql<Record<'encoding' | 'collate' | 'ctype', string>>`
    select quote_literal(pg_encoding_to_char(encoding)) as encoding, quote_literal(datcollate) as collate, quote_literal(datctype) as ctype
    from pg_database where datname = ${name}
  `.execute(db);
  const [row] = rows;
  return row ? `encoding ${row.encoding} lc_collate ${row.collate} lc_ctype ${row.ctype}` : null;
}

/** PostgreSQL needs a moment to end the session of a client that has gone; as long as it waits itself before a rename. */
const goneWithinMs = 5_000;

async function requireNoSessions(db: Kysely<Schema>, name: string): Promise<void> {
  const end = performance.now() + goneWithinMs;
  while (await hasSessions(db, name)) {
    if (performance.now() > end) throw new CopyError('The database is in use: stop all servers and commands that use it first.');
    await pause(100);
  }
}

async function hasSessions(db: Kysely<Schema>, name: string): Promise<boolean> {
  const { rows } = await sql`select 1 from pg_stat_activity where datname = ${name} and backend_type = 'client backend'`.execute(
    db,
  );
  return rows.length > 0;
}

function notAllowed(cause: unknown): never {
  if (Object(cause).code !== '42501') throw cause;
  throw new CopyError('This role may not create databases: give it CREATEDB for the restore.');
}

/**
 * For a database that was brought back by other means, such as PostgreSQL's recovery to a point in time. It should be held before a
 * server starts. A server that runs begins nothing new from this moment on, and what it has begun goes on.
 * @returns Since when payments and calls may be missing; milliseconds since 1970.
 */
export async function holdDatabase(databaseUrl: string, now = Date.now()): Promise<number> {
  requireDatabase(databaseUrl);
  return prepare(databaseUrl, now);
}

/** Brings the restored database up to date and holds it. */
async function prepare(url: string, now: number): Promise<number> {
  const { db, withoutTimeouts } = openDatabase(url);
  try {
    await withoutTimeouts(migrate);
    return await withoutTimeouts((database) => holdRestored(database, now));
  } finally {
    await db.destroy();
  }
}

/** As `newestChange`; 0 for a database that is not ours yet. */
async function newestIn(url: string): Promise<number> {
  const { db } = openDatabase(url);
  try {
    const tables = await db.introspection.getTables();
    return tables.some(({ name }) => name === 'audit') ? await newestChange(db) : 0;
  } finally {
    await db.destroy();
  }
}

function requireOlder(newest: number, backedUp: number, force: boolean): void {
  if (force || newest <= backedUp) return;
  const [there, here] = [newest, backedUp].map((at) => new Date(at).toISOString());
  throw new CopyError(
    `The database knows of changes up to ${there}, the backup only up to ${here}: it is replaced only with --force, and kept under another name.`,
  );
}

const stamp = (now: number): string => new Date(now).toISOString().replace(/\D/g, '').slice(0, 14);
