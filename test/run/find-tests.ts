/** Finds the test files to run, by lane: all, or those in the given paths. */
import { existsSync, globSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Lane, laneOf, lanes } from './lanes.ts';

export type Plan = { lane: Lane; files: string[] }[];

/**
 * @param root The repository's folder.
 * @param wanted Files and folders, relative to the working directory; none: all.
 * @throws Where a test file belongs to no lane, or a path has no test.
 */
export function findTests(root: string, wanted: readonly string[] = []): Plan {
  const tests = join(root, 'test');
  const paths = wanted.map((path) => resolve(path));
  for (const path of paths) if (!existsSync(path)) throw new Error(`There is no ${relative(root, path)}.`);
  const all = globSync('**/*.test.ts', { cwd: tests }).sort();
  const stray = all.filter((file) => !laneOf(file));
  if (stray.length) throw new Error(`These tests belong to no lane of test/run/lanes.ts: ${stray.join(', ')}`);
  const chosen = all
    .map((file) => join(tests, file))
    .filter((file) => paths.length > 0 || !laneOf(relative(tests, file))?.onRequest)
    .filter((file) => paths.length === 0 || paths.some((path) => file === path || file.startsWith(`${path}/`)));
  for (const path of paths)
    if (!chosen.some((file) => file === path || file.startsWith(`${path}/`)))
      throw new Error(`There is no test in ${relative(root, path)}.`);
  return lanes
    .map((lane) => ({ lane, files: chosen.filter((file) => laneOf(relative(tests, file)) === lane) }))
    .filter(({ files }) => files.length > 0);
}
