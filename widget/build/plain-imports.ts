/**
 * Undoes the wrapper that Vite puts around every `import()`. The wrapper preloads style sheets; our chunks have none, and every
 * customer would download the wrapper.
 *
 * In the scripts that the BFF serves, the parameter `_again` of the function around an `import()` is appended to its address, because
 * browsers remember a module that failed by its address (`retryImport`). In a package it is not: a merchant's bundler follows only
 * addresses that are written out.
 */
import { type Plugin, Visitor } from 'vite';
import { applyEdits, type SourceEdit } from './source-edits.ts';

const again = '_again';

export const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: { filter: { id: /vite\/preload-helper/ }, handler: () => 'export const __vitePreload = (load) => load();' },
  renderChunk(code) {
    if (!code.includes('__vitePreload')) return null;
    const edits: SourceEdit[] = [];
    const tries: { start: number; end: number }[] = [];
    const visitor = new Visitor({
      ArrowFunctionExpression({ params: [first], start, end }) {
        if (first?.type === 'Identifier' && first.name === again) tries.push({ start, end });
      },
      CallExpression: ({ callee, arguments: [load], start, end }) => {
        if (callee.type !== 'Identifier' || callee.name !== '__vitePreload' || load?.type !== 'ArrowFunctionExpression') return;
        // The body is a block, and not just an `import()`, where the module shares its chunk with others.
        const { body } = load;
        const text =
          body.type === 'BlockStatement' ? `(${code.slice(load.start, load.end)})()` : code.slice(body.start, body.end);
        const isTried = this.environment.name === 'client' && tries.some((around) => around.start < start && end <= around.end);
        edits.push({ start, end, text: isTried ? text.replace(/\bimport\(([^()]+)\)/, `import($1 + ${again})`) : text });
      },
    });
    visitor.visit(this.parse(code));
    return { code: applyEdits(code, edits), map: null };
  },
};
