/** What Svelte checks `<pay-desk>` in a template against. Each mistake must be refused by the compiler. */
import type {} from 'pay-desk/jsx/svelte';
import type { SvelteHTMLElements } from 'svelte/elements';

const inTemplate = (attributes: SvelteHTMLElements['pay-desk']) => attributes;
inTemplate({
  'client-secret': 'cs_1',
  'api-base': 'https://pay.example',
  theme: 'dark',
  class: 'checkout',
  fetchClientSecret: async () => 'cs_1',
  'onpay-success': ({ amountPaid }) => amountPaid.toFixed(),
});
// @ts-expect-error there is no such theme
inTemplate({ 'client-secret': 'cs_1', theme: 'pink' });
// @ts-expect-error an amount comes from the payment, and not from the page
inTemplate({ 'client-secret': 'cs_1', amount: 2500 });
// @ts-expect-error an event of this name has no problem
inTemplate({ 'client-secret': 'cs_1', 'onpay-success': (event) => event.problem });
// @ts-expect-error the secret comes from a server, so it is a promise
inTemplate({ fetchClientSecret: () => 'cs_1' });
