/** The files of the product and who imports whom, read by Vite's parser: type-only imports and `import()` count too. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'vite';

/** `static`: an import or a re-export, type-only or not. `lazy`: an `import()`, which opens a chunk of its own. */
export interface ImportOf {
  target: string;
  kind: 'static' | 'lazy';
}

export interface ProductFile {
  /** From the root of the repository, with slashes. */
  path: string;
  lines: number;
  imports: readonly ImportOf[];
}

export type ProductGraph = ReadonlyMap<string, ProductFile>;

const contractDoor = 'server/contract/index.ts';

/** @param root The folder of the repository. */
export function readProduct(root: string): ProductGraph {
  const paths = globSync('{server,widget,demo}/**/*.ts', { cwd: root, exclude: (name) => name === '.types' })
    .filter((path) => !path.includes('.types/') && !path.endsWith('.d.ts'))
    .sort();
  const sources = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));
  const contractNames = namesBehindDoor(sources);
  return new Map(
    [...sources].map(([path, source]) => [
      path,
      { path, lines: source.trimEnd().split('\n').length, imports: importsOf(path, source, contractNames) },
    ]),
  );
}

/**
 * What `server/contract/index.ts` re-exports: name → file that declares it. A reader opens that file and not all 27 behind the
 * door.
 */
function namesBehindDoor(sources: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [path, source] of sources) {
    if (!path.startsWith('server/contract/') || path === contractDoor) continue;
    for (const { entries } of parseSync(path, source).module.staticExports)
      for (const { exportName } of entries) if (exportName.name) names.set(exportName.name, path);
  }
  return names;
}

function importsOf(path: string, source: string, contractNames: ReadonlyMap<string, string>): ImportOf[] {
  const { module } = parseSync(path, source);
  const found: ImportOf[] = [];
  const add = (request: string, kind: ImportOf['kind'], names: readonly (string | null | undefined)[]) => {
    if (request === '#contract') {
      for (const name of names) found.push({ target: contractNames.get(name ?? '') ?? contractDoor, kind });
    } else if (request.startsWith('.') && /\.ts$/.test(request)) {
      found.push({ target: join(dirname(path), request), kind });
    }
  };
  for (const { moduleRequest, entries } of module.staticImports)
    add(
      moduleRequest.value,
      'static',
      entries.map(({ importName }) => importName.name),
    );
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, importName } of entries) if (moduleRequest) add(moduleRequest.value, 'static', [importName.name]);
  for (const { moduleRequest } of module.dynamicImports)
    add(source.slice(moduleRequest.start + 1, moduleRequest.end - 1), 'lazy', [null]);
  // `typeof import('./x.ts')` is a type and no import of the module, but it is an arrow all the same.
  for (const [, request = ''] of source.matchAll(/typeof import\('([^']+)'\)/g)) add(request, 'lazy', [null]);
  const seen = new Set<string>();
  return found.filter(({ target, kind }) => !seen.has(`${target} ${kind}`) && seen.add(`${target} ${kind}`));
}

/** The groups of files that import each other in a circle, by static imports and types; each sorted, the longest first. */
export function findCycles(graph: ProductGraph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string) => {
    index.set(path, index.size);
    low.set(path, index.get(path) ?? 0);
    stack.push(path);
    for (const { target, kind } of graph.get(path)?.imports ?? []) {
      if (kind === 'lazy' || !graph.has(target)) continue;
      if (!index.has(target)) {
        visit(target);
        low.set(path, Math.min(low.get(path) ?? 0, low.get(target) ?? 0));
      } else if (stack.includes(target)) low.set(path, Math.min(low.get(path) ?? 0, index.get(target) ?? 0));
    }
    if (low.get(path) !== index.get(path)) return;
    const group = stack.splice(stack.indexOf(path));
    const importsItself = graph.get(path)?.imports.some(({ target, kind }) => target === path && kind === 'static');
    if (group.length > 1 || importsItself) cycles.push(group.sort());
  };
  for (const path of graph.keys()) if (!index.has(path)) visit(path);
  return cycles.sort((one, other) => other.length - one.length);
}

/** All files that the static imports of these entries lead to, the entries included, as far as `belongs` lets them. */
export function reachableFrom(graph: ProductGraph, entries: readonly string[], belongs: (path: string) => boolean): string[] {
  const reached = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (reached.has(path) || !belongs(path)) continue;
    const file = graph.get(path);
    if (!file) throw new Error(`There is no ${path}.`);
    reached.add(path);
    for (const { target, kind } of file.imports) if (kind === 'static') open.push(target);
  }
  return [...reached].sort();
}
