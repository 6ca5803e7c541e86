/** The files and the names that backups and restores leave: who may read them, who owns them, and that none is ever missing. */
import assert from 'node:assert/strict';
import { chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import { backupDatabase } from '../../../../server/storage/copies/backup.ts';
import { holdDatabase, restoreDatabase } from '../../../../server/storage/copies/restore.ts';
import { openDatabase } from '../../../../server/storage/database.ts';
import { openStore } from '../../../../server/storage/store.ts';
import { engines } from '../../../support/engines.ts';

const postgres = engines.find(({ name }) => name === 'postgres');

describe('the files of a backup and a restore (sqlite)', () => {
  it('are never readable by others, and the database is never missing', async () => {
    await inFolder(async (folder) => {
      const database = join(folder, 'pay-desk.db');
      await fill(database);
      const seen = await watched(folder, async () => {
        await backupDatabase(`sqlite:${database}`, join(folder, 'one.backup'));
        await restoreDatabase(join(folder, 'one.backup'), `sqlite:${database}`);
      });
      const names = seen.map((one) => one.replace(/ \d+$/, ''));
      for (const name of ['one.backup.unfinished', 'pay-desk.db.restoring']) assert.ok(names.includes(name), `${seen}`);
      assert.deepEqual(
        seen.filter((one) => !/ 600$/.test(one)),
        [],
      );
    });
  });

  it('belong to the owner of the old database, also if root restores it', { skip: process.getuid?.() !== 0 }, async () => {
    await inFolder(async (folder) => {
      const database = join(folder, 'pay-desk.db');
      await fill(database, 1_000);
      await backupDatabase(`sqlite:${database}`, join(folder, 'one.backup'));
      chownSync(database, 1234, 1235);
      await restoreDatabase(join(folder, 'one.backup'), `sqlite:${database}`);
      const { uid, gid } = statSync(database);
      assert.deepEqual([uid, gid], [1234, 1235]);
    });
  });

  it('are not made by a hold in the wrong folder', async () => {
    await inFolder(async (folder) => {
      await assert.rejects(holdDatabase(`sqlite:${join(folder, 'nowhere.db')}`), /database file that exists/);
      assert.equal(statSync(join(folder, 'nowhere.db'), { throwIfNoEntry: false }), undefined);
    });
  });
});

describe('the names of a restore (postgres)', { skip: postgres?.skip ?? true }, () => {
  it('are not cut off, so that a database of the longest name is not dropped', async () => {
    const made = await postgres?.createEmpty();
    assert.ok(made);
    const name = 'pay_desk_'.padEnd(63, 'x');
    const { db } = openDatabase(at(made.url, 'postgres'));
    const drop = (database: string) => sql`drop database if exists ${sql.id(database)}`.execute(db);
    const folder = mkdtempSync(join(tmpdir(), 'pay-desk-names-'));
    try {
      await drop(name);
      await sql`create database ${sql.id(name)}`.execute(db);
      await (await openStore(at(made.url, name))).close();
      await backupDatabase(at(made.url, name), join(folder, 'backup'));
      const { keptAs } = await restoreDatabase(join(folder, 'backup'), at(made.url, name));
      assert.match(keptAs ?? '', /_before_restore_\d{14}$/);
      const { rows } = await sql`select 1 from pg_database where datname in (${name}, ${keptAs})`.execute(db);
      assert.equal(rows.length, 2);
      await drop(keptAs ?? '');
    } finally {
      await drop(name);
      await db.destroy();
      await made.drop();
      rmSync(folder, { recursive: true });
    }
  });

  it('are found by TLS without a check of the certificate, which the server and PostgreSQL call by two names', async () => {
    const made = await postgres?.createEmpty();
    assert.ok(made);
    const folder = mkdtempSync(join(tmpdir(), 'pay-desk-names-'));
    try {
      for (const way of ['?sslmode=no-verify', '?ssl=true']) {
        // This PostgreSQL has no TLS, and says so: the wish has reached it.
        await assert.rejects(backupDatabase(made.url + way, join(folder, 'x')), /server does not support SSL/);
      }
      const ipv6 = Object.assign(new URL(made.url), { hostname: '[::1]', port: '9' }).href;
      await assert.rejects(backupDatabase(ipv6, join(folder, 'x')), /connection to server at "::1", port 9 failed/);
    } finally {
      await made.drop();
      rmSync(folder, { recursive: true });
    }
  });
});

const at = (url: string, name: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-files-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A database that takes a while to copy. */
async function fill(path: string, bytes = 30_000_000): Promise<void> {
  await (await openStore(`sqlite:${path}`)).close();
  const { db } = openDatabase(`sqlite:${path}`);
  const log = sql`insert into operator_log (id, operator, action, target, data, at) values ('log_1', 'anna', 'search', '', ${JSON.stringify({ text: 'x'.repeat(bytes) })}, 1)`;
  await log.execute(db);
  await db.destroy();
}

/** @returns What another thread has seen in the folder meanwhile: each file with its permissions, and `pay-desk.db` if it was gone. */
async function watched(folder: string, work: () => Promise<void>): Promise<string[]> {
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const watcher = new Worker(
    `const { readdirSync, statSync } = require('node:fs');
     const { parentPort, workerData: { folder, stop } } = require('node:worker_threads');
     const seen = new Set();
     parentPort.postMessage('ready');
     while (Atomics.load(stop, 0) === 0) {
       for (const name of new Set([...readdirSync(folder), 'pay-desk.db'])) {
         const found = statSync(folder + '/' + name, { throwIfNoEntry: false });
         if (found) seen.add(name + ' ' + (found.mode & 0o777).toString(8));
         else if (name === 'pay-desk.db') seen.add('pay-desk.db is gone');
       }
     }
     parentPort.postMessage([...seen]);`,
    { eval: true, workerData: { folder, stop } },
  );
  const message = () => new Promise<unknown>((resolve) => watcher.once('message', resolve));
  await message();
  try {
    await work();
  } finally {
    Atomics.store(stop, 0, 1);
  }
  return (await message()) as string[];
}
