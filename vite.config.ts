/**
 * What is shipped. `vite build` writes dist/widget (the script tag, its chunks, the pinned build, the plugin window, the card frame),
 * dist/esm (what `import 'pay-desk'` finds) and dist/demo (the QA page); `vite build --ssr` writes dist/server. Dependencies of the
 * server stay outside, so `npm ci --omit=dev` is all it needs.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { defineConfig, type Plugin, type UserConfig, Visitor } from 'vite';
import manifest from './package.json' with { type: 'json' };
import { compressServed } from './widget/build/compress-served.ts';
import { ownCopies } from './widget/build/own-copies.ts';

const widgetChunk = 'widget/index.ts';
const windowChunk = 'widget/embed/window/index.ts';
const loaderModule = 'widget/embed/load-pay-desk.ts';

/** The page built from `source` lies at `target`, whatever folder it was written in. */
const pageAt = (source: string, target: string): Plugin => ({
  name: 'page-at',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle[source];
    if (page?.type !== 'asset') return;
    delete bundle[source];
    this.emitFile({ type: 'asset', fileName: target, source: page.source });
  },
});

/**
 * The script tag is a classic script, so that `document.currentScript` tells where it came from. It may therefore neither
 * import nor export; it names the hashed chunks by hand, and keeps its own names to itself.
 */
const classicLoader: Plugin = {
  name: 'classic-loader',
  enforce: 'post',
  applyToEnvironment: ({ name }) => name === 'client',
  buildStart() {
    // No page imports it by name, but the loader does, and needs what it exports.
    this.emitFile({ type: 'chunk', id: windowChunk, name: 'window', preserveSignature: 'strict' });
  },
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
    const loader = chunks.find((chunk) => chunk.name === 'pay-desk');
    const element = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(widgetChunk));
    const window = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(windowChunk));
    if (!loader || !element || !window) return this.error('the loader has lost its chunks');
    if (loader.imports.length || loader.exports.length) this.error('the loader must stand alone: it is a classic script');
    const beside = (chunk: { fileName: string }) => chunk.fileName.replace('v1/', './');
    const code = loader.code.replace('%widget-chunk%', beside(element)).replace('%window-chunk%', beside(window));
    loader.code = `(()=>{${code.trim()}})();\n`;
  },
};

