/** Prepared statements of SQLite are kept, and a change of the tables does not make them wrong. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import Sqlite from 'better-sqlite3';
import { keepStatements } from '../../../server/storage/sqlite-statements.ts';

it('prepares a text once', (t) => {
  const database = new Sqlite(':memory:');
  t.after(() => database.close());
  const prepare = keepStatements(database);
  assert.equal(prepare('select 1'), prepare('select 1'));
  assert.notEqual(prepare('select 1'), prepare('select 2'));
});

it('reads the tables as they are now, also where another process has changed them', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'pay-desk-statements-'));
  const [database, other] = [new Sqlite(join(folder, 'test.db')), new Sqlite(join(folder, 'test.db'))];
  t.after(() => {
    for (const each of [database, other]) each.close();
    rmSync(folder, { recursive: true });
  });
  database.exec('create table payments (id text, amount integer)');
  const prepare = keepStatements(database);
  prepare('insert into payments values (?, ?)').run(['one', 1]);
  assert.deepEqual(prepare('select * from payments').all(), [{ id: 'one', amount: 1 }]);
  other.exec("alter table payments add column currency text default 'MMK'");
  assert.deepEqual(prepare('select * from payments').all(), [{ id: 'one', amount: 1, currency: 'MMK' }]);
  other.exec('alter table payments rename column amount to due');
  assert.deepEqual(prepare('select * from payments').all(), [{ id: 'one', due: 1, currency: 'MMK' }]);
  other.exec('drop table payments');
  assert.throws(() => prepare('select * from payments').all(), /no such table/);
});

it('drops those that were used longest ago, when there are too many', (t) => {
  const database = new Sqlite(':memory:');
  t.after(() => database.close());
  const prepare = keepStatements(database);
  const [first, often] = [prepare('select 0'), prepare('select -1')];
  for (let n = 1; n <= 600; n += 1) {
    assert.deepEqual(prepare(`select ${n} as n`).all(), [{ n }]);
    assert.equal(prepare('select -1'), often);
  }
  assert.notEqual(prepare('select 0'), first);
});
