/**
 * Bundles the declarations that the compiler wrote into those of an npm package. The declarations of Lit and zod are inside, as the
 * code of Lit is inside the modules, so a consumer need install neither.
 */
import { dirname, resolve } from 'node:path';
import { build, type Plugin } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';

export interface Declaration {
  /** Inside the package, ending in `.d.ts`. */
  fileName: string;
  code: string;
}

/**
 * @param entries By the name of a module of the package: its source. `tsc -b` must have run.
 * @param external What the package expects its consumer to have.
 */
export async function bundleDeclarations(entries: Record<string, string>, external: RegExp[] = []): Promise<Declaration[]> {
  const { output } = await build({
    write: false,
    // Rolldown would warn that one plugin takes nearly all the time. Here that is its task.
    checks: { bundlerTimings: false },
    input: Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, declarationOf(source)])),
    external,
    plugins: [betweenDeclarations, dts({ dtsInput: true, tsconfig: false, generator: 'oxc' })],
    output: { chunkFileNames: 'chunks/[name]-[hash].js' },
  });
  // The rest is rolldown's own helper, which no declaration uses.
  return output.filter((file) => file.type === 'chunk' && file.fileName.endsWith('.d.ts')) as Declaration[];
}

/** Each compiler project writes its declarations into its own `.types`, the project being the nearest folder that has one. */
const projects = ['widget', 'server/contract', 'server/sdk'];

function declarationOf(source: string): string {
  const path = source.replace(/\.ts$/, '.d.ts');
  const project = projects.find((folder) => path.startsWith(`${folder}/`));
  if (!project) throw new Error(`${source} belongs to no compiler project of a package.`);
  return resolve(path.replace(project, `${project}/.types`));
}

/** Declarations import each other by the names of their sources, as the compiler leaves them. */
const betweenDeclarations: Plugin = {
  name: 'between-declarations',
  resolveId: {
    order: 'pre',
    handler(source, importer) {
      if (source === '#contract') return resolve('server/contract/.types/index.d.ts');
      // The declarations for ES modules; by default those for CommonJS would be found, which cannot be bundled.
      if (source === 'zod/mini') return resolve('node_modules/zod/mini/index.d.ts');
      if (importer?.includes('/node_modules/zod/') && source.startsWith('.'))
        return resolve(dirname(importer), source.replace(/\.c?js$/, '.d.ts'));
      if (!importer || !/^\..*\.ts$/.test(source)) return null;
      const path = resolve(dirname(importer), source);
      // A declaration that is no output of the compiler stays where it is.
      return path.endsWith('.d.ts') ? path.replace('/.types/', '/') : path.replace(/\.ts$/, '.d.ts');
    },
  },
};
