/** Moves an SQLite database to an empty one on PostgreSQL: every table, counted and compared. */
import { createHash } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { type Kysely, sql } from 'kysely';
import { openDatabase } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { Schema } from '../schema.ts';
import { CopyError, requireDatabase, sqlitePath } from './copy-files.ts';
import { requireUnused } from './restore.ts';

export interface CopiedTable {
  table: string;
  rows: number;
}

/** PostgreSQL takes 65,535 parameters in one statement, and no table has more than 100 columns. */
const batchRows = 500;

type Row = Record<string, string | number | null>;
interface Table {
  name: string;
  columns: string[];
  /** Its primary key, by which it is read in batches. */
  key: string[];
}

/**
 * All servers must be stopped. Everything is written in one transaction, so a copy that fails or is interrupted leaves the target
 * empty and can be started again. The source is brought up to date, and otherwise only read.
 * @throws {CopyError} also if the target holds anything, or a table does not arrive as it was
 */
export async function copyDatabase(sqliteUrl: string, postgresUrl: string): Promise<CopiedTable[]> {
  const path = sqlitePath(sqliteUrl);
  if (path === null || sqlitePath(postgresUrl) !== null) {
    throw new CopyError('Expected a database sqlite:<file> to copy, and postgres://… to copy it to.');
  }
  requireDatabase(sqliteUrl);
  const probe = new Sqlite(path, { timeout: 0 });
  try {
    requireUnused(probe);
  } finally {
    probe.close();
  }
  const from = openDatabase(sqliteUrl);
  const to = openDatabase(postgresUrl);
  try {
    await from.withoutTimeouts(migrate);
    await to.withoutTimeouts(migrate);
    return await to.withoutTimeouts((target) =>
      inBoth(from.db, target, async (source, tx) => {
        const tables = await tablesOf(source);
        for (const { name } of tables) {
          if ((await countRows(tx, name)) > 0) throw new CopyError(`The target is not empty: it has rows in ${name}.`);
        }
        const copied: CopiedTable[] = [];
        for (const table of tables) copied.push(await copyTable(source, tx, table));
        return copied;
      }),
    );
  } finally {
    await Promise.all([from.db.destroy(), to.db.destroy()]);
  }
}

/** The source's transaction locks it, so that nobody can write to it meanwhile. */
const inBoth = <T>(
  from: Kysely<Schema>,
  to: Kysely<Schema>,
  work: (from: Kysely<Schema>, to: Kysely<Schema>) => Promise<T>,
): Promise<T> => from.transaction().execute((source) => to.transaction().execute((target) => work(source, target)));

async function tablesOf(db: Kysely<Schema>): Promise<Table[]> {
  const tables = await db.introspection.getTables();
  const found: Table[] = [];
  for (const { name, columns } of tables) {
    const { rows } = await sql<{ name: string; pk: number }>`select name, pk from pragma_table_info(${name})`.execute(db);
    const key = rows.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
    found.push({ name, columns: columns.map((column) => column.name), key: key.map((column) => column.name) });
  }
  return found;
}

async function copyTable(source: Kysely<Schema>, target: Kysely<Schema>, table: Table): Promise<CopiedTable> {
  const sent = newTally();
  for await (const batch of batches(source, table)) {
    sent.add(batch, table);
    const values = sql.join(batch.map((row) => sql`(${sql.join(table.columns.map((column) => sql.val(row[column])))})`));
    const columns = sql.join(table.columns.map((column) => sql.id(column)));
    await sql`insert into ${sql.table(table.name)} (${columns}) values ${values}`.execute(target).catch((cause: unknown) => {
      // Of the class "data exception", e.g. a text with a NUL, which SQLite can store.
      if (!/^22/.test(String(Object(cause).code))) throw cause;
      throw new CopyError(`The table ${table.name} has a row that cannot be stored in PostgreSQL, so nothing was copied.`);
    });
  }
  const arrived = newTally();
  for await (const batch of batches(target, table)) arrived.add(batch, table);
  if (arrived.rows() !== sent.rows() || arrived.digest() !== sent.digest()) {
    throw new CopyError(`The table ${table.name} did not arrive as it was, so nothing was copied.`);
  }
  return { table: table.name, rows: sent.rows() };
}

/** The rows of a table in the order of its key, so many at a time. */
async function* batches(db: Kysely<Schema>, { name, columns, key }: Table): AsyncGenerator<Row[]> {
  const order = sql.join(key.map((column) => sql.id(column)));
  const all = sql.join(columns.map((column) => sql.id(column)));
  for (let last: Row | undefined; ; ) {
    const values = last && sql.join(key.map((column) => sql.val(last?.[column])));
    const after = values ? sql`where (${order}) > (${values})` : sql``;
    const { rows } = await sql<Row>`select ${all} from ${sql.table(name)} ${after} order by ${order} limit ${batchRows}`.execute(
      db,
    );
    if (rows.length > 0) yield rows;
    last = rows.at(-1);
    if (rows.length < batchRows) return;
  }
}

/** The number of rows and a digest that does not depend on their order, since the engines sort texts differently. */
function newTally() {
  let rows = 0;
  let sum = 0n;
  return {
    add(batch: readonly Row[], { columns }: Table) {
      for (const row of batch) {
        rows += 1;
        const hash = createHash('sha256')
          .update(JSON.stringify(columns.map((column) => row[column])))
          .digest('hex');
        sum = (sum + BigInt(`0x${hash}`)) % 2n ** 256n;
      }
    },
    rows: () => rows,
    digest: () => sum,
  };
}

async function countRows(db: Kysely<Schema>, name: string): Promise<number> {
  const { rows } = await sql<{
    rows: number;
  }>`select count(*) as rows from (select 1 from ${sql.table(name)} limit 1) as first`.execute(db);
  return Number(rows[0]?.rows ?? 0);
}
