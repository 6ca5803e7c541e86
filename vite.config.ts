/**
 * What is shipped. `vite build` writes
 * - dist/widget: the script tag with its chunks, the pinned build, the plugin window and the card frame, all served by the BFF;
 * - dist/esm: the modules of the npm package, which `widget/build/build-packages.ts` completes in dist/npm;
 * - dist/demo: the QA page;
 * - dist/gallery: every state of the checkout without a server, for the demo and for any static host; it is part of no product;
 * - dist/operate: the operator's console, served by the operator's listener.
 * `vite build --ssr` writes dist/server: the server and the command `pay-desk`. Their dependencies stay outside the bundle, so
 * `npm ci --omit=dev` is all they need.
 */
import { existsSync } from 'node:fs';
import { defineConfig, type EnvironmentOptions, type UserConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { classicAddress } from './widget/build/classic-address.ts';
import { classicLoader } from './widget/build/classic-loader.ts';
import { compressServed } from './widget/build/compress-served.ts';
import { elementChunk } from './widget/build/element-chunk.ts';
import { keepChunks } from './widget/build/keep-chunks.ts';
import { keepPinned } from './widget/build/keep-pinned.ts';
import { ownCopies } from './widget/build/own-copies.ts';
import { pageAt } from './widget/build/page-at.ts';
import { plainImports } from './widget/build/plain-imports.ts';
import { publishModules } from './widget/build/publish-modules.ts';
import { tightTemplates } from './widget/build/tight-templates.ts';
import { workerBesideGallery } from './widget/build/worker-beside-gallery.ts';

const widget = 'widget/index.ts';
const packageEntries = { 'pay-desk': widget, loader: 'widget/embed/load-pay-desk.ts' };
const pinnedFolder = `dist/widget/v${manifest.version}`;

type BuildOptions = NonNullable<NonNullable<EnvironmentOptions['build']>['rolldownOptions']>;

const inBrowser = (outDir: string, rolldownOptions: BuildOptions): EnvironmentOptions => ({
  consumer: 'client',
  // The sizes that count are those on the wire, which `test/layout/size-budget.test.ts` holds.
  build: { outDir, rolldownOptions, chunkSizeWarningLimit: Number.POSITIVE_INFINITY },
});

const packageModules = (input: Record<string, string>): BuildOptions => ({
  preserveEntrySignatures: 'strict',
  input,
  output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
});

/** Not part of the product, so its sources are among the tests, and the image is built without them. */
const galleryPage = 'test/widget/gallery/index.html';
const gallery: Record<string, EnvironmentOptions> = existsSync(new URL(galleryPage, import.meta.url))
  ? {
      gallery: inBrowser('dist/gallery', {
        input: { gallery: galleryPage },
        output: {
          entryFileNames: 'gallery/assets/[name].js',
          chunkFileNames: 'gallery/assets/[name]-[hash].js',
          assetFileNames: 'gallery/assets/[name][extname]',
        },
      }),
    }
  : {};

const browser: UserConfig = {
  publicDir: false,
  builder: {},
  define: {
    PAY_DESK_VERSION: JSON.stringify(manifest.version),
    // On loading, ky tests whether a request may be a stream. Ours never is, and the test throws on a page that has polluted
    // `Object.prototype`.
    'globalThis.ReadableStream': 'undefined',
  },
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false }, emptyOutDir: true },
  plugins: [
    ownCopies,
    plainImports,
    tightTemplates,
    classicLoader(widget, 'widget/embed/window/index.ts'),
    classicAddress,
    publishModules,
    pageAt('widget/embed/plugin/index.html', 'plugin/index.html'),
    pageAt('widget/embed/card/index.html', 'frame/card/index.html'),
    pageAt('demo/index.html', 'index.html'),
    pageAt(galleryPage, 'gallery/index.html'),
    workerBesideGallery,
    pageAt('server/operate/console/index.html', 'index.html'),
    keepChunks('dist/widget'),
    keepPinned('dist/widget', manifest.version),
    compressServed({
      client: ['dist/widget/v1'],
      pinned: [pinnedFolder],
      esm: ['dist/widget/v1/loader.js'],
      operate: ['dist/operate/assets'],
    }),
  ],
  environments: {
    client: inBrowser('dist/widget', {
      input: {
        'pay-desk': 'widget/embed/loader.ts',
        element: widget,
        plugin: 'widget/embed/plugin/index.html',
        card: 'widget/embed/card/index.html',
      },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'pay-desk' ? 'v1/pay-desk.js' : 'v1/chunks/[name]-[hash].js'),
        chunkFileNames: 'v1/chunks/[name]-[hash].js',
        assetFileNames: 'v1/chunks/[name]-[hash][extname]',
        codeSplitting: { groups: [elementChunk(widget)] },
      },
    }),
    pinned: inBrowser(pinnedFolder, {
      input: { 'pay-desk': 'widget/embed/pinned.ts' },
      output: { format: 'iife', codeSplitting: false, entryFileNames: '[name].js' },
    }),
    esm: inBrowser('dist/esm', packageModules(packageEntries)),
    // The same entry with Lit's stand-ins for the DOM, so that an import on a server needs no DOM.
    esmNode: {
      ...inBrowser('dist/esm/node', packageModules({ 'pay-desk': widget })),
      resolve: { conditions: ['node', 'module', 'production'] },
    },
    demo: inBrowser('dist/demo', {
      input: { qa: 'demo/index.html', shop: 'demo/page/shop/shop.ts', 'shop-style': 'demo/page/shop/shop.css' },
      output: {
        entryFileNames: 'assets/[name].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name][extname]',
      },
    }),
    ...gallery,
    operate: inBrowser('dist/operate', { input: { console: 'server/operate/console/index.html' } }),
  },
};

const server: UserConfig = {
  publicDir: false,
  build: {
    ssr: true,
    rolldownOptions: {
      input: { main: 'server/main.ts', 'pay-desk': 'server/operate/cli/pay-desk.ts' },
      output: { chunkFileNames: 'chunks/[name]-[hash].js' },
    },
    outDir: 'dist/server',
    target: 'node22',
    emptyOutDir: true,
  },
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? server : browser));
