/** A payment in any state: the BFF's answer is stubbed, the widget and the page around it are real. */
import type { PaymentView } from '../../server/contract/index.ts';
import type { ShopPageHarness } from './shop-page-harness.ts';

/** @returns The client secret that opens it. A long poll is never answered. */
export async function stubPayment({ context, bff }: ShopPageHarness, view: PaymentView): Promise<string> {
  await context.route(
    (url) => url.origin === bff && url.pathname === '/checkout',
    (route) =>
      route.request().url().includes('wait=')
        ? undefined
        : route.fulfill({ json: view, headers: { 'access-control-allow-origin': '*' } }),
  );
  return 'cs_pretended';
}
