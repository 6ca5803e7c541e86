/** A test bed on a database of its own, from the first to the last test of a suite. */
import { after, before } from 'node:test';
import type { Engine } from './engines.ts';

/**
 * Call it inside `describe`. Before the tests an empty database is created and a test bed opened on it; after them both are removed.
 * @param ready gets the test bed, and the address of its database, before the first test
 */
export function withTestBed<T extends { close(): Promise<void> }>(
  engine: Pick<Engine, 'create'>,
  open: (databaseUrl: string) => Promise<T>,
  ready: (testBed: T, databaseUrl: string) => void,
): void {
  let database: Awaited<ReturnType<Engine['create']>> | undefined;
  let testBed: T | undefined;
  before(async () => {
    database = await engine.create();
    testBed = await open(database.url);
    ready(testBed, database.url);
  });
  after(async () => {
    await testBed?.close();
    await database?.drop();
  });
}
