/**
 * The module `pay-desk/jsx/solid`, which has types only: `<pay-desk>` in the JSX of Solid. `import type {} from 'pay-desk/jsx/solid'` once in a
 * project is enough. Solid adds listeners for `on:pay-success`, and sets what begins with `prop:` as properties.
 */
import type { JSX } from 'solid-js';
import type { PayDesk, PayDeskAttributes, PayDeskListeners, PayDeskPropertyNames } from './attributes.ts';

type PayDeskInJsx = JSX.HTMLAttributes<PayDesk> &
  PayDeskAttributes &
  PayDeskListeners<'on:'> & { [Name in PayDeskPropertyNames as `prop:${Name}`]?: PayDesk[Name] | undefined };

declare module 'solid-js' {
  // biome-ignore lint/style/noNamespace: Solid declares its elements in a namespace, and only there more can be added.
  namespace JSX {
    interface IntrinsicElements {
      'pay-desk': PayDeskInJsx;
    }
  }
}
