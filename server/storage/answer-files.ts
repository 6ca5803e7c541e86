/**
 * Keeps answers of payment services that the database could not store yet: one sealed file each, for this process or the next
 * start.
 */
import { chmod, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sealer } from '../payments/model/ports.ts';
import type { AnswerFiles } from '../payments/pending-answers.ts';
import { renameAnswer } from './names-of-0.1.ts';

/**
 * @param folder created when the first answer is kept
 * @param onUnreadable called for a file that cannot be read, e.g. because it was sealed under another key; the file stays
 */
export function createAnswerFiles(folder: string, sealer: Sealer, onUnreadable: (cause: unknown) => void): AnswerFiles {
  const pathOf = (id: string) => join(folder, `${id}${ending}`);
  return {
    async keep(id, text) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      const path = pathOf(id);
      const file = await open(`${path}.new`, 'w', 0o600);
      try {
        await file.writeFile(sealer.seal(text, id));
        await file.sync();
      } finally {
        await file.close();
      }
      // The file gets its name only when it is complete, so that a crash in between leaves no half answer.
      await rename(`${path}.new`, path);
    },
    drop: (id) => rm(pathOf(id), { force: true }),
    async list() {
      const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') return [];
        throw cause;
      });
      const ids = names.filter((name) => name.endsWith(ending)).map((name) => name.slice(0, -ending.length));
      const found: { id: string; text: string }[] = [];
      for (const id of ids) {
        try {
          found.push({ id, text: renameAnswer(sealer.open(await readFile(pathOf(id), 'utf8'), id)) });
        } catch (cause) {
          onUnreadable(cause);
        }
      }
      return found;
    },
  };
}

const ending = '.answer';
