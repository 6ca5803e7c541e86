/** Creates an empty database for a schedule, on either engine. It uses the schedule's time, and its connections can be cut. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { SimulatedTime } from './simulated-time.ts';

export type EngineName = 'sqlite' | 'postgres';

export interface ScheduleDatabase {
  url: string;
  /** Cuts every connection of the BFF. @returns How many there were; 0 on SQLite. */
  cut(): Promise<number>;
  /**
   * Fails over: all connections are cut, and who connects in the next moments reaches a server that takes no writes. Connections
   * from then stay as they are, as those to a primary that has become a standby do. @returns False on SQLite.
   */
  failOver(ms: number): Promise<boolean>;
  /** Reports a jump of simulated time to the database. */
  follow(time: SimulatedTime): Promise<void>;
  drop(): Promise<void>;
}

const server = process.env.TEST_POSTGRES_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

export function createScheduleDatabase(engine: EngineName, time: SimulatedTime): Promise<ScheduleDatabase> {
  return engine === 'sqlite' ? sqlite() : postgres(time);
}

async function sqlite(): Promise<ScheduleDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-deep-'));
  return {
    url: `sqlite:${join(folder, 'deep.db')}`,
    cut: async () => 0,
    failOver: async () => false,
    follow: async () => undefined,
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function postgres(time: SimulatedTime): Promise<ScheduleDatabase> {
  const name = `pay_desk_deep_${randomBytes(6).toString('hex')}`;
  const admin = await connect(server);
  await admin.query(`create database ${name}`);
  // Only processes are killed and never the database's machine, so commits need not reach the disk.
  await admin.query(`alter database ${name} set synchronous_commit = off`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const own = await connect(url.href);
  await own.query(timeSql(time, name));
  // A connection runs one query at a time, and disturbances happen at the same time.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (sql: string, values: string[] = []) => {
    const result = last.then(() => admin.query(sql, values));
    last = result.catch(() => undefined);
    return result;
  };
  const cut = async () => {
    // Only connections to this database, without our own.
    const { rowCount } = await inTurn(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name <> $2',
      [name, harness],
    );
    return rowCount ?? 0;
  };
  return {
    url: url.href,
    cut,
    async failOver(ms) {
      await inTurn(`alter database ${name} set default_transaction_read_only = on`);
      await cut();
      await pause(ms);
      await inTurn(`alter database ${name} reset default_transaction_read_only`);
      return true;
    },
    async follow({ jumped }) {
      await own.query('update public.chaos_time set jumped = $1', [jumped]);
    },
    async drop() {
      await own.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}

const harness = 'pay-desk-deep';

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, application_name: harness, connectionTimeoutMillis: 15_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** Functions in `public` hide those of `pg_catalog`, so that this database answers the schedule's time. */
const timeSql = ({ origin, speed }: SimulatedTime, name: string): string => `
  create table public.chaos_time (jumped double precision not null);
  insert into public.chaos_time values (0);
  create function public.chaos_at(at timestamptz) returns timestamptz language sql stable as $$
    select pg_catalog.to_timestamp((${origin} + (extract(epoch from at) * 1000 - ${origin}) * ${speed} + jumped) / 1000)
    from public.chaos_time
  $$;
  ${['now', 'transaction_timestamp', 'statement_timestamp', 'clock_timestamp']
    .map(
      (own) => `create function public.${own}() returns timestamptz language sql stable
      as $$ select public.chaos_at(pg_catalog.${own}()) $$;`,
    )
    .join('\n')}
  alter database ${name} set search_path = public, pg_catalog;
`;
