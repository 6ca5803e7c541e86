/**
 * The module `pay-desk/jsx/react`, which has types only: `<pay-desk>` itself in the JSX of React 18 and 19, for whoever does not use the
 * component of `pay-desk/react`. `import type {} from 'pay-desk/jsx/react'` once in a project is enough.
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { PayDesk } from '../index.ts';

/** The attributes of the element, as they are written in HTML. */
export interface PayDeskAttributes {
  'client-secret'?: string | undefined;
  'api-base'?: string | undefined;
  locale?: string | undefined;
  /** Names of methods with spaces between them. */
  methods?: string | undefined;
  method?: PayDesk['method'] | undefined;
  'wallet-type'?: string | undefined;
  theme?: PayDesk['theme'] | undefined;
  'no-submit-button'?: boolean | undefined;
  disabled?: boolean | undefined;
}

type PayDeskInJsx = DetailedHTMLProps<HTMLAttributes<PayDesk>, PayDesk> & PayDeskAttributes;

declare module 'react' {
  // biome-ignore lint/style/noNamespace: React declares its elements in a namespace, and only there more can be added.
  namespace JSX {
    interface IntrinsicElements {
      'pay-desk': PayDeskInJsx;
    }
  }
}
