/**
 * The module `pay-desk/jsx/preact`, which has types only: `<pay-desk>` in the JSX of Preact. `import type {} from 'pay-desk/jsx/preact'` once in
 * a project is enough. Preact sets properties of elements, and adds a listener for `onpay-success`.
 */
import type { HTMLAttributes } from 'preact';
import type { PayDesk, PayDeskAttributes, PayDeskListeners, PayDeskPropertyNames } from './attributes.ts';

type PayDeskInJsx = HTMLAttributes<PayDesk> &
  PayDeskAttributes &
  PayDeskListeners<'on'> & { [Name in PayDeskPropertyNames]?: PayDesk[Name] | undefined };

declare module 'preact' {
  // biome-ignore lint/style/noNamespace: Preact declares its elements in a namespace, and only there more can be added.
  namespace JSX {
    interface IntrinsicElements {
      'pay-desk': PayDeskInJsx;
    }
  }
}
