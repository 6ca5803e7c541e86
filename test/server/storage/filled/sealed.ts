/**
 * Finds all sealed texts of a database, whatever its tables and columns are called: a text that looks sealed is opened with the
 * id of its row. The only module of this test that reads tables.
 */
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { createSealer } from '../../../../server/payments/sealer.ts';

/** @returns The opened texts, sorted. @throws Where one of them cannot be opened. */
export async function sealedIn(databaseUrl: string, key: Buffer): Promise<string[]> {
  const sealer = createSealer(key);
  const rows = databaseUrl.startsWith('sqlite:')
    ? sqliteRows(databaseUrl.slice('sqlite:'.length))
    : await postgresRows(databaseUrl);
  const opened: string[] = [];
  for (const row of rows) {
    const texts = Object.values(row).filter((value) => typeof value === 'string');
    for (const sealed of texts.filter((text) => /^v\d+\.[\w.-]{38,}$/.test(text))) {
      const plain = texts.map((context) => tryTo(() => sealer.open(sealed, context))).find((text) => text !== null);
      if (plain === undefined) throw new Error(`what is sealed in ${Object.keys(row)} does not open`);
      opened.push(plain ?? '');
    }
  }
  return opened.sort();
}

type Row = Record<string, unknown>;

function sqliteRows(path: string): Row[] {
  const database = new Sqlite(path, { readonly: true });
  const tables = database.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[];
  const rows = tables.flatMap((table) => database.prepare(`select * from "${table}"`).all() as Row[]);
  database.close();
  return rows;
}

async function postgresRows(url: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'public'");
  const rows: Row[] = [];
  for (const { name } of tables.rows) rows.push(...(await client.query<Row>(`select * from "${name}"`)).rows);
  await client.end();
  return rows;
}

function tryTo(open: () => string): string | null {
  try {
    return open();
  } catch {
    return null;
  }
}
