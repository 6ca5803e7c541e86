/**
 * The script tag, the plugin window's side of a page and the element are fetched apart, and share no chunk: one more request would cost
 * more than a few lines twice, and the script tag, which is a classic script, cannot import at all. So each has its own copy of these lines.
 */
import type { Plugin } from 'vite';

const shared = /\/of-document\.ts$/;

export const ownCopies: Plugin = {
  name: 'own-copies',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (!importer || !shared.test(source)) return null;
    const [, part] = /\/widget\/embed\/(window|bridge)?/.exec(importer) ?? [];
    const resolved = await this.resolve(source, importer, { ...options, skipSelf: true });
    if (!resolved || !importer.includes('/widget/embed/')) return resolved;
    return { ...resolved, id: `${resolved.id}?${part ? 'window' : 'script'}` };
  },
};
