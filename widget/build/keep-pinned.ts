/**
 * Keeps the pinned builds of other releases. A page that names one by its hash runs no other, so it must be served as long as any page
 * names it, and a build knows of none.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** @param folder Folder of the build, with the pinned builds as `v1.2.3/`. That of this version is made anew. */
export function keepPinned(folder: string, version: string): Plugin {
  let kept = new Map<string, Buffer>();
  return {
    name: 'keep-pinned',
    applyToEnvironment: ({ name }) => name === 'client',
    // Vite empties the folder after this hook, and before it writes.
    buildStart() {
      const others = (existsSync(folder) ? readdirSync(folder) : []).filter(
        (name) => /^v\d+\.\d+\.\d+$/.test(name) && name !== `v${version}`,
      );
      const paths = others.flatMap((name) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)));
      kept = new Map(paths.map((path) => [path, readFileSync(path)]));
    },
    writeBundle() {
      for (const [path, contents] of kept) {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, contents);
      }
    },
  };
}
