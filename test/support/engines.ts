/** Both engines, each with a database of its own that is removed afterwards. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { postgresTemplate } from './postgres-template.ts';
import { copySqliteTemplate } from './sqlite-template.ts';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

export interface Engine {
  name: 'sqlite' | 'postgres';
  /** Why its tests cannot run here, and so are skipped; false where they can. */
  skip: string | false;
  /** Creates a database without rows. Its tables may be there already, as every server would make them at its start. */
  create(): Promise<TestDatabase>;
  /** Creates a database without tables, for tests of how they come. */
  createEmpty(): Promise<TestDatabase>;
}

const server = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

export const engines: readonly Engine[] = [
  {
    name: 'sqlite',
    skip: false,
    create: async () => {
      const database = await sqliteDatabase();
      await copySqliteTemplate(database.url.slice('sqlite:'.length));
      return database;
    },
    createEmpty: sqliteDatabase,
  },
  {
    name: 'postgres',
    skip: await whyNoPostgres(),
    create: async () => postgresDatabase(await likeTemplate()),
    createEmpty: () => postgresDatabase(),
  },
];

/**
 * The engines for tests of behaviour that no engine decides: SQLite, and PostgreSQL as well in CI or with `ENGINES=all`, as
 * `npm run test:all` has it. What reads, locks or counts in a way of its own is tested on both `engines` in every run, and so are
 * the payment of each method, the rules of money, the transcripts of all states and the chaos.
 */
export const usualEngines: readonly Engine[] =
  process.env.CI || process.env.ENGINES === 'all' ? engines : engines.filter(({ name }) => name === 'sqlite');

async function whyNoPostgres(): Promise<string | false> {
  try {
    await onServer('select 1');
    return false;
  } catch (cause) {
    // In CI a missing engine is a failure and not a reason to skip.
    if (process.env.CI) throw new Error('PostgreSQL is needed here and cannot be reached', { cause });
    return 'no PostgreSQL is reachable: set TEST_POSTGRES_URL';
  }
}

/** Copies files where it can, which takes a quarter of the time that it takes to write everything into the log. */
async function likeTemplate(): Promise<string> {
  const { name, version } = await postgresTemplate(server);
  return `template ${name}${version >= 15 ? ' strategy file_copy' : ''}`;
}

async function sqliteDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-'));
  return { url: `sqlite:${join(folder, 'test.db')}`, drop: async () => rmSync(folder, { recursive: true, force: true }) };
}

async function postgresDatabase(like = ''): Promise<TestDatabase> {
  const name = `pay_desk_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name} ${like}`);
  // Commits need not survive a crash of the database's machine here, and a slow disk would double the time of all tests.
  await onServer(`alter database ${name} set synchronous_commit = off`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 15_000 });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
