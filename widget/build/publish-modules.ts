/** Puts the module `pay-desk/loader` of the npm package also where the BFF serves it from. */
import { copyFileSync } from 'node:fs';
import type { Plugin } from 'vite';

export const publishModules: Plugin = {
  name: 'publish-modules',
  applyToEnvironment: ({ name }) => name === 'esm',
  writeBundle() {
    copyFileSync('dist/esm/loader.js', 'dist/widget/v1/loader.js');
  },
};
