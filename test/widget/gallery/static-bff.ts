/** A BFF in a service worker, with one payment for each state. Nothing that a visitor does changes any of them. */
import { delay, HttpResponse, http } from 'msw';
import { setupWorker } from 'msw/browser';
import type { PaymentView } from '#contract';
import { allStates } from '../support/payment-view.ts';

export const stateNames: readonly string[] = Object.keys(allStates);

/** What a checkout of this state calls as its BFF. */
export const bffOf = (nth: number): string => `${location.origin}/gallery/bff/${nth}`;

export async function startStaticBff(): Promise<void> {
  const worker = setupWorker(
    http.get('*/gallery/bff/:nth/checkout', async ({ params, request }) => {
      // The answer to a long poll is that something changed, and nothing does.
      if (new URL(request.url).searchParams.has('wait')) await delay('infinite');
      return HttpResponse.json(viewOf(Number(params.nth)));
    }),
    http.all('*/gallery/bff/:nth/*', ({ params }) => HttpResponse.json(viewOf(Number(params.nth)))),
  );
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass', serviceWorker: { url: '/gallery/mockServiceWorker.js' } });
}

/** Each has an id of its own: checkouts of one payment are tabs of each other, and tell each other what they do. */
function viewOf(nth: number): PaymentView {
  const view = allStates[stateNames[nth] ?? '']?.();
  if (!view) throw new Error(`there is no state ${nth}`);
  return { ...view, id: `pay_${String(nth).padStart(16, '0')}` };
}
