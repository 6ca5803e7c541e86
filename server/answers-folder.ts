/** Where answers of payment services lie, sealed, while the database cannot take them: beside an SQLite file, else in `data`, apart for each database. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from './config.ts';

export function answersFolder({ databaseUrl, answersDir }: Pick<Config, 'databaseUrl' | 'answersDir'>): string {
  const path = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : null;
  if (path !== null && path !== ':memory:' && answersDir === undefined) return `${path}.answers`;
  return join(answersDir ?? 'data', `answers-${nameOf(databaseUrl)}`);
}

/** The same for every process on this database, whatever its password is. */
function nameOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return createHash('sha256')
    .update(host + pathname)
    .digest('hex')
    .slice(0, 12);
}
