/**
 * Completes the npm package in `dist/esm`: puts the loader where the BFF serves it from, and bundles the declarations that the
 * compiler wrote. The bundle has Lit's declarations inside, as the modules have its code, so a consumer need not install it.
 */
import { copyFileSync, existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { build } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import type { Plugin } from 'vite';

/** @param entries By the name of a module of the npm package: its source in `widget/`. */
export const publishModules = (entries: Record<string, string>): Plugin => ({
  name: 'publish-modules',
  applyToEnvironment: ({ name }) => name === 'esm',
  async generateBundle() {
    // Without `tsc -b` before, as in `npm run demo`, there are no declarations to bundle.
    if (!existsSync('widget/.types')) return;
    const { output } = await build({
      write: false,
      input: Object.fromEntries(
        Object.entries(entries).map(([name, source]) => [name, declarationOf(source.replace(/^widget\//, 'widget/.types/'))]),
      ),
      // A dependency of the npm package.
      external: /^zod\//,
      plugins: [betweenDeclarations, dts({ dtsInput: true, tsconfig: false, generator: 'oxc' })],
      output: { chunkFileNames: 'chunks/[name]-[hash].js' },
    });
    for (const file of output) {
      // The rest is rolldown's own helper, which no declaration uses.
      if (file.type === 'chunk' && file.fileName.endsWith('.d.ts'))
        this.emitFile({ type: 'asset', fileName: file.fileName, source: file.code });
    }
  },
  writeBundle() {
    copyFileSync('dist/esm/loader.js', 'dist/widget/v1/loader.js');
  },
});

const declarationOf = (source: string) => source.replace(/\.ts$/, '.d.ts');

/** Declarations import each other by the names of their sources, as the compiler leaves them. */
const betweenDeclarations: Plugin = {
  name: 'between-declarations',
  resolveId: {
    order: 'pre',
    handler(source, importer) {
      if (source === '#contract') return resolve('server/contract/.types/index.d.ts');
      return importer && /^\..*\.ts$/.test(source) ? declarationOf(resolve(dirname(importer), source)) : null;
    },
  },
};
