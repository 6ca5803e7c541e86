/** Creates a table from the column types that mean the same in both engines: `text` and `bigint`. */
import type { CreateTableBuilder, Kysely } from 'kysely';

export interface Columns {
  text: string[];
  textOrNull?: string[];
  integer: string[];
  integerOrNull?: string[];
}

export async function createTable(db: Kysely<unknown>, name: string, columns: Columns, key: string[]): Promise<void> {
  let builder: CreateTableBuilder<string, string> = db.schema.createTable(name);
  for (const column of columns.text) builder = builder.addColumn(column, 'text', (c) => c.notNull());
  for (const column of columns.textOrNull ?? []) builder = builder.addColumn(column, 'text');
  for (const column of columns.integer) builder = builder.addColumn(column, 'bigint', (c) => c.notNull());
  for (const column of columns.integerOrNull ?? []) builder = builder.addColumn(column, 'bigint');
  await builder.addPrimaryKeyConstraint(`${name}_key`, key).execute();
}
