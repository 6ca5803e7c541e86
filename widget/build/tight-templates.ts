/**
 * Removes indentation and comments from `css` and `html` templates. No browser needs them, and every customer would download
 * them.
 */
import { type Plugin, Visitor } from 'vite';
import { applyEdits, type SourceEdit } from './source-edits.ts';

export const tightTemplates: Plugin = {
  name: 'tight-templates',
  enforce: 'post',
  transform: {
    filter: { id: /\/widget\/.*\.ts$/, code: /(css|html)`/ },
    handler(code) {
      const edits: SourceEdit[] = [];
      const visitor = new Visitor({
        TaggedTemplateExpression({ tag, quasi }) {
          const tighten = tag.type === 'Identifier' && tighteners[tag.name];
          if (tighten) edits.push(...quasi.quasis.map(({ start, end, value }) => ({ start, end, text: tighten(value.raw) })));
        },
      });
      visitor.visit(this.parse(code));
      return applyEdits(code, edits);
    },
  },
};

/**
 * By the name of the tag. The rules know the style sheets of this widget, not all of CSS: quoted texts in them have no double
 * spaces.
 */
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
  // One space must stay: between inline elements it is visible.
  html: (raw) => raw.replace(/\s+/g, ' '),
};
