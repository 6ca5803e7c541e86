/**
 * An SQLite file with today's tables and no rows. Tests copy it, because to make the tables anew takes ten times as long. It is made once
 * for each folder of temporary files, under a name of its own for each set of migrations.
 */
import { copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/storage/store.ts';
import { migrationsDigest } from './migrations-digest.ts';

let made: Promise<string> | undefined;

/** @param path Of a file that does not exist yet. */
export async function copySqliteTemplate(path: string): Promise<void> {
  made ??= make();
  const template = await made;
  copyFileSync(template, path);
  try {
    // Whoever gives up this space removes a name and leaves the template's.
    linkSync(`${template}.reserve`, `${path}.reserve`);
  } catch {
    // The folders are on different disks: it is made anew.
  }
}

async function make(): Promise<string> {
  const folder = join(tmpdir(), `pay-desk-sqlite-${migrationsDigest()}`);
  const template = join(folder, 'template.db');
  if (existsSync(template)) return template;
  // The files of a run are processes of their own, and several may begin at once: each makes one, and the last rename stays.
  mkdirSync(folder, { recursive: true });
  const own = mkdtempSync(join(folder, 'unfinished-'));
  await (await openStore(`sqlite:${join(own, 'template.db')}`)).close();
  for (const end of ['.reserve', '']) renameSync(join(own, `template.db${end}`), template + end);
  rmSync(own, { recursive: true });
  return template;
}
