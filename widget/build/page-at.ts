/**
 * Moves a built page to the address the server expects: Vite writes a page to the folder that its source lies in. Comments and
 * indents, which are for us, are left out.
 */
import type { Plugin } from 'vite';

/**
 * @param source Path of the page's source, from the project's root.
 * @param target Path of the built page, inside the output folder.
 */
export const pageAt = (source: string, target: string): Plugin => ({
  name: 'page-at',
  enforce: 'post',
  generateBundle(_, bundle) {
    const page = bundle[source];
    if (page?.type !== 'asset') return;
    delete bundle[source];
    const text = typeof page.source === 'string' ? page.source : new TextDecoder().decode(page.source);
    this.emitFile({ type: 'asset', fileName: target, source: text.replace(/<!--.*?-->/gs, '').replace(/\n\s+/g, '\n') });
  },
});
