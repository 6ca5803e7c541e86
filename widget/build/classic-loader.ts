/**
 * Makes `v1/pay-desk.js` a classic script, because only a classic script can learn its own address from `document.currentScript`.
 * A classic script can neither import nor export. So this plugin writes the hashed names of the chunks into the loader, and wraps
 * the loader in a function that keeps its names out of the page.
 */
import type { Plugin } from 'vite';

/**
 * @param widgetChunk Source of the chunk that defines `<pay-desk>`; replaces `%widget-chunk%` in the loader.
 * @param windowChunk Source of the chunk that opens the plugin window; replaces `%window-chunk%` in the loader.
 */
export const classicLoader = (widgetChunk: string, windowChunk: string): Plugin => ({
  name: 'classic-loader',
  enforce: 'post',
  applyToEnvironment: ({ name }) => name === 'client',
  buildStart() {
    // No page names this chunk, but the loader imports it and uses its exports.
    this.emitFile({ type: 'chunk', id: windowChunk, name: 'window', preserveSignature: 'strict' });
  },
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
    const loader = chunks.find((chunk) => chunk.name === 'pay-desk');
    const widget = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(widgetChunk));
    const window = chunks.find((chunk) => chunk.facadeModuleId?.endsWith(windowChunk));
    if (!loader || !widget || !window) return this.error('The build lacks the loader, the widget chunk or the window chunk.');
    if (loader.imports.length || loader.exports.length)
      this.error('The loader must neither import nor export: it is a classic script.');
    const fromLoader = (chunk: { fileName: string }) => chunk.fileName.replace('v1/', './');
    const code = loader.code.replace('%widget-chunk%', fromLoader(widget)).replace('%window-chunk%', fromLoader(window));
    loader.code = `(()=>{${code.trim()}})();\n`;
  },
});
