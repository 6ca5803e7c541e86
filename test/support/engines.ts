/** Both engines, each with an empty database that is removed afterwards. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

export interface Engine {
  name: 'sqlite' | 'postgres';
  /** Why its tests cannot run here, and so are skipped; false where they can. */
  skip: string | false;
  /** Creates an empty database. */
  create(): Promise<{ url: string; drop(): Promise<void> }>;
}

const server = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

export const engines: readonly Engine[] = [
  {
    name: 'sqlite',
    skip: false,
    async create() {
      const folder = mkdtempSync(join(tmpdir(), 'pay-desk-'));
      return { url: `sqlite:${join(folder, 'test.db')}`, drop: async () => rmSync(folder, { recursive: true, force: true }) };
    },
  },
  { name: 'postgres', skip: await whyNoPostgres(), create: postgresDatabase },
];

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

async function postgresDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `pay_desk_${randomBytes(6).toString('hex')}`;
  await onServer(`create database ${name}`);
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
