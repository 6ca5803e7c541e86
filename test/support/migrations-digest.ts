/** A digest of everything that decides what the tables of a database are. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

export function migrationsDigest(): string {
  const storage = new URL('../../server/storage/', import.meta.url);
  const hash = createHash('sha256');
  const files = ['migrate.ts', ...readdirSync(new URL('migrations/', storage)).map((file) => `migrations/${file}`)];
  for (const file of files.sort()) hash.update(readFileSync(new URL(file, storage)));
  return hash.digest('hex').slice(0, 12);
}
