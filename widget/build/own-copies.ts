/**
 * Gives the script tag, the plugin window and the element a copy each of the small modules they share. They are fetched
 * separately: a shared chunk would cost one more request, and the script tag, a classic script, cannot import at all.
 */
import type { Plugin } from 'vite';

const shared = /\/browser\.ts$/;

export const ownCopies: Plugin = {
  name: 'own-copies',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (!importer || !shared.test(source)) return null;
    const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
    const copy = copyFor(importer);
    return resolved && copy ? { ...resolved, id: `${resolved.id}?${copy}` } : resolved;
  },
};

/** The bridge belongs to the window: a page that opens a plugin window needs it before it needs the element, or without it. */
function copyFor(importer: string): 'window' | 'script' | null {
  if (/\/widget\/(embed\/window|bridge)\//.test(importer)) return 'window';
  return importer.includes('/widget/embed/') ? 'script' : null;
}
