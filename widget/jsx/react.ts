/**
 * The module `pay-desk/jsx/react`, which has types only: `<pay-desk>` itself in the JSX of React 18 and 19, for whoever does not use the
 * component of `pay-desk/react`. `import type {} from 'pay-desk/jsx/react'` once in a project is enough.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { PayDesk } from '../index.ts';
import type { PayDeskAttributes } from './attributes.ts';

export type { PayDeskAttributes };

type PayDeskInJsx = DetailedHTMLProps<HTMLAttributes<PayDesk>, PayDesk> & PayDeskAttributes;

declare module 'react' {
  // biome-ignore lint/style/noNamespace: React declares its elements in a namespace, and only there more can be added.
  namespace JSX {
    interface IntrinsicElements {
      'pay-desk': PayDeskInJsx;
    }
  }
}
