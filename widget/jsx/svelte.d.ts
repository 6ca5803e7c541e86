/**
 * The module `pay-desk/jsx/svelte`, which has types only: `<pay-desk>` in the templates of Svelte 4 and 5. `import type {} from 'pay-desk/jsx/svelte'`
 * once in a project is enough. Svelte adds a listener for `onpay-success`, and sets `fetchClientSecret` as a property.
 */
import type { HTMLAttributes } from 'svelte/elements';
import type { PayDesk, PayDeskAttributes, PayDeskListeners, PayDeskPropertyNames } from './attributes.ts';

type PayDeskInTemplate = HTMLAttributes<PayDesk> &
  PayDeskAttributes &
  PayDeskListeners<'on'> &
  PayDeskListeners<'on:'> & { [Name in PayDeskPropertyNames]?: PayDesk[Name] | undefined };

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'pay-desk': PayDeskInTemplate;
  }
}
