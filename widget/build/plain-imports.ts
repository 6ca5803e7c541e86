/**
 * Undoes the wrapper that Vite puts around every `import()`. The wrapper preloads style sheets; our chunks have none, and every
 * customer would download the wrapper.
 */
import { type Plugin, Visitor } from 'vite';
import { applyEdits, type SourceEdit } from './source-edits.ts';

export const plainImports: Plugin = {
  name: 'plain-imports',
  enforce: 'pre',
  load: { filter: { id: /vite\/preload-helper/ }, handler: () => 'export const __vitePreload = (load) => load();' },
  renderChunk(code) {
    if (!code.includes('__vitePreload')) return null;
    const edits: SourceEdit[] = [];
    const visitor = new Visitor({
      CallExpression({ callee, arguments: [load], start, end }) {
        if (callee.type !== 'Identifier' || callee.name !== '__vitePreload' || load?.type !== 'ArrowFunctionExpression') return;
        // The body is a block, and not just an `import()`, where the module shares its chunk with others.
        const { body } = load;
        const text =
          body.type === 'BlockStatement' ? `(${code.slice(load.start, load.end)})()` : code.slice(body.start, body.end);
        edits.push({ start, end, text });
      },
    });
    visitor.visit(this.parse(code));
    return { code: applyEdits(code, edits), map: null };
  },
};
