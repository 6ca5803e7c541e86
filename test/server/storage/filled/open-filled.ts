/**
 * Opens a copy of a filled database with today's code, with the services' snapshots and the time of the recording.
 */
import assert from 'node:assert/strict';
import { copyFileSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { openStore } from '../../../../server/storage/store.ts';
import type { Json } from '../../../golden/json.ts';
import { rename, renameMap, renamesOf } from '../../../golden/rename.ts';
import type { Engine } from '../../../support/engines.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { customer, merchant } from './http-clients.ts';
import { openServer } from './open-server.ts';
import type { Recording } from './recording.ts';
import { type Hosts, openUpstreams } from './upstreams.ts';
import { openWebhookReceiver } from './webhook-receiver.ts';

export interface OpenOptions {
  /** Are called before the server starts: with the database as it was, and as today's migrations leave it. */
  before?(databaseUrl: string): Promise<void>;
  migrated?(databaseUrl: string): Promise<void>;
  sealingKey?: Buffer;
}

export async function openFilled(engine: Engine, version: string, options: OpenOptions = {}) {
  const folder = new URL(`../filled-${version}/`, import.meta.url);
  const path = (name: string): string => fileURLToPath(new URL(name, folder));
  const recorded: Recording = JSON.parse(readFileSync(path(`${engine.name}.json`), 'utf8'));
  // Public names are promised since 0.2.0.
  const recording = version === '0.1.0' ? withTodaysNames(recorded) : recorded;
  const clock = createFakeClock(recording.recordedAt);
  const webhookReceiver = await openWebhookReceiver();
  const upstreams = await openUpstreams(clock.now, recording.services);
  const database = await engine.createEmpty();
  const moved = movedHosts(recording.hosts, upstreams.hosts);
  if (engine.name === 'sqlite') restoreSqlite(path('filled.sqlite'), database.url.slice('sqlite:'.length), moved);
  else await restorePostgres(path('filled.sql'), database.url, moved);
  await options.before?.(database.url);
  await (await openStore(database.url)).close();
  await options.migrated?.(database.url);
  const server = await openServer({ databaseUrl: database.url, clock, upstreams, webhookReceiver, ...options });
  await upstreams.control('paykassma', 'postbacks', { url: `${server.address}/postbacks/paykassma/books` });

  const noted = (name: string) => recording.payments.find((one) => one.name === name) ?? assert.fail(`no payment ${name}`);
  return {
    recording,
    clock,
    webhookReceiver,
    upstreams,
    server,
    databaseUrl: database.url,
    noted,
    customer: (name: string) => customer(server.address, noted(name).clientSecret),
    customerOf: (clientSecret: string) => customer(server.address, clientSecret),
    books: merchant(server.address, 'books'),
    kiosk: merchant(server.address, 'kiosk'),
    read: (name: string) => merchant(server.address, noted(name).merchant).read(noted(name).id),
    async close() {
      await server.stop();
      await upstreams.close();
      await webhookReceiver.close();
      await database.drop();
    },
  };
}

/** What the merchant's server saw then, under the names that the interface has today. */
const withTodaysNames = (recording: Recording): Recording => ({
  ...recording,
  payments: recording.payments.map((payment) => ({
    ...payment,
    seen: rename(
      payment.seen as unknown as Json,
      renamesOf(renameMap, 'http'),
    ) as unknown as Recording['payments'][number]['seen'],
  })),
});

export type Filled = Awaited<ReturnType<typeof openFilled>>;

/**
 * The database contains the host and port of each service, which have another port now. They are replaced in the copy before
 * today's code opens it, so this uses the tables as they were.
 */
const movedHosts = (from: Hosts, to: Hosts): [string, string][] =>
  (Object.keys(from) as (keyof Hosts)[]).map((name) => [from[name], to[name]]);

function restoreSqlite(from: string, to: string, moved: [string, string][]): void {
  copyFileSync(from, to);
  const database = new Sqlite(to);
  const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
  for (const table of tables) {
    const columns = database.prepare(`select name from pragma_table_info('${table}') where type = 'TEXT' collate nocase`);
    for (const column of columns.pluck().all() as string[]) {
      const change = database.prepare(
        `update "${table}" set "${column}" = replace("${column}", @from, @to) where instr("${column}", @from)`,
      );
      for (const [old, now] of moved) change.run({ from: old, to: now });
    }
  }
  database.close();
}

async function restorePostgres(from: string, url: string, moved: [string, string][]): Promise<void> {
  const dump = moved.reduce((text, [old, now]) => text.replaceAll(old, now), readFileSync(from, 'utf8'));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(dump);
  await client.end();
}
