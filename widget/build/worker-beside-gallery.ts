/** Puts the service worker of msw beside the gallery, which is its scope. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

export const workerBesideGallery: Plugin = {
  name: 'worker-beside-gallery',
  applyToEnvironment: ({ name }) => name === 'gallery',
  generateBundle() {
    const source = readFileSync(createRequire(import.meta.url).resolve('msw/mockServiceWorker.js'), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'gallery/mockServiceWorker.js', source });
  },
};
