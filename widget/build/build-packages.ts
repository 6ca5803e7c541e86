/**
 * Writes the npm packages into `dist/npm`: `pay-desk` (the element, the loader and the wrappers for React and Vue), `server` and `cli`, which are published as
 * `@pay-desk/server` and `@pay-desk/cli`, and `sandbox`, published as `@pay-desk/sandbox`. Each gets a package.json of its own, so that a page that shows `<pay-desk>` installs nothing
 * that only the server needs. Run it after `npm run build`, or both by `npm run build:packages`. Arguments are the only packages to write.
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildOptions, build } from 'rolldown';
import root from '../../package.json' with { type: 'json' };
import { bundleDeclarations } from './bundle-declarations.ts';
import { htmlData } from './html-data.ts';

interface Manifest {
  name: string;
  description: string;
  [field: string]: unknown;
}

const versions: Record<string, string> = { ...root.devDependencies, ...root.dependencies };

/** The folder of a package, empty but for what every package has. */
function startPackage(folder: string, readme: string): string {
  const target = join('dist/npm', folder);
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  copyFileSync('LICENSE', join(target, 'LICENSE'));
  copyFileSync(readme, join(target, 'README.md'));
  return target;
}

function writeManifest(target: string, { name, description, ...more }: Manifest): void {
  const { version, license } = root;
  write(
    join(target, 'package.json'),
    `${JSON.stringify({ name, version, description, license, type: 'module', ...more }, null, 2)}\n`,
  );
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** @returns the packages that the modules import and do not contain, e.g. `@scope/name` for `@scope/name/part` */
async function bundle(target: string, options: Omit<BuildOptions, 'write'>): Promise<string[]> {
  const { output } = await build({ ...options, write: false });
  const chunks = output.filter((file) => file.type === 'chunk');
  for (const { fileName, code } of chunks) write(join(target, fileName), code);
  const own = new Set(chunks.map(({ fileName }) => fileName));
  const imported = chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]);
  const names = imported
    .filter((name) => !own.has(name) && !name.startsWith('node:'))
    .map((name) => name.split('/', name.startsWith('@') ? 2 : 1).join('/'));
  return [...new Set(names)].sort();
}

const versionsOf = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => {
      const version = versions[name];
      if (!version) throw new Error(`${name} is imported by a package, and package.json does not have it.`);
      return [name, version];
    }),
  );

const wrappers = { react: 'widget/react/index.ts', vue: 'widget/vue/index.ts' };
const frameworks = [/^react$/, /^vue$/];
/** Their users write the element itself. The types are declarations already, because not everybody who builds has these packages. */
const otherFrameworks = ['preact', 'solid', 'svelte'];

