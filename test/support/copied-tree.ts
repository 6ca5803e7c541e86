/** A copy of the product in a folder of its own, for tests that build there. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const parts = ['widget', 'server', 'demo', 'package.json', 'tsconfig.json', 'vite.config.ts'];

/** Calls `use` with the folder, which holds the sources and a link to our packages, and removes it afterwards. */
export async function withCopiedTree(use: (folder: string) => void | Promise<void>): Promise<void> {
  const copy = mkdtempSync(join(tmpdir(), 'pay-desk-tree-'));
  try {
    for (const part of parts)
      cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !path.endsWith('.types') });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    await use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
