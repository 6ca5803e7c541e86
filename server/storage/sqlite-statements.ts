/**
 * Statements that SQLite has prepared, kept for the next query of the same text: preparing takes twenty times as long as a short
 * query. SQLite prepares a kept statement anew by itself after a change of the tables.
 */
import type Sqlite from 'better-sqlite3';

/** Lists of values make texts of many lengths; those that were used longest ago are dropped. */
const mostKept = 500;

/** @returns prepares a text, or finds it prepared */
export function keepStatements(database: Sqlite.Database): (text: string) => Sqlite.Statement {
  const kept = new Map<string, Sqlite.Statement>();
  return (text) => {
    const statement = kept.get(text) ?? database.prepare(text);
    // The first in order is the one that was used longest ago.
    kept.delete(text);
    kept.set(text, statement);
    const [oldest] = kept.keys();
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
}
