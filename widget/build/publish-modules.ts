/**
 * Completes the npm package in `dist/esm`: puts the loader where the BFF serves it from, and copies the declarations that the two
 * entries lead to, as the compiler wrote them, with their import paths rewritten.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Plugin } from 'vite';

/** @param entries Sources of the entries of the npm package. */
export const publishModules = (entries: readonly string[]): Plugin => ({
  name: 'publish-modules',
  applyToEnvironment: ({ name }) => name === 'esm',
  closeBundle() {
    copyFileSync('dist/esm/loader.js', 'dist/widget/v1/loader.js');
    // Without `tsc -b` before, as in `npm run demo`, there are no declarations to copy.
    if (!existsSync('widget/.types')) return;
    const wanted = [...entries];
    for (const module of wanted) {
      const code = readFileSync(declarationOf(module), 'utf8').replace(
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
});

/** Lit is inside the modules, so a consumer need not install it. */
const aliases: Record<string, string> = {
  '#contract': 'server/contract/index.ts',
  lit: 'widget/lit-types.ts',
  'lit-html': 'widget/lit-types.ts',
};

/** The declaration of `widget/embed/loader.ts` is `widget/.types/embed/loader.d.ts`; those of Lit are written by hand. */
function declarationOf(module: string): string {
  const file = module.replace(/\.ts$/, '.d.ts');
  return module === aliases.lit ? file : file.replace(/^(widget|server\/contract)\//, '$1/.types/');
}
