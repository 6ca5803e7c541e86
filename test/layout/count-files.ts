/**
 * Counts the files of the product and checks the layout: `node test/layout/count-files.ts` prints a table and what is broken,
 * `--list` also the files of each trip. `npm test` runs the same checks. The rules are in `layout-rules.ts`.
 */
import { fileURLToPath } from 'node:url';
import * as layout from './layout-rules.ts';
import { findCycles, type ProductFile, type ProductGraph, reachableFrom, readProduct } from './product-graph.ts';

export type Rules = typeof layout;

export interface Count {
  what: string;
  count: number;
  /** Absent: the number is only shown. */
  limit?: number;
  goal?: number;
  /** The files that are counted, where there is something to mend. */
  files: readonly string[];
}

/** Every number of the table. */
export function countFiles(graph: ProductGraph, rules: Rules = layout): Count[] {
  const files = [...graph.values()];
  const paths = (chosen: readonly ProductFile[]) => chosen.map(({ path, lines }) => `${path} (${lines})`);
  const shown = (what: string, chosen: readonly ProductFile[]): Count => ({ what, count: chosen.length, files: [] });
  const importers = importersOf(graph);
  const counts: Count[] = [
    shown('files', files),
    ...['server', 'widget', 'demo'].map((root) =>
      shown(
        `  of ${root}/`,
        files.filter(({ path }) => path.startsWith(`${root}/`)),
      ),
    ),
    shown(
      'files under 40 lines',
      files.filter(({ lines }) => lines < 40),
    ),
    shown(
      'files with exactly one importer',
      files.filter(({ path }) => importers.get(path)?.size === 1),
    ),
  ];
  const short = files.filter((file) => isUnexplained(file, importers, rules));
  counts.push({
    what: `files under ${rules.shortestFile} lines without a reason`,
    ...checked(paths(short), rules.unexplainedShortFiles),
  });
  const cycles = findCycles(graph);
  const inCycles = cycles.flat().length;
  counts.push({
    what: 'files in import cycles',
    ...checked(
      cycles.map((cycle) => cycle.join(' ⇄ ')),
      rules.filesInCycles,
    ),
    count: inCycles,
  });
  for (const { path, lines } of files) {
    const limit = rules.knownLongFiles[path];
    if (lines > rules.longestFile || limit)
      counts.push({
        what: `lines of ${path}`,
        count: lines,
        limit: limit ?? rules.longestFile,
        goal: rules.longestFile,
        files: [],
      });
  }
  for (const [arrow, found] of forbiddenArrows(graph, rules))
    counts.push({ what: `imports ${arrow}`, ...checked(found, { limit: rules.knownArrows[arrow] ?? 0, goal: 0 }) });
  for (const { question, entries, through, beside, limit, goal } of rules.trips) {
    const belongs = (path: string) => isIn(path, through) && !isIn(path, beside);
    counts.push({ what: `trip: ${question}`, ...checked(reachableFrom(graph, entries, belongs), { limit, goal }) });
  }
  return counts;
}

/** What breaks the layout: empty where it holds. */
export function findViolations(counts: readonly Count[]): string[] {
  return counts
    .filter(({ count, limit }) => limit !== undefined && count > limit)
    .map(({ what, count, limit, files }) => {
      // A trip's files are no fault each: `--list` has them.
      const shown = what.startsWith('trip') ? [] : files;
      return [`${what}: ${count}, and not more than ${limit}`, ...shown].join('\n    ');
    });
}

function checked(files: readonly string[], { limit, goal }: layout.Limit) {
  return { count: files.length, limit, goal, files };
}

const isIn = (path: string, folders: readonly string[]) =>
  folders.some((folder) => path === folder || path.startsWith(`${folder}/`));

function importersOf(graph: ProductGraph): Map<string, Set<string>> {
  const importers = new Map<string, Set<string>>();
  for (const { path, imports } of graph.values())
    for (const { target } of imports) importers.set(target, (importers.get(target) ?? new Set()).add(path));
  return importers;
}

/** A short file is fine where two modules import it, or where the rules give a reason. */
function isUnexplained({ path, lines }: ProductFile, importers: Map<string, Set<string>>, rules: Rules): boolean {
  if (lines >= rules.shortestFile || rules.shortFileReasons.some(({ files }) => files.test(path))) return false;
  const modules = new Set([...(importers.get(path) ?? [])].map((importer) => moduleOf(importer, rules)));
  return modules.size < 2;
}

function moduleOf(path: string, { mayImport }: Rules): string {
  const modules = Object.keys(mayImport).filter((module) => isIn(path, [module]));
  const [deepest] = modules.sort((one, other) => other.length - one.length);
  if (!deepest) throw new Error(`${path} belongs to no module of test/layout/layout-rules.ts.`);
  return deepest;
}

/** "importing module → imported module" → the imports that the matrix forbids. */
function forbiddenArrows(graph: ProductGraph, rules: Rules): Map<string, string[]> {
  const arrows = new Map<string, string[]>();
  for (const { path, imports } of graph.values())
    for (const { target } of imports) {
      if (!graph.has(target)) continue;
      const [from, to] = [moduleOf(path, rules), moduleOf(target, rules)];
      const allowed = rules.mayImport[from] ?? [];
      if (
        from === to ||
        allowed.some((module) => module === to || (module.endsWith('/**') && `${to}/`.startsWith(module.slice(0, -2))))
      )
        continue;
      arrows.set(`${from} → ${to}`, [...(arrows.get(`${from} → ${to}`) ?? []), `${path} imports ${target}`]);
    }
  return arrows;
}

if (import.meta.main) {
  const counts = countFiles(readProduct(fileURLToPath(new URL('../../', import.meta.url))));
  const wide = Math.max(...counts.map(({ what }) => what.length));
  console.log(`${''.padEnd(wide)}  today  limit   goal`);
  for (const { what, count, limit = '', goal = '', files } of counts) {
    console.log(`${what.padEnd(wide)}  ${[count, limit, goal].map((value) => String(value).padStart(5)).join('  ')}`);
    if (process.argv.includes('--list')) for (const file of files) console.log(`    ${file}`);
  }
  const violations = findViolations(counts);
  for (const violation of violations) console.error(`\n✗ ${violation}`);
  process.exitCode = violations.length ? 1 : 0;
}
