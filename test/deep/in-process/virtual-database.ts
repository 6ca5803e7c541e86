/**
 * Watches SQLite for a simulation in one process: which core has opened which database, and each commit. A crash closes the
 * databases of its core, so an open transaction is rolled back, as when a process is killed.
 */
import Sqlite from 'better-sqlite3';
import { currentCore, type Owner } from './virtual-time.ts';

const opened = new WeakMap<Owner, Set<Sqlite.Database>>();

export interface DatabaseWatch {
  /** Is called before and after each commit of a core. May end the core. */
  onCommit(owner: Owner, when: 'before' | 'after'): void;
}

let watch: DatabaseWatch | null = null;
export const watchDatabases = (by: DatabaseWatch): void => {
  watch = by;
};

/** What the code of a crashed core gets, if it goes on for a moment. */
export class Crashed extends Error {}

/** The database that the core works on; null while it has none. Between two steps it may be looked into. */
export function databaseOf(owner: Owner, path: string): Sqlite.Database | null {
  for (const database of opened.get(owner) ?? []) if (database.name === path && database.open) return database;
  return null;
}

export function closeDatabasesOf(owner: Owner): void {
  for (const database of opened.get(owner) ?? []) database.close();
  opened.delete(owner);
}

const belongs = (database: Sqlite.Database): void => {
  const owner = currentCore();
  if (!owner) return;
  if (owner.dead) throw new Crashed('this process has crashed');
  const known = opened.get(owner) ?? new Set();
  opened.set(owner, known.add(database));
};

/** Replaces methods of `better-sqlite3` in this process, for good. */
export function installVirtualDatabase(): void {
  const { exec, pragma } = Sqlite.prototype;
  Sqlite.prototype.exec = function (this: Sqlite.Database, text) {
    belongs(this);
    return exec.call(this, text);
  };
  Sqlite.prototype.pragma = function (this: Sqlite.Database, text, options) {
    belongs(this);
    // Nothing cuts the power, and nobody else opens the file: without these calls of the system all is many times as fast.
    if (text.startsWith('synchronous')) return pragma.call(this, 'synchronous = OFF', options);
    if (text.startsWith('journal_mode')) {
      pragma.call(this, 'locking_mode = EXCLUSIVE', options);
      return pragma.call(this, 'journal_mode = MEMORY', options);
    }
    return pragma.call(this, text, options);
  };
  const probe = new Sqlite(':memory:');
  const statements = Object.getPrototypeOf(probe.prepare('select 1')) as Sqlite.Statement;
  probe.close();
  const { run } = statements;
  statements.run = function (this: Sqlite.Statement, ...parameters: unknown[]) {
    const owner = this.source === 'commit' ? currentCore() : undefined;
    if (!owner || !watch) return run.apply(this, parameters);
    watch.onCommit(owner, 'before');
    if (owner.dead) throw new Crashed('this process has crashed');
    const result = run.apply(this, parameters);
    watch.onCommit(owner, 'after');
    if (owner.dead) throw new Crashed('this process has crashed');
    return result;
  };
}
