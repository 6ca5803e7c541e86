/**
 * A database on PostgreSQL with today's tables and no rows. Tests copy it, because to make the tables anew takes a second for each
 * test. It stays when a run ends, under a name of its own for each set of migrations, and the next run copies it again.
 */
import pg from 'pg';
import { openDatabase } from '../../server/storage/database.ts';
import { migrate } from '../../server/storage/migrate.ts';
import { migrationsDigest } from './migrations-digest.ts';

const prefix = 'pay_desk_template_';
/** Held while the template is made: the files of a run are processes of their own. Any number that nothing else uses. */
const lock = 7_254_161;

interface Template {
  name: string;
  /** Of PostgreSQL, as 15. */
  version: number;
}

let made: Promise<Template> | undefined;

/** @param server The address of the database server. */
export function postgresTemplate(server: string): Promise<Template> {
  made ??= make(server);
  return made;
}

async function make(server: string): Promise<Template> {
  const name = prefix + migrationsDigest();
  const client = new pg.Client({ connectionString: server, connectionTimeoutMillis: 15_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [lock]);
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database where datname like $1', [
      `${prefix}%`,
    ]);
    const about = await client.query<{ server_version_num: string }>('show server_version_num');
    const template = { name, version: Math.floor(Number(about.rows[0]?.server_version_num) / 10_000) };
    if (rows.some(({ datname }) => datname === name)) return template;
    const unfinished = `${name}_unfinished`;
    await client.query(`drop database if exists ${unfinished} with (force)`);
    await client.query(`create database ${unfinished}`);
    const url = new URL(server);
    url.pathname = `/${unfinished}`;
    const { db } = openDatabase(url.href);
    try {
      await migrate(db);
    } finally {
      await db.destroy();
    }
    await client.query(`alter database ${unfinished} rename to ${name}`);
    return template;
  } finally {
    await client.end();
  }
}
