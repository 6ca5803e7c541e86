/**
 * Replaces `import.meta.url` in the pinned build by the address of its script tag: the pinned build is a classic script, which
 * has no `import.meta`.
 */
import type { Plugin } from 'vite';

export const classicAddress: Plugin = {
  name: 'classic-address',
  enforce: 'pre',
  applyToEnvironment: ({ name }) => name === 'pinned',
  transform: {
    filter: { id: /\/widget\//, code: 'import.meta.url' },
    handler: (code) =>
      `import { pinnedAddress } from '/widget/embed/pinned-script.ts';\n${code.replaceAll('import.meta.url', 'pinnedAddress')}`,
  },
};
