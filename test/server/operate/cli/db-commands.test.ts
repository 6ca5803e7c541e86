/** The commands that back up, restore, verify and move a database, as an operator types them. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import Sqlite from 'better-sqlite3';
import { runCommand } from '../../../support/pay-desk-command.ts';
import { createRunningServer } from '../../../support/running-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'pay-desk-db-commands-'));
const database = join(folder, 'pay-desk.db');
const backupFile = join(folder, 'first.backup');
const env = { DATABASE_URL: `sqlite:${database}` };
let running: Awaited<ReturnType<typeof createRunningServer>>;

const createPayment = (orderId: string) =>
  running.merchant('/v1/payments', { amount: 2500, currency: 'PLN', orderId, label: 'c' }, { 'idempotency-key': orderId });
const orders = async () => {
  const { payments } = (await (await running.merchant('/v1/payments')).json()) as { payments: { orderId: string }[] };
  return payments.map(({ orderId }) => orderId);
};

before(async () => {
  running = await createRunningServer(env.DATABASE_URL);
});
after(async () => {
  await running.close();
  rmSync(folder, { recursive: true });
});

describe('pay-desk db', () => {
  it('backs up beside the running server, into a file for the owner only', async () => {
    await createPayment('before');
    const { code, stdout, stderr } = await runCommand(['db', 'backup', backupFile], { env });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /first\.backup, \d+ bytes\n$/);
    assert.equal(statSync(backupFile).mode & 0o777, 0o600);
  });

  it('overwrites no backup', async () => {
    const { code, stderr } = await runCommand(['db', 'backup', backupFile], { env });
    assert.equal(code, 1);
    assert.match(stderr, /exists already/);
  });

  it('restores nothing under a running server, without being sure, or over newer changes', async () => {
    await createPayment('after');
    assert.match((await runCommand(['db', 'restore', backupFile], { env })).stderr, /no terminal to ask on/);
    const used = await runCommand(['db', 'restore', backupFile, '--yes'], { env });
    assert.deepEqual([used.code, used.stdout], [1, '']);
    assert.match(used.stderr, /in use: stop all servers/);
    await running.close();
    const newer = await runCommand(['db', 'restore', backupFile, '--yes'], { env });
    assert.equal(newer.code, 1);
    assert.match(newer.stderr, /only with --force/);
  });

  it('restores a backup and keeps the database that was there', async () => {
    const { code, stdout, stderr } = await runCommand(['db', 'restore', backupFile, '--yes', '--force', '--json'], { env });
    assert.equal(code, 0, stderr);
    const { keptAs } = JSON.parse(stdout) as { keptAs: string };
    assert.ok(readdirSync(folder).some((name) => keptAs.endsWith(name)));
    assert.match(stderr, /run: pay-desk db verify/);
    running = await createRunningServer(env.DATABASE_URL);
    assert.deepEqual(await orders(), ['before']);
  });

  it('verifies by the configuration, lets payments go on, and says what has to be compared by hand', async () => {
    const wrong = await runCommand(['db', 'verify'], { env });
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /MERCHANTS_FILE/);
    await runCommand(['init', '--dir', join(folder, 'config'), '--methods', 'pay_code']);
    const services = { SHOP_PAYCODES_URL: 'http://127.0.0.1:9/', SHOP_PAYCODES_KEY: 'key' };
    const verify = () =>
      runCommand(['db', 'verify', '--env-file', join(folder, 'config/pay-desk.env')], { env: { ...env, ...services } });
    const { code, stdout, stderr } = await verify();
    assert.equal(code, 0, stderr);
    assert.match(stdout, /Compare by hand .*: shop\nPayments go on\.\n$/);
    assert.match((await verify()).stdout, /Nothing is held/);
  });

  it('needs to know the database, and says so without its password', async () => {
    assert.match((await runCommand(['db', 'backup', join(folder, 'x')])).stderr, /DATABASE_URL is not set/);
    const envFile = join(folder, 'wrong.env');
    writeFileSync(envFile, 'DATABASE_URL=postgres://pay:planted-password@127.0.0.1:9/pay\n');
    const { code, stdout, stderr } = await runCommand(['db', 'backup', join(folder, 'x'), '--env-file', envFile]);
    assert.notEqual(code, 0);
    assert.doesNotMatch(stdout + stderr, /planted|at .*\.ts/);
  });

  it('finds the database whose address lies in a file, as in a container', async () => {
    const file = join(folder, 'database_url');
    writeFileSync(file, `${env.DATABASE_URL}\n`);
    const { code, stderr } = await runCommand(['db', 'backup', join(folder, 'second.backup')], {
      env: { DATABASE_URL_FILE: file },
    });
    assert.equal(code, 0, stderr);
    const both = await runCommand(['db', 'backup', join(folder, 'x')], { env: { ...env, DATABASE_URL_FILE: file } });
    assert.match(both.stderr, /DATABASE_URL_FILE: expected either this variable or DATABASE_URL/);
    const other = await runCommand(['db', 'backup', join(folder, 'x')], { env: { DATABASE_URL: 'mysql://pay:planted@db/pay' } });
    assert.deepEqual([other.code, other.stderr], [1, 'DATABASE_URL: expected sqlite:<file> or postgres://….\n']);
  });

  it('reports about no database that it would have to make first', async () => {
    const nowhere = {
      DATABASE_URL: `sqlite:${join(folder, 'nowhere.db')}`,
      SHOP_PAYCODES_URL: 'http://127.0.0.1:9/',
      SHOP_PAYCODES_KEY: 'k',
    };
    const given = ['--env-file', join(folder, 'config/pay-desk.env')];
    for (const words of ['db hold --yes', 'db verify', 'db prune', 'db erase --yes --merchant shop --label c', 'seal status']) {
      const { code, stdout, stderr } = await runCommand([...words.split(' '), ...given], { env: nowhere });
      assert.deepEqual([code, stdout], [1, ''], words);
      assert.match(stderr, /^DATABASE_URL: expected a database file that exists/, words);
    }
    assert.ok(!readdirSync(folder).some((name) => name.startsWith('nowhere')));
  });

  it('refuses a backup of a newer version in a sentence, and leaves the database as it was', async () => {
    const newer = join(folder, 'newer.backup');
    copyFileSync(backupFile, newer);
    const file = new Sqlite(newer);
    file.exec("insert into kysely_migration values ('9999-of-the-future', '2030-01-01T00:00:00.000Z')");
    file.close();
    const empty = { DATABASE_URL: `sqlite:${join(folder, 'empty.db')}` };
    const { code, stdout, stderr } = await runCommand(['db', 'restore', newer, '--yes'], { env: empty });
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /^The database, or the backup, was written by a newer version of this program: .*\n$/);
    assert.ok(!readdirSync(folder).some((name) => name.startsWith('empty')));
  });

  it('takes no password as an argument of copy, and no target that is not PostgreSQL', async () => {
    const withPassword = await runCommand(['db', 'copy', 'sqlite:a', 'postgres://pay:planted@127.0.0.1/pay'], { env });
    assert.equal(withPassword.code, 2);
    assert.match(withPassword.stderr, /set PGPASSWORD or TARGET_DATABASE_URL/);
    assert.doesNotMatch(withPassword.stderr, /planted/);
    assert.equal((await runCommand(['db', 'copy', 'sqlite:a', 'sqlite:b'], { env })).code, 1);
    assert.match((await runCommand(['db', 'copy'], { env })).stderr, /TARGET_DATABASE_URL/);
  });
});
