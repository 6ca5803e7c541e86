/** The store of `payments/`: opens the database, brings it up to date, and runs the queries. */
import { sql } from 'kysely';
import type { Store } from '../payments/ports.ts';
import { migrate } from './migrate.ts';
import { type Engine, openDatabase } from './open-database.ts';
import { backlog } from './queries/backlog.ts';
import { queries } from './queries.ts';

export interface OpenStore extends Store {
  readonly engine: Engine;
}

/** `url`: `sqlite:<path>` or `postgres://…`. Throws where the database cannot be opened or migrated. */
export async function openStore(url: string): Promise<OpenStore> {
  const { engine, db } = openDatabase(url);
  await migrate(db);
  return {
    ...queries(db, engine),
    engine,
    transaction: (work) => db.transaction().execute((tx) => work(queries(tx, engine))),
    backlog: () => backlog(db),
    async ready() {
      // A write that changes nothing still needs the lock, the disk and the right to write.
      await db
        .updateTable('outbox')
        .set({ status: sql.ref('status') })
        .where('id', '=', '')
        .execute();
    },
    close: () => db.destroy(),
  };
}
