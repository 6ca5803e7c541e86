/**
 * What is shipped. `vite build` writes dist/widget (the script tag, its chunks, the plugin window) and dist/demo (the QA page);
 * `vite build --ssr` writes dist/server. Dependencies of the server stay outside, so `npm ci --omit=dev` is all it needs.
 */
import { defineConfig, type Plugin, type UserConfig, Visitor } from 'vite';
import manifest from './package.json' with { type: 'json' };

const widgetChunk = 'widget/index.ts';

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
 * import nor export; it names the hashed chunk of the element by hand, and keeps its own names to itself.
 */
const classicLoader: Plugin = {
  name: 'classic-loader',
  enforce: 'post',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
    const loader = chunks.find((chunk) => chunk.name === 'pay-desk');
    const element = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(widgetChunk));
    if (!loader || !element) return;
    if (loader.imports.length || loader.exports.length) this.error('the loader must stand alone: it is a classic script');
    const code = loader.code.replace('%widget-chunk%', element.fileName.replace('v1/', './'));
    loader.code = `(()=>{${code.trim()}})();\n`;
  },
};

/** Vite wraps every `import()` to preload styles. Our chunks have none, and the customer would pay for it on each visit. */
const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: { filter: { id: /vite\/preload-helper/ }, handler: () => 'export const __vitePreload = (load) => load();' },
};

/** Nobody reads the indentation inside `css` and `html` templates, but every customer would download it. */
const tightTemplates: Plugin = {
  name: 'tight-templates',
  enforce: 'post',
  transform: {
    filter: { id: /\/widget\/.*\.ts$/, code: /(css|html)`/ },
    handler(code) {
      const edits: { start: number; end: number; text: string }[] = [];
      const visitor = new Visitor({
        TaggedTemplateExpression({ tag, quasi }) {
          const tighten = tag.type === 'Identifier' && tighteners[tag.name];
          if (tighten) edits.push(...quasi.quasis.map(({ start, end, value }) => ({ start, end, text: tighten(value.raw) })));
        },
      });
      visitor.visit(this.parse(code));
      edits.sort((one, other) => other.start - one.start);
      return edits.reduce((text, { start, end, text: tight }) => text.slice(0, start) + tight + text.slice(end), code);
    },
  },
};

const tighteners: Record<string, (raw: string) => string> = {
  css: (raw) =>
    raw
      .replace(/\/\*.*?\*\//gs, '')
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?|(:) /g, '$1$2'),
  // One space stays: between inline elements it is seen.
  html: (raw) => raw.replace(/\s+/g, ' '),
};

const browser: UserConfig = {
  publicDir: false,
  builder: {},
  define: { PAY_DESK_VERSION: JSON.stringify(manifest.version) },
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false }, emptyOutDir: true },
  plugins: [
    plainImports,
    tightTemplates,
    classicLoader,
    pageAt('widget/embed/plugin/index.html', 'plugin/index.html'),
    pageAt('demo/index.html', 'index.html'),
  ],
  environments: {
    client: {
      build: {
        outDir: 'dist/widget',
        rolldownOptions: {
          input: { 'pay-desk': 'widget/embed/loader.ts', element: widgetChunk, plugin: 'widget/embed/plugin/index.html' },
          output: {
            entryFileNames: (chunk) => (chunk.name === 'pay-desk' ? 'v1/pay-desk.js' : 'v1/chunks/[name]-[hash].js'),
            chunkFileNames: 'v1/chunks/[name]-[hash].js',
            assetFileNames: 'v1/chunks/[name]-[hash][extname]',
          },
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
  build: { ssr: true, rolldownOptions: { input: 'server/main.ts' }, outDir: 'dist/server', target: 'node20', emptyOutDir: true },
};

export default defineConfig(({ isSsrBuild }) => (isSsrBuild ? server : browser));
