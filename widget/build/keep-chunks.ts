/**
 * Keeps the chunks that a build replaces, in a folder beside it from which the BFF still serves them. A page that was opened before
 * a deploy asks for them when the customer goes on: for the card form, a later screen, another language.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** How long a page may stay open. It counts from the build that replaced the chunk, since a release may have been there for months. */
const keptMs = 7 * 24 * 3_600_000;

interface Former {
  contents: Buffer;
  replacedAt: Date;
}

/** @param folder Folder of the build. Its `v1/chunks` of before are put into `former-chunks`, where a file's time says when it was replaced. */
export function keepChunks(folder: string, now: () => Date = () => new Date()): Plugin {
  const chunks = join(folder, 'v1/chunks');
  const formerChunks = join(folder, 'former-chunks');
  let former = new Map<string, Former>();
  return {
    name: 'keep-chunks',
    applyToEnvironment: ({ name }) => name === 'client',
    // Vite empties the folder after this hook, and before it writes.
    buildStart() {
      const replacedAt = now();
      const oldest = replacedAt.getTime() - keptMs;
      former = new Map([
        ...[...read(formerChunks)].filter(([, file]) => file.replacedAt.getTime() > oldest),
        ...[...read(chunks)].map(([name, { contents }]) => [name, { contents, replacedAt }] as const),
      ]);
    },
    writeBundle() {
      for (const [name, { contents, replacedAt }] of former) {
        // A compressed file goes with its original. Those of the new build are not written yet.
        if (existsSync(join(chunks, name.replace(/\.(br|gz)$/, '')))) continue;
        mkdirSync(formerChunks, { recursive: true });
        writeFileSync(join(formerChunks, name), contents);
        utimesSync(join(formerChunks, name), replacedAt, replacedAt);
      }
    },
  };
}

const read = (folder: string): Map<string, Former> =>
  new Map(
    (existsSync(folder) ? readdirSync(folder) : []).map((name) => {
      const path = join(folder, name);
      return [name, { contents: readFileSync(path), replacedAt: statSync(path).mtime }];
    }),
  );
