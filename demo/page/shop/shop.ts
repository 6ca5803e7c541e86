/**
 * The script of the shop's pages. It shows what the shop's server knows of the order. The widget's event only makes it say
 * "we are waiting to hear": the webhook at the server is what makes an order paid.
 */

import type { MountOptions } from '../../../widget/embed/mount-element.ts';
import type { PayDeskGlobal } from '../../../widget/embed/start-pay-desk.ts';
import { type OrderStatus, type OrderView, orderWords } from '../qa-api.ts';

const { order: orderId, lateSecret } = document.body.dataset;
if (lateSecret) setTimeout(() => document.querySelector('pay-desk')?.setAttribute('client-secret', lateSecret), 5_000);
const place = document.querySelector<HTMLElement>('#checkout[data-call]');
if (place) showCheckout(place);
const line = document.querySelector<HTMLElement>('#order-status');
if (orderId && line) void follow(orderId, line);

async function follow(id: string, line: HTMLElement): Promise<void> {
  let hinted = false;
  document.addEventListener('pay-success', () => {
    hinted = true;
    // Who opens the page of an order that is paid already has been told.
    if (line.dataset.status === 'paid') return;
    line.textContent = 'Your payment went through. Confirming it with our server…';
  });
  for (;;) {
    const order = await read(id);
    if (order && !(hinted && order.status === 'awaiting_payment')) show(line, order.status);
    if (order?.status === 'paid') return;
    await pause(1_000);
  }
}

function show(line: HTMLElement, status: OrderStatus): void {
  line.dataset.status = status;
  // Written only when it changes: a live region would be read out again and again.
  if (line.textContent !== orderWords[status]) line.textContent = orderWords[status];
}

async function read(id: string): Promise<OrderView | null> {
  const response = await fetch(`/orders/${encodeURIComponent(id)}`).catch(() => null);
  return response?.ok ? ((await response.json()) as OrderView) : null;
}

/** At least `ms`; in a hidden tab until it is shown again. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      if (!document.hidden) resolve();
      else document.addEventListener('visibilitychange', () => resolve(), { once: true });
    }, ms);
  });
}

/** What a merchant's own script does with `window.PayDesk`. What it is to do stands in the `data-*` of `#checkout`. */
/** @param place As `demo/shop/pages/checkout-page.ts` writes it. */
export function showCheckout(place: HTMLElement): void {
  const { call, pluginUrl = '', theme = 'auto', locale, ...others } = place.dataset;
  const look = { theme: theme as NonNullable<MountOptions['theme']>, ...(locale && { locale }) };
  if (call === 'mount') whenLoaded((payDesk) => payDesk.mount(place, { ...others, ...look }));
  if (call === 'frame') whenLoaded((payDesk) => void payDesk.frame(place, { pluginUrl, ...look }));
  if (call === 'open') place.addEventListener('click', () => whenLoaded((payDesk) => void payDesk.open({ pluginUrl, ...look })));
}

/** The script tag is `async`: it may come before this or after. */
function whenLoaded(use: (payDesk: PayDeskGlobal) => void): void {
  const { PayDesk } = window;
  // An element of the page with this id would be there, too.
  if (typeof PayDesk?.mount === 'function') use(PayDesk);
  else document.querySelector('script[src$="/v1/pay-desk.js"]')?.addEventListener('load', () => whenLoaded(use), { once: true });
}