/** A classic script has no `import.meta`: the pinned build asks for the tag it came by. */
const classicAddress: Plugin = {
  name: 'classic-address',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'pinned',
  transform: {
    filter: { id: /\/widget\//, code: 'import.meta.url' },
    handler: (code) =>
      `import { pinnedAddress } from '/widget/embed/pinned-script.ts';\n${code.replaceAll('import.meta.url', 'pinnedAddress')}`,
  },
};

/**
 * The types beside the modules of `dist/esm`: those that the two entries lead to, as the compiler wrote them into the rooms. Aliases
 * are spelt out, and Lit is not asked for: it is inside the modules. And the loader once more where the BFF serves it from.
 */
const publishModules: Plugin = {
  name: 'publish-modules',
  applyToEnvironment: ({ name }) => name === 'esm',
  closeBundle() {
    copyFileSync('dist/esm/loader.js', 'dist/widget/v1/loader.js');
    // Without `tsc -b` before, as in a demo, there are none.
    if (!existsSync('widget/.types')) return;
    const wanted = [widgetChunk, loaderModule];
    for (const module of wanted) {
      const code = readFileSync(typesOf(module), 'utf8').replace(
        /((?:from |import |import\()['"])(#contract|lit|lit-html|\.[^'"]+)(?=['"])/g,
        (_, start, name) => {
          const target = aliases[name] ?? join(dirname(module), name);
          if (!wanted.includes(target)) wanted.push(target);
          const path = relative(dirname(module), target).replace(/\.ts$/, '.js');
          return start + (path.startsWith('.') ? path : `./${path}`);
        },
      );
      const file = join('dist/esm/types', module.replace(/\.ts$/, '.d.ts'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, code);
    }
  },
};

const aliases: Record<string, string> = {
  '#contract': 'server/contract/index.ts',
  lit: 'widget/lit-types.ts',
  'lit-html': 'widget/lit-types.ts',
};

/** `widget/embed/loader.ts` is `widget/.types/embed/loader.d.ts`; those of Lit are written by hand. */
const typesOf = (module: string): string => {
  const types = module.replace(/\.ts$/, '.d.ts');
  return module === aliases.lit ? types : types.replace(/^(widget|server\/contract)\//, '$1/.types/');
};

/** Vite wraps every `import()` to preload styles. Our chunks have none, and the customer would pay for it on each visit. */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: { filter: { id: /vite\/preload-helper/ }, handler: () => 'export const __vitePreload = (load) => load();' },
  renderChunk(code) {
    if (!code.includes('__vitePreload')) return null;
    const edits: Edit[] = [];
    const visitor = new Visitor({
      CallExpression({ callee, arguments: [load], start, end }) {
        if (callee.type !== 'Identifier' || callee.name !== '__vitePreload' || load?.type !== 'ArrowFunctionExpression') return;
        // More than an `import()` where the module is one of several in its chunk.
        const { body } = load;
        const text =
          body.type === 'BlockStatement' ? `(${code.slice(load.start, load.end)})()` : code.slice(body.start, body.end);
        edits.push({ start, end, text });
      },
    });
    visitor.visit(this.parse(code));
    return { code: edit(code, edits), map: null };
  },
};

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** From the end to the start, so that no place moves before its turn. */
const edit = (code: string, edits: Edit[]): string =>
  edits
    .sort((one, other) => other.start - one.start)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), code);

/** Nobody reads the indentation inside `css` and `html` templates, but every customer would download it. */
const tightTemplates: Plugin = {
  name: 'tight-templates',
  enforce: 'post',
  transform: {
    filter: { id: /\/widget\/.*\.ts$/, code: /(css|html)`/ },
    handler(code) {
      const edits: Edit[] = [];
      const visitor = new Visitor({
        TaggedTemplateExpression({ tag, quasi }) {
          const tighten = tag.type === 'Identifier' && tighteners[tag.name];
          if (tighten) edits.push(...quasi.quasis.map(({ start, end, value }) => ({ start, end, text: tighten(value.raw) })));
        },
      });
      visitor.visit(this.parse(code));
      return edit(code, edits);
    },
  },
};

const tighteners: Record<string, (raw: string) => string> = {
  css: (raw) =>
    raw
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,>]) ?|(:) | (!)/g, '$1$2$3')
      .replace(/;}/g, '}')
      .replace(/='([a-z][\w-]*)'\]/g, '=$1]')
      .replace(/\b0\./g, '.')
      .trim(),
  // One space stays: between inline elements it is seen.
  html: (raw) => raw.replace(/\s+/g, ' '),
};

/**
 * One chunk for the element and what it imports at once, though pages and rooms share parts of it: in pieces it would be more requests
 * and hundreds of bytes more. What it uses of the contract stays apart from the schemas there, which it never loads.
 */
const elementWhole = {
  test: /\/widget\/|\/node_modules\/(?:@?lit|ky)/,
  name: (id: string, graph: ModuleGraph) => (isImportedBy(widgetChunk, id, graph) ? 'element' : null),
  debugName: 'element',
  includeDependenciesRecursively: false,
};

interface ModuleGraph {
  getModuleInfo(id: string): { importers: readonly string[] } | null;
}

function isImportedBy(entry: string, id: string, graph: ModuleGraph, seen = new Set<string>()): boolean {
  if (id.endsWith(entry)) return true;
  if (seen.has(id)) return false;
  seen.add(id);
  return graph.getModuleInfo(id)?.importers.some((importer) => isImportedBy(entry, importer, graph, seen)) ?? false;
}

const browser: UserConfig = {
  publicDir: false,
  builder: {},
  define: {
    PAY_DESK_VERSION: JSON.stringify(manifest.version),
    // ky tries at its start whether a request may be a stream. Ours never is, and the trial throws where a page has polluted `Object.prototype`.
    'globalThis.ReadableStream': 'undefined',
  },
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false }, emptyOutDir: true },
  plugins: [
    ownCopies,
    plainImports,
    tightTemplates,
    classicLoader,
    classicAddress,
    publishModules,
    pageAt('widget/embed/plugin/index.html', 'plugin/index.html'),
    pageAt('widget/embed/card/index.html', 'frame/card/index.html'),
    pageAt('demo/index.html', 'index.html'),
    compressServed({
      client: ['dist/widget/v1'],
      pinned: [`dist/widget/v${manifest.version}`],
      esm: ['dist/widget/v1/loader.js'],
    }),
  ],
  environments: {
    client: {
      build: {
        outDir: 'dist/widget',
        rolldownOptions: {
          input: {
            'pay-desk': 'widget/embed/loader.ts',
            element: widgetChunk,
            plugin: 'widget/embed/plugin/index.html',
            card: 'widget/embed/card/index.html',
          },
          output: {
            entryFileNames: (chunk) => (chunk.name === 'pay-desk' ? 'v1/pay-desk.js' : 'v1/chunks/[name]-[hash].js'),
            chunkFileNames: 'v1/chunks/[name]-[hash].js',
            assetFileNames: 'v1/chunks/[name]-[hash][extname]',
            codeSplitting: { groups: [elementWhole] },
          },
        },
      },
    },
    pinned: {
      consumer: 'client',
      build: {
        outDir: `dist/widget/v${manifest.version}`,
        rolldownOptions: {
          input: { 'pay-desk': 'widget/embed/pinned.ts' },
          output: { format: 'iife', codeSplitting: false, entryFileNames: '[name].js' },
        },
      },
    },
    esm: {
      consumer: 'client',
      build: {
        outDir: 'dist/esm',
        rolldownOptions: {
          preserveEntrySignatures: 'strict',
          input: { 'pay-desk': widgetChunk, loader: loaderModule },
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    // The same entry with Lit's own stand-ins for the DOM, so that an import on a server neither needs nor touches one.
    esmNode: {
      consumer: 'client',
      resolve: { conditions: ['node', 'module', 'production'] },
      build: {
        outDir: 'dist/esm/node',
        rolldownOptions: {
          preserveEntrySignatures: 'strict',
          input: { 'pay-desk': widgetChunk },
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
    demo: {
      consumer: 'client',
      build: {
        outDir: 'dist/demo',
        rolldownOptions: {
          input: { qa: 'demo/index.html', shop: 'demo/page/shop/shop.ts', 'shop-style': 'demo/page/shop/shop.css' },
          output: {
            entryFileNames: 'assets/[name].js',
            chunkFileNames: 'assets/[name]-[hash].js',
            assetFileNames: 'assets/[name][extname]',
          },
        },
      },
    },
  },
};

const server: UserConfig = {
  publicDir: false,
  build: {
    ssr: true,
    rolldownOptions: { input: 'server/main.ts', output: { chunkFileNames: 'chunks/[name]-[hash].js' } },
    outDir: 'dist/server',
    target: 'node22',
    emptyOutDir: true,
  },
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? server : browser));
