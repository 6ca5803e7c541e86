/** What each measurement of a run is given: how much to do, which engines there are, where to put what it found, and how to clean up. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Engine, TestDatabase } from '../support/engines.ts';
import type { Finding } from './report.ts';

export interface BenchRun {
  /** How many payments are very many. */
  many: number;
  /** This number, or with `--quick` a small part of it, but never less than `least`. */
  times(count: number, least?: number): number;
  find(goal: string, finding: Finding): void;
  print(text: string): void;
  /** Is done when the measurement ends, however it ends; the last first. */
  onEnd(work: () => unknown): void;
}

/** What is measured, as `--only` names it. */
export interface Measurement {
  name: string;
  /** All goals that it finds something for, so that they are seen as skipped where it cannot run. */
  goals: readonly string[];
  /** Why it cannot run here; false where it can. */
  skip: string | false;
  measure(run: BenchRun): Promise<void>;
}

/** A database whose commits wait for the disk, as in production: the tests' PostgreSQL does not wait. */
export async function durableDatabase(run: BenchRun, engine: Engine): Promise<TestDatabase> {
  const database = await engine.create();
  run.onEnd(() => database.drop());
  if (engine.name === 'postgres') {
    const name = new URL(database.url).pathname.slice(1);
    await ask(database.url, `alter database ${name} set synchronous_commit = on`);
  }
  return database;
}

/** A database in memory where the system allows it, so that the disk of this machine is not what is measured. */
export async function databaseInMemory(engine: Engine): Promise<TestDatabase> {
  if (engine.name === 'postgres') return engine.create();
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'pay-desk-bench-'));
  return { url: `sqlite:${join(folder, 'bench.db')}`, drop: async () => rmSync(folder, { recursive: true, force: true }) };
}

/** Asks PostgreSQL. @returns The first column of the first row. */
export async function ask(url: string, statement: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows = [] } = await client.query(statement);
    return Object.values(rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}
