/**
 * The script of the shop's pages. It shows what the shop's server knows of the order. The widget's event only makes it say
 * "we are waiting to hear": the webhook at the server is what makes an order paid.
 */
import { orderWords } from '../order-words.ts';
import type { OrderStatus, OrderView } from '../qa-api.ts';
import { showCheckout } from './show-checkout.ts';

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
