/**
 * The script of the shop's pages. It shows the order's status from the shop's server. The widget's event only changes the text
 * until then, because the webhook makes an order paid.
 */

import type { MountOptions } from '../../../widget/embed/mount-element.ts';
import type { PayDeskGlobal } from '../../../widget/embed/pay-desk-global.ts';
import { type OrderStatus, type OrderView, orderWords } from '../qa-api.ts';

const { order: orderId, lateSecret } = document.body.dataset;
if (lateSecret) setTimeout(() => document.querySelector('pay-desk')?.setAttribute('client-secret', lateSecret), 5_000);
const target = document.querySelector<HTMLElement>('#checkout[data-call]');
if (target) showCheckout(target);
const line = document.querySelector<HTMLElement>('#order-status');
if (orderId && line) void follow(orderId, line);

async function follow(id: string, line: HTMLElement): Promise<void> {
  let hinted = false;
  document.addEventListener('pay-success', () => {
    hinted = true;
    // The page of a paid order shows that already.
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
  // Written only when it changes, or a screen reader would read the live region every time.
  if (line.textContent !== orderWords[status]) line.textContent = orderWords[status];
}

async function read(id: string): Promise<OrderView | null> {
  const response = await fetch(`/orders/${encodeURIComponent(id)}`).catch(() => null);
  return response?.ok ? ((await response.json()) as OrderView) : null;
}

/** Waits at least `ms`, in a hidden tab until it is visible. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(() => {
      if (!document.hidden) resolve();
      else document.addEventListener('visibilitychange', () => resolve(), { once: true });
    }, ms);
  });
}

/** Calls `window.PayDesk` as a merchant's script would, by the `data-*` of `#checkout` (`demo/shop/pages/checkout-page.ts`). */
function showCheckout(target: HTMLElement): void {
  const { call, pluginUrl = '', theme = 'auto', locale, ...others } = target.dataset;
  const appearance = { theme: theme as NonNullable<MountOptions['theme']>, ...(locale && { locale }) };
  if (call === 'mount') whenLoaded((payDesk) => payDesk.mount(target, { ...others, ...appearance }));
  if (call === 'frame') whenLoaded((payDesk) => void payDesk.frame(target, { pluginUrl, ...appearance }));
  if (call === 'open')
    target.addEventListener('click', () => whenLoaded((payDesk) => void payDesk.open({ pluginUrl, ...appearance })));
}

/** The script tag is `async`, so it may run before or after this. */
function whenLoaded(use: (payDesk: PayDeskGlobal) => void): void {
  const { PayDesk } = window;
  // `window.PayDesk` may also be an element of the page with this id.
  if (typeof PayDesk?.mount === 'function') use(PayDesk);
  else document.querySelector('script[src$="/v1/pay-desk.js"]')?.addEventListener('load', () => whenLoaded(use), { once: true });
}
