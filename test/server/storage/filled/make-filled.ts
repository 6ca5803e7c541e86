/**
 * Fills a database on each engine and writes down what it holds, for the present version: `node <this file> <version>`.
 * A folder that exists is never written again, because it must stay what that version left behind.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { engines } from '../../../support/engines.ts';
import { fill } from './fill.ts';
import { openFillTestBed } from './fill-test-bed.ts';
import type { Recording } from './recording.ts';

const [version = ''] = process.argv.slice(2);
assert.match(version, /^\d+\.\d+\.\d+$/, 'which version is it? E.g. 0.1.0');
const folder = fileURLToPath(new URL(`../filled-${version}/`, import.meta.url));
assert.ok(!existsSync(join(folder, 'filled.sqlite')), `${folder} is there, and is never made again`);
const work = `${folder.slice(0, -1)}.new`;
rmSync(work, { recursive: true, force: true });
mkdirSync(work);

/** Any day: nothing that is recorded may depend on it. */
const firstDay = Date.parse('2026-11-21T08:00:00Z');

for (const engine of engines) {
  assert.equal(engine.skip, false, `${engine.name}: ${engine.skip}`);
  const database = await engine.createEmpty();
  const testBed = await openFillTestBed(database.url, firstDay);
  try {
    await fill(testBed);
    const { upstreams, noted, clock, webhookReceiver } = testBed;
    const seen = await Promise.all(
      noted.map(async (one) => ({ ...one, seen: await testBed.merchant(one.merchant).read(one.id) })),
    );
    const services = upstreams.snapshots();
    const rows =
      engine.name === 'sqlite'
        ? copySqlite(database.url.slice('sqlite:'.length), join(work, 'filled.sqlite'))
        : await dumpPostgres(database.url, join(work, 'filled.sql'));
    // The ledgers and the database are of one moment: nothing has happened in between.
    assert.deepEqual(upstreams.snapshots(), services);
    const recording: Recording = {
      version,
      recordedAt: clock.now(),
      hosts: upstreams.hosts,
      payments: seen,
      replays: [
        { name: 'code-paid', path: 'pay-code', key: 'customer-key-paid', body: { code: 'GOOD0001' } },
        { name: 'code-in-flight-used', path: 'pay-code', key: 'customer-key-code-in-flight-used', body: { code: 'GOOD0005' } },
      ],
      received: webhookReceiver.received.map(({ id, webhook: { type, sequence, data } }) => ({
        id,
        type,
        sequence,
        paymentId: data.payment.id,
      })),
      rows,
      services,
    };
    writeFileSync(join(work, `${engine.name}.json`), `${JSON.stringify(recording, null, 1)}\n`);
    assert.deepEqual(webhookReceiver.problems, []);
    console.log(`${engine.name}: ${noted.length} payments`, rows);
  } finally {
    await testBed.close();
    await database.drop();
  }
}
mkdirSync(folder, { recursive: true });
for (const name of ['filled.sqlite', 'filled.sql', 'sqlite.json', 'postgres.json'])
  renameSync(join(work, name), join(folder, name));
rmSync(work, { recursive: true });

/** Copies the database of one moment into one file without a log, while the server goes on. */
function copySqlite(from: string, to: string): Record<string, number> {
  const database = new Sqlite(from);
  try {
    database.prepare('vacuum into ?').run(to);
    const names = database.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
    return Object.fromEntries(
      names.map((name) => [name, Number(database.prepare(`select count(*) from "${name}"`).pluck().get())]),
    );
  } finally {
    database.close();
  }
}

/** Plain SQL that any client can run: no commands of psql, no owner, no comments. */
async function dumpPostgres(url: string, to: string): Promise<Record<string, number>> {
  const dump = execFileSync('pg_dump', ['--inserts', '--no-owner', '--no-privileges', '--no-comments', url], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  writeFileSync(
    to,
    `${dump
      .replace(/^(\\.*|--.*)\n/gm, '')
      .replace(/\n{2,}/g, '\n')
      .trim()}\n`,
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'");
    const counts: Record<string, number> = {};
    for (const { name } of rows) {
      const counted = await client.query<{ count: string }>(`select count(*) from "${name}"`);
      counts[name] = Number(counted.rows[0]?.count);
    }
    return counts;
  } finally {
    await client.end();
  }
}
