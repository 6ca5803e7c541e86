/** Where answers of payment services are kept that the database could not store yet. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from './config.ts';

/**
 * The folder for sealed answers of payment services that the database could not store yet: beside an SQLite file, otherwise in
 * `data`, and a different one for each database.
 */
export function answersFolder({ databaseUrl, answersDir }: Pick<Config, 'databaseUrl' | 'answersDir'>): string {
  const path = databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : null;
  if (path !== null && path !== ':memory:' && answersDir === undefined) return `${path}.answers`;
  return join(answersDir ?? 'data', `answers-${databaseName(databaseUrl)}`);
}

/** The same for every process on this database, whatever password it uses. */
function databaseName(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return createHash('sha256')
    .update(host + pathname)
    .digest('hex')
    .slice(0, 12);
}
