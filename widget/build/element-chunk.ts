/**
 * Keeps the element and all that it imports at once in one chunk, though pages and forms share modules with it. Split up, the
 * first screen would cost more requests and some hundred bytes more. Of the contract only the functions that the element calls are
 * in it; the schemas are never downloaded.
 */

import { resolve } from 'node:path';

const widgetFolder = resolve('widget');
const shared = /\/server\/contract\/(?:languages|minor-unit-digits|normalise-pay-code)\.ts$|\/node_modules\/(?:@?lit|ky)/;

/** @param entry Source of the entry that defines `<pay-desk>`. Returns a group for rolldown's `codeSplitting`. */
export const elementChunk = (entry: string) => ({
  test: (id: string) => id.startsWith(`${widgetFolder}/`) || shared.test(id),
  name: (id: string, graph: ModuleGraph) => (isImportedBy(entry, id, graph) ? 'element' : null),
  debugName: 'element',
  includeDependenciesRecursively: false,
});

interface ModuleGraph {
  getModuleInfo(id: string): { importers: readonly string[] } | null;
}

/** Whether static imports lead from the entry to the module; an `import()` does not count. */
function isImportedBy(entry: string, id: string, graph: ModuleGraph, seen = new Set<string>()): boolean {
  if (id.endsWith(entry)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return graph.getModuleInfo(id)?.importers.some((importer) => isImportedBy(entry, importer, graph, seen)) ?? false;
}