/** Everything but our own files, `#contract` and the compiler's helpers stays outside. */
const packagesOutside = /^(?!@oxc-project\/runtime)[^./#\0]/;

async function buildElement(): Promise<void> {
  const target = startPackage('pay-desk', 'widget/build/package.md');
  cpSync('dist/esm', target, { recursive: true });
  for (const { fileName, code } of await bundleDeclarations(
    {
      'pay-desk': 'widget/index.ts',
      loader: 'widget/embed/load-pay-desk.ts',
      ...wrappers,
      'jsx/react': 'widget/jsx/react.ts',
      'jsx/attributes': 'widget/jsx/attributes.ts',
    },
    frameworks,
  ))
    write(join(target, fileName), code);
  await bundle(target, {
    input: wrappers,
    external: frameworks,
    // Node, and only Node, gets the element without a DOM: the package's own `exports` choose.
    plugins: [
      { name: 'element-outside', resolveId: (source) => (source === '../index.ts' ? { id: 'pay-desk', external: true } : null) },
    ],
    output: { chunkFileNames: 'chunks/[name]-[hash].js', postBanner: ({ name }) => (name === 'react' ? "'use client';" : '') },
  });
  for (const name of otherFrameworks) {
    const types = readFileSync(`widget/jsx/${name}.d.ts`, 'utf8').replace("'./attributes.ts'", "'./attributes.js'");
    write(join(target, `jsx/${name}.d.ts`), types);
  }
  const manifest = readFileSync('widget/custom-elements.json', 'utf8');
  write(join(target, 'custom-elements.json'), manifest);
  write(join(target, 'vscode.html-custom-data.json'), `${JSON.stringify(htmlData(manifest), null, 2)}\n`);
  writeManifest(target, {
    name: 'pay-desk',
    description: 'A checkout for your page: the custom element <pay-desk>.',
    keywords: ['payments', 'checkout', 'web-components', 'custom-element', 'lit'],
    engines: root.engines,
    exports: {
      '.': { types: './pay-desk.d.ts', node: './node/pay-desk.js', default: './pay-desk.js' },
      './loader': { types: './loader.d.ts', default: './loader.js' },
      './react': { types: './react.d.ts', default: './react.js' },
      './jsx/react': { types: './jsx/react.d.ts' },
      ...Object.fromEntries(otherFrameworks.map((name) => [`./jsx/${name}`, { types: `./jsx/${name}.d.ts` }])),
      './vue': { types: './vue.d.ts', default: './vue.js' },
      './custom-elements.json': './custom-elements.json',
      './vscode.html-custom-data.json': './vscode.html-custom-data.json',
      './package.json': './package.json',
    },
    customElements: 'custom-elements.json',
    peerDependencies: { react: '>=18', vue: '>=3.3' },
    peerDependenciesMeta: { react: { optional: true }, vue: { optional: true } },
    sideEffects: ['./pay-desk.js', './chunks/*.js', './node/pay-desk.js', './node/chunks/*.js'],
  });
}

async function buildClient(): Promise<void> {
  const target = startPackage('server', 'server/sdk/README.md');
  const dependencies = await bundle(target, { input: { index: 'server/sdk/index.ts' }, external: packagesOutside });
  for (const { fileName, code } of await bundleDeclarations({ index: 'server/sdk/index.ts' }))
    write(join(target, fileName), code);
  writeManifest(target, {
    name: '@pay-desk/server',
    description: 'For the server of a shop: a client of Pay Desk, its webhooks, and signed links.',
    keywords: ['payments', 'checkout', 'webhooks'],
    engines: root.engines,
    exports: { '.': { types: './index.d.ts', default: './index.js' }, './package.json': './package.json' },
    sideEffects: false,
    dependencies: versionsOf(dependencies),
  });
}

async function buildCommand(): Promise<void> {
  const target = startPackage('cli', 'server/operate/cli/README.md');
  const dependencies = await bundle(target, {
    input: { 'pay-desk': 'server/operate/cli/pay-desk.ts' },
    platform: 'node',
    external: packagesOutside,
    output: { chunkFileNames: 'chunks/[name]-[hash].js' },
  });
  writeManifest(target, {
    name: '@pay-desk/cli',
    description: 'The command pay-desk: set up, watch and operate a Pay Desk server.',
    engines: root.engines,
    bin: { 'pay-desk': 'pay-desk.js' },
    exports: { './package.json': './package.json' },
    dependencies: versionsOf(dependencies),
  });
}

/** The demo as a package. Its folders are those of the repository, which `demo/built-files.ts` relies on. */
async function buildSandbox(): Promise<void> {
  const target = startPackage('sandbox', 'demo/sandbox.md');
  const dependencies = await bundle(target, {
    input: { sandbox: 'demo/sandbox.ts' },
    platform: 'node',
    external: packagesOutside,
    output: {
      entryFileNames: 'demo/[name].js',
      chunkFileNames: 'demo/[name]-[hash].js',
      banner: ({ isEntry }) => (isEntry ? '#!/usr/bin/env node' : ''),
    },
  });
  for (const folder of ['widget', 'demo', 'operate'])
    cpSync(join('dist', folder), join(target, 'dist', folder), {
      recursive: true,
      // Pages that are open, or that name another release, may need them, and a sandbox has none.
      filter: (path) => !/\/(?:former-chunks|v\d+\.\d+\.\d+)$/.test(path) || path.endsWith(`/v${root.version}`),
    });
  copyFileSync('demo/merchants.json', join(target, 'demo/merchants.json'));
  writeManifest(target, {
    name: '@pay-desk/sandbox',
    description: 'A Pay Desk to try with a page of your own: the server, a shop, and simulated payment services.',
    engines: root.engines,
    bin: { 'pay-desk-sandbox': 'demo/sandbox.js' },
    exports: { './package.json': './package.json' },
    dependencies: versionsOf(dependencies),
  });
}

const makers: Readonly<Record<string, () => Promise<void>>> = {
  'pay-desk': buildElement,
  server: buildClient,
  cli: buildCommand,
  sandbox: buildSandbox,
};
const ingredients: Readonly<Record<string, readonly string[]>> = {
  'pay-desk': ['dist/esm', 'widget/.types'],
  server: ['server/sdk/.types'],
  sandbox: ['dist/widget', 'dist/demo'],
};
const given = process.argv.slice(2);
const names = given.length > 0 ? given : Object.keys(makers);
if (names.some((name) => ingredients[name]?.some((path) => !existsSync(path)))) {
  process.stderr.write('The modules or their types are not built: run "npm run build" first.\n');
  process.exit(1);
}
await Promise.all(names.map((name) => makers[name]?.()));
